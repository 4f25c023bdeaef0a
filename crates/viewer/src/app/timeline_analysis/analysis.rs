//! The analysis of the timeline that is plotted, and its state.

use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use bevy::prelude::*;
use bevy::tasks::Task;
use bevy::tasks::futures_lite::future;
use mlipview_core::analysis::{FrameAnalysis, Quantity};
use mlipview_core::chem::Element;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_core::sim::{Frame, FrameAddress, Timeline};

use super::curves::{AnalysisPlot, HorizontalAxis};
use super::frame_index::FrameIndex;
use super::options::{AnalysisOptions, AnalysisOptionsError};
use super::values::frame_values;
use super::work::{Ended, Work};

/// Time after which progress is reported.
const MIN_REPORTED_TIME: Duration = Duration::from_millis(500);

/// State of the analysis.
#[derive(Clone, Debug, PartialEq)]
pub enum AnalysisState {
    /// There is none, for this reason.
    Impossible(AnalysisOptionsError),
    /// Frames are being analyzed.
    Running,
    /// All frames so far are analyzed.
    UpToDate,
    /// It was canceled.
    Canceled,
}

/// The analysis of the shown line of the timeline, for the plot.
#[derive(Resource)]
pub struct TimelineAnalysis {
    /// Options of the plot.
    pub options: AnalysisOptions,
    /// Whether nothing is computed for now, because the plot is hidden.
    pub is_paused: bool,
    state: AnalysisState,
    current: Option<Current>,
}

/// An analysis with its settings.
struct Current {
    quantity: Quantity,
    elements: Vec<Element>,
    work: Arc<Work>,
    task: Option<Task<Ended>>,
    /// Newest frame, frames of the file and whether more may come, when the last task started.
    seen: Option<TimelineEnd>,
}

/// End of the shown line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimelineEnd {
    pub(super) of_file: u64,
    pub(super) is_searching: bool,
    pub(super) newest: Option<u64>,
}

impl Default for TimelineAnalysis {
    fn default() -> TimelineAnalysis {
        TimelineAnalysis {
            options: AnalysisOptions::default(),
            is_paused: false,
            state: AnalysisState::Impossible(AnalysisOptionsError::NoAtoms),
            current: None,
        }
    }
}

impl TimelineAnalysis {
    /// State of the analysis.
    pub fn state(&self) -> &AnalysisState {
        &self.state
    }

    /// The newest plot, if there is one.
    pub fn plot(&self) -> Option<Arc<AnalysisPlot>> {
        self.current.as_ref()?.work.plot()
    }

    /// Progress with the time left, as text, if it takes longer than a moment.
    pub fn progress(&self) -> Option<String> {
        let current = self.current.as_ref()?;
        current.task.as_ref()?;
        let progress = current.work.progress();
        (progress.elapsed >= MIN_REPORTED_TIME).then(|| progress.in_words())
    }

    /// Number of analyzed frames.
    pub fn frames(&self) -> u64 {
        let current = self.current.as_ref();
        current.map_or(0, |current| current.work.progress().done)
    }

    /// Stops after the present frame; the plot keeps what it has.
    pub fn cancel(&mut self) {
        if let Some(current) = &self.current {
            current.work.cancel();
            self.state = AnalysisState::Canceled;
        }
    }

    /// Continues a canceled analysis.
    pub fn resume(&mut self) {
        if let (AnalysisState::Canceled, Some(current)) = (&self.state, &mut self.current) {
            current.seen = None;
            self.state = AnalysisState::UpToDate;
        }
    }

    /// Begins again with all frames and the displayed atoms.
    pub fn restart(&mut self) {
        self.abandon();
    }

