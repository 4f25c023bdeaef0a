//! What the commands do.

use std::sync::Arc;

use super::{Engine, Run, Validity};
use crate::potential::Potential;
use crate::sim::constraint::{Grip, Hand};
use crate::sim::edit::Edit;
use crate::sim::event::Event;
use crate::sim::frame::{Activity, Frame};
use crate::sim::propagate::Propagator;
use crate::sim::task::Task;

impl Engine {
    pub(super) fn start(&mut self, task: Task, limit: Option<u64>) -> Result<(), String> {
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
                self.remember(self.waypoint());
                self.settling = None;
                self.warm_up(&task, propagator.as_ref());
                self.events.push(Event::Started { task: task.name() });
                self.run = Some(Run {
                    task,
                    propagator,
                    steps: 0,
                    limit,
                });
            }
        }
        self.end_if_done();
        Ok(())
    }

    /// Dynamics that start from rest start at their temperature.
    pub(super) fn warm_up(&mut self, task: &Task, propagator: &dyn Propagator) {
        if let Task::Dynamics(dynamics) = task
            && self.state.is_at_rest()
        {
            let temperature = dynamics.ensemble.initial_temperature();
            self.state.thermalize(temperature);
            // Drawn without common motion, but some dynamics count that as heat too.
            let counted = propagator.temperature(&self.state);
            if counted > 0.0 {
                let factor = (temperature / counted).sqrt();
                self.state
                    .velocities
                    .iter_mut()
                    .for_each(|velocity| *velocity *= factor);
            }
        }
    }

    pub(super) fn stop(&mut self) {
        let steps = self.end_run();
        self.events.push(Event::Stopped { steps });
        self.unseen = true;
    }

    pub(super) fn thermalize(&mut self, temperature: f64) -> Result<(), String> {
        if !(temperature >= 0.0 && temperature.is_finite()) {
            return Err(format!(
                "a temperature is a number of kelvin from 0, not {temperature}"
            ));
        }
        self.remember(self.waypoint());
        self.state.thermalize(temperature);
        self.unseen = true;
        Ok(())
    }

    pub(super) fn grab(&mut self, hand: Hand, atoms: Vec<usize>, grip: Grip) -> Result<(), String> {
        self.state
            .grips
            .grab(hand, atoms, grip, &self.state.structure)
            .map_err(|error| error.to_string())?;
        self.before_hand = self.run.is_none().then(|| self.waypoint());
        self.unseen = true;
        Ok(())
    }

    /// Opens a hand; what it held is let go where the hand was last, also if no step has taken it there
    /// yet.
    pub(super) fn release(&mut self, hand: Hand) {
        self.unseen = true;
        let holds = self
            .state
            .grips
            .grasps()
            .iter()
            .any(|grasp| grasp.hand == hand && grasp.grip == Grip::Hold);
        if holds && self.state.place_held_atoms() {
            self.evaluation = Validity::Stale;
        }
        self.state.grips.release(hand);
    }

    /// While nothing runs, atoms that are held follow the hand at once, and the forces follow them;
    /// in a run, the next step takes them along.
    pub(super) fn hands_moved(&mut self) {
        if self.run.is_none() {
            self.unseen = true;
            if self.state.place_held_atoms() {
                self.evaluation = Validity::Stale;
                if let Some(before) = self.before_hand.take() {
                    self.remember(before);
                }
            }
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) -> Result<(), String> {
        let keeps_atoms = edit.keeps_atoms();
        let before = self.waypoint();
        let moved_before = self
            .settling
            .as_ref()
            .map_or(&[][..], |settling| &settling.edited);
        let moved = edit.moved(self.state.structure.len(), moved_before.to_vec());
        edit.apply(&mut self.state)
            .map_err(|error| error.to_string())?;
        self.remember(before);
        self.settle_edited(moved);
        self.evaluation = Validity::Stale;
        self.unseen = true;
        self.playback = None;
        if !keeps_atoms {
            self.new_revision();
            self.unfamiliar = true;
        }
        Ok(())
    }

    pub(super) fn new_revision(&mut self) {
        self.revision += 1;
        self.identity = Arc::new(self.state.structure.clone());
        self.events.push(Event::Edited {
            revision: self.revision,
        });
    }

    /// What a propagator learned of other atoms is of no use for these. To be called when they have been
    /// evaluated: it is asked whether it can move them.
    pub(super) fn restart_propagator(&mut self) {
        self.unfamiliar = false;
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

    pub(super) fn set_potential(&mut self, potential: Box<dyn Potential>) {
        let name: Arc<str> = potential.name().into();
        self.events.push(Event::PotentialChanged {
            name: name.to_string(),
        });
        self.potential = Some(potential);
        self.potential_name = Some(name);
        self.evaluation = Validity::Stale;
        self.unseen = true;
        self.unfamiliar = true;
    }

    pub(super) fn remove_potential(&mut self) {
        if self.run.is_some() {
            self.stop();
        }
        self.potential = None;
        self.potential_name = None;
        self.evaluation = Validity::Stale;
        self.unseen = true;
    }

    pub(super) fn set_speed_limit(&mut self, limit: Option<f64>) -> Result<(), String> {
        match limit {
            Some(limit) if limit.is_nan() || limit <= 0.0 => Err(format!(
                "invalid speed limit {limit} fs/s: expected a positive number"
            )),
            limit => {
                self.speed_limit = limit.filter(|limit| limit.is_finite());
                Ok(())
            }
        }
    }

    pub(super) fn show(&mut self, number: u64) -> Result<(), String> {
        let frame = self.remembered(number)?;
        let page = Frame {
            activity: Activity::Playback,
            undo_count: self.history.undo_count(),
            redo_count: self.history.redo_count(),
            ..Frame::clone(&frame)
        };
        self.playback = Some(Arc::new(page));
        self.unseen = true;
        Ok(())
    }

    pub(super) fn continue_from(&mut self, number: u64) -> Result<(), String> {
        let frame = self.remembered(number)?;
        self.remember(self.waypoint());
        self.return_to(&frame);
        self.timeline.truncate(number);
        Ok(())
    }

    pub(super) fn remembered(&self, number: u64) -> Result<Arc<Frame>, String> {
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
