//! Touch on the tablet: hands press its panels with a ray from afar or with a fingertip.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::hand::{self, TrackedHand, TrackedHands};
use super::hand_input::Side;
use super::rig::Rig;
use super::tablet::TabletPlacement;
use crate::interact::gesture::Gestures;
use crate::scene::tablet::{Tablet, TabletPlane, TabletPointer};

/// Width of a point (egui's unit) in the room, m: letters are one degree high at half a meter.
const POINT_SIZE: f32 = 0.0006;
/// Scroll speed of a thumbstick at full deflection, points per second.
const SCROLL_RATE: f32 = 700.0;
/// A fingertip hovers within this distance in front of the tablet, m.
const HOVER_DISTANCE: f32 = 0.05;
/// A pressed fingertip releases at this distance in front of the tablet, m.
const RELEASE_DISTANCE: f32 = 0.01;
/// A fingertip farther than this behind the tablet does not touch it, m.
const MAX_DEPTH: f32 = 0.08;

/// The touches of both hands.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TabletTouches([TabletTouch; 2]);

/// The touch of one hand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct TabletTouch {
    /// The touched point, points from the upper left corner, and whether it is pressed.
    at: Option<(Vec2, bool)>,
    /// Whether the fingertip presses; `None` while it is not at the tablet.
    finger: Option<bool>,
    /// Whether the trigger was pressed.
    was_pressed: bool,
}

impl TabletTouches {
    /// Whether a hand points at the tablet, and thus at nothing in the scene.
    pub(super) fn has(&self, side: Side) -> bool {
        self.0[side.index()].at.is_some()
    }

    /// The touched point in the scene, Å.
    pub(super) fn point_in_scene(&self, side: Side, tablet: &Tablet) -> Option<Vec3> {
        let (point, _) = self.0[side.index()].at?;
        Some(tablet.plane?.scene_position(point))
    }
}

impl TabletTouch {
    /// The touch in the next frame, of a hand that holds no atoms.
    fn next(&self, plane: &TabletPlane, hand: &TrackedHand, rig: &Rig) -> TabletTouch {
        let (below, distance) = plane.project(rig.to_world(hand.fingertip()));
        let finger = finger_presses(self.finger, distance / rig.scale)
            .filter(|_| TabletPlane::contains(below));
        // A trigger that was pressed elsewhere does not press the tablet.
        let touched_before = self.at.is_some();
        let presses = hand.pressed && (touched_before || !self.was_pressed);
        let ray = || {
            let point = ray_hit(plane, hand, rig, touched_before && hand.pressed)?;
            (presses || !hand.pressed).then_some((point, presses))
        };
        let at = match finger {
            Some(finger_presses) => Some((below, finger_presses || presses)),
            None => ray(),
        };
        TabletTouch {
            at,
            finger,
            was_pressed: hand.pressed,
        }
    }
}

/// Whether a fingertip at this distance in front of the tablet (m) presses; `None` if it is not at the
/// tablet. It has to come from the front, and the two thresholds suppress trembling.
fn finger_presses(before: Option<bool>, distance: f32) -> Option<bool> {
    match before {
        None => (0.0..HOVER_DISTANCE).contains(&distance).then_some(false),
        Some(_) if !(-MAX_DEPTH..HOVER_DISTANCE).contains(&distance) => None,
        Some(true) => Some(distance < RELEASE_DISTANCE),
        Some(false) => Some(distance <= 0.0),
    }
}

/// The point of the tablet that a hand's ray hits. `drags`: a press goes on outside of the tablet, in
/// its plane.
fn ray_hit(plane: &TabletPlane, hand: &TrackedHand, rig: &Rig, drags: bool) -> Option<Vec2> {
    let aim = rig.pose_to_world(&hand.input.aim);
    let direction = Dir3::new(aim.rotation * Vec3::NEG_Z).ok()?;
    let (point, _) = plane.intersect(Ray3d::new(aim.translation.into(), direction))?;
    (drags || TabletPlane::contains(point)).then_some(point)
}

/// State that touches depend on.
#[derive(SystemParam)]
pub(super) struct TouchInput<'w> {
    hands: Res<'w, TrackedHands>,
    gestures: Res<'w, Gestures>,
    placement: Res<'w, TabletPlacement>,
    rig: Res<'w, Rig>,
    time: Res<'w, Time>,
}

/// Updates the touches and the pointer of the tablet.
pub(super) fn touch(
    input: TouchInput,
    mut touches: ResMut<TabletTouches>,
    mut tablet: ResMut<Tablet>,
) {
    let rig = &*input.rig;
    let plane = input.placement.pose.map(|pose| TabletPlane {
        pose: rig.pose_to_world(&pose),
        point_size: POINT_SIZE * rig.scale,
    });
    let mut pointer: Option<TabletPointer> = None;
    let mut next = TabletTouches::default();
    // The tablet has one pointer: the hand that presses, or else the right one.
    for (side, hand) in input.hands.iter() {
        let holds_atoms = input.gestures.holds_atoms(hand::id(side));
        let touch = &mut next.0[side.index()];
        touch.was_pressed = hand.pressed;
        if let Some(plane) = plane.as_ref().filter(|_| !holds_atoms) {
            *touch = touches.0[side.index()].next(plane, hand, rig);
        }
        if let Some((point, pressed)) = touch.at
            && !pointer.is_some_and(|other| other.pressed)
        {
            pointer = Some(TabletPointer {
                position: point,
                pressed,
                scroll: -hand.input.thumbstick.y * SCROLL_RATE * input.time.delta_secs(),
            });
        }
    }
    touches.set_if_neq(next);
    tablet.set_if_neq(Tablet { plane, pointer });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingertip_presses_once_when_it_comes_through_from_the_front() {
        let states_at = |distances: &[f32]| -> Vec<Option<bool>> {
            let mut state = None;
            let states = distances.iter().map(|distance| {
                state = finger_presses(state, *distance);
                state
            });
            states.collect()
        };
        let press = [0.1, 0.04, 0.005, -0.001, 0.004, -0.002, 0.012, 0.06];
        let (hovers, presses) = (Some(false), Some(true));
        assert_eq!(
            states_at(&press),
            [
                None, hovers, hovers, presses, presses, presses, hovers, None
            ]
        );
        // It does not touch from behind, nor after it went through and away.
        assert_eq!(states_at(&[-0.02, -0.01]), [None, None]);
        assert_eq!(
            states_at(&[0.01, -0.01, -0.1, -0.01]),
            [hovers, presses, None, None]
        );
    }
}