    /// The table of the result, for a task: it may wait for a frame, and formats all rows.
    pub fn table(&self) -> Option<impl FnOnce() -> String + Send + 'static> {
        let work = Arc::clone(&self.current.as_ref()?.work);
        Some(move || work.csv())
    }

    /// Position of a frame on the horizontal axis of a plot along the frames.
    pub fn position(&self, address: FrameAddress) -> Option<f64> {
        let plot = self.plot()?;
        let index = self.index()?;
        let frame = index.index_of(address)?;
        match (
            plot.horizontal.is_along_frames(),
            plot.horizontal.femtoseconds(),
        ) {
            (false, _) => None,
            (true, None) => Some(frame as f64),
            (true, Some(unit)) => Some((index.time(frame)? - plot.origin) / unit),
        }
    }

    /// The frame nearest to a position on the horizontal axis of a plot along the frames.
    pub fn frame_at(&self, position: f64) -> Option<FrameAddress> {
        let plot = self.plot()?;
        let index = self.index()?;
        let last = index.len().checked_sub(1)?;
        let frame = match (plot.horizontal, plot.horizontal.femtoseconds()) {
            (HorizontalAxis::Values, _) => return None,
            (_, Some(unit)) => index.nearest(position * unit + plot.origin)?,
            (_, None) => (position.round().max(0.0) as usize).min(last),
        };
        index.address(frame)
    }

    /// The value of the plotted quantity in a frame, if it has one there; not of averages.
    pub fn value(
        &self,
        frame: &Frame,
        address: FrameAddress,
        source: Option<&dyn FrameSource>,
    ) -> Option<f64> {
        let indexed = match (address, source) {
            (FrameAddress::File(index), Some(source)) => source.energy(index),
            _ => None,
        };
        let values = frame_values(frame, address, indexed);
        match &self.current.as_ref()?.quantity {
            Quantity::Geometry(geometry) => geometry.value(values.positions, values.cell),
            Quantity::Scalar(scalar) | Quantity::Histogram { scalar, .. } => values.scalar(*scalar),
            _ => None,
        }
    }

    fn index(&self) -> Option<MutexGuard<'_, FrameIndex>> {
        Some(self.current.as_ref()?.work.index())
    }

    /// Stops and forgets the analysis.
    fn abandon(&mut self) {
        if let Some(current) = self.current.take() {
            current.work.cancel();
        }
    }

    /// There is no analysis, for this reason.
    pub(super) fn refuse(&mut self, reason: AnalysisOptionsError) {
        self.abandon();
        self.state = AnalysisState::Impossible(reason);
    }

    /// Begins the analysis of a quantity of atoms on the line of a version of the timeline, unless it has
    /// begun. In playback, the atoms may also be those of other frames.
    pub(super) fn begin(
        &mut self,
        quantity: Quantity,
        elements: &[Element],
        is_playback: bool,
        version: u64,
    ) {
        let is_same = self.current.as_ref().is_some_and(|current| {
            current.quantity == quantity
                && current.work.version() == version
                && (is_playback || current.elements == elements)
        });
        if is_same {
            return;
        }
        self.abandon();
        match FrameAnalysis::new(quantity.clone(), elements) {
            Ok(analysis) => {
                self.current = Some(Current {
                    quantity,
                    elements: elements.to_vec(),
                    work: Arc::new(Work::new(analysis, version)),
                    task: None,
                    seen: None,
                });
                self.state = AnalysisState::UpToDate;
            }
            Err(error) => self.state = AnalysisState::Impossible(error.into()),
        }
    }

    /// Starts a task if there are new frames, and takes the end of the running one.
    pub(super) fn update(&mut self, timeline: &Timeline, end: TimelineEnd) {
        let Some(current) = &mut self.current else {
            return;
        };
        let poll = |task: &mut Task<Ended>| future::block_on(future::poll_once(task));
        if let Some(ended) = current.task.as_mut().and_then(poll) {
            current.task = None;
            match ended {
                Ended::AtEnd if self.state == AnalysisState::Running => {
                    self.state = AnalysisState::UpToDate;
                }
                Ended::AtEnd | Ended::Canceled => {}
                Ended::Changed => return self.abandon(),
            }
        }
        // A canceled task ends first: two would add the same frames.
        let is_idle = self.state == AnalysisState::UpToDate && current.task.is_none();
        let is_due = is_idle && current.seen != Some(end);
        if is_due {
            current.seen = Some(end);
            current.task = Some(current.work.start(timeline.clone()));
            self.state = AnalysisState::Running;
        }
    }

    /// Pauses the task; [`TimelineAnalysis::update`] continues it.
    pub(super) fn pause(&mut self) {
        if let (AnalysisState::Running, Some(current)) = (&self.state, &mut self.current) {
            current.work.cancel();
            current.seen = None;
            self.state = AnalysisState::UpToDate;
        }
    }
}
