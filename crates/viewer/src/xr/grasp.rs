//! Hands become aims: what they touch, what they point at, and what they take.

use bevy::prelude::*;

use super::hand;
use super::hand::{TrackedHand, TwoHands};
use super::rig::Rig;
use super::seen::Side;
use super::stick;
use super::touches::Touches;
use crate::interact::aim::{Aim, Aims, Reach};
use crate::scene::beam::Beam;

/// What is so near to a hand is touched, m from its tip.
pub const TOUCH: f32 = 0.012;
/// How thick the ray is where it begins, m.
const THICKNESS: f32 = 0.004;
/// By how much its radius grows, m for each m: the tangent of 0.6°, about as steady as a hand is.
const GROWTH: f32 = 0.0105;

/// The aim of a hand; `None` if it points nowhere.
fn aim(side: Side, hand: &TrackedHand, rig: &Rig, notches: f32) -> Option<Aim> {
    let pointing = rig.pose_to_world(&hand.seen.aim);
    let direction = Dir3::new(pointing.rotation * Vec3::NEG_Z).ok()?;
    let body = rig.pose_to_world(&hand.body());
    body.translation.is_finite().then_some(Aim {
        hand: hand::name(side),
        ray: Ray3d::new(pointing.translation.into(), direction),
        beam: Beam {
            start: THICKNESS * rig.scale,
            growth: GROWTH,
        },
        facing: -direction,
        reach: Some(Reach {
            pose: body,
            touch: TOUCH * rig.scale,
        }),
        pressed: hand.pinches,
        extend: false,
        notches,
        screen: None,
        hit: None,
    })
}

/// Adds the aims of both hands, but for those that point at the tablet.
pub(super) fn point(
    hands: Res<TwoHands>,
    touches: Res<Touches>,
    rig: Res<Rig>,
    time: Res<Time>,
    mut aims: ResMut<Aims>,
) {
    for (side, hand) in hands.list().filter(|(side, _)| !touches.has(*side)) {
        let notches = stick::notches(hand.seen.stick, time.delta_secs());
        if let Some(aim) = aim(side, hand, &rig, notches) {
            aims.add(aim);
        }
    }
}
