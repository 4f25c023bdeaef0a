//! Atoms held by the hands of this window, drawn at the hand.
//!
//! A hand remembers which atoms it grabbed; from the first frame that includes the grab, the
//! frame's list counts. Held atoms are drawn at the hand until a frame includes the release.

use bevy::prelude::*;
use glam::{DQuat, DVec3, IVec3};

use crate::app::people::People;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::Lines;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::Command;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::inbox::{InboxFull, Ticket};

/// Atoms held by one hand.
#[derive(Clone, Debug)]
pub struct Held {
    hand: Hand,
    grip: Grip,
    /// Target of the first atom, Å.
    pub target: DVec3,
    /// Rotation of the atoms about the first since the grab.
    pub rotation: DQuat,
    atoms: Vec<usize>,
    offsets: Vec<DVec3>,
    revision: u64,
    /// Offset of the grabbed periodic image, Å.
    image: Vec3,
    grabbed: Ticket,
    released: Option<Ticket>,
}

impl Held {
    /// Grabs atoms of the scene, the one under the hand first.
    ///
    /// # Errors
    /// If the simulation's inbox is full.
    pub fn grab(
        hand: Hand,
        mut atoms: Vec<usize>,
        grip: Grip,
        scene: &Scene,
        image: Vec3,
        simulation: &Simulation,
    ) -> Result<Held, InboxFull> {
        let positions = &scene.frame.positions;
        atoms.retain(|atom| *atom < positions.len());
        let target = atoms.first().map_or(DVec3::ZERO, |atom| positions[*atom]);
        let offsets = atoms.iter().map(|atom| positions[*atom] - target).collect();
        let grabbed = simulation.send(Command::Grab {
            hand,
            atoms: atoms.clone(),
            grip,
        })?;
        Ok(Held {
            hand,
            grip,
            target,
            rotation: DQuat::IDENTITY,
            atoms,
            offsets,
            revision: scene.frame.revision,
            image,
            grabbed,
            released: None,
        })
    }

    /// Whether the hand can rotate its atoms: not a single atom, nor pulled ones.
    pub fn can_rotate(&self) -> bool {
        self.grip == Grip::Hold && self.atoms.len() > 1
    }

    /// Changes the grip at the same position.
    pub fn regrip(&mut self, grip: Grip, simulation: &Simulation) {
        let (hand, atoms) = (self.hand, self.atoms.clone());
        let Ok(ticket) = simulation.send(Command::Grab { hand, atoms, grip }) else {
            // Unchanged; retried with the next notch.
            return;
        };
        (self.grip, self.grabbed) = (grip, ticket);
        let to = self.target;
        // A rejected move is made up for by the next.
        let _ = simulation.send(Command::Move { hand, to });
    }
}

/// The hands of this window that hold atoms.
#[derive(Resource, Debug, Default)]
pub struct HeldAtoms(Vec<Held>);

impl HeldAtoms {
    /// Adds a hand; replaces what it held before.
    pub fn add(&mut self, held: Held) {
        self.0.retain(|other| other.hand != held.hand);
        self.0.push(held);
    }

    /// The atoms of a closed hand.
    pub fn of_mut(&mut self, hand: Hand) -> Option<&mut Held> {
        self.0
            .iter_mut()
            .find(|held| held.hand == hand && held.released.is_none())
    }

    /// Releases the hands for which this returns true.
    pub fn release_where(
        &mut self,
        simulation: &Simulation,
        mut is_over: impl FnMut(Hand) -> bool,
    ) {
        for held in &mut self.0 {
            if held.released.is_none() && is_over(held.hand) {
                // A release is always accepted.
                held.released = simulation.send(Command::Release(held.hand)).ok();
            }
        }
    }

    /// Updates the held atoms from a frame, and drops released hands.
    fn update_from_frame(&mut self, scene: &Scene) {
        let frame = &scene.frame;
        if frame.activity == Activity::Playback {
            // A past frame is shown: hands released meanwhile do not matter there.
            self.0.retain(|held| held.released.is_none());
            return;
        }
        self.0.retain_mut(|held| {
            if held.released.is_some_and(|ticket| frame.ticket >= ticket) {
                return false;
            }
            if frame.ticket < held.grabbed {
                return true;
            }
            let mut grasps = frame.grips.grasps().iter();
            let Some(grasp) = grasps.find(|grasp| grasp.hand == held.hand) else {
                // Rejected, or the atoms were deleted.
                return false;
            };
            if held.revision != frame.revision {
                held.revision = frame.revision;
                held.atoms.clone_from(&grasp.atoms);
                held.offsets.clone_from(&grasp.offsets);
            }
            true
        });
    }
}

