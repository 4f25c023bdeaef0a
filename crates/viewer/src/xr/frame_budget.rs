//! Frame budget: reports mean frame times of the headset to the window.

use bevy::prelude::*;

use super::display::HeadsetDisplay;
use super::headset::Headset;
use super::output::HeadsetOutput;
use crate::app::xr_status::FrameBudget;

/// Averaging window, s: numbers that change faster cannot be read.
const WINDOW: f32 = 0.5;

/// Sums over the frames of the current window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct FrameSums {
    frames: f32,
    seconds: f32,
    cpu: f32,
    gpu: f32,
}

impl FrameSums {
    fn add(&mut self, display: &HeadsetDisplay, seconds: f32) {
        self.frames += 1.0;
        self.seconds += seconds;
        self.cpu += display.times.cpu;
        self.gpu += display.times.gpu.unwrap_or_default();
    }
}

/// Updates the frame budget once per window, and clears it without a headset.
pub(super) fn report(
    display: Res<HeadsetDisplay>,
    headset: Res<Headset>,
    output: Res<HeadsetOutput>,
    time: Res<Time<Real>>,
    mut budget: ResMut<FrameBudget>,
    mut sums: Local<FrameSums>,
) {
    if !headset.is_running() {
        *sums = FrameSums::default();
        budget.set_if_neq(FrameBudget::default());
        return;
    }
    sums.add(&display, time.delta_secs());
    if sums.seconds >= WINDOW || budget.period == 0.0 {
        *budget = FrameBudget {
            period: display.period,
            cpu: sums.cpu / sums.frames,
            gpu: display.times.gpu.map(|_| sums.gpu / sums.frames),
            dropped: display.dropped_frames,
            render_scale: output.render_scale,
        };
        *sums = FrameSums::default();
    }
}
