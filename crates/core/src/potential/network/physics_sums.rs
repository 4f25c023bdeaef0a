//! Physical pair terms, summed over pairs: electrostatics, dispersion and repulsion of nuclei.

use std::ops::Range;

use glam::DVec3;

use super::physics::{PairParameters, Physics};
use super::repulsion::COULOMB;
use super::sums::Sums;
use crate::chem::neighbors::{Neighbor, NeighborList};

/// All atoms: positions, species and charges are `[atoms]`.
#[derive(Clone, Copy)]
pub(super) struct PairAtoms<'a> {
    pub(super) positions: &'a [DVec3],
    pub(super) species: &'a [u8],
    /// e.
    pub(super) charges: &'a [f64],
    pub(super) list: &'a NeighborList,
}

/// Neighbors per batch: large enough that scalar stores retire before the vector loads (store
/// forwarding).
const BATCH: usize = 64;

/// Parallel partial sums.
const LANES: usize = 8;

/// A batch of neighbors of one atom, as structure of arrays, with pair energies and derivatives.
struct Batch {
    /// Index of the neighbor.
    other: [usize; BATCH],
    /// Displacement, Å.
    d: [[f64; BATCH]; 3],
    /// Squared distance, Å².
    distance2: [f64; BATCH],
    /// 1 within the cutoff, else 0.
    inside: [f64; BATCH],
    /// Charge of the neighbor, e.
    charge: [f64; BATCH],
    /// C₆, eV Å⁶.
    c6: [f64; BATCH],
    /// w⁶, Å⁶.
    w6: [f64; BATCH],
    /// 1/(F⁶ + w⁶) and 6F⁵/(F⁶ + w⁶)².
    dispersion_shift: [[f64; BATCH]; 2],

    /// eV.
    energy: [f64; BATCH],
    /// (1/r) dE/dr, eV/Å².
    derivative: [f64; BATCH],
    /// Electrostatic potential of a unit charge, V.
    potential: [f64; BATCH],
}

impl Batch {
    /// Padding lanes: distance 1 Å, weight 0.
    const EMPTY: Batch = Batch {
        other: [0; BATCH],
        d: [[0.0; BATCH]; 3],
        distance2: [1.0; BATCH],
        inside: [0.0; BATCH],
        charge: [0.0; BATCH],
        c6: [0.0; BATCH],
        w6: [1.0; BATCH],
        dispersion_shift: [[0.0; BATCH]; 2],
        energy: [0.0; BATCH],
        derivative: [0.0; BATCH],
        potential: [0.0; BATCH],
    };
}

/// Partial sums over pairs: [LANES] each.
#[derive(Clone, Copy, Default)]
struct LaneSums {
    /// eV/Å.
    force: [[f64; LANES]; 3],
    /// eV.
    energy: [f64; LANES],
    /// V.
    potential: [f64; LANES],
}

/// Adds energies, forces and electrostatic potentials of the pairs of the atoms `owners`.
#[inline(always)]
pub(super) fn add(physics: &Physics, atoms: PairAtoms<'_>, owners: Range<usize>, sums: &mut Sums) {
    let mut batch = Batch::EMPTY;
    let mut virial = [[[0.0; LANES]; 3]; 3];
    for atom in owners {
        let species = usize::from(atoms.species[atom]);
        let pairs = &physics.pairs[species * physics.species..(species + 1) * physics.species];
        let charge = atoms.charges[atom];
        let mut own = LaneSums::default();
        for neighbors in atoms.list.neighbors(atom).chunks(BATCH) {
            let has_repulsion = gather(physics.cutoff, pairs, atoms, atom, neighbors, &mut batch);
            add_long_range(physics, charge, &mut batch);
            if has_repulsion {
                add_repulsion(pairs, atoms, neighbors.len(), &mut batch);
            }
            add_to_atom(&batch, &mut own, &mut virial);
            add_to_neighbors(charge, &batch, neighbors.len(), sums);
        }
        let sums = &mut sums.atoms[atom];
        for axis in 0..3 {
            sums.force[axis] += total(&own.force[axis]);
        }
        sums.energy += total(&own.energy);
        sums.potential += total(&own.potential);
    }
    for axis in 0..3 {
        for other in 0..3 {
            sums.virial[axis][other] += total(&virial[axis.min(other)][axis.max(other)]);
        }
    }
}

