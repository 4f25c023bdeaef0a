//! Bare hands, by the places of their joints (`XR_EXT_hand_tracking`).

use openxr::{
    Hand, HandJoint, HandJointLocations, HandTracker, Session, Space, SpaceLocationFlags, Time,
    Vulkan,
};

use super::convert;
use super::refusal::Answer;
use crate::xr::bare::{Bare, Fingers};
use crate::xr::headset::Reason;
use crate::xr::seen::{HandKind, HandSeen, Pose, Side};

/// What sees the joints of both hands.
pub(super) struct Joints {
    trackers: [HandTracker; 2],
    hands: [Bare; 2],
    last: Option<Time>,
}

impl Joints {
    pub(super) fn of(session: &Session<Vulkan>) -> Result<Joints, Reason> {
        let tracker = |hand| {
            let tracker = session.create_hand_tracker(hand);
            tracker.of("xrCreateHandTrackerEXT")
        };
        Ok(Joints {
            trackers: [tracker(Hand::LEFT)?, tracker(Hand::RIGHT)?],
            hands: [Bare::default(); 2],
            last: None,
        })
    }

    /// Looks for hands at a time where no controller is seen, and for the fingers of bare ones.
    pub(super) fn look(
        &mut self,
        seen: &mut [Option<HandSeen>; 2],
        head: Option<&Pose>,
        floor: &Space,
        time: Time,
    ) -> Result<(), Reason> {
        let last = self.last.replace(time).unwrap_or(time);
        let passed = (time.as_nanos() - last.as_nanos()) as f32 * 1e-9;
        for side in Side::BOTH {
            let index = side.index();
            let hand = &mut self.hands[index];
            if seen[index].is_some_and(|hand| hand.kind == HandKind::Controller) {
                *hand = Bare::default();
                continue;
            }
            let joints = floor.locate_hand_joints(&self.trackers[index], time);
            let joints = joints.of("xrLocateHandJointsEXT")?;
            let fingers = joints.as_ref().and_then(fingers);
            let (Some(fingers), Some(head)) = (fingers, head) else {
                continue;
            };
            let followed = hand.follow(&fingers, side, head, passed);
            // What the runtime makes of bare hands counts, but for where their fingers are.
            seen[index] = Some(seen[index].map_or(followed, |seen| HandSeen {
                grip: followed.grip,
                fingertip: followed.fingertip,
                ..seen
            }));
        }
        Ok(())
    }
}

/// What counts of the joints; `None` unless all of that is seen.
fn fingers(joints: &HandJointLocations) -> Option<Fingers> {
    let known = SpaceLocationFlags::POSITION_VALID | SpaceLocationFlags::ORIENTATION_VALID;
    let joint = |joint: HandJoint| {
        let location = &joints[joint.into_raw() as usize];
        let is_known = location.location_flags.contains(known);
        is_known.then(|| convert::pose(&location.pose))
    };
    Some(Fingers {
        palm: joint(HandJoint::PALM)?,
        thumb: joint(HandJoint::THUMB_TIP)?.place,
        index: joint(HandJoint::INDEX_TIP)?.place,
        knuckle: joint(HandJoint::INDEX_PROXIMAL)?.place,
        others: [
            joint(HandJoint::MIDDLE_TIP)?.place,
            joint(HandJoint::RING_TIP)?.place,
            joint(HandJoint::LITTLE_TIP)?.place,
        ],
    })
}
