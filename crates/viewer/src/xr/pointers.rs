//! Pointers: turns each hand into an aim, with a ray for far atoms and touch for near ones.

use bevy::prelude::*;

use super::hand::{self, TrackedHand, TrackedHands};
use super::hand_input::Side;
use super::rig::Rig;
use super::tablet_touch::TabletTouches;
use super::thumbstick;
use crate::interact::aim::{Aim, Aims, HandPose};
use crate::scene::beam::Beam;

/// A hand touches what is within this distance of its tip, m.
pub const TOUCH_DISTANCE: f32 = 0.012;
/// Radius of the ray at its start, m.
const RAY_RADIUS: f32 = 0.004;
/// Growth of the radius along the ray, m/m: the tangent of 0.6°, about the steadiness of a hand.
const RAY_GROWTH: f32 = 0.0105;

/// The aim of a hand; `None` if its pose is not finite. `scroll` is that of the thumbstick, notches.
fn aim(side: Side, hand: &TrackedHand, rig: &Rig, scroll: f32) -> Option<Aim> {
    let pointing = rig.pose_to_world(&hand.input.aim);
    let direction = Dir3::new(pointing.rotation * Vec3::NEG_Z).ok()?;
    let grab = rig.pose_to_world(&hand.grab_pose());
    grab.translation.is_finite().then_some(Aim {
        hand: hand::id(side),
        ray: Ray3d::new(pointing.translation.into(), direction),
        beam: Beam {
            start: RAY_RADIUS * rig.scale,
            growth: RAY_GROWTH,
        },
        plane_normal: -direction,
        hand_pose: Some(HandPose {
            pose: grab,
            touch_distance: TOUCH_DISTANCE * rig.scale,
        }),
        pressed: hand.pressed,
        extend: false,
        scroll,
        screen: None,
        hit: None,
    })
}

/// Adds the aims of both hands, except of one that points at the tablet.
pub(super) fn add_aims(
    hands: Res<TrackedHands>,
    touches: Res<TabletTouches>,
    rig: Res<Rig>,
    time: Res<Time>,
    mut aims: ResMut<Aims>,
) {
    for (side, hand) in hands.iter().filter(|(side, _)| !touches.has(*side)) {
        let scroll = thumbstick::scroll_notches(hand.input.thumbstick, time.delta_secs());
        if let Some(aim) = aim(side, hand, &rig, scroll) {
            aims.add(aim);
        }
    }
}
