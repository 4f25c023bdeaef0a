//! Simulation engine: applies commands, takes one step, returns a frame. No thread, no clock.

mod commands;
mod edit_relaxation;
mod error;
mod followed_program;
mod following;
mod packing;
mod playback;
mod running_packing;
mod shown_frame;
mod stepping;
mod undo;

use std::sync::Arc;
use std::time::Duration;

use super::State;
use super::command::Command;
use super::event::Event;
use super::frame::Frame;
use super::inbox::Ticket;
use super::propagate::Propagator;
use super::task::Task;
use super::timeline::Timeline;
use super::undo::UndoHistory;
use crate::chem::Structure;
use crate::potential::Potential;
use crate::sim::playback::DEFAULT_RATE;
use crate::waker::Waker;
use edit_relaxation::EditRelaxation;
use followed_program::FollowedProgram;
pub use followed_program::{FOLLOWED_INTERVAL, PULL_OF_A_HOLD};
use running_packing::RunningPacking;
use shown_frame::Playback;

/// One simulation.
///
/// The same structure, potential, seed and commands between the same steps give the same frames.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::Emt;
/// use mlipview_core::sim::task::DynamicsSettings;
/// use mlipview_core::sim::{Command, Engine};
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let mut engine = Engine::new(copper, Some(Box::new(Emt::new())), 42);
/// engine.apply(1, Command::Steps(DynamicsSettings::default().task(), 10));
/// while engine.is_running() {
///     engine.step();
/// }
/// let frame = engine.frame();
/// assert_eq!((frame.step, frame.time), (10, 10.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Engine {
    state: State,
    potential: Option<Box<dyn Potential>>,
    potential_name: Option<Arc<str>>,
    /// Whether `state.evaluation` belongs to `state.structure`.
    evaluation: Validity,
    run: Option<RunningTask>,
    /// Packing of molecules, instead of a run.
    packing: Option<RunningPacking>,
    /// Dynamics of another program, instead of a run.
    following: Option<FollowedProgram>,
    /// Wakes the thread of the simulation when something arrives from elsewhere.
    waker: Option<Arc<Waker>>,
    /// Whether the run needs a new propagator, because atoms or potential were exchanged.
    needs_propagator: bool,
    /// Relaxation of edited atoms before dynamics continue.
    edit_relaxation: Option<EditRelaxation>,
    /// Whether edited and overlapping atoms relax at all.
    relaxes_edits: bool,
    /// Whether hands or edits have moved atoms at rest since the last start of dynamics, or none has started.
    was_arranged: bool,
    /// The propagator of the last run; it defines the temperature.
    last_propagator: Option<Box<dyn Propagator>>,
    /// fs/s.
    speed_limit: Option<f64>,
    playback: Option<Playback>,
    /// Rate of the last playback, frames/s.
    playback_rate: f64,
    /// The structure at the last edit, shared by all frames since; each frame has its own positions.
    identity: Arc<Structure>,
    revision: u64,
    /// The highest revision so far, also of recorded structures.
    last_revision: u64,
    /// The structure of the last shown frame of a file, and its revision.
    file_structure: Option<(Arc<Structure>, u64)>,
    ticket: Ticket,
    /// Number of the last published frame, which may be a recorded one.
    last_number: u64,
    /// Whether something visible has changed since the last frame.
    has_changed: bool,
    last_frame: Arc<Frame>,
    timeline: Timeline,
    history: UndoHistory,
    /// The state in which a hand closed while nothing ran, until it moves.
    before_grab: Option<Arc<Frame>>,
    events: Vec<Event>,
}

/// Maximum wait between two steps, s, so that a run with a low speed limit does not seem to hang.
const MAX_STEP_INTERVAL: f64 = 10.0;

/// Validity of the evaluation of a state.
#[derive(Clone, Copy, PartialEq)]
enum Validity {
    Valid,
    /// Atoms, cell or potential have changed since.
    Stale,
    /// The potential failed, or there is none.
    Absent,
}

/// Task that is being carried out.
struct RunningTask {
    task: Task,
    propagator: Box<dyn Propagator>,
    /// Steps taken.
    steps: u64,
    /// Number of steps after which it ends; `None` for a task without end or one that converges.
    limit: Option<u64>,
}

