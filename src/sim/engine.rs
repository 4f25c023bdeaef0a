//! Commands in, one step, a frame out. No thread, no clock.

use std::sync::Arc;
use std::time::Duration;

use super::command::Command;
use super::constraint::Grip;
use super::edit::Edit;
use super::event::Event;
use super::frame::{Activity, Frame};
use super::inbox::Ticket;
use super::propagate::Propagator;
use super::task::Task;
use super::timeline::Timeline;
use super::{State, guard};
use crate::chem::Structure;
use crate::potential::Potential;

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
    pace: Option<Duration>,
    /// The remembered frame that is shown, while one is.
    playback: Option<Arc<Frame>>,
    identity: Arc<Structure>,
    revision: u64,
    ticket: Ticket,
    /// Whether something visible has changed since the newest frame.
    unseen: bool,
    newest: Arc<Frame>,
    timeline: Timeline,
    events: Vec<Event>,
}

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
            pace: None,
            playback: None,
            identity,
            revision: 0,
            ticket: 0,
            unseen: true,
            newest,
            timeline: Timeline::default(),
            events: Vec::new(),
        };
        engine.refresh();
        engine.capture();
        engine
    }

    /// The frame to be seen: the newest, or the remembered one that is shown.
    pub fn newest(&self) -> Arc<Frame> {
        Arc::clone(self.playback.as_ref().unwrap_or(&self.newest))
    }

    /// The remembered frames.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
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

    /// The least time between two steps, where a pace is set.
    pub fn pace(&self) -> Option<Duration> {
        self.pace
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
            Command::Release(hand) => {
                self.state.grips.release(hand);
                self.unseen = true;
                Ok(())
            }
            Command::Edit(edit) => self.edit(edit),
            Command::SetPotential(potential) => {
                self.set_potential(potential);
                Ok(())
            }
            Command::Pace(rate) => self.set_pace(rate),
            Command::Show(number) => self.show(number),
            Command::Live => {
                self.playback = None;
                self.unseen = true;
                Ok(())
            }
            Command::ContinueFrom(number) => self.continue_from(number),
        };
        if let Err(reason) = outcome {
            self.events.push(Event::Refused { reason });
        }
    }

    /// Does what is to be done next and returns the frame that shows it: an edited structure's forces,
    /// a change of what is going on, or one step of the run. `None` where there is nothing to do.
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

/// What the commands do.
impl Engine {
    fn start(&mut self, task: Task, limit: Option<u64>) -> Result<(), String> {
        if self.evaluation == Validity::Stale {
            self.refresh();
        }
        if self.evaluation == Validity::Absent {
            return Err(format!(
                "{} needs forces: {}",
                task.name(),
                self.why_no_forces()
            ));
        }
        let propagator = task.propagator().map_err(|error| error.to_string())?;
        propagator
            .check(&self.state)
            .map_err(|error| error.to_string())?;
        self.playback = None;
        self.unseen = true;
        match &mut self.run {
            Some(run) if run.task.name() == task.name() => {
                if !run.propagator.retune(&task) {
                    run.propagator = propagator;
                }
                run.limit = limit.map(|limit| run.steps + limit);
                run.task = task;
            }
            _ => {
                self.warm_up(&task);
                self.events.push(Event::Started { task: task.name() });
                self.run = Some(Run {
                    task,
                    propagator,
                    steps: 0,
                    limit,
                });
            }
        }
        self.settle();
        Ok(())
    }

    /// Dynamics that start from rest start at their temperature.
    fn warm_up(&mut self, task: &Task) {
        if let Task::Dynamics(dynamics) = task
            && let Some(temperature) = dynamics.ensemble.temperature()
            && self.state.is_at_rest()
        {
            self.state.thermalize(temperature);
        }
    }

    fn stop(&mut self) {
        let steps = self.run.take().map_or(0, |run| run.steps);
        self.events.push(Event::Stopped { steps });
        self.unseen = true;
    }

    fn thermalize(&mut self, temperature: f64) -> Result<(), String> {
        if !(temperature >= 0.0 && temperature.is_finite()) {
            return Err(format!(
                "a temperature is a number of kelvin from 0, not {temperature}"
            ));
        }
        self.state.thermalize(temperature);
        self.unseen = true;
        Ok(())
    }

    fn grab(&mut self, hand: super::Hand, atoms: Vec<usize>, grip: Grip) -> Result<(), String> {
        self.state
            .grips
            .grab(hand, atoms, grip, &self.state.structure)
            .map_err(|error| error.to_string())?;
        self.unseen = true;
        Ok(())
    }

    /// While nothing runs, atoms that are held follow the hand at once, and the forces follow them;
    /// in a run, the next step takes them along.
    fn hands_moved(&mut self) {
        if self.run.is_none() {
            self.unseen = true;
            if self.state.place_held_atoms() {
                self.evaluation = Validity::Stale;
            }
        }
    }

    fn edit(&mut self, edit: Edit) -> Result<(), String> {
        let keeps_atoms = edit.keeps_atoms();
        edit.apply(&mut self.state)
            .map_err(|error| error.to_string())?;
        self.evaluation = Validity::Stale;
        self.unseen = true;
        self.playback = None;
        if !keeps_atoms {
            self.new_revision();
            self.restart_propagator();
        }
        Ok(())
    }

    fn new_revision(&mut self) {
        self.revision += 1;
        self.identity = Arc::new(self.state.structure.clone());
        self.events.push(Event::Edited {
            revision: self.revision,
        });
    }