/// Fills a batch with neighbors; returns whether any pair is within its repulsion cutoff. Lanes behind
/// the last neighbor count as outside the cutoff.
#[inline(always)]
fn gather(
    cutoff: f64,
    pairs: &[PairParameters],
    atoms: PairAtoms<'_>,
    atom: usize,
    neighbors: &[Neighbor],
    batch: &mut Batch,
) -> bool {
    let here = atoms.positions[atom];
    let translations = atoms.list.translations();
    let mut has_repulsion = false;
    batch.inside[neighbors.len()..].fill(0.0);
    for (lane, neighbor) in neighbors.iter().enumerate() {
        let other = neighbor.atom as usize;
        let d = atoms.positions[other] - here + translations[neighbor.image as usize];
        let distance2 = d.length_squared();
        let pair = &pairs[usize::from(atoms.species[other])];
        batch.other[lane] = other;
        batch.d[0][lane] = d.x;
        batch.d[1][lane] = d.y;
        batch.d[2][lane] = d.z;
        batch.distance2[lane] = distance2;
        batch.inside[lane] = f64::from(u8::from(distance2 < cutoff * cutoff));
        batch.charge[lane] = atoms.charges[other];
        batch.c6[lane] = pair.c6;
        batch.w6[lane] = pair.w6;
        batch.dispersion_shift[0][lane] = pair.dispersion_shift[0];
        batch.dispersion_shift[1][lane] = pair.dispersion_shift[1];
        has_repulsion |= distance2 < pair.repulsion.cutoff * pair.repulsion.cutoff;
    }
    has_repulsion
}

/// Electrostatics and dispersion, both shifted so that energy and force vanish at F,
/// u(r) − u(F) − (r − F) u'(F): D. Wolf et al., J. Chem. Phys. 110, 8254 (1999); C. J. Fennell, J. D.
/// Gezelter, J. Chem. Phys. 124, 234104 (2006).
///
/// Electrostatics is q₁ q₂ e²/(4πε₀)/√(r² + s²). Dispersion is −C₆/(r⁶ + w⁶) with C₆ of S. Grimme, J.
/// Comput. Chem. 27, 1787 (2006), and the damping of A. D. Becke, E. R. Johnson, J. Chem. Phys. 123,
/// 154101 (2005).
#[inline(always)]
fn add_long_range(physics: &Physics, own_charge: f64, batch: &mut Batch) {
    for lane in 0..BATCH {
        let distance2 = batch.distance2[lane];
        let inside = batch.inside[lane];
        let charges = own_charge * batch.charge[lane];
        let distance = distance2.sqrt();
        let inverse = 1.0 / distance;
        let excess = distance - physics.cutoff;
        // Derivatives are (1/r) d/dr.
        let smeared = 1.0 / (distance2 + physics.softening2).sqrt();
        let shift = physics.coulomb_shift;
        let potential = COULOMB * (smeared - shift[0] + excess * shift[1]);
        let potential_derivative = COULOMB * (shift[1] * inverse - smeared * smeared * smeared);
        let fourth = distance2 * distance2;
        let damped = 1.0 / (fourth * distance2 + batch.w6[lane]);
        let shift = [
            batch.dispersion_shift[0][lane],
            batch.dispersion_shift[1][lane],
        ];
        let c6 = batch.c6[lane];
        let dispersion = damped - shift[0] + excess * shift[1];
        let dispersion_derivative = shift[1] * inverse - 6.0 * fourth * damped * damped;
        batch.energy[lane] = inside * (charges * potential - c6 * dispersion);
        batch.derivative[lane] =
            inside * (charges * potential_derivative - c6 * dispersion_derivative);
        batch.potential[lane] = inside * potential;
    }
}

/// Adds the repulsion of nuclei.
fn add_repulsion(pairs: &[PairParameters], atoms: PairAtoms<'_>, count: usize, batch: &mut Batch) {
    for lane in 0..count {
        let pair = &pairs[usize::from(atoms.species[batch.other[lane]])];
        let distance = batch.distance2[lane].sqrt();
        if distance < pair.repulsion.cutoff {
            let [energy, derivative] = pair.repulsion.energy_and_derivative(distance);
            batch.energy[lane] += energy;
            batch.derivative[lane] += derivative;
        }
    }
}

/// Adds a batch to the sums of its atom and to the upper triangle of the virial.
#[inline(always)]
fn add_to_atom(batch: &Batch, own: &mut LaneSums, virial: &mut [[[f64; LANES]; 3]; 3]) {
    for start in (0..BATCH).step_by(LANES) {
        for lane in 0..LANES {
            let index = start + lane;
            let d = [batch.d[0][index], batch.d[1][index], batch.d[2][index]];
            let force = d.map(|component| batch.derivative[index] * component);
            for axis in 0..3 {
                own.force[axis][lane] += force[axis];
                for other in axis..3 {
                    virial[axis][other][lane] += force[axis] * d[other];
                }
            }
            own.energy[lane] += 0.5 * batch.energy[index];
            own.potential[lane] += batch.charge[index] * batch.potential[index];
        }
    }
}

/// Adds a batch to the sums of the neighbors.
#[inline(always)]
fn add_to_neighbors(own_charge: f64, batch: &Batch, count: usize, sums: &mut Sums) {
    for index in 0..count.min(BATCH) {
        let neighbor = &mut sums.atoms[batch.other[index]];
        for axis in 0..3 {
            neighbor.force[axis] -= batch.derivative[index] * batch.d[axis][index];
        }
        neighbor.energy += 0.5 * batch.energy[index];
        neighbor.potential += own_charge * batch.potential[index];
    }
}

/// The sum of all lanes, always in the same order.
#[inline(always)]
fn total(lanes: &[f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = *lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
