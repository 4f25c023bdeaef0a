//! Bonds on screen: perceived on a task, drawn as sticks at the lengths of the current frame.

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task, futures_lite::future};
use std::sync::Arc;

use glam::IVec3;

use super::displayed::Scene;
use super::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::bonds::{Bond, Bonds};
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::sim::Frame;

/// One stick between two atoms; the layout is that of `Stick` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Stick {
    /// Atoms at the two ends.
    pub atoms: [u32; 2],
    /// A third atom, which with the two defines the plane of a double bond.
    pub plane: u32,
    /// Cell translation from the first atom to the third, along a, b, c (signed bytes, lowest
    /// first); then the fading: 0 for an opaque stick, 255 for one that is
    /// not drawn.
    pub plane_shift: u32,
    /// Cell translation between the atoms along a, b, c (signed bytes, lowest first); then two bits
    /// each for the index of this stick and the number of sticks; one bit each for drawing only the
    /// first half and for dashes.
    pub packed: u32,
    /// Lengths between which the bond fades out, Å.
    pub limits: [f32; 2],
}

impl Stick {
    /// The stick with another fading.
    pub(super) fn with_fading(self, fading: u8) -> Stick {
        let shift = self.plane_shift & 0x00ff_ffff;
        Stick {
            plane_shift: shift | u32::from(fading) << 24,
            ..self
        }
    }
}

/// The bonds as last perceived.
#[derive(Resource, Default)]
pub struct Bonding {
    perceived: Option<Arc<PerceivedBonds>>,
    version: u64,
    task: Option<Task<PerceivedBonds>>,
    error: Option<String>,
}

/// The bonds of one frame.
pub struct PerceivedBonds {
    /// Bonds with their orders.
    pub bonds: Bonds,
    /// Sticks that draw them.
    pub sticks: Vec<Stick>,
    /// Revision of the structure.
    pub revision: u64,
    /// Number of the frame in which they were perceived.
    pub frame: u64,
    scene_version: u64,
    /// Whether double, triple and aromatic bonds have several sticks.
    pub with_orders: bool,
    failure: Option<String>,
}

impl Bonding {
    /// Bonds of a frame's structure; `None` until they are perceived.
    pub fn of(&self, frame: &Frame) -> Option<&Arc<PerceivedBonds>> {
        self.perceived
            .as_ref()
            .filter(|perceived| perceived.revision == frame.revision)
    }

    /// Sticks to draw.
    pub fn sticks(&self) -> &[Stick] {
        self.perceived
            .as_ref()
            .map_or(&[], |perceived| &perceived.sticks)
    }

    /// Increases whenever the sticks change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Why bonds could not be perceived.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Bonding>().add_systems(
        Update,
        perceive
            .in_set(ViewerSystems::Receive)
            .after(super::displayed::receive),
    );
}

pub(crate) fn perceive(scene: Res<Scene>, style: Res<Style>, mut bonding: ResMut<Bonding>) {
    let done = bonding
        .task
        .as_mut()
        .and_then(|task| future::block_on(future::poll_once(task)));
    if let Some(perceived) = done {
        bonding.task = None;
        bonding.error.clone_from(&perceived.failure);
        bonding.perceived = Some(Arc::new(perceived));
        bonding.version += 1;
    }
    let known = bonding.perceived.as_ref();
    let current = known.is_some_and(|known| {
        known.frame == scene.frame.number
            && known.scene_version == scene.version()
            && known.with_orders == style.bond_orders
    });
    if current || bonding.task.is_some() {
        return;
    }
    let frame = Arc::clone(&scene.frame);
    let shifts = scene.shifts().to_vec();
    let (scene_version, before) = (scene.version(), bonding.perceived.clone());
    let with_orders = style.bond_orders;
    bonding.task =
        Some(AsyncComputeTaskPool::get().spawn(async move {
            perceive_bonds(&frame, &shifts, scene_version, with_orders, before)
        }));
}

fn perceive_bonds(
    frame: &Frame,
    shifts: &[IVec3],
    scene_version: u64,
    with_orders: bool,
    before: Option<Arc<PerceivedBonds>>,
) -> PerceivedBonds {
    let same = before.filter(|before| before.revision == frame.revision);
    let mut bonds = same.map_or_else(
        || {
            let mut bonds = Bonds::empty();
            bonds.set_stated(frame.identity.stated_bonds());
            bonds
        },
        |before| before.bonds.clone(),
    );
    let elements = frame.identity.elements();
    let (positions, cell) = (&frame.positions, frame.cell.as_ref());
    let updated = bonds.update(elements, positions, cell);
    bonds.perceive_orders(elements, positions, cell);
    let sticks = sticks(&bonds, shifts, with_orders);
    PerceivedBonds {
        bonds,
        sticks,
        revision: frame.revision,
        frame: frame.number,
        scene_version,
        with_orders,
        failure: updated.err().map(|error| error.to_string()),
    }
}

