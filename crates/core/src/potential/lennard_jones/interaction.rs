//! Parameters of a Lennard-Jones pair: σ, ε, cutoff and truncation.

use crate::chem::Element;

/// Parameters of one pair of elements: u(r) = 4 ε [(σ/r)¹² − (σ/r)⁶] up to the cutoff.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    /// Distance σ of zero energy, Å.
    pub sigma: f64,
    /// Depth ε of the well, eV.
    pub epsilon: f64,
    /// Cutoff rc, Å.
    pub cutoff: f64,
}

/// Truncation of the energy of a pair at the cutoff.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truncation {
    /// u(r) − u(rc): the energy is continuous, the force drops to zero at the cutoff.
    Shifted,
    /// u(r) S(r²), where S falls from 1 at `onset`·rc to 0 at rc with zero derivative at both ends:
    /// S(x) = (xc − x)² (xc + 2x − 3xo) / (xc − xo)³ with x = r². The form of HOOMD-blue
    /// (XPLOR smoothing), JAX MD and ASE. Energy and forces are continuous.
    Smooth {
        /// Onset of the switch, as a fraction of the cutoff, in [0, 1).
        onset: f64,
    },
}

/// Invalid parameters of a Lennard-Jones potential.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// A length or an energy that is not positive, or not finite.
    #[error(
        "sigma, epsilon and cutoff must be positive numbers, not {} Å, {} eV and {} Å",
        .0.sigma, .0.epsilon, .0.cutoff
    )]
    Interaction(Interaction),
    /// An element without parameters.
    #[error("this Lennard-Jones potential has no parameters for {0}: add it to its elements")]
    Element(Element),
    /// An onset of the switch outside of [0, 1).
    #[error("the onset of the switch must be a fraction of the cutoff from 0 to below 1, not {0}")]
    Onset(f64),
}

impl Interaction {
    pub(super) fn new(
        sigma: f64,
        epsilon: f64,
        cutoff: f64,
    ) -> Result<Interaction, ParameterError> {
        let interaction = Interaction {
            sigma,
            epsilon,
            cutoff,
        };
        if [sigma, epsilon, cutoff]
            .iter()
            .all(|&number| number > 0.0 && number.is_finite())
        {
            Ok(interaction)
        } else {
            Err(ParameterError::Interaction(interaction))
        }
    }
}
