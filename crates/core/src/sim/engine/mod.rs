//! Commands in, one step, a frame out. No thread, no clock.

mod commands;
mod settling;
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
use settling::Settling;

/// One simulation.
///
/// The same structure, potential, seed and commands between the same steps give the same frames.
pub struct Engine {
    state: State,
    potential: Option<Box<dyn Potential>>,
    potential_name: Option<Arc<str>>,
    /// Whether `state.evaluation` is what the potential says of `state.structure`.
    evaluation: Validity,
    run: Option<Run>,
    /// Whether the run's propagator has not met these atoms, or their potential, yet.
    unfamiliar: bool,
    /// Edited atoms that must find a place before dynamics go on.
    settling: Option<Settling>,
    /// Whether they are to find one at all.
    settles: bool,
    /// How the last run moved the atoms: it knows which motion is no heat.
    last_moved_by: Option<Box<dyn Propagator>>,
    /// fs/s.
    speed_limit: Option<f64>,
    /// The remembered frame that is shown, while one is.
    playback: Option<Arc<Frame>>,
    identity: Arc<Structure>,
    revision: u64,
    ticket: Ticket,
    /// Whether something visible has changed since the newest frame.
    unseen: bool,
    newest: Arc<Frame>,
    timeline: Timeline,
    history: UndoHistory,
    /// The state in which a hand closed while nothing ran, until it moves.
    before_hand: Option<Arc<Frame>>,
    events: Vec<Event>,
}

/// Longest wait between two steps, s: no speed limit is so low that a run seems to hang.
const MAX_STEP_INTERVAL: f64 = 10.0;

#[derive(Clone, Copy, PartialEq)]
enum Validity {
    Valid,
    /// Atoms have moved since.
    Stale,
    /// The potential has no answer.
    Absent,
}

struct Run {
    task: Task,
    propagator: Box<dyn Propagator>,
    steps: u64,
    limit: Option<u64>,
}

impl Engine {
    /// A simulation at rest. Without a potential, or with one that cannot treat the structure, it can
    /// be seen and edited but not run; the reason is an event.
    pub fn new(structure: Structure, potential: Option<Box<dyn Potential>>, seed: u64) -> Engine {
        let identity = Arc::new(structure.clone());
        let state = State::unevaluated(structure, seed);
        let potential_name = potential.as_ref().map(|potential| potential.name().into());
        let newest = Arc::new(Frame::of(&state, &identity));
        let mut engine = Engine {
            state,
            potential,
            potential_name,
            evaluation: Validity::Stale,
            run: None,
            unfamiliar: false,
            settling: None,
            settles: true,
            last_moved_by: None,
            speed_limit: None,
            playback: None,
            identity,
            revision: 0,
            ticket: 0,
            unseen: true,
            newest,
            timeline: Timeline::default(),
            history: UndoHistory::default(),
            before_hand: None,
            events: Vec::new(),
        };
        engine.refresh();
        engine.capture();
        engine
    }

    /// The same with other limits on remembered frames and undo steps.
    #[must_use]
    pub fn with_memory_limits(mut self, timeline: Timeline, history: UndoHistory) -> Engine {
        self.timeline = timeline;
        self.history = history;
        self
    }

    /// The same, but dynamics go on at once from where an edit puts atoms, however near to others: for
    /// those who count steps.
    #[must_use]
    pub fn without_settling(mut self) -> Engine {
        self.settles = false;
        self
    }

    /// The frame to be seen: the newest, or the remembered one that is shown.
    pub fn newest(&self) -> Arc<Frame> {
        Arc::clone(self.playback.as_ref().unwrap_or(&self.newest))
    }

    /// The remembered frames.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The changes that can be undone and redone.
    pub fn undo_history(&self) -> &UndoHistory {
        &self.history
    }

    /// What has happened since the last time this was asked.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Whether a task is under way (also while an old frame is shown).
    pub fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// Whether [`Engine::step`] has something to do.
    pub fn is_busy(&self) -> bool {
        self.unseen
            || (self.playback.is_none()
                && (self.run.is_some() || self.evaluation == Validity::Stale))
    }

    /// Minimum wall time from one step to the next, where the speed of the run is limited.
    pub fn step_interval(&self) -> Option<Duration> {
        let timestep = self.run.as_ref()?.task.timestep()?;
        let seconds = (timestep / self.speed_limit?).min(MAX_STEP_INTERVAL);
        Some(Duration::from_secs_f64(seconds))
    }

    /// Carries out a command. What cannot be done changes nothing and is a [`Event::Refused`].
    pub fn apply(&mut self, ticket: Ticket, command: Command) {
        self.ticket = self.ticket.max(ticket);
        let outcome = match command {
            Command::Run(task) => self.start(task, None),
            Command::Steps(task, steps) => self.start(task, Some(steps)),
            Command::Stop => {
                self.stop();
                Ok(())
            }
            Command::Thermalize(temperature) => self.thermalize(temperature),
            Command::Grab { hand, atoms, grip } => self.grab(hand, atoms, grip),
            Command::Move { hand, to } => {
                self.state.grips.move_to(hand, to);
                self.hands_moved();
                Ok(())
            }
            Command::Orient { hand, rotation } => {
                self.state.grips.orient(hand, rotation);
                self.hands_moved();
                Ok(())
            }
            Command::Release(hand) => {
                self.release(hand);
                Ok(())
            }
            Command::Edit(edit) => self.edit(edit),
            Command::SetPotential(potential) => {
                self.set_potential(potential);
                Ok(())
            }
            Command::RemovePotential => {
                self.remove_potential();
                Ok(())
            }
            Command::RestartClock => {
                self.state.restart_clock();
                self.unseen = true;
                Ok(())
            }
            Command::Several(commands) => {
                for command in commands {
                    self.apply(ticket, command);
                }
                Ok(())
            }
            Command::SpeedLimit(limit) => self.set_speed_limit(limit),
            Command::Show(number) => self.show(number),
            Command::Live => {
                self.playback = None;
                self.unseen = true;
                Ok(())
            }
            Command::ContinueFrom(number) => self.continue_from(number),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
        };
        if let Err(reason) = outcome {
            self.events.push(Event::Refused { ticket, reason });
            // Whoever waits for the answer sees by the ticket of a frame that it has come.
            self.unseen = true;
        }
    }

    /// Does what is to be done next and returns the frame that shows it: an edited structure's forces,
    /// a change of what is going on, or one step of the run or, behind an edit during dynamics, of
    /// making room for what it put there. `None` where there is nothing to do.
    pub fn step(&mut self) -> Option<Arc<Frame>> {
        if !self.is_busy() {
            return None;
        }
        if self.playback.is_some() {
            self.unseen = false;
        } else if self.evaluation == Validity::Stale {
            self.refresh();
            self.capture();
        } else if self.unseen {
            self.capture();
        } else {
            self.advance();
            self.capture();
        }
        Some(self.newest())
    }
}
