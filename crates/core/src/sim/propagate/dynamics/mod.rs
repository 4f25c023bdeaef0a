//! Molecular dynamics: ensembles and integrators.
//!
//! Integrators keep no memory beside the [`State`](crate::sim::State), which has the random numbers: one
//! can be replaced by another, or its parameters changed, between any two steps.

mod cell_rescaling;
mod langevin;
pub(super) mod parameters;
mod rigid_motion_damping;
mod velocity_rescaling;
mod verlet;

use cell_rescaling::CellRescaling;
use langevin::Langevin;
use parameters::{Dynamics, Ensemble, RigidMotion};
use rigid_motion_damping::DampedRigidMotion;
use velocity_rescaling::VelocityRescaling;
use verlet::Verlet;

use super::parameter::{ParameterError, positive};
use super::propagator::Propagator;

impl Dynamics {
    /// The propagator of these dynamics.
    ///
    /// # Errors
    /// If a parameter is out of bounds.
    pub fn propagator(&self) -> Result<Box<dyn Propagator>, ParameterError> {
        let timestep = self.timestep;
        positive("timestep (fs)", timestep)?;
        self.ensemble.check()?;
        let dynamics = self.with_free_rigid_motion();
        Ok(match self.rigid_motion {
            RigidMotion::Free => dynamics,
            RigidMotion::Damped => Box::new(DampedRigidMotion { dynamics, timestep }),
        })
    }

    /// The propagator without damping of rigid motion; the parameters have been checked.
    fn with_free_rigid_motion(&self) -> Box<dyn Propagator> {
        let timestep = self.timestep;
        match self.ensemble {
            Ensemble::Nve { .. } => Box::new(Verlet { timestep }),
            Ensemble::Langevin {
                temperature,
                friction,
            } => Box::new(Langevin {
                timestep,
                temperature,
                friction,
                rigid_motion: self.rigid_motion,
            }),
            Ensemble::Bussi {
                temperature,
                relaxation_time,
            } => {
                let thermostat = VelocityRescaling {
                    timestep,
                    temperature,
                    relaxation_time,
                };
                Box::new(thermostat)
            }
            Ensemble::CellRescaling {
                temperature,
                relaxation_time,
                pressure,
                pressure_relaxation_time,
                compressibility,
                freedom,
            } => Box::new(CellRescaling {
                thermostat: VelocityRescaling {
                    timestep,
                    temperature,
                    relaxation_time,
                },
                pressure,
                mobility: compressibility / pressure_relaxation_time,
                freedom,
            }),
        }
    }
}
