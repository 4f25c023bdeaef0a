//! Parameters of a relaxation: method, convergence, and the cell.

use crate::sim::propagate::dynamics::parameters::CellFreedom;
use crate::sim::propagate::parameter::{ParameterError, finite, positive};

/// Maximum number of free atoms for which [`Method::Auto`] uses BFGS: a step then takes a few
/// milliseconds, and some fifty while the Hessian is not positive definite, beside the potential.
pub const AUTO_BFGS_ATOMS: usize = 100;

/// Maximum number of free atoms for BFGS: its matrices then take some 50 MB, and a step from half a
/// second to several, beside the potential.
pub const MAX_BFGS_ATOMS: usize = 500;

/// Optimization algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// BFGS up to [`AUTO_BFGS_ATOMS`] free atoms, L-BFGS above.
    #[default]
    Auto,
    /// Quasi-Newton with the full Hessian: fewest steps; up to [`MAX_BFGS_ATOMS`] free atoms.
    Bfgs,
    /// Quasi-Newton from the last 100 steps: nearly as few steps, cheap at any size.
    Lbfgs,
    /// Inertial: more steps, robust to noisy forces.
    Fire,
    /// Inertial, FIRE 2.0: usually fewer steps than FIRE.
    Fire2,
}

/// Relaxation of the cell along its periodic directions. Fixed atoms keep their fractional coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellRelaxation {
    /// External pressure, eV/Å³; positive compresses. If not zero, the cell must be periodic along all
    /// three axes.
    pub pressure: f64,
    /// Converged only when every component of stress plus pressure is below this, eV/Å³. `None`:
    /// the generalized forces on the cell need only be below `fmax`, as in ASE.
    pub smax: Option<f64>,
    /// Which degrees of freedom of the cell change.
    pub freedom: CellFreedom,
}

impl Default for CellRelaxation {
    fn default() -> Self {
        CellRelaxation {
            pressure: 0.0,
            smax: None,
            freedom: CellFreedom::Anisotropic,
        }
    }
}

/// A geometry optimization.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relaxation {
    /// Optimization algorithm.
    pub method: Method,
    /// Converged when the force on every free atom is below this, eV/Å, and on every rigid body its force and
    /// its torque over its radius of gyration; at zero or less, never.
    pub fmax: f64,
    /// Maximum displacement of an atom per step, Å; of a rigid body, of its center, and of its arc at the
    /// radius of gyration. For FIRE and FIRE2: maximum norm of a step, as one
    /// vector of 3N components.
    pub max_step: f64,
    /// Relaxation of the cell; `None`: the cell is fixed.
    pub cell: Option<CellRelaxation>,
}

impl Default for Relaxation {
    fn default() -> Self {
        Relaxation {
            method: Method::Auto,
            fmax: 0.05,
            max_step: 0.2,
            cell: None,
        }
    }
}

impl Relaxation {
    /// Checks that all parameters are within bounds.
    pub(super) fn check(&self) -> Result<(), ParameterError> {
        finite("force threshold fmax (eV/Å)", self.fmax)?;
        positive("maximum step (Å)", self.max_step)?;
        if let Some(cell) = self.cell {
            finite("pressure (eV/Å³)", cell.pressure)?;
            positive("stress threshold smax (eV/Å³)", cell.smax.unwrap_or(1.0))?;
        }
        Ok(())
    }
}
