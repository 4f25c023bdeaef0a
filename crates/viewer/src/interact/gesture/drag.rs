//! Taking atoms and moving them: across the line of sight, with a hand in the scene, or along an axis.

use bevy::math::Isometry3d;
use bevy::prelude::*;
use glam::{DQuat, DVec3};

use super::{Gesture, Gestures, GripKind, Steering, Tool};
use crate::interact::aim::Hit;
use crate::interact::aim::{Aim, Aims};
use crate::interact::hands::{Hands, Held};
use crate::scene::coordinates::to_simulated;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::simulation::Simulation;
use mlipview_core::sim::Command;
use mlipview_core::sim::frame::Activity;

/// No hand reaches farther in one drag, Å: beyond, the ray grazes the plane.
const FARTHEST: f32 = 2000.0;
/// Sines below this: the line of sight is along the axis, and says nothing of places on it.
const GRAZING: f32 = 0.03;
/// By how much a notch of the wheel makes a pull stronger.
const STRONGER: f64 = 1.25;

/// What the simulation has been told of a hand last: its place, Å, and its turn since the grab.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sent {
    place: DVec3,
    turn: DQuat,
}

/// A drag of atoms, from the press on.
#[derive(Clone, Debug)]
pub struct Drag {
    /// The atom that was pressed.
    atom: usize,
    /// Where the ray met it, Å.
    point: Vec3,
    /// The direction that the plane faces in which it moves.
    facing: Dir3,
    /// From the scene to the hand that took it, as it was then, where one carries it.
    carrier: Option<Isometry3d>,
    /// By how much the image that was pressed is away from where the atom is drawn first, Å.
    image: Vec3,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    /// The hand is still to be closed.
    Open,
    /// Closed, with the atom at this place, Å.
    Closed { from: DVec3, sent: Sent },
    /// There is nothing in it any more.
    Lost,
}

impl Drag {
    pub(super) fn new(start: &Aim, atom: usize, hit: Hit) -> Drag {
        Drag {
            atom,
            point: start.ray.get_point(hit.distance),
            facing: start.facing,
            carrier: None,
            image: hit.image,
            state: State::Open,
        }
    }

    /// From now on the atom goes with the hand, where it is one, and with it the atom's middle, which
    /// may have moved since it was pressed.
    fn take_along(&mut self, aim: &Aim, scene: &Scene) {
        if let (Some(reach), Some(place)) = (aim.reach, scene.positions().get(self.atom)) {
            self.carrier = Some(reach.pose.inverse());
            self.point = *place + self.image;
        }
    }

    /// How far an aim has taken what was pressed, Å.
    fn displacement_by(&self, aim: &Aim, axis: Option<usize>) -> Option<Vec3> {
        match (aim.reach, self.carrier) {
            (Some(reach), Some(carrier)) => self.carried(reach.pose, carrier, axis),
            _ => self.displacement(aim.ray, axis),
        }
    }

    /// By how much a hand has turned what it carries, where several atoms can be turned and are not kept
    /// to an axis.
    fn turn_by(&self, aim: &Aim, axis: Option<usize>) -> DQuat {
        match (aim.reach, self.carrier, axis) {
            (Some(reach), Some(carrier), None) => {
                (reach.pose.rotation * carrier.rotation).as_dquat()
            }
            _ => DQuat::IDENTITY,
        }
    }

    /// How far a hand has carried the point, Å: as if they were one body.
    fn carried(&self, pose: Isometry3d, carrier: Isometry3d, axis: Option<usize>) -> Option<Vec3> {
        let displacement = pose * (carrier * self.point) - self.point;
        let displacement = axis.map_or(displacement, |axis| {
            displacement.project_onto(Vec3::AXES[axis])
        });
        (displacement.length() < FARTHEST).then_some(displacement)
    }

    /// How far a ray has taken what was pressed, Å: in the plane, or along one axis. `None` where the
    /// ray says nothing.
    fn displacement(&self, ray: Ray3d, axis: Option<usize>) -> Option<Vec3> {
        let displacement = match axis {
            None => {
                let plane = InfinitePlane3d::new(self.facing);
                ray.plane_intersection_point(self.point, plane)? - self.point
            }
            Some(axis) => {
                // The point on the axis that is nearest to the ray.
                let axis = Vec3::AXES[axis];
                let away = self.point - ray.origin;
                let slant = axis.dot(*ray.direction);
                let spread = 1.0 - slant * slant;
                if spread < GRAZING * GRAZING {
                    return None;
                }
                axis * ((slant * away.dot(*ray.direction) - away.dot(axis)) / spread)
            }
        };
        (displacement.length() < FARTHEST).then_some(displacement)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (strengthen, drag).chain().in_set(Steering::Act));
}

/// The wheel makes a pull under way stronger or weaker.
fn strengthen(
    mut gestures: ResMut<Gestures>,
    mut aims: ResMut<Aims>,
    mut tool: ResMut<Tool>,
    mut hands: ResMut<Hands>,
    simulation: Res<Simulation>,
) {
    for aim in aims.list_mut() {
        if aim.notches == 0.0 || gestures.dragging(aim.hand).is_none() {
            continue;
        }
        let notches = std::mem::take(&mut aim.notches);
        if tool.grip != GripKind::Pull {
            continue;
        }
        let [weakest, strongest] = Tool::STIFFNESS;
        let stiffness = tool.stiffness * STRONGER.powf(f64::from(notches));
        tool.stiffness = stiffness.clamp(weakest, strongest);
        if let Some(held) = hands.of_mut(aim.hand) {
            held.regrip(tool.grip(), &simulation);
        }
    }
}