/// A pull as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// The pulling hand.
    pub owner: Hand,
    /// Drawn position of the atom, Å.
    pub atom: Vec3,
    /// Position of the hand, Å.
    pub hand: Vec3,
    /// Force on the atom, eV/Å.
    pub force: f64,
    /// Color of another person who pulls.
    pub color: Option<[u8; 3]>,
}

impl Pull {
    /// Label with the force.
    pub fn text(&self) -> String {
        format!("{:.2} eV/Å", self.force)
    }

    /// Position of the label, Å.
    pub fn middle(&self) -> Vec3 {
        (self.atom + self.hand) / 2.0
    }
}

/// Pulls of all hands, also of other people.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Pulls(pub Vec<Pull>);

impl Pulls {
    /// Maximum number of drawn pulls.
    pub const MAX: usize = 100;
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<HeldAtoms>()
        .init_resource::<Pulls>()
        .add_systems(
            Update,
            (position_held_atoms, draw_pulls)
                .chain()
                .in_set(ViewerSystems::Place),
        );
}

fn position_held_atoms(mut hands: ResMut<HeldAtoms>, mut scene: ResMut<Scene>) {
    if hands.0.is_empty() {
        return;
    }
    hands.update_from_frame(&scene);
    // Packed molecules follow the hands with a delay, whole; those of another program are pulled.
    if matches!(
        scene.frame.activity,
        Activity::Playback | Activity::Packing(_) | Activity::Following(_)
    ) {
        return;
    }
    for held in hands.0.iter().filter(|held| held.grip == Grip::Hold) {
        for (atom, offset) in held.atoms.iter().zip(&held.offsets) {
            scene.set_position(*atom, held.target + held.rotation * *offset);
        }
    }
}

/// Draws lines from atoms to the hands that pull them.
fn draw_pulls(
    hands: Res<HeldAtoms>,
    scene: Res<Scene>,
    people: Res<People>,
    mut pulls: ResMut<Pulls>,
    mut lines: ResMut<Lines>,
) {
    const AMBER: [u8; 3] = [255, 185, 60];
    const WIDTH: f32 = 2.5;
    let list: Vec<Pull> = all_pulls(&hands, &scene, &people)
        .take(Pulls::MAX)
        .collect();
    for pull in &list {
        let color = pull.color.unwrap_or(AMBER);
        lines.line(pull.atom, pull.hand, WIDTH, color);
    }
    if pulls.0 != list {
        pulls.0 = list;
    }
}

fn all_pulls<'a>(
    hands: &'a HeldAtoms,
    scene: &'a Scene,
    people: &'a People,
) -> impl Iterator<Item = Pull> + 'a {
    let frame = &scene.frame;
    let grasps = frame.grips.grasps().iter();
    grasps
        .filter(|grasp| grasp.grip != Grip::Hold)
        .flat_map(move |grasp| {
            let own = hands.0.iter().find(|held| held.hand == grasp.hand);
            // Hands of this window are ahead of the frame.
            let ahead = own.map_or(DVec3::ZERO, |held| held.target - grasp.target);
            let image = own.map_or(Vec3::ZERO, |held| held.image);
            let color = people.color_of(grasp.hand);
            grasp.targets().filter_map(move |(atom, target)| {
                let target = target + ahead;
                let position = *frame.positions.get(atom)?;
                let shift = scene.shift(atom);
                let across = match &frame.cell {
                    Some(cell) if shift != IVec3::ZERO => cell.translation(shift),
                    _ => DVec3::ZERO,
                };
                Some(Pull {
                    owner: grasp.hand,
                    atom: *scene.positions().get(atom)? + image,
                    hand: to_drawn(target + across) + image,
                    force: grasp.grip.force(position - target).length(),
                    color,
                })
            })
        })
}
