//! Parameters of the physical pair terms: electrostatics, dispersion and repulsion of nuclei.

use super::repulsion::{COULOMB, Repulsion, RepulsionPair};

/// Parameters of the dispersion of one species.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dispersion {
    /// √C₆, √eV Å³.
    pub(super) sqrt_c6: f64,
    /// Van der Waals radius, Å.
    pub(super) van_der_waals: f64,
}

/// Parameters of the pair terms of all species.
#[derive(Clone, Debug)]
pub(super) struct Physics {
    pub(super) species: usize,
    /// [species, species].
    pub(super) pairs: Vec<PairParameters>,
    /// Cutoff F of electrostatics and dispersion, Å.
    pub(super) cutoff: f64,
    /// s², the softening of charges, Å².
    pub(super) softening2: f64,
    /// 1/√(F² + s²) and F/(F² + s²)^(3/2).
    pub(super) coulomb_shift: [f64; 2],
}

/// Parameters of two species.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairParameters {
    /// C₆, eV Å⁶.
    pub(super) c6: f64,
    /// w⁶, Å⁶: w is the sum of the van der Waals radii.
    pub(super) w6: f64,
    /// 1/(F⁶ + w⁶) and 6F⁵/(F⁶ + w⁶)².
    pub(super) dispersion_shift: [f64; 2],
    pub(super) repulsion: RepulsionPair,
}

/// The electrostatic potential of a unit charge, V, at a `distance` below the cutoff F:
/// e²/(4πε₀) [1/√(r² + s²) − 1/√(F² + s²) + (r − F) F/(F² + s²)^(3/2)] with the softening s; lengths in
/// Å. It and its derivative vanish at F, and from there on it is zero: D. Wolf et al., J. Chem. Phys. 110,
/// 8254 (1999); C. J. Fennell, J. D. Gezelter, J. Chem. Phys. 124, 234104 (2006).
pub fn electrostatic_potential(distance: f64, cutoff: f64, softening: f64) -> f64 {
    if distance >= cutoff {
        return 0.0;
    }
    let [value, slope] = coulomb_shift(cutoff, softening);
    let smeared = 1.0 / distance.hypot(softening);
    COULOMB * (smeared - value + (distance - cutoff) * slope)
}

/// 1/√(F² + s²) and F/(F² + s²)^(3/2).
fn coulomb_shift(cutoff: f64, softening: f64) -> [f64; 2] {
    let squares = cutoff * cutoff + softening * softening;
    [1.0 / squares.sqrt(), cutoff / (squares * squares.sqrt())]
}

impl Physics {
    /// Parameters for a `cutoff` and a softening of charges, Å.
    pub(super) fn new(
        dispersion: &[Dispersion],
        repulsion: &Repulsion,
        cutoff: f64,
        softening: f64,
    ) -> Physics {
        let species = dispersion.len();
        let pair = |pair: [usize; 2]| {
            let [one, other] = pair.map(|species| dispersion[species]);
            let w6 = (one.van_der_waals + other.van_der_waals).powi(6);
            let shift = 1.0 / (cutoff.powi(6) + w6);
            PairParameters {
                c6: one.sqrt_c6 * other.sqrt_c6,
                w6,
                dispersion_shift: [shift, 6.0 * cutoff.powi(5) * shift * shift],
                repulsion: *repulsion.pair(pair),
            }
        };
        let pairs = (0..species).flat_map(|one| (0..species).map(move |other| pair([one, other])));
        Physics {
            species,
            pairs: pairs.collect(),
            cutoff,
            softening2: softening * softening,
            coulomb_shift: coulomb_shift(cutoff, softening),
        }
    }
}
