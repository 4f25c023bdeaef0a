//! Molecular dynamics: which ensemble, and how far at a time.
//!
//! All kinds keep their memory in the [`State`](crate::sim::State), random numbers included: one can
//! be exchanged for another, or its parameters changed, between any two steps.

mod cell_rescaling;
mod langevin;
mod rigid_motion_damping;
mod velocity_rescaling;
mod verlet;

use cell_rescaling::CellRescaling;
use langevin::Langevin;
use rigid_motion_damping::DampedRigidMotion;
pub use rigid_motion_damping::{RIGID_MOTION_DAMPING, RigidMotion};
use velocity_rescaling::VelocityRescaling;
use verlet::Verlet;

use super::Propagator;
use super::parameter::{ParameterError, finite, not_negative, positive};

/// Molecular dynamics with all parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dynamics {
    /// Time per step, fs.
    pub timestep: f64,
    /// What is kept constant.
    pub ensemble: Ensemble,
    /// Whether all atoms together may drift and spin.
    pub rigid_motion: RigidMotion,
}

/// What dynamics keep constant, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ensemble {
    /// The energy: velocity Verlet (W. C. Swope et al., J. Chem. Phys. 76, 637 (1982),
    /// 10.1063/1.442716).
    Nve {
        /// Temperature at which atoms at rest start, K.
        initial_temperature: f64,
    },
    /// The temperature, by friction and noise on every atom: BAOAB (B. Leimkuhler and C. Matthews,
    /// J. Chem. Phys. 138, 174102 (2013), 10.1063/1.4802990). Momentum is not conserved.
    Langevin {
        /// Temperature, K.
        temperature: f64,
        /// Rate at which velocities are forgotten, 1/ps.
        friction: f64,
    },
    /// The temperature, by one random factor on all velocities: stochastic velocity rescaling (G.
    /// Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007), 10.1063/1.2408420).
    /// Momentum, and the angular momentum of free molecules, are conserved.
    Bussi {
        /// Temperature, K.
        temperature: f64,
        /// Time in which the kinetic energy returns to its mean, fs.
        relaxation_time: f64,
    },
    /// Temperature and pressure: [`Ensemble::Bussi`] and stochastic cell rescaling (M. Bernetti and
    /// G. Bussi, J. Chem. Phys. 153, 114107 (2020), 10.1063/5.0020514; of the shape too: V. Del Tatto
    /// et al., Appl. Sci. 12, 1139 (2022), 10.3390/app12031139).
    CellRescaling {
        /// Temperature, K.
        temperature: f64,
        /// Time in which the kinetic energy returns to its mean, fs.
        relaxation_time: f64,
        /// Pressure, eV/Å³.
        pressure: f64,
        /// Time in which the volume returns to its mean, fs, if the compressibility is right.
        pressure_relaxation_time: f64,
        /// Isothermal compressibility, Å³/eV. Only its quotient with the relaxation time enters: a
        /// wrong one changes how fast the volume follows, not where it goes.
        compressibility: f64,
        /// What may change of the cell.
        freedom: CellFreedom,
    },
}

/// What may change of a cell under pressure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFreedom {
    /// The volume.
    Isotropic,
    /// Volume and shape.
    Anisotropic,
}

impl Ensemble {
    /// The temperature at which atoms at rest start, K: that of the thermostat, where there is one.
    pub fn initial_temperature(&self) -> f64 {
        match *self {
            Ensemble::Nve {
                initial_temperature,
            } => initial_temperature,
            Ensemble::Langevin { temperature, .. }
            | Ensemble::Bussi { temperature, .. }
            | Ensemble::CellRescaling { temperature, .. } => temperature,
        }
    }

    /// Whether all parameters are within bounds.
    ///
    /// # Errors
    /// The first one that is not.
    pub fn check(&self) -> Result<(), ParameterError> {
        not_negative("temperature (K)", self.initial_temperature())?;
        match *self {
            Ensemble::Nve { .. } => Ok(()),
            Ensemble::Langevin { friction, .. } => not_negative("friction (1/ps)", friction),
            Ensemble::Bussi {
                relaxation_time, ..
            } => positive("relaxation time of the temperature (fs)", relaxation_time),
            Ensemble::CellRescaling {
                relaxation_time,
                pressure,
                pressure_relaxation_time,
                compressibility,
                ..
            } => {
                positive("relaxation time of the temperature (fs)", relaxation_time)?;
                finite("pressure (eV/Å³)", pressure)?;
                positive(
                    "relaxation time of the pressure (fs)",
                    pressure_relaxation_time,
                )?;
                positive("compressibility (Å³/eV)", compressibility)
            }
        }
    }
}

impl Dynamics {
    /// The way to move that does this.
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

    /// The ensemble without the damping of rigid motion; its parameters have been checked.
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
