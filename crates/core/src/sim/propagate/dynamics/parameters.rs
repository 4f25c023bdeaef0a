//! Parameters of molecular dynamics: timestep, ensemble, thermostat and barostat.

use crate::sim::propagate::parameter::{ParameterError, finite, not_negative, positive};

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
    /// Constant temperature and pressure (NPT): [`Ensemble::Bussi`] and stochastic cell rescaling (M.
    /// Bernetti and G. Bussi, J. Chem. Phys. 153, 114107 (2020), 10.1063/5.0020514; of the shape too:
    /// V. Del Tatto et al., Appl. Sci. 12, 1139 (2022), 10.3390/app12031139).
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

/// Whether the atoms may translate and rotate as one rigid body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RigidMotion {
    /// Rigid motion is left to the dynamics: Langevin noise gives it kT/2 per degree of freedom, all
    /// other dynamics conserve it.
    #[default]
    Free,
    /// Rigid motion decays at [`RIGID_MOTION_DAMPING`], and thermostats do not put it back: a molecule
    /// that is free stays in view, and one that was thrown comes to rest. Nothing is damped while atoms
    /// are fixed, held or pulled, because then rigid motion is not conserved.
    ///
    /// Internal motion is orthogonal to the rigid one (Σ m v_rigid · v_internal = 0) and keeps its
    /// temperature, over 3N − 6 degrees of freedom (3N − 5 if linear, 3N − 3 in a periodic cell).
    /// At rest (P = L = 0) configurations of a free molecule have the weight exp(−U/kT) det(I)^(−1/2)
    /// with the tensor of inertia I, as in all dynamics without angular momentum; integrating the
    /// Maxwell distribution over momenta at P = L = 0 gives this factor.
    Damped,
}

/// Rate at which damped rigid motion decays, 1/ps: at the default speed of 0.3 ps/s a thrown molecule
/// comes to rest within a second.
pub const RIGID_MOTION_DAMPING: f64 = 10.0;
