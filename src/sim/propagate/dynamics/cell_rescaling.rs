//! Stochastic cell rescaling: constant temperature and pressure.

use super::CellFreedom;
use super::velocity_rescaling::VelocityRescaling;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};

/// Stochastic cell rescaling.
pub(super) struct CellRescaling {
    pub(super) thermostat: VelocityRescaling,
    pub(super) pressure: f64,
    pub(super) mobility: f64,
    pub(super) freedom: CellFreedom,
}

impl Propagator for CellRescaling {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        let _ = (state, potential, self.pressure, self.mobility, self.freedom);
        unimplemented!()
    }
}
