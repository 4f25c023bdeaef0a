//! Where others look and point: a small pyramid where each has their eyes, a cross at each hand, and
//! a ring around each atom that they hold, in their color.

use bevy::prelude::*;
use glam::DVec3;

use super::people::People;
use crate::scene::appearance::Looks;
use crate::scene::camera::Orbit;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::lines::Strokes;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::presence::{Person, Pose};
use mlipview_core::sim::constraint::Grip;

/// More people than this are not drawn.
pub const MOST_PEOPLE: usize = 100;
/// More held atoms than this have no ring.
pub const MOST_RINGS: usize = 50;

/// Length of a pyramid as a share of the picture's height.
const SIZE: f32 = 0.035;
/// Whoever looks from nearer to this eye than this share of its distance stands where we stand: a
/// pyramid around the eye would only be in the way.
const BESIDE_US: f32 = 0.25;
/// Width of all lines, pixels.
const WIDTH: f32 = 1.6;

/// How long heads are drawn, Å; `None`: as suits the eye at the desk.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct HeadLength(pub Option<f32>);

/// Someone's head in the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Where the eyes are, Å.
    pub place: Vec3,
    /// Across, up, and where they look; of unit length.
    axes: [Vec3; 3],
}

impl Head {
    /// Someone's head, where that can be seen by an eye.
    pub fn of(person: &Person, orbit: &Orbit) -> Option<Head> {
        let head = Head::at(person.presence.head.as_ref()?)?;
        let place = head.place;
        let towards_eye = orbit.rotation * Vec3::Z;
        let eye = orbit.target + towards_eye * orbit.distance;
        let is_seen = !orbit.perspective || (eye - place).dot(towards_eye) > 0.0;
        let is_beside_us = place.distance(eye) < BESIDE_US * orbit.distance;
        (is_seen && !is_beside_us).then_some(head)
    }

    /// A head there, where that is somewhere.
    fn at(pose: &Pose) -> Option<Head> {
        let axis = |axis| to_drawn(pose.orientation * axis);
        is_somewhere(pose).then(|| Head {
            place: to_drawn(pose.position),
            axes: [axis(DVec3::X), axis(DVec3::Y), axis(DVec3::NEG_Z)],
        })
    }

    /// The lines of a pyramid with its tip at the eyes, open to where they look, and a roof that says
    /// what is up; its length in Å.
    fn lines(&self, length: f32) -> [[Vec3; 2]; 10] {
        let [across, up, ahead] = self.axes.map(|axis| axis * length);
        let tip = self.place;
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

fn is_somewhere(pose: &Pose) -> bool {
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
    mut strokes: ResMut<Strokes>,
) {
    let length = wanted.0.unwrap_or(SIZE * orbit.height());
    for person in people.list().iter().take(MOST_PEOPLE) {
        // In a headset one may turn to any of them.
        let head = match wanted.0 {
            None => Head::of(person, &orbit),
            Some(_) => person.presence.head.as_ref().and_then(Head::at),
        };
        if let Some(head) = head {
            for [from, to] in head.lines(length) {
                strokes.line(from, to, WIDTH, person.color);
            }
        }
        for hand in person
            .presence
            .hands
            .iter()
            .filter(|hand| is_somewhere(hand))
        {
            let place = to_drawn(hand.position);
            for axis in DVec3::AXES {
                let arm = to_drawn(hand.orientation * axis) * (0.4 * length);
                strokes.line(place - arm, place + arm, WIDTH, person.color);
            }
        }
    }
}

/// Rings that face the eye around atoms that others hold. Pulls are drawn as lines, by `hands`.
fn draw_rings(
    scene: Res<Scene>,
    people: Res<People>,
    looks: Res<Looks>,
    orbit: Res<Orbit>,
    mut strokes: ResMut<Strokes>,
) {
    /// Room between an atom and its ring, Å.
    const ROOM: f32 = 0.15;
    const CORNERS: usize = 24;
    let grasps = scene.frame.grips.grasps().iter();
    let held = grasps
        .filter(|grasp| grasp.grip == Grip::Hold)
        .filter_map(|grasp| Some((people.color_of(grasp.hand)?, &grasp.atoms)))
        .flat_map(|(color, atoms)| atoms.iter().map(move |atom| (color, *atom)));
    for (color, atom) in held.take(MOST_RINGS) {
        let Some(place) = scene.positions().get(atom) else {
            continue;
        };
        let radius = looks.list().get(atom).map_or(0.0, |look| look.radius) + ROOM;
        let corner = |number: usize| {
            let angle = std::f32::consts::TAU * number as f32 / CORNERS as f32;
            *place + orbit.rotation * (radius * Vec2::from_angle(angle)).extend(0.0)
        };
        for number in 0..CORNERS {
            strokes.line(corner(number), corner(number + 1), 2.0 * WIDTH, color);
        }
    }
}
