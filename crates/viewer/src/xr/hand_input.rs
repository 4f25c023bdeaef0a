//! The input of one hand in one frame: poses, buttons and axes.

use bevy::prelude::*;

use super::pose::Pose;

/// Left or right: an eye or a hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Left, the first of a pair.
    Left,
    /// Right.
    Right,
}

impl Side {
    /// Both sides, in the order of pairs.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// The index in a pair: 0 or 1.
    pub fn index(self) -> usize {
        match self {
            Side::Left => 0,
            Side::Right => 1,
        }
    }

    /// The other side.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// The device that a hand is tracked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandSource {
    /// A controller in the hand.
    #[default]
    Controller,
    /// Hand tracking by cameras; its trigger is the pinch of thumb and index finger.
    HandTracking,
}

/// Input of one hand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HandInput {
    /// Pose of the pointing ray, which goes along −z (OpenXR's aim pose).
    pub aim: Pose,
    /// Pose in which objects are held (OpenXR's grip pose); between thumb and index finger for hand
    /// tracking.
    pub grip: Pose,
    /// Tip of the index finger, m, where fingers are tracked.
    pub fingertip: Option<Vec3>,
    /// Trigger, 0 (released) to 1 (pressed).
    pub trigger: f32,
    /// Squeeze (grip button or fist), 0 to 1.
    pub squeeze: f32,
    /// Deflection of the thumbstick, right and up, each −1 to 1.
    pub thumbstick: Vec2,
    /// Whether the menu button is down.
    pub menu: bool,
    /// The device that tracks the hand.
    pub source: HandSource,
}
