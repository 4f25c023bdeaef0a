//! Joint tracking of hands without controllers (`XR_EXT_hand_tracking`).

use openxr::{
    Hand, HandJoint, HandJointLocations, HandTracker, Session, Space, SpaceLocationFlags, Time,
    Vulkan,
};

use super::convert;
use super::error::ResultExt;
use crate::xr::error::HeadsetError;
use crate::xr::hand_input::{HandInput, HandSource, Side};
use crate::xr::hand_tracking::{GestureRecognizer, HandJoints};
use crate::xr::pose::Pose;

/// Trackers and gesture recognizers of both hands.
pub(super) struct JointTracking {
    trackers: [HandTracker; 2],
    recognizers: [GestureRecognizer; 2],
    last_time: Option<Time>,
}

impl JointTracking {
    pub(super) fn new(session: &Session<Vulkan>) -> Result<JointTracking, HeadsetError> {
        let tracker = |hand| {
            let tracker = session.create_hand_tracker(hand);
            tracker.in_call("xrCreateHandTrackerEXT")
        };
        Ok(JointTracking {
            trackers: [tracker(Hand::LEFT)?, tracker(Hand::RIGHT)?],
            recognizers: [GestureRecognizer::default(); 2],
            last_time: None,
        })
    }

    /// Locates the joints of hands without a controller, and adds them to the input of the actions.
    pub(super) fn locate(
        &mut self,
        hands: &mut [Option<HandInput>; 2],
        head: Option<&Pose>,
        floor: &Space,
        time: Time,
    ) -> Result<(), HeadsetError> {
        let last_time = self.last_time.replace(time).unwrap_or(time);
        let seconds = (time.as_nanos() - last_time.as_nanos()) as f32 * 1e-9;
        for side in Side::BOTH {
            let index = side.index();
            let recognizer = &mut self.recognizers[index];
            if hands[index].is_some_and(|hand| hand.source == HandSource::Controller) {
                *recognizer = GestureRecognizer::default();
                continue;
            }
            let joints = floor.locate_hand_joints(&self.trackers[index], time);
            let joints = joints.in_call("xrLocateHandJointsEXT")?;
            let joints = joints.as_ref().and_then(hand_joints);
            let (Some(joints), Some(head)) = (joints, head) else {
                continue;
            };
            let recognized = recognizer.update(&joints, side, head, seconds);
            // Where the runtime recognizes gestures itself, its own count; joints give the positions.
            hands[index] = Some(hands[index].map_or(recognized, |input| HandInput {
                grip: recognized.grip,
                fingertip: recognized.fingertip,
                ..input
            }));
        }
        Ok(())
    }
}

/// The joints that gestures are recognized from; `None` unless all of them are valid.
fn hand_joints(locations: &HandJointLocations) -> Option<HandJoints> {
    let valid = SpaceLocationFlags::POSITION_VALID | SpaceLocationFlags::ORIENTATION_VALID;
    let joint = |joint: HandJoint| {
        let location = &locations[joint.into_raw() as usize];
        let is_valid = location.location_flags.contains(valid);
        is_valid.then(|| convert::pose(&location.pose))
    };
    Some(HandJoints {
        palm: joint(HandJoint::PALM)?,
        thumb: joint(HandJoint::THUMB_TIP)?.position,
        index: joint(HandJoint::INDEX_TIP)?.position,
        knuckle: joint(HandJoint::INDEX_PROXIMAL)?.position,
        others: [
            joint(HandJoint::MIDDLE_TIP)?.position,
            joint(HandJoint::RING_TIP)?.position,
            joint(HandJoint::LITTLE_TIP)?.position,
        ],
    })
}
