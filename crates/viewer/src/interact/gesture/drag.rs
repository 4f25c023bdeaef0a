//! Dragging atoms: in a plane, with a hand, or along an axis.

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

/// Maximum displacement of a drag, Å; farther away the ray is nearly parallel to the plane.
const MAX_DISPLACEMENT: f32 = 2000.0;
/// Minimum sine of the angle between ray and axis; below it positions along the axis are undefined.
const MIN_SINE: f32 = 0.03;
/// Stiffness factor per wheel notch.
const STIFFNESS_PER_NOTCH: f64 = 1.25;

/// Position (Å) and rotation since the grab that were sent last.
#[derive(Clone, Copy, Debug, PartialEq)]
struct SentPose {
    position: DVec3,
    rotation: DQuat,
}

/// A drag, from the press on.
#[derive(Clone, Debug)]
pub struct Drag {
    /// The pressed atom.
    atom: usize,
    /// Where the ray hit it, Å.
    point: Vec3,
    /// Normal of the drag plane.
    facing: Dir3,
    /// Inverse pose of the hand at the grab, if a hand carries the atoms.
    carrier: Option<Isometry3d>,
    /// Offset of the pressed periodic image, Å.
    image: Vec3,
    grab: Grab,
}

#[derive(Clone, Debug, PartialEq)]
enum Grab {
    /// The grab has not been sent yet.
    Pending,
    /// Grabbed, with the atom at this position, Å.
    Holding { from: DVec3, sent: SentPose },
    /// The atoms are not held any more.
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
            grab: Grab::Pending,
        }
    }

    /// Attaches the atoms to the hand, at the current position of the pressed atom.
    fn attach_to_hand(&mut self, aim: &Aim, scene: &Scene) {
        if let (Some(reach), Some(position)) = (aim.reach, scene.positions().get(self.atom)) {
            self.carrier = Some(reach.pose.inverse());
            self.point = *position + self.image;
        }
    }

    /// Displacement of the atoms by a pointer, Å.
    fn displacement_of(&self, aim: &Aim, axis: Option<usize>) -> Option<Vec3> {
        match (aim.reach, self.carrier) {
            (Some(reach), Some(carrier)) => self.carried(reach.pose, carrier, axis),
            _ => self.displacement(aim.ray, axis),
        }
    }

    /// Rotation of the atoms by a hand; none if restricted to an axis.
    fn rotation_of(&self, aim: &Aim, axis: Option<usize>) -> DQuat {
        match (aim.reach, self.carrier, axis) {
            (Some(reach), Some(carrier), None) => {
                (reach.pose.rotation * carrier.rotation).as_dquat()
            }
            _ => DQuat::IDENTITY,
        }
    }

    /// Displacement of the point as part of a rigid body with the hand, Å.
    fn carried(&self, pose: Isometry3d, carrier: Isometry3d, axis: Option<usize>) -> Option<Vec3> {
        let displacement = pose * (carrier * self.point) - self.point;
        let displacement = axis.map_or(displacement, |axis| {
            displacement.project_onto(Vec3::AXES[axis])
        });
        (displacement.length() < MAX_DISPLACEMENT).then_some(displacement)
    }

    /// Displacement by a ray, Å: in the drag plane, or along one axis. `None` where the ray defines
    /// none.
    fn displacement(&self, ray: Ray3d, axis: Option<usize>) -> Option<Vec3> {
        let displacement = match axis {
            None => {
                let plane = InfinitePlane3d::new(self.facing);
                ray.plane_intersection_point(self.point, plane)? - self.point
            }
            Some(axis) => {
                // Nearest point of the axis to the ray: s = ((a·d)(w·d) − w·a) / (1 − (a·d)²), w =
                // point − origin.
                let axis = Vec3::AXES[axis];
                let away = self.point - ray.origin;
                let slant = axis.dot(*ray.direction);
                let spread = 1.0 - slant * slant;
                if spread < MIN_SINE * MIN_SINE {
                    return None;
                }
                axis * ((slant * away.dot(*ray.direction) - away.dot(axis)) / spread)
            }
        };
        (displacement.length() < MAX_DISPLACEMENT).then_some(displacement)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (scale_stiffness, drag).chain().in_set(Steering::Act),
    );
}

/// The wheel scales the stiffness of a pull in progress.
fn scale_stiffness(
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
        let [weakest, color_limits] = Tool::STIFFNESS;
        let stiffness = tool.stiffness * STIFFNESS_PER_NOTCH.powf(f64::from(notches));
        tool.stiffness = stiffness.clamp(weakest, color_limits);
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
    hands.release_where(&simulation, |hand| gestures.dragging(hand).is_none());
    for (hand, gesture) in &mut gestures.0 {
        let (Gesture::Drag(drag), Some(aim)) = (gesture, aims.of(*hand)) else {
            continue;
        };
        if drag.grab == Grab::Pending {
            drag.grab = take(
                drag,
                aim,
                &tool,
                &selection,
                &scene,
                &simulation,
                &mut hands,
            );
            drag.attach_to_hand(aim, &scene);
        }
        let Grab::Holding { from, sent } = &mut drag.grab else {
            continue;
        };
        let (from, before) = (*from, *sent);
        let Some(held) = hands.of_mut(*hand) else {
            drag.grab = Grab::Lost;
            continue;
        };
        let Some(displacement) = drag.displacement_of(aim, tool.axis) else {
            continue;
        };
        let mut sent = before;
        let to = from + to_simulated(displacement);
        held.target = to;
        if to != before.position && simulation.send(Command::Move { hand: *hand, to }).is_ok() {
            sent.position = to;
        }
        if held.can_rotate() {
            let rotation = drag.rotation_of(aim, tool.axis);
            held.rotation = rotation;
            let orient = Command::Orient {
                hand: *hand,
                rotation: rotation,
            };
            if rotation != before.rotation && simulation.send(orient).is_ok() {
                sent.rotation = rotation;
            }
        }
        drag.grab = Grab::Holding { from, sent };
    }
}

/// Grabs the pressed atom, with the whole selection if it is selected.
fn take(
    drag: &Drag,
    aim: &Aim,
    tool: &Tool,
    selection: &Selection,
    scene: &Scene,
    simulation: &Simulation,
    hands: &mut Hands,
) -> Grab {
    let Some(&from) = scene.frame.positions.get(drag.atom) else {
        return Grab::Lost;
    };
    if scene.frame.activity == Activity::Playback {
        // A past frame is shown: its atoms cannot be grabbed.
        return Grab::Lost;
    }
    let mut atoms = vec![drag.atom];
    if selection.contains(drag.atom) {
        let others = selection.atoms().iter().copied();
        atoms.extend(others.filter(|atom| *atom != drag.atom));
    }
    let held = Held::grab(aim.hand, atoms, tool.grip(), scene, drag.image, simulation);
    match held {
        Ok(held) => {
            hands.add(held);
            let sent = SentPose {
                position: from,
                rotation: DQuat::IDENTITY,
            };
            Grab::Holding { from, sent }
        }
        // The inbox is full; retried in the next frame.
        Err(_) => Grab::Pending,
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
            grab: Grab::Pending,
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
