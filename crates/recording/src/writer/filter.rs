//! The frames that the options of a recording select.

use std::time::{Duration, SystemTime};

use mlipview_core::sim::timeline::MarkKind;
use mlipview_core::sim::{Activity, Frame};

use crate::RecordingOptions;

/// Selection of frames by step and time.
pub(crate) struct FrameFilter {
    every: u64,
    interval: Duration,
    last: Option<Last>,
}

/// The newest selected frame, without its atoms.
struct Last {
    frame: Frame,
    time: SystemTime,
}

impl FrameFilter {
    /// The selection of the options.
    pub(crate) fn new(options: &RecordingOptions) -> FrameFilter {
        let interval = options.rate.map(|rate| 1.0 / rate);
        let interval = interval.map(Duration::try_from_secs_f64);
        FrameFilter {
            every: options.every.max(1),
            // A rate of 0 selects frames after edits and at starts and ends of runs only.
            interval: interval.map_or(Duration::ZERO, |it| it.unwrap_or(Duration::MAX)),
            last: None,
        }
    }

    /// Whether a frame is selected at a time of the wall clock.
    pub(crate) fn is_due(&mut self, frame: &Frame, now: SystemTime) -> bool {
        let is_due = self.last.as_ref().is_none_or(|last| {
            let steps = frame.step.checked_sub(last.frame.step);
            let elapsed = now.duration_since(last.time);
            let by_step = self.every == 1 || steps.is_none_or(|steps| steps >= self.every);
            let by_time = elapsed.map_or(true, |elapsed| elapsed >= self.interval);
            let is_marked = MarkKind::between(&last.frame, frame).is_some();
            let has_ended = has_ended(&last.frame.activity, &frame.activity);
            is_marked || has_ended || (by_step && by_time)
        });
        if is_due {
            self.last = Some(Last {
                frame: without_atoms(frame),
                time: now,
            });
        }
        is_due
    }
}

/// Whether a run has ended: its last frame is recorded, too.
fn has_ended(before: &Activity, after: &Activity) -> bool {
    let moves = |activity: &Activity| {
        matches!(
            activity,
            Activity::Running(_) | Activity::Packing(_) | Activity::Following(_)
        )
    };
    moves(before) && !moves(after)
}

/// The step, revision and activity of a frame.
fn without_atoms(frame: &Frame) -> Frame {
    Frame {
        identity: std::sync::Arc::clone(&frame.identity),
        positions: Vec::new(),
        velocities: Vec::new(),
        cell: None,
        evaluation: None,
        potential: None,
        potential_status: None,
        grips: Default::default(),
        activity: frame.activity.clone(),
        ..*frame
    }
}