fn drag(
    mut gestures: ResMut<Gestures>,
    aims: Res<Aims>,
    tool: Res<Tool>,
    selection: Res<Selection>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut hands: ResMut<Hands>,
) {
    hands.open_where(&simulation, |hand| gestures.dragging(hand).is_none());
    for (hand, gesture) in &mut gestures.0 {
        let (Gesture::Drag(drag), Some(aim)) = (gesture, aims.of(*hand)) else {
            continue;
        };
        if drag.state == State::Open {
            drag.state = take(
                drag,
                aim,
                &tool,
                &selection,
                &scene,
                &simulation,
                &mut hands,
            );
            drag.take_along(aim, &scene);
        }
        let State::Closed { from, sent } = &mut drag.state else {
            continue;
        };
        let (from, before) = (*from, *sent);
        let Some(held) = hands.of_mut(*hand) else {
            drag.state = State::Lost;
            continue;
        };
        let Some(displacement) = drag.displacement_by(aim, tool.axis) else {
            continue;
        };
        let mut sent = before;
        let to = from + to_simulated(displacement);
        held.target = to;
        if to != before.place && simulation.send(Command::Move { hand: *hand, to }).is_ok() {
            sent.place = to;
        }
        if held.can_turn() {
            let turn = drag.turn_by(aim, tool.axis);
            held.turn = turn;
            let orient = Command::Orient {
                hand: *hand,
                rotation: turn,
            };
            if turn != before.turn && simulation.send(orient).is_ok() {
                sent.turn = turn;
            }
        }
        drag.state = State::Closed { from, sent };
    }
}

/// Closes a hand around the pressed atom, and around all that is chosen with it.
fn take(
    drag: &Drag,
    aim: &Aim,
    tool: &Tool,
    selection: &Selection,
    scene: &Scene,
    simulation: &Simulation,
    hands: &mut Hands,
) -> State {
    let Some(&from) = scene.frame.positions.get(drag.atom) else {
        return State::Lost;
    };
    if scene.frame.activity == Activity::Playback {
        // What is shown is past, and nobody can take hold of that.
        return State::Lost;
    }
    let mut atoms = vec![drag.atom];
    if selection.contains(drag.atom) {
        let others = selection.atoms().iter().copied();
        atoms.extend(others.filter(|atom| *atom != drag.atom));
    }
    let held = Held::close(aim.hand, atoms, tool.grip(), scene, drag.image, simulation);
    match held {
        Ok(held) => {
            hands.add(held);
            let sent = Sent {
                place: from,
                turn: DQuat::IDENTITY,
            };
            State::Closed { from, sent }
        }
        // The queue is full; the next frame tries again.
        Err(_) => State::Open,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn pressed_at(point: Vec3, facing: Dir3) -> Drag {
        Drag {
            atom: 0,
            point,
            facing,
            carrier: None,
            image: Vec3::ZERO,
            state: State::Open,
        }
    }

    #[test]
    fn the_ray_that_pressed_moves_nothing_along_any_axis() {
        let ray = Ray3d::new(
            Vec3::new(1.0, 2.0, 20.0),
            Dir3::new(Vec3::new(0.1, -0.3, -1.0)).unwrap(),
        );
        let drag = pressed_at(ray.get_point(18.0), Dir3::Z);
        for axis in [None, Some(0), Some(1), Some(2)] {
            let displacement = drag.displacement(ray, axis).unwrap();
            assert!(displacement.length() < 1e-4, "{axis:?}: {displacement}");
        }
    }

    #[test]
    fn in_the_plane_what_was_pressed_stays_on_the_ray() {
        let eye = Vec3::new(0.0, 0.0, 20.0);
        let drag = pressed_at(Vec3::new(0.5, 0.0, 2.0), Dir3::Z);
        let goal = Vec3::new(1.5, -0.7, 2.0);
        let ray = Ray3d::new(eye, Dir3::new(goal - eye).unwrap());
        let displacement = drag.displacement(ray, None).unwrap();
        assert!((drag.point + displacement - goal).length() < 1e-4);
        let along = drag.displacement(ray, Some(0)).unwrap();
        assert_eq!((along.y, along.z), (0.0, 0.0));
        assert!((along.x - 1.0).abs() < 0.1);
    }

    #[test]
    fn a_ray_along_the_axis_says_nothing() {
        let drag = pressed_at(Vec3::ZERO, Dir3::Z);
        let ray = Ray3d::new(Vec3::new(0.1, 0.0, 20.0), Dir3::NEG_Z);
        assert_eq!(drag.displacement(ray, Some(2)), None);
        let grazing = Ray3d::new(
            Vec3::new(-20.0, 0.0, 1e-3),
            Dir3::new(Vec3::new(1.0, 0.0, -1e-9)).unwrap(),
        );
        assert_eq!(drag.displacement(grazing, None), None);
    }
}
