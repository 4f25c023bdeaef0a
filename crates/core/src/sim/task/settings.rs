//! Settings of molecular dynamics as users choose them: thermostat and barostat.

use super::Task;
use crate::chem::units;
use crate::sim::propagate::{CellFreedom, Dynamics, Ensemble, RigidMotion};

/// Isothermal compressibility of water, 1/bar. It sets how fast a barostat moves the volume, not where
/// to.
pub const WATER_COMPRESSIBILITY: f64 = 4.6e-5;

/// Temperature control of molecular dynamics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Thermostat {
    /// Constant energy (NVE).
    None,
    /// Friction and noise on every atom.
    #[default]
    Langevin,
    /// Stochastic velocity rescaling (Bussi, Donadio, Parrinello).
    Bussi,
}

impl Thermostat {
    /// All thermostats.
    pub const ALL: [Thermostat; 3] = [Thermostat::None, Thermostat::Langevin, Thermostat::Bussi];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Thermostat::None => "None (NVE)",
            Thermostat::Langevin => "Langevin",
            Thermostat::Bussi => "Bussi",
        }
    }

    /// How it works, in one sentence for users.
    pub fn summary(self) -> &'static str {
        match self {
            Thermostat::None => "Constant energy: velocity Verlet.",
            Thermostat::Langevin => {
                "Friction and random kicks on every atom: heats and cools quickly; momentum is \
                 not conserved."
            }
            Thermostat::Bussi => {
                "One random factor on all velocities: disturbs the motion least; momentum is \
                 conserved."
            }
        }
    }
}

/// Pressure control by stochastic cell rescaling; needs [`Thermostat::Bussi`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Barostat {
    /// Which degrees of freedom of the cell change.
    pub freedom: CellFreedom,
    /// Pressure, eV/Å³.
    pub pressure: f64,
    /// Relaxation time of the volume, fs.
    pub relaxation_time: f64,
    /// Isothermal compressibility, Å³/eV.
    pub compressibility: f64,
}

impl Barostat {
    /// Isotropic at a pressure (eV/Å³), with the compressibility of water and a relaxation time in fs.
    pub fn isotropic(pressure: f64, relaxation_time: f64) -> Barostat {
        Barostat {
            freedom: CellFreedom::Isotropic,
            pressure,
            relaxation_time,
            compressibility: WATER_COMPRESSIBILITY / units::BAR,
        }
    }
}

/// Settings of molecular dynamics; those of other thermostats than the chosen one are ignored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DynamicsSettings {
    /// Time per step, fs.
    pub timestep: f64,
    /// Temperature of the thermostat, K; without one, the initial temperature of atoms at rest.
    pub temperature: f64,
    /// Temperature control.
    pub thermostat: Thermostat,
    /// Friction of [`Thermostat::Langevin`], 1/ps.
    pub friction: f64,
    /// Relaxation time of the kinetic energy under [`Thermostat::Bussi`], fs.
    pub relaxation_time: f64,
    /// Pressure control; only [`Thermostat::Bussi`] supports it.
    pub barostat: Option<Barostat>,
    /// Whether the atoms may translate and rotate as one rigid body.
    pub rigid_motion: RigidMotion,
}

impl Default for DynamicsSettings {
    /// Langevin dynamics at 300 K with 10/ps, 1 fs per step.
    fn default() -> Self {
        DynamicsSettings {
            timestep: 1.0,
            temperature: 300.0,
            thermostat: Thermostat::Langevin,
            friction: 10.0,
            relaxation_time: 100.0,
            barostat: None,
            rigid_motion: RigidMotion::Free,
        }
    }
}

impl DynamicsSettings {
    /// The task with these settings.
    pub fn task(&self) -> Task {
        Task::Dynamics(self.dynamics())
    }

    /// The dynamics with these settings.
    pub fn dynamics(&self) -> Dynamics {
        Dynamics {
            timestep: self.timestep,
            ensemble: self.ensemble(),
            rigid_motion: self.rigid_motion,
        }
    }

    fn ensemble(&self) -> Ensemble {
        let (temperature, relaxation_time) = (self.temperature, self.relaxation_time);
        match (self.thermostat, self.barostat) {
            (Thermostat::None, _) => Ensemble::Nve {
                initial_temperature: temperature,
            },
            (Thermostat::Langevin, _) => Ensemble::Langevin {
                temperature,
                friction: self.friction,
            },
            (Thermostat::Bussi, None) => Ensemble::Bussi {
                temperature,
                relaxation_time,
            },
            (Thermostat::Bussi, Some(barostat)) => Ensemble::CellRescaling {
                temperature,
                relaxation_time,
                pressure: barostat.pressure,
                pressure_relaxation_time: barostat.relaxation_time,
                compressibility: barostat.compressibility,
                freedom: barostat.freedom,
            },
        }
    }
}
