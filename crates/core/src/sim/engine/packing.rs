//! Packing of molecules in a simulation: rigid bodies that are pushed apart step by step, while hands stir.
//!
//! The potential is not asked meanwhile. When nothing overlaps any more and no hand holds a molecule, the
//! packing ends.

use std::time::Duration;

use super::error::EngineError;
use super::running_packing::RunningPacking;
use super::{Engine, Validity};
use crate::packing::{Packer, Pull};
use crate::sim::constraint::Grips;
use crate::sim::edit::Edit;
use crate::sim::event::Event;
use crate::sim::frame::Activity;

/// Wall time of a frame, s, so that packing can be watched; and the frames after which each takes another
/// step, so that long packings do not take long.
const FRAME_TIME: f64 = 1.0 / 30.0;
const FRAMES_PER_STEP: u64 = 30;

/// Most steps of a frame, and most steps times atoms, so that commands do not wait.
const MAX_STEPS: u64 = 20;
const MAX_WORK: u64 = 60_000;

impl Engine {
    /// Replaces the structure by the molecules at their first places; the fixed ones of `packer` are those that
    /// are shown.
    pub(super) fn start_packing(&mut self, packer: Box<Packer>) -> Result<(), EngineError> {
        let structure = packer.structure();
        let velocities = vec![glam::DVec3::ZERO; structure.len()];
        if self.run.is_some() {
            self.stop();
        }
        self.edit(Edit::Replace(Box::new(structure), velocities))?;
        self.packing = Some(RunningPacking { packer, frames: 0 });
        self.evaluation = Validity::Absent;
        self.was_arranged = true;
        self.events.push(Event::Started { task: "packing" });
        Ok(())
    }

    /// The activity, if molecules are packed.
    pub(super) fn packing_activity(&self) -> Option<Activity> {
        let packing = self.packing.as_ref()?;
        Some(Activity::Packing(packing.packer.state()))
    }

    /// Wall time of a frame of the packing.
    pub(super) fn packing_interval(&self) -> Option<Duration> {
        self.packing.as_ref()?;
        Some(Duration::from_secs_f64(FRAME_TIME))
    }

    /// Ends a packing where it is, and opens the hands, whose targets their atoms have not reached; returns its
    /// steps.
    pub(super) fn end_packing(&mut self) -> Option<u64> {
        let packing = self.packing.take()?;
        self.state.grips = Grips::default();
        self.evaluation = Validity::Stale;
        self.has_changed = true;
        Some(packing.packer.state().steps)
    }

    /// Takes the steps of a frame, with molecules pulled to the hands.
    pub(super) fn advance_packing(&mut self) {
        let Some(packing) = &mut self.packing else {
            return;
        };
        let grasps = self.state.grips.grasps().iter();
        let targets = grasps.flat_map(|grasp| grasp.targets());
        let pulls: Vec<Pull> = targets
            .map(|(atom, target)| Pull { atom, target })
            .collect();
        packing.packer.set_pulls(&pulls);
        packing.frames += 1;
        let mut outcome = Ok(());
        let atoms = self.state.structure.len().max(1) as u64;
        let most = (MAX_WORK / atoms).clamp(1, MAX_STEPS);
        for _ in 0..(1 + packing.frames / FRAMES_PER_STEP).min(most) {
            outcome = outcome.and_then(|()| packing.packer.step());
        }
        packing
            .packer
            .write_positions(self.state.structure.positions_mut());
        let has_ended = packing.packer.has_ended() && pulls.is_empty();
        match outcome {
            Err(error) => self.break_packing(error.to_string()),
            Ok(()) if has_ended => self.finish_packing(),
            Ok(()) => {}
        }
    }

    /// Says why a packing ended too early.
    fn break_packing(&mut self, reason: String) {
        self.end_packing();
        self.events.push(Event::Interrupted { reason });
    }

    /// Ends a packing that is done or has taken all its steps.
    fn finish_packing(&mut self) {
        let Some(packing) = self.packing.take() else {
            return;
        };
        self.evaluation = Validity::Stale;
        self.has_changed = true;
        let state = packing.packer.state();
        if !packing.packer.is_packed() {
            let overlaps = state.overlaps + state.outside;
            let reason = format!(
                "the molecules do not fit: {overlaps} overlaps are left after {} steps, the smallest distance is {:.2} \
                 Å; undo, and pack fewer molecules or into a larger box",
                state.steps, state.smallest
            );
            self.events.push(Event::Interrupted { reason });
            return;
        }
        self.events.push(Event::Packed {
            steps: state.steps,
            smallest: state.smallest,
        });
    }
}
