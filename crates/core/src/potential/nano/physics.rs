//! Parameters of the physical pair terms, and the repulsion of nuclei.

use crate::chem::units;

/// e²/(4πε₀), eV Å.
pub(super) const COULOMB: f64 = units::HARTREE * units::BOHR;

/// Universal screening function φ(x) = Σ aᵢ exp(−bᵢ x), rows (aᵢ, bᵢ): J. F. Ziegler, J. P. Biersack,
/// U. Littmark, The Stopping and Range of Ions in Solids (1985), eq. 2-73; the length, Å, is 0.8854
/// Bohr.
const SCREENING: [[f64; 2]; 4] = [
    [0.18175, 3.19980],
    [0.50986, 0.94229],
    [0.28022, 0.40290],
    [0.02817, 0.20162],
];
const SCREENING_LENGTH: f64 = 0.46850;
const SCREENING_POWER: f64 = 0.23;

/// Parameters of one species.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nucleus {
    /// Atomic number.
    pub(super) number: f64,
    /// Covalent radius, Å.
    pub(super) covalent: f64,
    /// √C₆ of the dispersion, √eV Å³.
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
    /// Cutoff R of the repulsion, Å: the sum of the covalent radii.
    pub(super) repulsion_cutoff: f64,
    /// Z₁ Z₂ e²/(4πε₀), eV Å.
    nuclei: f64,
    /// Inverse screening length, 1/Å.
    screening: f64,
}

impl Physics {
    /// Parameters for a `cutoff` and a softening of charges, Å.
    pub(super) fn new(nuclei: &[Nucleus], cutoff: f64, softening: f64) -> Physics {
        let squares = cutoff * cutoff + softening * softening;
        let pair = |one: &Nucleus, other: &Nucleus| {
            let w6 = (one.van_der_waals + other.van_der_waals).powi(6);
            let shift = 1.0 / (cutoff.powi(6) + w6);
            let powers = [one, other].map(|nucleus| nucleus.number.powf(SCREENING_POWER));
            PairParameters {
                c6: one.sqrt_c6 * other.sqrt_c6,
                w6,
                dispersion_shift: [shift, 6.0 * cutoff.powi(5) * shift * shift],
                repulsion_cutoff: one.covalent + other.covalent,
                nuclei: COULOMB * one.number * other.number,
                screening: (powers[0] + powers[1]) / SCREENING_LENGTH,
            }
        };
        let pairs = nuclei
            .iter()
            .flat_map(|one| nuclei.iter().map(move |other| pair(one, other)));
        Physics {
            species: nuclei.len(),
            pairs: pairs.collect(),
            cutoff,
            softening2: softening * softening,
            coulomb_shift: [1.0 / squares.sqrt(), cutoff / (squares * squares.sqrt())],
        }
    }

    /// Repulsion of nuclei (ZBL) with a taper: E = Z₁ Z₂ e²/(4πε₀ r) φ(r/a) (1 − (r/R)³)³, eV, and
    /// (1/r) dE/dr, eV/Å².
    pub(super) fn repulsion(pair: &PairParameters, distance: f64) -> [f64; 2] {
        let (mut screen, mut screen_derivative) = (0.0, 0.0);
        for [amplitude, decay] in SCREENING {
            let decay = decay * pair.screening;
            let term = amplitude * (-decay * distance).exp();
            screen += term;
            screen_derivative -= decay * term;
        }
        let y = distance / pair.repulsion_cutoff;
        let rest = 1.0 - y.powi(3);
        let (taper, taper_derivative) = (
            rest.powi(3),
            -9.0 * y * y * rest * rest / pair.repulsion_cutoff,
        );
        let bare = pair.nuclei / distance;
        let energy = bare * screen * taper;
        let derivative =
            bare * (screen_derivative * taper + screen * taper_derivative) - energy / distance;
        [energy, derivative / distance]
    }
}
