//! The hands of this window that have atoms: what they hold is drawn where they are.
//!
//! A hand knows which atoms it took; from the first frame on that knows of it, the frame says which it
//! has. What it held is drawn at the hand until a frame has come that knows that it was let go.

use bevy::prelude::*;
use glam::{DQuat, DVec3, IVec3};

use crate::app::people::People;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::Strokes;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::Command;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::inbox::{Full, Ticket};

/// What one hand has.
#[derive(Clone, Debug)]
pub struct Held {
    hand: Hand,
    grip: Grip,
    /// Where the first atom is to be, Å.
    pub target: DVec3,
    /// How its atoms have been turned about the first since the grab.
    pub turn: DQuat,
    atoms: Vec<usize>,
    offsets: Vec<DVec3>,
    revision: u64,
    /// By how much the image in the hand is away from where the atoms are drawn first, Å.
    image: Vec3,
    grabbed: Ticket,
    released: Option<Ticket>,
}

impl Held {
    /// Closes a hand around atoms of the scene, the one under the hand first.
    ///
    /// # Errors
    /// If the simulation takes no more commands.
    pub fn close(
        hand: Hand,
        mut atoms: Vec<usize>,
        grip: Grip,
        scene: &Scene,
        image: Vec3,
        simulation: &Simulation,
    ) -> Result<Held, Full> {
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
            turn: DQuat::IDENTITY,
            atoms,
            offsets,
            revision: scene.frame.revision,
            image,
            grabbed,
            released: None,
        })
    }

    /// Whether what it holds can be turned: one atom cannot, and what is pulled hangs by its springs.
    pub fn can_turn(&self) -> bool {
        self.grip == Grip::Hold && self.atoms.len() > 1
    }

    /// Takes the same atoms in another way, at the same place.
    pub fn regrip(&mut self, grip: Grip, simulation: &Simulation) {
        let (hand, atoms) = (self.hand, self.atoms.clone());
        let Ok(ticket) = simulation.send(Command::Grab { hand, atoms, grip }) else {
            // As strong as before; the next notch tries again.
            return;
        };
        (self.grip, self.grabbed) = (grip, ticket);
        let to = self.target;
        // A move that is not taken is made up for by the next.
        let _ = simulation.send(Command::Move { hand, to });
    }
}

/// The hands of this window that have atoms.
#[derive(Resource, Debug, Default)]
pub struct Hands(Vec<Held>);

impl Hands {
    /// Adds one; what the same hand had before is forgotten.
    pub fn add(&mut self, held: Held) {
        self.0.retain(|other| other.hand != held.hand);
        self.0.push(held);
    }

    /// What a closed hand has.
    pub fn of_mut(&mut self, hand: Hand) -> Option<&mut Held> {
        self.0
            .iter_mut()
            .find(|held| held.hand == hand && held.released.is_none())
    }

    /// Opens the hands for which it is time.
    pub fn open_where(&mut self, simulation: &Simulation, mut is_time: impl FnMut(Hand) -> bool) {
        for held in &mut self.0 {
            if held.released.is_none() && is_time(held.hand) {
                // A release is never refused.
                held.released = simulation.send(Command::Release(held.hand)).ok();
            }
        }
    }

    /// Looks at a frame: which atoms the hands have by now, and whether their answer has come.
    fn learn(&mut self, scene: &Scene) {
        let frame = &scene.frame;
        if frame.activity == Activity::Playback {
            // What is shown is past; hands that were opened meanwhile are of no interest there.
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
                // Refused, or the atoms are gone.
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

/// A pull, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// Whose hand pulls.
    pub whose: Hand,
    /// Where the atom is drawn, Å.
    pub atom: Vec3,
    /// Where the hand is, Å.
    pub hand: Vec3,
    /// The force on the atom, eV/Å.
    pub force: f64,
    /// The color of whoever pulls, where someone else does.
    pub color: Option<[u8; 3]>,
}

impl Pull {
    /// The force in words.
    pub fn text(&self) -> String {
        format!("{:.2} eV/Å", self.force)
    }

    /// Where the words belong, Å.
    pub fn middle(&self) -> Vec3 {
        (self.atom + self.hand) / 2.0
    }
}

/// The pulls of all hands, of this window and of others, for whoever writes their forces.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Pulls(pub Vec<Pull>);

impl Pulls {
    /// More pulls than this are not drawn.
    pub const MOST: usize = 100;
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hands>()
        .init_resource::<Pulls>()
        .add_systems(
            Update,
            (place_held, draw_pulls)
                .chain()
                .in_set(ViewerSystems::Place),
        );
}

fn place_held(mut hands: ResMut<Hands>, mut scene: ResMut<Scene>) {
    if hands.0.is_empty() {
        return;
    }
    hands.learn(&scene);
    if scene.frame.activity == Activity::Playback {
        return;
    }
    for held in hands.0.iter().filter(|held| held.grip == Grip::Hold) {
        for (atom, offset) in held.atoms.iter().zip(&held.offsets) {
            scene.place(*atom, held.target + held.turn * *offset);
        }
    }
}

/// Lines from atoms to the hands that pull them: thin, however strong.
fn draw_pulls(
    hands: Res<Hands>,
    scene: Res<Scene>,
    people: Res<People>,
    mut pulls: ResMut<Pulls>,
    mut strokes: ResMut<Strokes>,
) {
    const AMBER: [u8; 3] = [255, 185, 60];
    const WIDTH: f32 = 2.5;
    let list: Vec<Pull> = all_pulls(&hands, &scene, &people)
        .take(Pulls::MOST)
        .collect();
    for pull in &list {
        let color = pull.color.unwrap_or(AMBER);
        strokes.line(pull.atom, pull.hand, WIDTH, color);
    }
    if pulls.0 != list {
        pulls.0 = list;
    }
}

fn all_pulls<'a>(
    hands: &'a Hands,
    scene: &'a Scene,
    people: &'a People,
) -> impl Iterator<Item = Pull> + 'a {
    let frame = &scene.frame;
    let grasps = frame.grips.grasps().iter();
    grasps
        .filter(|grasp| grasp.grip != Grip::Hold)
        .flat_map(move |grasp| {
            let own = hands.0.iter().find(|held| held.hand == grasp.hand);
            // This window's hands are ahead of the frame.
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
                    whose: grasp.hand,
                    atom: *scene.positions().get(atom)? + image,
                    hand: to_drawn(target + across) + image,
                    force: grasp.grip.force(position - target).length(),
                    color,
                })
            })
        })
}
