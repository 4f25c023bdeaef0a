//! Heads and hands of other people: a pyramid at each head, a cross at each hand, a ring around
//! each held atom, in the person's color.

use bevy::prelude::*;
use glam::DVec3;

use super::people::People;
use crate::scene::appearance::Appearances;
use crate::scene::camera::Orbit;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::Lines;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::presence::{Person, Pose};
use mlipview_core::sim::constraint::Grip;

/// Maximum number of drawn people.
pub const MAX_PEOPLE: usize = 100;
/// Maximum number of held atoms with a ring.
pub const MAX_RINGS: usize = 50;

/// Length of a pyramid relative to the image height.
const SIZE: f32 = 0.035;
/// Heads nearer to the eye than this fraction of its distance are hidden: they would block the
/// view.
const MIN_DISTANCE: f32 = 0.25;
/// Line width, pixels.
const WIDTH: f32 = 1.6;

/// Length of heads, Å; `None`: relative to the image of the window.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct HeadLength(pub Option<f32>);

/// A head in the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnHead {
    /// Position of the eyes, Å.
    pub position: Vec3,
    /// Unit vectors to the right, up and forward.
    axes: [Vec3; 3],
}

impl DrawnHead {
    /// A person's head, if it is visible to the camera.
    pub fn of(person: &Person, orbit: &Orbit) -> Option<DrawnHead> {
        let head = DrawnHead::at(person.presence.head.as_ref()?)?;
        let position = head.position;
        let towards_eye = orbit.rotation * Vec3::Z;
        let eye = orbit.target + towards_eye * orbit.distance;
        let is_seen = !orbit.perspective || (eye - position).dot(towards_eye) > 0.0;
        let is_near = position.distance(eye) < MIN_DISTANCE * orbit.distance;
        (is_seen && !is_near).then_some(head)
    }

    /// The head of a pose, if it is finite.
    fn at(pose: &Pose) -> Option<DrawnHead> {
        let axis = |axis| to_drawn(pose.orientation * axis);
        is_finite_pose(pose).then(|| DrawnHead {
            position: to_drawn(pose.position),
            axes: [axis(DVec3::X), axis(DVec3::Y), axis(DVec3::NEG_Z)],
        })
    }

    /// Pyramid with its tip at the eyes, open forward, with a roof that shows up; length in Å.
    fn lines(&self, length: f32) -> [[Vec3; 2]; 10] {
        let [across, up, ahead] = self.axes.map(|axis| axis * length);
        let tip = self.position;
        let corner = |x: f32, y: f32| tip + ahead + across * x + up * y;
        let corners = [(-0.5, -0.35), (0.5, -0.35), (0.5, 0.35), (-0.5, 0.35)];
        let [a, b, c, d] = corners.map(|(x, y)| corner(x, y));
        let roof = corner(0.0, 0.62);
        [
            [tip, a],
            [tip, b],
            [tip, c],
            [tip, d],
            [a, b],
            [b, c],
            [c, d],
            [d, a],
            [c, roof],
            [roof, d],
        ]
    }
}

fn is_finite_pose(pose: &Pose) -> bool {
    pose.position.is_finite() && pose.orientation.is_finite()
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<HeadLength>();
    let draw = (draw_people, draw_rings).run_if(|style: Res<Style>| style.presence);
    app.add_systems(Update, draw.in_set(ViewerSystems::Place));
}

fn draw_people(
    people: Res<People>,
    orbit: Res<Orbit>,
    wanted: Res<HeadLength>,
    mut lines: ResMut<Lines>,
) {
    let length = wanted.0.unwrap_or(SIZE * orbit.height());
    for person in people.list().iter().take(MAX_PEOPLE) {
        // In a headset the person may turn to any of them.
        let head = match wanted.0 {
            None => DrawnHead::of(person, &orbit),
            Some(_) => person.presence.head.as_ref().and_then(DrawnHead::at),
        };
        if let Some(head) = head {
            for [from, to] in head.lines(length) {
                lines.line(from, to, WIDTH, person.color);
            }
        }
        for hand in person
            .presence
            .hands
            .iter()
            .filter(|hand| is_finite_pose(hand))
        {
            let position = to_drawn(hand.position);
            for axis in DVec3::AXES {
                let arm = to_drawn(hand.orientation * axis) * (0.4 * length);
                lines.line(position - arm, position + arm, WIDTH, person.color);
            }
        }
    }
}

/// Draws rings around atoms held by others; pulls are drawn by `hands`.
fn draw_rings(
    scene: Res<Scene>,
    people: Res<People>,
    appearances: Res<Appearances>,
    orbit: Res<Orbit>,
    mut lines: ResMut<Lines>,
) {
    /// Gap between an atom and its ring, Å.
    const GAP: f32 = 0.15;
    const CORNERS: usize = 24;
    let grasps = scene.frame.grips.grasps().iter();
    let held = grasps
        .filter(|grasp| grasp.grip == Grip::Hold)
        .filter_map(|grasp| Some((people.color_of(grasp.hand)?, &grasp.atoms)))
        .flat_map(|(color, atoms)| atoms.iter().map(move |atom| (color, *atom)));
    for (color, atom) in held.take(MAX_RINGS) {
        let Some(position) = scene.positions().get(atom) else {
            continue;
        };
        let radius = appearances
            .list()
            .get(atom)
            .map_or(0.0, |appearance| appearance.radius.max(0.0))
            + GAP;
        let corner = |number: usize| {
            let angle = std::f32::consts::TAU * number as f32 / CORNERS as f32;
            *position + orbit.rotation * (radius * Vec2::from_angle(angle)).extend(0.0)
        };
        for number in 0..CORNERS {
            lines.line(corner(number), corner(number + 1), 2.0 * WIDTH, color);
        }
    }
}
