//! What needs no learning: the repulsion of nuclei, electrostatics and dispersion.

use glam::DVec3;
use multiversion::multiversion;

use super::sums::Sums;
use crate::chem::neighbors::NeighborList;
use crate::chem::units;

/// e²/(4πε₀), eV Å.
const COULOMB: f64 = units::HARTREE * units::BOHR;

/// The screening of nuclei, amplitudes and decays: J. F. Ziegler, J. P. Biersack, U. Littmark, The
/// Stopping and Range of Ions in Solids (1985), eq. 2-73; the length, Å, is 0.8854 Bohr.
const SCREENING: [[f64; 2]; 4] = [
    [0.18175, 3.19980],
    [0.50986, 0.94229],
    [0.28022, 0.40290],
    [0.02817, 0.20162],
];
const SCREENING_LENGTH: f64 = 0.46850;
const SCREENING_POWER: f64 = 0.23;

/// Of one species.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nucleus {
    /// Atomic number.
    pub(super) number: f64,
    /// Covalent radius, Å.
    pub(super) covalent: f64,
    /// Dispersion coefficient's square root, √eV Å³.
    pub(super) sqrt_c6: f64,
    /// Van der Waals radius, Å.
    pub(super) van_der_waals: f64,
}

/// Pair energies of all species.
#[derive(Clone, Debug)]
pub(super) struct Physics {
    species: usize,
    pairs: Vec<Pair>,
    /// Where electrostatics and dispersion end, Å.
    far: f64,
    /// s², Å².
    softening2: f64,
    /// 1/√(F² + s²) and F/(F² + s²)^(3/2).
    coulomb_end: [f64; 2],
}

/// Constants of two species.
#[derive(Clone, Copy, Debug)]
struct Pair {
    c6: f64,
    w6: f64,
    /// 1/(F⁶ + w⁶) and 6F⁵/(F⁶ + w⁶)².
    dispersion_end: [f64; 2],
    /// The nuclei repel each other within this distance, Å.
    touch: f64,
    /// Z Z e²/(4πε₀), eV Å.
    nuclei: f64,
    /// 1/Å.
    screening: f64,
}

/// All atoms.
#[derive(Clone, Copy)]
pub(super) struct Atoms<'a> {
    pub(super) positions: &'a [DVec3],
    pub(super) species: &'a [u8],
    /// e.
    pub(super) charges: &'a [f64],
    pub(super) list: &'a NeighborList,
}

/// A pair's energies and their slopes.
#[derive(Clone, Copy, Debug, Default)]
struct Far {
    /// eV.
    energy: f64,
    /// (1/r) dE/dr, eV/Å².
    slope: f64,
    /// Of unit charges, V.
    potential: f64,
}

impl Physics {
    /// With a cutoff `far` and a softening of charges, Å.
    pub(super) fn new(nuclei: &[Nucleus], far: f64, softening: f64) -> Physics {
        let end2 = far * far + softening * softening;
        let pair = |one: &Nucleus, other: &Nucleus| {
            let w6 = (one.van_der_waals + other.van_der_waals).powi(6);
            let end = 1.0 / (far.powi(6) + w6);
            let powers = [one, other].map(|nucleus| nucleus.number.powf(SCREENING_POWER));
            Pair {
                c6: one.sqrt_c6 * other.sqrt_c6,
                w6,
                dispersion_end: [end, 6.0 * far.powi(5) * end * end],
                touch: one.covalent + other.covalent,
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
            far,
            softening2: softening * softening,
            coulomb_end: [1.0 / end2.sqrt(), far / (end2 * end2.sqrt())],
        }
    }

    /// Electrostatics of the charges q, and dispersion, both shifted so that energy and force end at
    /// F: D. Wolf et al., J. Chem. Phys. 110, 8254 (1999); C. J. Fennell, J. D. Gezelter, J. Chem.
    /// Phys. 124, 234104 (2006). The charges are smeared, 1/√(r² + s²); dispersion is −C₆/(r⁶ + w⁶)
    /// with S. Grimme's C₆ (J. Comput. Chem. 27, 1787 (2006)) and the damping of A. D. Becke, E. R.
    /// Johnson, J. Chem. Phys. 123, 154101 (2005).
    #[inline(always)]
    fn far(&self, pair: &Pair, distance2: f64, charges: f64) -> Far {
        let distance = distance2.sqrt();
        let inverse = 1.0 / distance;
        let beyond = distance - self.far;
        let smeared = 1.0 / (distance2 + self.softening2).sqrt();
        let potential = COULOMB * (smeared - self.coulomb_end[0] + beyond * self.coulomb_end[1]);
        let potential_slope =
            COULOMB * (self.coulomb_end[1] * inverse - smeared * smeared * smeared);
        let fourth = distance2 * distance2;
        let damped = 1.0 / (fourth * distance2 + pair.w6);
        let tail = damped - pair.dispersion_end[0] + beyond * pair.dispersion_end[1];
        let tail_slope = pair.dispersion_end[1] * inverse - 6.0 * fourth * damped * damped;
        Far {
            energy: charges * potential - pair.c6 * tail,
            slope: charges * potential_slope - pair.c6 * tail_slope,
            potential,
        }
    }

    /// The repulsion of nuclei, eV, and its (1/r) dE/dr, eV/Å²: the universal screened potential of
    /// Ziegler, Biersack and Littmark, times (1 − (r/R)³)³, where R is the sum of the covalent
    /// radii.
    fn repulsion(pair: &Pair, distance: f64) -> [f64; 2] {
        let (mut screen, mut screen_slope) = (0.0, 0.0);
        for [amplitude, decay] in SCREENING {
            let decay = decay * pair.screening;
            let term = amplitude * (-decay * distance).exp();
            screen += term;
            screen_slope -= decay * term;
        }
        let y = distance / pair.touch;
        let rest = 1.0 - y.powi(3);
        let (taper, taper_slope) = (rest.powi(3), -9.0 * y * y * rest * rest / pair.touch);
        let bare = pair.nuclei / distance;
        let energy = bare * screen * taper;
        let slope = bare * (screen_slope * taper + screen * taper_slope) - energy / distance;
        [energy, slope / distance]
    }
}

/// Adds energies, forces and electrostatic potentials of the pairs that the atoms own.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub(super) fn add(
    physics: &Physics,
    atoms: Atoms<'_>,
    owners: std::ops::Range<usize>,
    sums: &mut Sums,
) {
    let far2 = physics.far * physics.far;
    for atom in owners {
        let here = atoms.positions[atom];
        let row = usize::from(atoms.species[atom]) * physics.species;
        for neighbor in atoms.list.neighbors(atom) {
            let other = neighbor.atom as usize;
            let d =
                atoms.positions[other] - here + atoms.list.translations()[neighbor.image as usize];
            let distance2 = d.length_squared();
            if distance2 >= far2 {
                continue;
            }
            let pair = &physics.pairs[row + usize::from(atoms.species[other])];
            let charges = [atoms.charges[atom], atoms.charges[other]];
            let mut far = physics.far(pair, distance2, charges[0] * charges[1]);
            if distance2 < pair.touch * pair.touch {
                let [energy, slope] = Physics::repulsion(pair, distance2.sqrt());
                far.energy += energy;
                far.slope += slope;
            }
            let half = 0.5 * far.energy;
            sums.atoms[atom].energy += half;
            sums.atoms[other].energy += half;
            sums.atoms[atom].potential += charges[1] * far.potential;
            sums.atoms[other].potential += charges[0] * far.potential;
            sums.pull([atom, other], d.to_array(), (far.slope * d).to_array());
        }
    }
}