/// Sticks of the bonds, with the cell translations between the atoms as they are drawn.
fn sticks(bonds: &Bonds, shifts: &[IVec3], with_orders: bool) -> Vec<Stick> {
    let mut sticks = Vec::with_capacity(bonds.list().len());
    for bond in bonds.list() {
        let [one, other] = bond.atoms;
        let shift = drawn_shift(bond, shifts);
        let stick_count = stick_count(bond.order.filter(|_| with_orders));
        let (plane, plane_shift) = if stick_count > 1 {
            plane_of(bonds, bond, shifts)
        } else {
            (one, IVec3::ZERO)
        };
        let limits = [bond.limits.onset as f32, bond.limits.cutoff as f32];
        for stick_index in 0..stick_count {
            let dashed = stick_index == 1 && bond.order == Some(BondOrder::Aromatic);
            let packed = stick_index << 24 | stick_count << 26 | u32::from(dashed) << 29;
            let stick = |atoms, shift: IVec3, plane_shift: IVec3, half: bool| Stick {
                atoms,
                plane,
                plane_shift: bytes(plane_shift),
                packed: packed | bytes(shift) | u32::from(half) << 28,
                limits,
            };
            if shift == IVec3::ZERO {
                sticks.push(stick([one, other], shift, plane_shift, false));
            } else {
                // Across a cell face: each half starts at its own atom.
                sticks.push(stick([one, other], shift, plane_shift, true));
                sticks.push(stick([other, one], -shift, plane_shift - shift, true));
            }
        }
    }
    sticks
}

fn bytes(shift: IVec3) -> u32 {
    let byte = |value: i32| u32::from(value.clamp(-128, 127) as i8 as u8);
    byte(shift.x) | byte(shift.y) << 8 | byte(shift.z) << 16
}

/// Cell translation between the atoms of a bond as they are drawn, along a, b, c.
pub(crate) fn drawn_shift(bond: &Bond, shifts: &[IVec3]) -> IVec3 {
    let drawn = |atom: u32| shifts.get(atom as usize).copied().unwrap_or(IVec3::ZERO);
    bond.shift + drawn(bond.atoms[0]) - drawn(bond.atoms[1])
}

fn stick_count(order: Option<BondOrder>) -> u32 {
    match order {
        Some(BondOrder::Double | BondOrder::Aromatic) => 2,
        Some(BondOrder::Triple) => 3,
        _ => 1,
    }
}

/// Radius of the cylinder around all sticks of a bond of this order, relative to the radius of a
/// single stick: distance of the outermost stick from the axis plus its radius, as in `stick` of
/// `shaders/cylinder.wgsl`.
pub fn relative_radius(order: Option<BondOrder>) -> f32 {
    match stick_count(order) {
        1 => 1.0,
        stick_count => (3.68 * (stick_count - 1) as f32 / 2.0 + 0.85) / stick_count as f32,
    }
}

/// A neighbor of either atom that puts the sticks of a double bond into the molecular plane, and
/// its cell translation from the first atom. For an aromatic bond it is an atom of the ring, so
/// that the dashed stick lies inside.
fn plane_of(bonds: &Bonds, bond: &Bond, shifts: &[IVec3]) -> (u32, IVec3) {
    let [one, other] = bond.atoms;
    let ends = [(one, IVec3::ZERO), (other, drawn_shift(bond, shifts))];
    let beside = ends.into_iter().flat_map(|(atom, start)| {
        bonds.of_atom(atom as usize).map(move |index| {
            let end = &bonds.list()[index];
            let shift = drawn_shift(end, shifts);
            if end.atoms[0] == atom {
                (end, (end.atoms[1], start + shift))
            } else {
                (end, (end.atoms[0], start - shift))
            }
        })
    });
    let mut first = None;
    for (end, neighbor) in beside.filter(|(_, neighbor)| !ends.contains(neighbor)) {
        if end.order == bond.order {
            return neighbor;
        }
        first = first.or(Some(neighbor));
    }
    first.unwrap_or(ends[0])
}
