//! CPU time per rendered frame, and frame rate.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the clock of the window: it measures, and nothing is decided by it"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::render::{ExtractSchedule, RenderApp};

use crate::scene::impostor::Uploads;

/// CPU times of the newest rendered frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameCosts {
    /// From the start of the previous frame to the start of this one.
    pub interval: Duration,
    /// From receiving the simulation's frame to placing what is drawn.
    pub update: Duration,
    /// Upload of changed data to the GPU.
    pub upload: Duration,
}

/// CPU times, updated with each rendered frame.
#[derive(Resource, Clone, Default)]
pub struct FrameTimer(Arc<Mutex<Measured>>);

/// Times of the frames so far.
#[derive(Default)]
struct Measured {
    costs: FrameCosts,
    /// Moving average of the interval, s.
    interval: f64,
    frame_began: Option<Instant>,
    upload_began: Option<Instant>,
}

impl FrameTimer {
    /// Times of the newest frame.
    pub fn costs(&self) -> FrameCosts {
        self.lock().costs
    }

    /// Frames per second over about the last second; 0 before the second frame.
    pub fn frames_per_second(&self) -> f64 {
        let interval = self.lock().interval;
        if interval > 0.0 { 1.0 / interval } else { 0.0 }
    }

    fn lock(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) {
        let (mut measured, now) = (self.lock(), Instant::now());
        if let Some(before) = measured.frame_began.replace(now) {
            let interval = now - before;
            measured.costs.interval = interval;
            let seconds = interval.as_secs_f64();
            // Exponential average over about a second, at any rate.
            let weight = if measured.interval > 0.0 {
                seconds.min(1.0)
            } else {
                1.0
            };
            measured.interval += weight * (seconds - measured.interval);
        }
    }

    fn end(&self) {
        let mut measured = self.lock();
        if let Some(began) = measured.frame_began {
            measured.costs.update = began.elapsed();
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let frame_timer = FrameTimer::default();
    app.insert_resource(frame_timer.clone())
        .add_systems(First, |frame_timer: Res<FrameTimer>| frame_timer.begin())
        .add_systems(Last, |frame_timer: Res<FrameTimer>| frame_timer.end());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render_app.insert_resource(frame_timer).add_systems(
        ExtractSchedule,
        (begin_upload.before(Uploads), end_upload.after(Uploads)),
    );
}

fn begin_upload(frame_timer: Res<FrameTimer>) {
    frame_timer.lock().upload_began = Some(Instant::now());
}

fn end_upload(frame_timer: Res<FrameTimer>) {
    let mut measured = frame_timer.lock();
    if let Some(began) = measured.upload_began.take() {
        measured.costs.upload = began.elapsed();
    }
}