impl Engine {
    /// A simulation at rest. Without a potential, or with one that cannot treat the structure, it can
    /// be displayed and edited but not run; an event has the reason.
    pub fn new(structure: Structure, potential: Option<Box<dyn Potential>>, seed: u64) -> Engine {
        let mut state = State::unevaluated(structure, seed);
        state.settle_rigid_bodies();
        let identity = Arc::new(state.structure.clone());
        let potential_name = potential.as_ref().map(|potential| potential.name().into());
        let last_frame = Arc::new(Frame::of(&state, &identity));
        let mut engine = Engine {
            state,
            potential,
            potential_name,
            evaluation: Validity::Stale,
            run: None,
            packing: None,
            following: None,
            waker: None,
            needs_propagator: false,
            edit_relaxation: None,
            relaxes_edits: true,
            was_arranged: true,
            last_propagator: None,
            speed_limit: None,
            playback: None,
            playback_rate: DEFAULT_RATE,
            identity,
            revision: 0,
            last_revision: 0,
            file_structure: None,
            ticket: 0,
            last_number: 0,
            has_changed: true,
            last_frame,
            timeline: Timeline::default(),
            history: UndoHistory::default(),
            before_grab: None,
            events: Vec::new(),
        };
        engine.update_evaluation();
        engine.capture();
        engine
    }

    /// The same with other limits on recorded frames and undo steps.
    #[must_use]
    pub fn with_memory_limits(mut self, timeline: Timeline, history: UndoHistory) -> Engine {
        self.timeline = timeline;
        self.history = history;
        self
    }

    /// The same, but neither edited nor overlapping atoms relax before dynamics: for clients that count steps.
    #[must_use]
    pub fn without_edit_relaxation(mut self) -> Engine {
        self.relaxes_edits = false;
        self
    }

    /// The same with a waker to call when another program, whose dynamics it follows, has sent something.
    #[must_use]
    pub fn with_waker(mut self, waker: Arc<Waker>) -> Engine {
        self.waker = Some(waker);
        self
    }

    /// The frame to display: the newest, or during playback the recorded one.
    pub fn frame(&self) -> Arc<Frame> {
        let shown = self.playback.as_ref().map(|playback| &playback.shown);
        Arc::clone(shown.unwrap_or(&self.last_frame))
    }

    /// The recorded frames.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The changes that can be undone and redone.
    pub fn undo_history(&self) -> &UndoHistory {
        &self.history
    }

    /// Removes and returns the events since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Whether a task is being carried out, molecules are packed or another program is followed, also during
    /// playback.
    pub fn is_running(&self) -> bool {
        self.run.is_some() || self.packing.is_some() || self.following.is_some()
    }

    /// Whether steps are taken or recorded frames played, at intervals if [`Engine::step_interval`] has
    /// one.
    pub fn is_paced(&self) -> bool {
        match &self.playback {
            Some(playback) => playback.play.is_some(),
            None => self.is_running(),
        }
    }

    /// Whether [`Engine::step`] has something to do.
    pub fn is_busy(&self) -> bool {
        let works = || {
            let runs = self.run.is_some() || self.packing.is_some();
            runs || self.evaluation == Validity::Stale || self.has_external_news()
        };
        self.has_changed
            || match &self.playback {
                Some(playback) => playback.play.is_some(),
                None => works(),
            }
    }

    /// Minimum wall time between two steps, if the speed is limited, between two played frames, or between two
    /// frames of another program.
    pub fn step_interval(&self) -> Option<Duration> {
        if let Some(playback) = &self.playback {
            return self.playback_interval(playback);
        }
        if let Some(interval) = self.packing_interval() {
            return Some(interval);
        }
        if self.following.is_some() {
            return Some(FOLLOWED_INTERVAL);
        }
        let timestep = self.run.as_ref()?.task.timestep()?;
        let seconds = (timestep / self.speed_limit?).min(MAX_STEP_INTERVAL);
        Some(Duration::from_secs_f64(seconds))
    }

    /// Carries out a command. One that cannot be carried out changes nothing and is answered by
    /// [`Event::Refused`].
    pub fn apply(&mut self, ticket: Ticket, command: Command) {
        self.ticket = self.ticket.max(ticket);
        if let Err(error) = self.carry_out(ticket, command) {
            self.events.push(Event::Refused {
                ticket,
                reason: error.to_string(),
            });
            // The next frame has the ticket, which acknowledges the command.
            self.has_changed = true;
        }
    }

    /// Does the next unit of work and returns the frame that shows it: the evaluation of an edited
    /// structure, a changed activity, one step of relaxing edited atoms, some of a packing, the newest frame of
    /// another program, or one step of the run. `None` if there is nothing to do.
    pub fn step(&mut self) -> Option<Arc<Frame>> {
        if !self.is_busy() {
            return None;
        }
        if self.playback.is_some() {
            self.advance_playback();
        } else if self.packing.is_some() {
            self.advance_packing();
            self.capture();
        } else if self.following.is_some() {
            self.advance_following();
            if self.evaluation == Validity::Stale {
                self.update_evaluation();
            }
            self.capture();
        } else if self.evaluation == Validity::Stale {
            self.update_evaluation();
            self.capture();
        } else if self.has_changed {
            self.capture();
        } else {
            self.advance();
            self.capture();
        }
        Some(self.frame())
    }
}