    /// What a propagator learned of other atoms is of no use for these.
    fn restart_propagator(&mut self) {
        let Some(run) = &mut self.run else { return };
        let fresh = run.task.propagator().map_err(|error| error.to_string());
        let fresh = fresh.and_then(|propagator| {
            propagator
                .check(&self.state)
                .map_err(|error| error.to_string())?;
            Ok(propagator)
        });
        match fresh {
            Ok(propagator) => run.propagator = propagator,
            Err(reason) => self.interrupt(reason),
        }
    }

    fn set_potential(&mut self, potential: Box<dyn Potential>) {
        let name: Arc<str> = potential.name().into();
        self.events.push(Event::PotentialChanged {
            name: name.to_string(),
        });
        self.potential = Some(potential);
        self.potential_name = Some(name);
        self.evaluation = Validity::Stale;
        self.unseen = true;
        self.restart_propagator();
    }

    fn set_pace(&mut self, rate: Option<f64>) -> Result<(), String> {
        self.pace = match rate {
            Some(rate) if rate > 1e-3 && rate.is_finite() => {
                Some(Duration::from_secs_f64(1.0 / rate))
            }
            Some(rate) => return Err(format!("a pace is at least 0.001 steps/s, not {rate}")),
            None => None,
        };
        Ok(())
    }

    fn show(&mut self, number: u64) -> Result<(), String> {
        let frame = self.remembered(number)?;
        let page = Frame {
            activity: Activity::Playback,
            ..Frame::clone(&frame)
        };
        self.playback = Some(Arc::new(page));
        self.unseen = true;
        Ok(())
    }

    fn continue_from(&mut self, number: u64) -> Result<(), String> {
        let frame = self.remembered(number)?;
        self.run = None;
        self.playback = None;
        self.state.restore(&frame);
        self.timeline.truncate(number);
        if frame.revision != self.revision {
            self.new_revision();
        }
        self.evaluation = Validity::Stale;
        self.unseen = true;
        Ok(())
    }

    fn remembered(&self, number: u64) -> Result<Arc<Frame>, String> {
        self.timeline.get(number).cloned().ok_or_else(|| {
            let range = |frame: Option<&Arc<Frame>>| frame.map_or(0, |frame| frame.number);
            let (first, last) = (
                range(self.timeline.frames().next()),
                range(self.timeline.frames().last()),
            );
            format!("frame {number} is not remembered; {first} to {last} are")
        })
    }
}

/// What a step does.
impl Engine {
    /// Evaluates the structure as it is now.
    fn refresh(&mut self) {
        self.state.place_held_atoms();
        let outcome = match &mut self.potential {
            None => Err("no potential is chosen; choose one".to_owned()),
            Some(potential) => self
                .state
                .evaluate(potential.as_mut())
                .map_err(|error| error.to_string())
                .and_then(|()| guard::finite(&self.state.evaluation)),
        };
        self.evaluation = match outcome {
            Ok(()) => Validity::Valid,
            Err(reason) => {
                if self.run.is_some() {
                    self.interrupt(reason);
                } else {
                    self.events.push(Event::Unevaluated { reason });
                }
                Validity::Absent
            }
        };
    }

    fn advance(&mut self) {
        let (Some(run), Some(potential)) = (&mut self.run, &mut self.potential) else {
            return;
        };
        let outcome = run
            .propagator
            .advance(&mut self.state, potential.as_mut())
            .map_err(|error| error.to_string())
            .and_then(|()| guard::check(&self.state, &self.newest));
        match outcome {
            Ok(()) => {
                run.steps += 1;
                self.settle();
            }
            Err(reason) => {
                // The newest frame is of the state before this step: whatever changes the state
                // otherwise makes a frame first.
                self.state.restore(&self.newest);
                self.interrupt(reason);
            }
        }
    }

    /// Ends a run that has nothing left to do.
    fn settle(&mut self) {
        let Some(run) = &mut self.run else { return };
        let steps = run.steps;
        if run.propagator.is_converged(&self.state) {
            let energy = self.state.evaluation.energy;
            self.run = None;
            self.events.push(Event::Converged { steps, energy });
        } else if run.limit.is_some_and(|limit| steps >= limit) {
            self.stop();
        }
    }

    fn interrupt(&mut self, reason: String) {
        self.run = None;
        self.events.push(Event::Interrupted { reason });
    }

    fn why_no_forces(&self) -> &'static str {
        match self.potential {
            None => "choose a potential first",
            Some(_) => "the potential cannot treat this structure; choose another or edit it",
        }
    }

    /// Makes the state the newest frame and remembers it.
    fn capture(&mut self) {
        let run = self.run.as_ref();
        let activity = run.map_or(Activity::Idle, |run| Activity::Running(run.task.clone()));
        let state = &self.state;
        let known = self.evaluation == Validity::Valid;
        self.newest = Arc::new(Frame {
            number: self.newest.number + 1,
            ticket: self.ticket,
            revision: self.revision,
            evaluation: known.then(|| Arc::clone(&state.evaluation)),
            potential: self.potential_name.clone(),
            temperature: run.map_or_else(
                || state.temperature(),
                |run| run.propagator.temperature(state),
            ),
            activity,
            ..Frame::of(state, &self.identity)
        });
        self.unseen = false;
        self.timeline.record(Arc::clone(&self.newest));
    }
}
