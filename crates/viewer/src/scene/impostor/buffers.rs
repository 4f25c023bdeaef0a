//! Positions, looks, sticks, strokes and vectors on the graphics card, each uploaded when it changes.

use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, Buffer, BufferDescriptor, BufferUsages, PipelineCache,
};
use bevy::render::renderer::{RenderDevice, RenderQueue};

use super::pipelines::Layouts;
use crate::scene::appearance::Looks;
use crate::scene::bonds::Bonding;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::{Stroke, Strokes};
use crate::scene::style::Style;

/// A list on the graphics card that grows when it must.
struct Store {
    label: &'static str,
    buffer: Buffer,
    count: u32,
}

/// Room for one element of any list: a binding may not be empty.
const LEAST: u64 = 64;

impl Store {
    fn new(device: &RenderDevice, label: &'static str) -> Store {
        Store {
            label,
            buffer: allocate(device, label, LEAST),
            count: 0,
        }
    }

    /// Writes a list; says whether the buffer is another one now.
    fn write<T: bytemuck::Pod>(
        &mut self,
        device: &RenderDevice,
        queue: &RenderQueue,
        list: &[T],
    ) -> bool {
        let bytes: &[u8] = bytemuck::cast_slice(list);
        self.count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let needed = (bytes.len() as u64).max(LEAST);
        let is_other = needed > self.buffer.size();
        if is_other {
            // With some room, so that bonds may come and go without a new buffer for each.
            self.buffer = allocate(device, self.label, needed + needed / 8);
        }
        if !bytes.is_empty() {
            queue.write_buffer(&self.buffer, 0, bytes);
        }
        is_other
    }
}

fn allocate(device: &RenderDevice, label: &'static str, size: u64) -> Buffer {
    device.create_buffer(&BufferDescriptor {
        label: Some(label),
        size: size.next_multiple_of(16),
        usage: BufferUsages::STORAGE | BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// The atoms on the graphics card.
#[derive(Resource)]
pub(super) struct Atoms {
    positions: Store,
    looks: Store,
    sticks: Store,
    strokes: Store,
    forces: Store,
    velocities: Store,
    bind_group: Option<BindGroup>,
    seen: Seen,
    scratch: Vec<Vec3>,
    stroked: Vec<Stroke>,
}

/// What the buffers were last written from.
#[derive(Default, PartialEq)]
struct Seen {
    positions: Option<u64>,
    looks: Option<u64>,
    sticks: Option<u64>,
    vectors: [Option<u64>; 2],
}

impl Atoms {
    pub(super) fn count(&self) -> u32 {
        // Never more than every list has: a frame may bring atoms before their looks are known.
        self.positions.count.min(self.looks.count)
    }

    pub(super) fn sticks(&self) -> u32 {
        self.sticks.count
    }

    pub(super) fn strokes(&self) -> u32 {
        self.strokes.count
    }

    pub(super) fn bind_group(&self) -> Option<&BindGroup> {
        self.bind_group.as_ref()
    }
}

pub(super) fn prepare(device: Res<RenderDevice>, mut commands: Commands) {
    let store = |label| Store::new(&device, label);
    commands.insert_resource(Atoms {
        positions: store("positions"),
        looks: store("looks"),
        sticks: store("sticks"),
        strokes: store("strokes"),
        forces: store("forces"),
        velocities: store("velocities"),
        bind_group: None,
        seen: Seen::default(),
        scratch: Vec::new(),
        stroked: Vec::new(),
    });
}

/// The scene as it is in the window's world.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Shown<'w, 's> {
    scene: Extract<'w, 's, Res<'static, Scene>>,
    looks: Extract<'w, 's, Res<'static, Looks>>,
    bonding: Extract<'w, 's, Res<'static, Bonding>>,
    strokes: Extract<'w, 's, Res<'static, Strokes>>,
    style: Extract<'w, 's, Res<'static, Style>>,
}

pub(super) fn extract(
    shown: Shown,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    mut atoms: ResMut<Atoms>,
) {
    let atoms = &mut *atoms;
    let mut moved = false;
    if atoms.seen.positions.replace(shown.scene.version()) != Some(shown.scene.version()) {
        moved |= atoms
            .positions
            .write(&device, &queue, shown.scene.positions());
    }
    if atoms.seen.looks.replace(shown.looks.version()) != Some(shown.looks.version()) {
        moved |= atoms.looks.write(&device, &queue, shown.looks.list());
    }
    if atoms.seen.sticks.replace(shown.bonding.version()) != Some(shown.bonding.version()) {
        moved |= atoms.sticks.write(&device, &queue, shown.bonding.sticks());
    }
    if atoms.stroked != shown.strokes.list() {
        atoms.stroked.clear();
        atoms.stroked.extend_from_slice(shown.strokes.list());
        moved |= atoms.strokes.write(&device, &queue, &atoms.stroked);
    }
    moved |= write_vectors(&shown, &device, &queue, atoms);
    if moved {
        atoms.bind_group = None;
    }
}

/// Forces and velocities, while they are drawn.
fn write_vectors(
    shown: &Shown,
    device: &RenderDevice,
    queue: &RenderQueue,
    atoms: &mut Atoms,
) -> bool {
    let frame = &shown.scene.frame;
    let evaluation = frame.evaluation.as_deref();
    let forces = evaluation.map_or(&[][..], |evaluation| &evaluation.forces);
    let wanted = [
        (shown.style.arrows.forces, forces, &mut atoms.forces),
        (
            shown.style.arrows.velocities,
            &frame.velocities[..],
            &mut atoms.velocities,
        ),
    ];
    let mut moved = false;
    for (seen, (wanted, vectors, store)) in atoms.seen.vectors.iter_mut().zip(wanted) {
        if wanted && seen.replace(frame.number) != Some(frame.number) {
            atoms.scratch.clear();
            atoms
                .scratch
                .extend(vectors.iter().map(|vector| to_drawn(*vector)));
            // Where nothing is known nothing is drawn.
            atoms.scratch.resize(frame.positions.len(), Vec3::ZERO);
            moved |= store.write(device, queue, &atoms.scratch);
        }
    }
    moved
}

pub(super) fn bind(
    device: Res<RenderDevice>,
    cache: Res<PipelineCache>,
    layouts: Res<Layouts>,
    mut atoms: ResMut<Atoms>,
) {
    if atoms.bind_group.is_some() {
        return;
    }
    let bind_group = device.create_bind_group(
        "atoms",
        &cache.get_bind_group_layout(&layouts.atoms),
        &BindGroupEntries::sequential((
            atoms.positions.buffer.as_entire_binding(),
            atoms.looks.buffer.as_entire_binding(),
            atoms.sticks.buffer.as_entire_binding(),
            atoms.strokes.buffer.as_entire_binding(),
            atoms.forces.buffer.as_entire_binding(),
            atoms.velocities.buffer.as_entire_binding(),
        )),
    );
    atoms.bind_group = Some(bind_group);
}
