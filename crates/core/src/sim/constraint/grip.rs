//! How a hand has its atoms: the forces of pulls and their energies.

use glam::DVec3;

use super::GripError;

/// How a hand has its atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// The atoms are where the hand is.
    Hold,
    /// A spring of `stiffness` (eV/Å²) between hand and atom, its force never above `max_force`
    /// (eV/Å, or infinite). The energy is quadratic near the hand and linear beyond, after P. J.
    /// Huber, Ann. Math. Statist. 35, 73 (1964).
    Spring {
        /// Spring constant, eV/Å².
        stiffness: f64,
        /// Cap of the length of the force on one atom, eV/Å.
        max_force: f64,
    },
    /// A gaussian well of depth `strength` (eV) and `width` (Å) at the hand.
    Gaussian {
        /// Depth of the well, eV.
        strength: f64,
        /// Standard deviation, Å.
        width: f64,
    },
    /// A force of constant size (eV/Å) towards the hand, smooth within [`SOFTENING`] of it.
    Constant {
        /// Size of the force, eV/Å.
        force: f64,
    },
}

/// How near the hand a constant pull fades, Å: its energy is a hyperbola of this width.
pub const SOFTENING: f64 = 0.1;

impl Grip {
    /// Whether the parameters make sense.
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
                let capless = max_force == f64::INFINITY;
                if capless {
                    Ok(())
                } else {
                    positive("greatest force (eV/Å)", max_force)
                }
            }
            Grip::Gaussian { strength, width } => {
                positive("strength (eV)", strength)?;
                positive("width (Å)", width)
            }
            Grip::Constant { force } => positive("force (eV/Å)", force),
        }
    }

    /// Energy of an atom at a displacement (Å) from where the hand wants it, eV.
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
            Grip::Gaussian { strength, width } => -strength * gaussian(distance / width),
            Grip::Constant { force } => force * (distance.hypot(SOFTENING) - SOFTENING),
        }
    }

    /// Force on an atom at a displacement (Å) from where the hand wants it, eV/Å.
    pub fn force(&self, displacement: DVec3) -> DVec3 {
        let distance = displacement.length();
        match *self {
            Grip::Hold => DVec3::ZERO,
            Grip::Spring {
                stiffness,
                max_force,
            } => (-stiffness * displacement).clamp_length_max(max_force),
            Grip::Gaussian { strength, width } => {
                -strength / (width * width) * gaussian(distance / width) * displacement
            }
            Grip::Constant { force } => -force / distance.hypot(SOFTENING) * displacement,
        }
    }
}

/// exp(−x²/2).
fn gaussian(x: f64) -> f64 {
    (-0.5 * x * x).exp()
}
