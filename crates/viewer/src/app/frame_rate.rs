//! What a rendered frame costs, besides the graphics card's own work.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the clock of the window: it measures, and nothing is decided by it"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::render::{ExtractSchedule, RenderApp};

use crate::scene::impostor::Uploads;

/// What the newest rendered frame took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// From the beginning of the frame before to the beginning of this one.
    pub interval: Duration,
    /// Everything from receiving the simulation's frame to placing what is drawn.
    pub update: Duration,
    /// Handing what changed to the graphics card.
    pub upload: Duration,
}

/// The costs of rendered frames, as they come.
#[derive(Resource, Clone, Default)]
pub struct Pace(Arc<Mutex<Measured>>);

#[derive(Default)]
struct Measured {
    costs: Costs,
    /// The mean of recent intervals, s.
    interval: f64,
    frame_began: Option<Instant>,
    upload_began: Option<Instant>,
}

impl Pace {
    /// What the newest frame took.
    pub fn costs(&self) -> Costs {
        self.lock().costs
    }

    /// Rendered frames per second, over the last second or so; 0 before the second frame.
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
            // Forgets over about a second, whatever the rate.
            let share = if measured.interval > 0.0 {
                seconds.min(1.0)
            } else {
                1.0
            };
            measured.interval += share * (seconds - measured.interval);
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
    let pace = Pace::default();
    app.insert_resource(pace.clone())
        .add_systems(First, |pace: Res<Pace>| pace.begin())
        .add_systems(Last, |pace: Res<Pace>| pace.end());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render_app.insert_resource(pace).add_systems(
        ExtractSchedule,
        (begin_upload.before(Uploads), end_upload.after(Uploads)),
    );
}

fn begin_upload(pace: Res<Pace>) {
    pace.lock().upload_began = Some(Instant::now());
}

fn end_upload(pace: Res<Pace>) {
    let mut measured = pace.lock();
    if let Some(began) = measured.upload_began.take() {
        measured.costs.upload = began.elapsed();
    }
}
