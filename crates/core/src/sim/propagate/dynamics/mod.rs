//! Molecular dynamics: ensembles and integrators.
//!
//! Integrators keep no memory beside the [`State`](crate::sim::State), which has the random numbers: one
//! can be replaced by another, or its parameters changed, between any two steps.

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
    /// The ensemble and its thermostat.
    pub ensemble: Ensemble,
    /// Whether the atoms may translate and rotate as one rigid body.
    pub rigid_motion: RigidMotion,
}

/// The ensemble that dynamics sample, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ensemble {
    /// Constant energy (NVE): velocity Verlet (W. C. Swope et al., J. Chem. Phys. 76, 637 (1982),
    /// 10.1063/1.442716).
    Nve {
        /// Initial temperature of atoms at rest, K.
        initial_temperature: f64,
    },
    /// Constant temperature by friction and noise on every atom: BAOAB (B. Leimkuhler and C. Matthews,
    /// J. Chem. Phys. 138, 174102 (2013), 10.1063/1.4802990). Momentum is not conserved.
    Langevin {
        /// Temperature, K.
        temperature: f64,
        /// Friction coefficient γ, 1/ps.
        friction: f64,
    },
    /// Constant temperature by one random factor on all velocities: stochastic velocity rescaling (G.
    /// Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007), 10.1063/1.2408420).
    /// Momentum, and the angular momentum of free molecules, are conserved.
    Bussi {
        /// Temperature, K.
        temperature: f64,
        /// Relaxation time of the kinetic energy, fs.
        relaxation_time: f64,
    },
    /// Constant temperature and pressure (NPT): [`Ensemble::Bussi`] and stochastic cell rescaling (M. Bernetti and
    /// G. Bussi, J. Chem. Phys. 153, 114107 (2020), 10.1063/5.0020514; of the shape too: V. Del Tatto
    /// et al., Appl. Sci. 12, 1139 (2022), 10.3390/app12031139).
    CellRescaling {
        /// Temperature, K.
        temperature: f64,
        /// Relaxation time of the kinetic energy, fs.
        relaxation_time: f64,
        /// Pressure, eV/Å³.
        pressure: f64,
        /// Relaxation time of the volume, fs, if the compressibility is right.
        pressure_relaxation_time: f64,
        /// Isothermal compressibility, Å³/eV. Only its quotient with the relaxation time enters: a
        /// wrong one changes how fast the volume follows, not where it goes.
        compressibility: f64,
        /// Which degrees of freedom of the cell change.
        freedom: CellFreedom,
    },
}

/// Degrees of freedom of a cell under pressure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFreedom {
    /// The volume.
    Isotropic,
    /// Volume and shape.
    Anisotropic,
}

impl Ensemble {
    /// Initial temperature of atoms at rest, K: that of the thermostat, if there is one.
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

    /// Checks that all parameters are within bounds.
    ///
    /// # Errors
    /// With the first one that is not.
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
