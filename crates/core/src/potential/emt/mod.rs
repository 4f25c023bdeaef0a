//! Effective medium theory: late transition and noble metals at the speed of a pair potential.
//!
//! Every atom is embedded in the density that its neighbors bring to it. The energy is that of an
//! atom in a homogeneous electron gas of this density (cohesive function), plus a correction for
//! the overlap of atomic spheres; both are zero for the perfect fcc crystal (K. W. Jacobsen,
//! P. Stoltze, J. K. Nørskov, Surf. Sci. 366, 394 (1996), doi:10.1016/0039-6028(96)00816-3). The
//! numbers agree with those of ASE's `ase.calculators.emt.EMT`.

use std::ops::Range;

use super::species::Species;
use super::tally::{Near, Neighborhood, Tally, by_chunk};
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};

mod entry;
mod parameters;
mod terms;
pub use entry::entry;
use terms::{RANGE, Terms};

/// Margin of the neighbor list, Å: more than metal atoms vibrate at room temperature.
const SKIN: f64 = 0.5;

const NAME: &str = "EMT";

/// Effective medium theory of Al, Cu, Ag, Au, Ni, Pd, Pt and their alloys; crude for H, C, N, O.
#[derive(Debug)]
pub struct Emt {
    capabilities: Capabilities,
    neighbors: NeighborList,
}

impl Emt {
    /// The metals that effective medium theory describes.
    pub const METALS: [Element; 7] = [
        Element::AL,
        Element::NI,
        Element::CU,
        Element::PD,
        Element::AG,
        Element::PT,
        Element::AU,
    ];

    /// With the parameters of the paper, and ASE's for H, C, N and O.
    pub fn new() -> Emt {
        Emt {
            capabilities: Capabilities {
                elements: Some(parameters::known()),
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: true,
            },
            neighbors: NeighborList::half(RANGE.cutoff, SKIN),
        }
    }
}

impl Default for Emt {
    fn default() -> Emt {
        Emt::new()
    }
}

impl Potential for Emt {
    fn name(&self) -> &str {
        NAME
    }

    fn description(&self) -> &str {
        "Effective medium theory: fast and sound for Al, Ni, Cu, Pd, Ag, Pt, Au and their alloys; \
         H, C, N and O on them are only there to be seen."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(self.name(), structure)?;
        let species = Species::of(structure);
        let terms = Terms::of(&species.elements).expect("the elements are known");
        self.neighbors
            .update(structure.positions(), structure.cell.as_ref())
            .map_err(|error| PotentialError::unsupported(NAME, error))?;
        let medium = Medium {
            structure,
            species: &species,
            terms: &terms,
            neighbors: &self.neighbors,
        };
        Ok(medium.evaluate())
    }
}

/// One structure, ready to be summed over.
struct Medium<'a> {
    structure: &'a Structure,
    species: &'a Species,
    terms: &'a Terms,
    neighbors: &'a NeighborList,
}

/// A pair's part in the energy, and in the derivatives (1/r) d/dr that make its force.
struct Bond {
    /// Atomic-sphere energy, eV.
    energy: f64,
    /// Of `energy`, eV/Å².
    energy_slope: f64,
    /// Of the densities at the listed atom and at its neighbor, 1/Å².
    density_slopes: [f64; 2],
}

/// The pairs of one chunk of atoms, in the order of the list, and the densities that they bring.
struct Bonds {
    bonds: Vec<Bond>,
    /// At every atom, those of other chunks too.
    densities: Vec<f64>,
}

impl Medium<'_> {
    /// Densities first, as the forces need the sum over all neighbors; then everything else.
    fn evaluate(&self) -> Evaluation {
        let count = self.structure.len();
        let chunks = by_chunk(count, |_, atoms| self.bonds(atoms));
        let (energies, slopes): (Vec<f64>, Vec<f64>) = (0..count)
            .map(|atom| {
                let density = chunks.iter().map(|chunk| chunk.densities[atom]).sum();
                self.terms.embeddings[self.species.of_atom(atom)].energy_and_slope(density)
            })
            .unzip();
        let sums = by_chunk(count, |chunk, atoms| {
            self.tally(atoms, &chunks[chunk].bonds, &slopes)
        });
        let mut total = Tally::total(sums);
        for (sum, energy) in total.atoms.iter_mut().zip(energies) {
            sum[3] += energy;
        }
        total.evaluation(self.structure.cell.as_ref())
    }

    fn around<'a>(&self, atom: usize, room: &'a mut Neighborhood) -> &'a [Near] {
        let cutoff2 = RANGE.cutoff * RANGE.cutoff;
        room.of(atom, self.structure.positions(), self.neighbors, cutoff2)
    }

    fn bonds(&self, atoms: Range<usize>) -> Bonds {
        let mut bonds = Vec::with_capacity(40 * atoms.len());
        let mut neighborhood = Neighborhood::default();
        let mut densities = vec![0.0; self.structure.len()];
        for atom in atoms {
            let mut own = 0.0;
            for near in self.around(atom, &mut neighborhood) {
                let (other, distance) = (near.other as usize, near.distance2.sqrt());
                let (weight, fall) = RANGE.switch(distance);
                let (one, two) = (self.species.of_atom(atom), self.species.of_atom(other));
                let felt = self.terms.influence(one, two).at(distance, weight, fall);
                let given = if one == two {
                    felt
                } else {
                    self.terms.influence(two, one).at(distance, weight, fall)
                };
                own += felt.density;
                densities[other] += given.density;
                bonds.push(Bond {
                    energy: felt.energy + given.energy,
                    energy_slope: (felt.energy_slope + given.energy_slope) / distance,
                    density_slopes: [
                        felt.density_slope / distance,
                        given.density_slope / distance,
                    ],
                });
            }
            densities[atom] += own;
        }
        Bonds { bonds, densities }
    }

    /// The sums over `bonds`, where a unit of density costs each atom its `slopes`, eV.
    fn tally(&self, atoms: Range<usize>, bonds: &[Bond], slopes: &[f64]) -> Tally {
        let mut tally = Tally::zero(self.structure.len());
        let mut neighborhood = Neighborhood::default();
        let mut bonds = bonds.iter();
        for atom in atoms {
            let mut own = [0.0; 4];
            for (near, bond) in self.around(atom, &mut neighborhood).iter().zip(&mut bonds) {
                let other = near.other as usize;
                let slope = bond.energy_slope
                    + slopes[atom] * bond.density_slopes[0]
                    + slopes[other] * bond.density_slopes[1];
                tally.pair(&mut own, other, near.d, bond.energy, slope);
            }
            tally.atom(atom, own);
        }
        tally
    }
}
