//! Dynamics of another program in a simulation: its frames are shown, and hands pull its atoms.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::DVec3;

use super::error::EngineError;
use super::followed_program::{FollowedProgram, PULL_OF_A_HOLD};
use super::{Engine, Validity};
use crate::potential::Evaluation;
use crate::sim::constraint::{Grip, Grips};
use crate::sim::event::Event;
use crate::sim::external::{
    ExternalDynamics, ExternalEnd, ExternalFrame, ExternalPhase, ExternalValues,
};
use crate::sim::frame::Activity;

impl Engine {
    /// Follows the dynamics of another program from now on.
    pub(super) fn follow(
        &mut self,
        mut dynamics: Box<dyn ExternalDynamics>,
    ) -> Result<(), EngineError> {
        self.refuse_while_following("following another one")?;
        if self.run.is_some() || self.packing.is_some() {
            self.stop();
        }
        self.end_playback();
        self.record_undo(self.snapshot());
        self.state.grips = Grips::default();
        if let Some(waker) = &self.waker {
            dynamics.on_news(Arc::clone(waker));
        }
        let status = dynamics.status();
        self.evaluation = Validity::Absent;
        self.has_changed = true;
        self.events.push(Event::Started { task: "following" });
        self.events.push(Event::ExternalStatus {
            sentence: status.sentence.to_string(),
        });
        self.following = Some(FollowedProgram {
            dynamics,
            status,
            values: ExternalValues::default(),
            pulled: Vec::new(),
            frames: 0,
        });
        Ok(())
    }

    /// Refuses what only the other program could do.
    pub(super) fn refuse_while_following(&self, what: &'static str) -> Result<(), EngineError> {
        match &self.following {
            Some(following) => Err(EngineError::Following {
                what,
                program: Arc::clone(&following.status.program),
            }),
            None => Ok(()),
        }
    }

    /// The grip of a hand: pulls only, where another program computes the positions.
    pub(super) fn permitted_grip(&self, grip: Grip) -> Grip {
        match grip {
            Grip::Hold if self.following.is_some() => PULL_OF_A_HOLD,
            grip => grip,
        }
    }

    /// Name of the other program.
    pub(super) fn followed_program(&self) -> Option<Arc<str>> {
        let following = self.following.as_ref()?;
        Some(Arc::clone(&following.status.program))
    }

    /// The status of the other program, in words.
    pub(super) fn following_sentence(&self) -> Option<Arc<str>> {
        let following = self.following.as_ref()?;
        Some(Arc::clone(&following.status.sentence))
    }

    /// The energies and the temperature of the other program.
    pub(super) fn external_values(&self) -> Option<ExternalValues> {
        Some(self.following.as_ref()?.values)
    }

    /// The activity while another program is followed.
    pub(super) fn following_activity(&self) -> Option<Activity> {
        let following = self.following.as_ref()?;
        Some(Activity::Following(following.status.clone()))
    }

    /// Whether a frame or another status of the other program has arrived.
    pub(super) fn has_external_news(&self) -> bool {
        let following = self.following.as_ref();
        following.is_some_and(|following| following.dynamics.has_news())
    }

    /// Lets the other program continue.
    pub(super) fn resume_external(&mut self) {
        if let Some(following) = &mut self.following {
            following.dynamics.resume();
            self.has_changed = true;
        }
    }

    /// Pauses the other program; returns whether there is one.
    pub(super) fn pause_external(&mut self) -> bool {
        let Some(following) = &mut self.following else {
            return false;
        };
        following.dynamics.pause();
        self.has_changed = true;
        true
    }

    /// Ends to follow, and parts with the other program in this way.
    pub(super) fn end_following(&mut self, end: ExternalEnd) -> Result<(), EngineError> {
        let mut following = self.following.take().ok_or(EngineError::NotFollowing)?;
        following.dynamics.end(end);
        self.leave_followed();
        self.events.push(Event::Stopped {
            steps: following.frames,
        });
        Ok(())
    }

    /// Takes the newest frame and status of the other program.
    pub(super) fn advance_following(&mut self) {
        let Some(mut following) = self.following.take() else {
            return;
        };
        let frame = following.dynamics.take_frame();
        let status = following.dynamics.status();
        if status.sentence != following.status.sentence && status.phase != ExternalPhase::Ended {
            self.events.push(Event::ExternalStatus {
                sentence: status.sentence.to_string(),
            });
        }
        following.status = status;
        let shown = frame.map_or(Ok(()), |frame| self.show_external(&mut following, frame));
        let reason = match shown {
            Err(error) => Some(error.to_string()),
            Ok(()) => {
                let has_ended = following.status.phase == ExternalPhase::Ended;
                has_ended.then(|| following.status.sentence.to_string())
            }
        };
        if let Some(reason) = reason {
            following.dynamics.end(ExternalEnd::Detach);
            self.leave_followed();
            self.events.push(Event::Interrupted { reason });
            return;
        }
        self.following = Some(following);
        self.pull_externally();
    }

    /// Sends the forces of the hands to the other program: of a released atom zero, once.
    pub(super) fn pull_externally(&mut self) {
        let Some(following) = &mut self.following else {
            return;
        };
        let is_shown = self.playback.is_none();
        let mut forces: BTreeMap<usize, DVec3> = BTreeMap::new();
        if is_shown {
            for (atom, force) in self.state.grips.pulls(&self.state.structure) {
                *forces.entry(atom).or_default() += force;
            }
        }
        let pulled: Vec<usize> = forces.keys().copied().collect();
        for &atom in &following.pulled {
            forces.entry(atom).or_default();
        }
        if !forces.is_empty() {
            following.dynamics.set_forces(forces.into_iter().collect());
        }
        following.pulled = pulled;
    }

    /// Makes a frame of the other program the state.
    fn show_external(
        &mut self,
        following: &mut FollowedProgram,
        frame: ExternalFrame,
    ) -> Result<(), EngineError> {
        let program = || Arc::clone(&following.status.program);
        let atoms = self.state.structure.len();
        if !frame.has_atoms(atoms) {
            return Err(EngineError::ExternalAtoms {
                program: program(),
                atoms,
                sent: frame.positions.len(),
            });
        }
        if !frame.is_finite() {
            return Err(EngineError::ExternalNumbers(program()));
        }
        following.frames += 1;
        following.values = frame.values;
        let state = &mut self.state;
        state
            .structure
            .positions_mut()
            .copy_from_slice(&frame.positions);
        if let Some(cell) = frame.cell {
            state.structure.cell = Some(cell);
        }
        state.velocities = frame.velocities.unwrap_or_else(|| vec![DVec3::ZERO; atoms]);
        state.time = frame.time.unwrap_or(0.0);
        state.step = frame.step.unwrap_or(state.step + 1);
        self.evaluation = match frame.values.potential_energy.zip(frame.forces) {
            Some((energy, forces)) => {
                state.evaluation = Arc::new(Evaluation {
                    energy,
                    forces,
                    ..Evaluation::default()
                });
                Validity::Valid
            }
            None => Validity::Absent,
        };
        Ok(())
    }

    /// Opens the hands and evaluates the last frame of a program that is not followed any more.
    fn leave_followed(&mut self) {
        self.state.grips = Grips::default();
        // Without a potential there is nothing to evaluate.
        self.evaluation = match self.potential {
            Some(_) => Validity::Stale,
            None => Validity::Absent,
        };
        self.has_changed = true;
        self.was_arranged = true;
        self.last_propagator = None;
    }
}
