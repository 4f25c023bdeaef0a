//! GPU buffers of positions, appearances, sticks, lines and vectors, uploaded when they change.

use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, Buffer, BufferDescriptor, BufferUsages, PipelineCache,
};
use bevy::render::renderer::{RenderDevice, RenderQueue};

use super::pipelines::Layouts;
use crate::scene::appearance::Appearances;
use crate::scene::bonds::Bonding;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::{Line, Lines};
use crate::scene::opacities::Opacities;
use crate::scene::style::Style;
use mlipview_core::script::BondOpacities;

/// A storage buffer that grows on demand.
struct GrowingBuffer {
    label: &'static str,
    buffer: Buffer,
    count: u32,
}

/// Minimum size, bytes: a binding must not be empty.
const MIN_SIZE: u64 = 64;

impl GrowingBuffer {
    fn new(device: &RenderDevice, label: &'static str) -> GrowingBuffer {
        GrowingBuffer {
            label,
            buffer: allocate(device, label, MIN_SIZE),
            count: 0,
        }
    }

    /// Uploads a list; returns whether the buffer was reallocated.
    fn write<T: bytemuck::Pod>(
        &mut self,
        device: &RenderDevice,
        queue: &RenderQueue,
        list: &[T],
    ) -> bool {
        let bytes: &[u8] = bytemuck::cast_slice(list);
        self.count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let needed = (bytes.len() as u64).max(MIN_SIZE);
        let is_new = needed > self.buffer.size();
        if is_new {
            // Spare room, so that bonds may appear without a new buffer for each.
            self.buffer = allocate(device, self.label, needed + needed / 8);
        }
        if !bytes.is_empty() {
            queue.write_buffer(&self.buffer, 0, bytes);
        }
        is_new
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

/// Buffers of the scene.
#[derive(Resource)]
pub(super) struct SceneBuffers {
    positions: GrowingBuffer,
    appearances: GrowingBuffer,
    sticks: GrowingBuffer,
    lines: GrowingBuffer,
    forces: GrowingBuffer,
    velocities: GrowingBuffer,
    bind_group: Option<BindGroup>,
    uploaded: UploadedVersions,
    scratch: Vec<Vec3>,
    uploaded_lines: Vec<Line>,
    uploaded_opacities: BondOpacities,
}

/// Versions last uploaded.
#[derive(Default, PartialEq)]
struct UploadedVersions {
    positions: Option<u64>,
    appearances: Option<u64>,
    sticks: Option<u64>,
    vectors: [Option<u64>; 2],
}

impl SceneBuffers {
    pub(super) fn count(&self) -> u32 {
        // Limited by the shortest list: a frame may bring atoms before their appearances are
        // computed.
        self.positions.count.min(self.appearances.count)
    }

    pub(super) fn sticks(&self) -> u32 {
        self.sticks.count
    }

    pub(super) fn lines(&self) -> u32 {
        self.lines.count
    }

    pub(super) fn bind_group(&self) -> Option<&BindGroup> {
        self.bind_group.as_ref()
    }
}

pub(super) fn prepare(device: Res<RenderDevice>, mut commands: Commands) {
    let buffer = |label| GrowingBuffer::new(&device, label);
    commands.insert_resource(SceneBuffers {
        positions: buffer("positions"),
        appearances: buffer("appearances"),
        sticks: buffer("sticks"),
        lines: buffer("lines"),
        forces: buffer("forces"),
        velocities: buffer("velocities"),
        bind_group: None,
        uploaded: UploadedVersions::default(),
        scratch: Vec::new(),
        uploaded_lines: Vec::new(),
        uploaded_opacities: BondOpacities::default(),
    });
}

/// The scene in the main world.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct SceneParams<'w, 's> {
    scene: Extract<'w, 's, Res<'static, Scene>>,
    appearances: Extract<'w, 's, Res<'static, Appearances>>,
    bonding: Extract<'w, 's, Res<'static, Bonding>>,
    opacities: Extract<'w, 's, Res<'static, Opacities>>,
    lines: Extract<'w, 's, Res<'static, Lines>>,
    style: Extract<'w, 's, Res<'static, Style>>,
}

pub(super) fn extract(
    params: SceneParams,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    mut atoms: ResMut<SceneBuffers>,
) {
    let atoms = &mut *atoms;
    let mut moved = false;
    if atoms.uploaded.positions.replace(params.scene.version()) != Some(params.scene.version()) {
        moved |= atoms
            .positions
            .write(&device, &queue, params.scene.positions());
    }
    if atoms
        .uploaded
        .appearances
        .replace(params.appearances.version())
        != Some(params.appearances.version())
    {
        moved |= atoms
            .appearances
            .write(&device, &queue, params.appearances.list());
    }
    moved |= write_sticks(&params, &device, &queue, atoms);
    if atoms.uploaded_lines != params.lines.list() {
        atoms.uploaded_lines.clear();
        atoms.uploaded_lines.extend_from_slice(params.lines.list());
        moved |= atoms.lines.write(&device, &queue, &atoms.uploaded_lines);
    }
    moved |= write_vectors(&params, &device, &queue, atoms);
    if moved {
        atoms.bind_group = None;
    }
}

/// Uploads sticks if they or their opacities have changed.
fn write_sticks(
    params: &SceneParams,
    device: &RenderDevice,
    queue: &RenderQueue,
    atoms: &mut SceneBuffers,
) -> bool {
    let (version, opacities) = (Some(params.bonding.version()), &params.opacities.bonds);
    if atoms.uploaded.sticks == version && atoms.uploaded_opacities == *opacities {
        return false;
    }
    atoms.uploaded.sticks = version;
    atoms.uploaded_opacities.clone_from(opacities);
    let sticks = params.bonding.sticks();
    if opacities.are_opaque() {
        return atoms.sticks.write(device, queue, sticks);
    }
    (atoms.sticks).write(device, queue, &params.opacities.of_sticks(sticks))
}

/// Uploads forces and velocities while they are drawn.
fn write_vectors(
    params: &SceneParams,
    device: &RenderDevice,
    queue: &RenderQueue,
    atoms: &mut SceneBuffers,
) -> bool {
    let frame = &params.scene.frame;
    let evaluation = frame.evaluation.as_deref();
    let forces = evaluation.map_or(&[][..], |evaluation| &evaluation.forces);
    let wanted = [
        (params.style.arrows.forces, forces, &mut atoms.forces),
        (
            params.style.arrows.velocities,
            &frame.velocities[..],
            &mut atoms.velocities,
        ),
    ];
    let mut moved = false;
    for (uploaded, (wanted, vectors, buffer)) in atoms.uploaded.vectors.iter_mut().zip(wanted) {
        if wanted && uploaded.replace(frame.number) != Some(frame.number) {
            atoms.scratch.clear();
            atoms
                .scratch
                .extend(vectors.iter().map(|vector| to_drawn(*vector)));
            // Zero vectors are not drawn.
            atoms.scratch.resize(frame.positions.len(), Vec3::ZERO);
            moved |= buffer.write(device, queue, &atoms.scratch);
        }
    }
    moved
}

pub(super) fn bind(
    device: Res<RenderDevice>,
    cache: Res<PipelineCache>,
    layouts: Res<Layouts>,
    mut atoms: ResMut<SceneBuffers>,
) {
    if atoms.bind_group.is_some() {
        return;
    }
    let bind_group = device.create_bind_group(
        "atoms",
        &cache.get_bind_group_layout(&layouts.atoms),
        &BindGroupEntries::sequential((
            atoms.positions.buffer.as_entire_binding(),
            atoms.appearances.buffer.as_entire_binding(),
            atoms.sticks.buffer.as_entire_binding(),
            atoms.lines.buffer.as_entire_binding(),
            atoms.forces.buffer.as_entire_binding(),
            atoms.velocities.buffer.as_entire_binding(),
        )),
    );
    atoms.bind_group = Some(bind_group);
}
