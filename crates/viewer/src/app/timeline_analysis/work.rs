//! The task that analyzes frames: batch by batch, with progress, until none are left.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bevy::tasks::futures_lite::future;
use bevy::tasks::{AsyncComputeTaskPool, Task};
use mlipview_core::analysis::FrameAnalysis;
use mlipview_core::sim::Timeline;

use super::curves::AnalysisPlot;
use super::frame_index::FrameIndex;
use super::line_frames::{LineFrame, NextFrames, next_frames};
use super::values::frame_values;
use crate::app::movie::encode::MovieProgress;

/// Time between two plots of a running task.
const PLOT_INTERVAL: Duration = Duration::from_millis(150);
/// Time after which a task lets others of its pool run.
const SLICE: Duration = Duration::from_millis(20);

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// All frames so far are analyzed.
    AtEnd,
    /// It was canceled.
    Canceled,
    /// The line has changed: the analysis begins again.
    Changed,
}

/// An analysis, shared with its task.
pub(super) struct Work {
    /// Version of the timeline.
    version: u64,
    /// Held for a frame at a time.
    analysis: Mutex<FrameAnalysis>,
    /// Held for a moment.
    index: Mutex<FrameIndex>,
    plot: Mutex<Option<Arc<AnalysisPlot>>>,
    progress: Mutex<MovieProgress>,
    is_canceled: AtomicBool,
}

impl Work {
    pub(super) fn new(analysis: FrameAnalysis, version: u64) -> Work {
        Work {
            version,
            analysis: Mutex::new(analysis),
            index: Mutex::default(),
            plot: Mutex::default(),
            progress: Mutex::default(),
            is_canceled: AtomicBool::new(false),
        }
    }

    /// Version of the timeline that is analyzed.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// The frames so far.
    pub(super) fn index(&self) -> MutexGuard<'_, FrameIndex> {
        lock(&self.index)
    }

    /// The newest plot.
    pub(super) fn plot(&self) -> Option<Arc<AnalysisPlot>> {
        lock(&self.plot).clone()
    }

    /// Frames and time of all tasks so far.
    pub(super) fn progress(&self) -> MovieProgress {
        *lock(&self.progress)
    }

    /// The result as CSV; waits for the frame that is being analyzed.
    pub(super) fn csv(&self) -> String {
        lock(&self.analysis).csv()
    }

    pub(super) fn cancel(&self) {
        self.is_canceled.store(true, Ordering::Relaxed);
    }

    /// Starts a task that analyzes the frames that are left.
    pub(super) fn start(self: &Arc<Work>, timeline: Timeline) -> Task<Ended> {
        self.is_canceled.store(false, Ordering::Relaxed);
        let work = Arc::clone(self);
        AsyncComputeTaskPool::get().spawn(async move { work.run(&timeline).await })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the clock divides the work into slices and estimates the time left; results do not \
                  depend on it"
    )]
    async fn run(&self, timeline: &Timeline) -> Ended {
        let before = self.progress().elapsed;
        let start = Instant::now();
        let mut plotted = start;
        let ended = loop {
            let slice = Instant::now();
            let ended = self.analyze(timeline, slice);
            self.count_time(before + start.elapsed(), timeline.len());
            if let Some(ended) = ended {
                break ended;
            }
            if plotted.elapsed() > PLOT_INTERVAL {
                self.draw();
                plotted = Instant::now();
            }
            future::yield_now().await;
        };
        self.draw();
        ended
    }

    fn count_time(&self, elapsed: Duration, frames: u64) {
        let mut progress = lock(&self.progress);
        progress.elapsed = elapsed;
        progress.total = frames.max(progress.done);
    }

    /// Analyzes frames for a slice of time; returns why there are no more.
    fn analyze(&self, timeline: &Timeline, slice: Instant) -> Option<Ended> {
        while slice.elapsed() < SLICE {
            if self.is_canceled.load(Ordering::Relaxed) {
                return Some(Ended::Canceled);
            }
            let next = next_frames(timeline, self.version, &self.index());
            match next {
                NextFrames::Frames(frames) => {
                    if !self.push(&frames) {
                        return Some(Ended::AtEnd);
                    }
                }
                NextFrames::End => return Some(Ended::AtEnd),
                NextFrames::Changed => return Some(Ended::Changed),
            }
        }
        None
    }

    /// Adds frames; returns whether there was space for them.
    fn push(&self, frames: &[LineFrame]) -> bool {
        for line_frame in frames {
            let mut analysis = lock(&self.analysis);
            let (has_space, time) = match &line_frame.frame {
                Ok(frame) => {
                    let values = frame_values(frame, line_frame.address, line_frame.indexed_energy);
                    (analysis.push(&values), values.time)
                }
                Err(error) => (analysis.push_unreadable(error), None),
            };
            drop(analysis);
            if !has_space {
                return false;
            }
            self.index().push(line_frame.address, time);
            let mut progress = lock(&self.progress);
            progress.done += 1;
        }
        true
    }

    fn draw(&self) {
        let plot = AnalysisPlot::of(&lock(&self.analysis));
        *lock(&self.plot) = Some(Arc::new(plot));
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
