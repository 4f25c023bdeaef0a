//! Tracking data of one frame: head, eyes and hands in room space.

use bevy::prelude::*;

use super::eye_view::EyeView;
use super::hand_input::{HandInput, Side};
use super::pose::Pose;

/// Poses and input at the time when the frame will be displayed. Empty without a session.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Tracking {
    /// The head, which looks along −z; `None` while it is not tracked.
    pub head: Option<Pose>,
    /// The eyes, left and right; `None` while the head is not tracked.
    pub views: Option<[EyeView; 2]>,
    /// The hands, left and right; `None` for one that is not tracked.
    pub hands: [Option<HandInput>; 2],
    /// Whether the runtime moved the origin of room space in this frame.
    pub recentered: bool,
}

impl Tracking {
    /// Input of one hand.
    pub fn hand(&self, side: Side) -> Option<&HandInput> {
        self.hands[side.index()].as_ref()
    }
}
