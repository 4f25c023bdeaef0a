//! The display of the headset: blend modes, refresh period and frame times.

use bevy::prelude::*;

use super::blend_mode::BlendMode;

/// Time that one frame takes, without waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameTimes {
    /// CPU time on the main and the render thread up to submission, s; 0 before the first frame.
    pub cpu: f32,
    /// GPU time, s; `None` where the device has no timestamps.
    pub gpu: Option<f32>,
}

/// Properties of the display that the runtime reports. Empty without a session.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct HeadsetDisplay {
    /// Supported blend modes, the one that the runtime prefers first.
    pub blend_modes: Vec<BlendMode>,
    /// Time between two frames (`predictedDisplayPeriod`), s; 0 while unknown.
    pub period: f32,
    /// Frames dropped since the session began.
    pub dropped_frames: u64,
    /// Times of the newest frame that was measured.
    pub times: FrameTimes,
}
