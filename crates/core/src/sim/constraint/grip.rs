//! Grips: how a hand holds or pulls its atoms, with energies and forces.

use glam::DVec3;

use super::GripError;

/// How a hand holds or pulls its atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// The atoms move rigidly with the hand.
    Hold,
    /// A spring between hand and atom with a limited force. The energy is quadratic near the hand and
    /// linear beyond: E = k d²/2 up to d = F/k, then F d − F²/(2 k) (P. J. Huber, Ann. Math. Statist.
    /// 35, 73 (1964)).
    Spring {
        /// Spring constant k, eV/Å².
        stiffness: f64,
        /// Maximum force F on one atom, eV/Å; may be infinite.
        max_force: f64,
    },
    /// A Gaussian well at the hand: E = −D exp(−d²/(2 w²)).
    Gaussian {
        /// Depth D, eV.
        depth: f64,
        /// Standard deviation w, Å.
        width: f64,
    },
    /// A constant force F towards the hand, softened within s = [`SOFTENING`] of it:
    /// E = F (√(d² + s²) − s).
    Constant {
        /// Magnitude of the force F, eV/Å.
        force: f64,
    },
}

/// Softening length of a constant pull, Å.
pub const SOFTENING: f64 = 0.1;

impl Grip {
    /// Checks the parameters.
    pub(super) fn check(&self) -> Result<(), GripError> {
        let positive = |parameter, value: f64| {
            let error = GripError::Parameter {
                parameter,
                bound: "a positive number",
                value,
            };
            if value > 0.0 && value.is_finite() {
                Ok(())
            } else {
                Err(error)
            }
        };
        match *self {
            Grip::Hold => Ok(()),
            Grip::Spring {
                stiffness,
                max_force,
            } => {
                positive("stiffness (eV/Å²)", stiffness)?;
                if max_force == f64::INFINITY {
                    Ok(())
                } else {
                    positive("maximum force (eV/Å)", max_force)
                }
            }
            Grip::Gaussian { depth, width } => {
                positive("depth (eV)", depth)?;
                positive("width (Å)", width)
            }
            Grip::Constant { force } => positive("force (eV/Å)", force),
        }
    }

    /// Energy of an atom at a displacement (Å) from its target, eV.
    pub fn energy(&self, displacement: DVec3) -> f64 {
        let distance = displacement.length();
        match *self {
            Grip::Hold => 0.0,
            Grip::Spring {
                stiffness,
                max_force,
            } if stiffness * distance <= max_force => 0.5 * stiffness * distance * distance,
            Grip::Spring {
                stiffness,
                max_force,
            } => max_force * (distance - 0.5 * max_force / stiffness),
            Grip::Gaussian { depth, width } => -depth * gaussian(distance / width),
            Grip::Constant { force } => force * (distance.hypot(SOFTENING) - SOFTENING),
        }
    }

    /// Force on an atom at a displacement (Å) from its target, eV/Å.
    pub fn force(&self, displacement: DVec3) -> DVec3 {
        let distance = displacement.length();
        match *self {
            Grip::Hold => DVec3::ZERO,
            Grip::Spring {
                stiffness,
                max_force,
            } => (-stiffness * displacement).clamp_length_max(max_force),
            Grip::Gaussian { depth, width } => {
                -depth / (width * width) * gaussian(distance / width) * displacement
            }
            Grip::Constant { force } => -force / distance.hypot(SOFTENING) * displacement,
        }
    }
}

/// exp(−x²/2).
fn gaussian(x: f64) -> f64 {
    (-0.5 * x * x).exp()
}
