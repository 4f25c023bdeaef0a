//! Whoever wears the headset is seen by others: head and hands go to the room.

use bevy::math::Isometry3d;
use bevy::prelude::*;

use super::hand::TwoHands;
use super::headset::Headset;
use super::rig::Rig;
use super::seen::Seen;
use crate::app::people::Own;
use crate::app::presence::HeadLength;
use crate::scene::coordinates::to_simulated;
use crate::simulation::Simulation;
use mlipview_core::presence::{Pose, Presence, Role};

/// Others are told so often, times per second: as often as the network tells them anything.
const RATE: f32 = 30.0;
/// What others are called this one by, and their color: that of whatever is in hands.
const NAME: &str = "headset";
const COLOR: [u8; 3] = [255, 185, 60];
/// How long heads are drawn, m.
const HEAD: f32 = 0.16;

/// Comes and goes with the headset.
pub(super) fn come_and_go(
    headset: Res<Headset>,
    simulation: Res<Simulation>,
    mut own: ResMut<Own>,
    mut crowded: Local<bool>,
) {
    let roster = simulation.roster();
    match (headset.is_present(), own.0) {
        (true, None) if !*crowded => match roster.join(Role::Owner, "this computer") {
            Ok(id) => {
                roster.set_profile(id, Some(NAME), Some(COLOR));
                own.0 = Some(id);
            }
            // Seen by nobody, and asked no more until the next time.
            Err(_) => *crowded = true,
        },
        (false, Some(id)) => {
            roster.leave(id);
            own.0 = None;
        }
        (false, None) => *crowded = false,
        _ => {}
    }
}

/// Tells where head and hands are.
pub(super) fn tell(
    own: Res<Own>,
    seen: Res<Seen>,
    hands: Res<TwoHands>,
    rig: Res<Rig>,
    simulation: Res<Simulation>,
    time: Res<Time>,
    mut since: Local<f32>,
) {
    let Some(id) = own.0 else {
        return;
    };
    *since += time.delta_secs();
    if *since >= 1.0 / RATE {
        *since = 0.0;
        simulation
            .roster()
            .set_presence(id, presence(&seen, &hands, &rig));
    }
}

fn presence(seen: &Seen, hands: &TwoHands, rig: &Rig) -> Presence {
    let pose = |pose: Isometry3d| Pose {
        position: to_simulated(pose.translation.into()),
        orientation: pose.rotation.as_dquat(),
    };
    Presence {
        head: seen.head.map(|head| pose(rig.pose_to_world(&head))),
        hands: hands
            .list()
            .map(|(_, hand)| pose(rig.pose_to_world(&hand.body())))
            .collect(),
    }
}

/// Others have heads of a natural size in the room.
pub(super) fn size_heads(headset: Res<Headset>, rig: Res<Rig>, mut length: ResMut<HeadLength>) {
    let wanted = headset.is_present().then_some(HEAD * rig.scale);
    length.set_if_neq(HeadLength(wanted));
}
