//! Presence of the wearer: sends head and hands to the other people in the simulation.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::hand::TrackedHands;
use super::headset::Headset;
use super::rig::Rig;
use super::tracking::Tracking;
use crate::app::people::OwnHeadset;
use crate::app::presence::HeadLength;
use crate::scene::coordinates::to_simulated;
use crate::simulation::Simulation;
use mlipview_core::presence::{Pose, Presence, Role};

/// Updates per second, the rate at which the server sends presences on.
const RATE: f32 = 30.0;
/// Name of the wearer in the list of people.
const NAME: &str = "headset";
/// Color of the wearer (sRGB), that of an active hand.
const COLOR: [u8; 3] = [255, 185, 60];
/// Length of the drawn heads of others, m.
const HEAD_LENGTH: f32 = 0.16;

/// Adds the wearer to the people while the headset runs.
pub(super) fn join_and_leave(
    headset: Res<Headset>,
    simulation: Res<Simulation>,
    mut own: ResMut<OwnHeadset>,
    mut is_full: Local<bool>,
) {
    let roster = simulation.roster();
    match (headset.is_running(), own.0) {
        (true, None) if !*is_full => match roster.join(Role::Owner, "this computer") {
            Ok(id) => {
                roster.set_profile(id, Some(NAME), Some(COLOR));
                own.0 = Some(id);
            }
            // Invisible to others; tried again when the headset is entered the next time.
            Err(_) => *is_full = true,
        },
        (false, Some(id)) => {
            roster.leave(id);
            own.0 = None;
        }
        (false, None) => *is_full = false,
        _ => {}
    }
}

/// Poses of the wearer in room space, and the rig that maps them to the scene.
#[derive(SystemParam)]
pub(super) struct WearerPoses<'w> {
    tracking: Res<'w, Tracking>,
    hands: Res<'w, TrackedHands>,
    rig: Res<'w, Rig>,
}

/// Sends the poses of head and hands.
pub(super) fn send(
    own: Res<OwnHeadset>,
    poses: WearerPoses,
    simulation: Res<Simulation>,
    time: Res<Time>,
    mut since_sent: Local<f32>,
) {
    let Some(id) = own.0 else {
        return;
    };
    *since_sent += time.delta_secs();
    if *since_sent >= 1.0 / RATE {
        *since_sent = 0.0;
        simulation.roster().set_presence(id, poses.in_scene());
    }
}

impl WearerPoses<'_> {
    /// The poses in the scene, Å.
    fn in_scene(&self) -> Presence {
        let pose = |pose: &super::pose::Pose| {
            let pose = self.rig.pose_to_world(pose);
            Pose {
                position: to_simulated(pose.translation.into()),
                orientation: pose.rotation.as_dquat(),
            }
        };
        let hands = self.hands.iter();
        Presence {
            head: self.tracking.head.as_ref().map(pose),
            hands: hands.map(|(_, hand)| pose(&hand.grab_pose())).collect(),
        }
    }
}

/// Draws the heads of others in natural size, measured in the room.
pub(super) fn scale_heads(headset: Res<Headset>, rig: Res<Rig>, mut length: ResMut<HeadLength>) {
    let wanted = headset.is_running().then_some(HEAD_LENGTH * rig.scale);
    length.set_if_neq(HeadLength(wanted));
}
