//! Repulsion of nuclei at short distances.

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

/// The repulsion of all pairs of species: [species, species].
#[derive(Clone, Debug)]
pub(super) struct Repulsion {
    species: usize,
    pairs: Vec<RepulsionPair>,
}

/// Parameters of two species.
#[derive(Clone, Copy, Debug)]
pub(super) struct RepulsionPair {
    /// Cutoff R, Å: the sum of the covalent radii.
    pub(super) cutoff: f64,
    /// Z₁ Z₂ e²/(4πε₀), eV Å.
    nuclei: f64,
    /// Inverse screening length, 1/Å.
    screening: f64,
}

impl Repulsion {
    /// From atomic numbers Z and covalent radii (Å) of the species.
    pub(super) fn new(numbers: &[f64], radii: &[f64]) -> Repulsion {
        let pair = |one: usize, other: usize| {
            let powers = [one, other].map(|species| numbers[species].powf(SCREENING_POWER));
            RepulsionPair {
                cutoff: radii[one] + radii[other],
                nuclei: COULOMB * numbers[one] * numbers[other],
                screening: (powers[0] + powers[1]) / SCREENING_LENGTH,
            }
        };
        let species = numbers.len();
        let pairs = (0..species).flat_map(|one| (0..species).map(move |other| pair(one, other)));
        Repulsion {
            species,
            pairs: pairs.collect(),
        }
    }

    /// The parameters of two species.
    #[inline(always)]
    pub(super) fn pair(&self, [one, other]: [usize; 2]) -> &RepulsionPair {
        &self.pairs[one * self.species + other]
    }
}

impl RepulsionPair {
    /// Repulsion of nuclei (ZBL) with a taper: E = Z₁ Z₂ e²/(4πε₀ r) φ(r/a) (1 − (r/R)³)³, eV, and
    /// (1/r) dE/dr, eV/Å², at a distance r below R, Å.
    pub(super) fn energy_and_derivative(&self, distance: f64) -> [f64; 2] {
        let (mut screen, mut screen_derivative) = (0.0, 0.0);
        for [amplitude, decay] in SCREENING {
            let decay = decay * self.screening;
            let term = amplitude * (-decay * distance).exp();
            screen += term;
            screen_derivative -= decay * term;
        }
        let y = distance / self.cutoff;
        let rest = 1.0 - y.powi(3);
        let (taper, taper_derivative) = (rest.powi(3), -9.0 * y * y * rest * rest / self.cutoff);
        let bare = self.nuclei / distance;
        let energy = bare * screen * taper;
        let derivative =
            bare * (screen_derivative * taper + screen * taper_derivative) - energy / distance;
        [energy, derivative / distance]
    }
}
