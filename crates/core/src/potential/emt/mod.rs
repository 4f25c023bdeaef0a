//! Effective medium theory (EMT) of late transition and noble metals.
//!
//! Each atom is embedded in the electron density of its neighbors. The energy is that of an atom in a
//! homogeneous electron gas of this density (cohesive function), plus a correction for the overlap of
//! atomic spheres, which is zero for the perfect fcc crystal:
//!
//! E = Σᵢ [E_c(σᵢ) + E_AS,crystal(σᵢ) − E₀] + Σᵢ Σⱼ E_AS(rᵢⱼ), σᵢ = Σⱼ χ w(rᵢⱼ) exp(−η (rᵢⱼ − r₁))
//!
//! K. W. Jacobsen, P. Stoltze, J. K. Nørskov, Surf. Sci. 366, 394 (1996),
//! doi:10.1016/0039-6028(96)00816-3. The numbers agree with ASE's `ase.calculators.emt.EMT`.

use std::ops::Range;

use super::chunks::by_chunk;
use super::neighborhood::{NeighborAt, Neighborhood};
use super::pair_sums::PairSums;
use super::species::Species;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};

mod entry;
mod parameters;
mod terms;
pub use entry::entry;
use terms::{RANGE, Terms};

/// Skin of the neighbor list, Å: more than metal atoms vibrate at room temperature.
const SKIN: f64 = 0.5;

const NAME: &str = "EMT";

/// Effective medium theory of Al, Cu, Ag, Au, Ni, Pd, Pt and their alloys; crude for H, C, N, O.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Emt, Potential};
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let evaluation = Emt::new().evaluate(&copper)?;
/// assert!(evaluation.energy.abs() < 0.01 * copper.len() as f64, "eV, from the perfect crystal");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

    /// The potential with the parameters of the paper, and ASE's for H, C, N and O.
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
         for H, C, N and O on them, only qualitative."
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
        let system = EmtSystem {
            structure,
            species: &species,
            terms: &terms,
            neighbors: &self.neighbors,
        };
        Ok(system.evaluate())
    }
}

/// One structure with its parameters and neighbors.
struct EmtSystem<'a> {
    structure: &'a Structure,
    species: &'a Species,
    terms: &'a Terms,
    neighbors: &'a NeighborList,
}

/// The energy of a pair, and its derivatives (1/r) d/dr for the force.
struct PairTerms {
    /// Atomic-sphere energy, eV.
    energy: f64,
    /// (1/r) d(energy)/dr, eV/Å².
    energy_derivative: f64,
    /// (1/r) dσ/dr of the densities at the listed atom and at its neighbor, 1/Å².
    density_derivatives: [f64; 2],
}

/// The pairs of one chunk of atoms, in the order of the list, and their densities.
struct ChunkTerms {
    pairs: Vec<PairTerms>,
    /// σ at every atom, of other chunks too: `[atoms]`.
    densities: Vec<f64>,
}

impl EmtSystem<'_> {
    /// Two passes over the pairs, because forces need the densities summed over all neighbors.
    fn evaluate(&self) -> Evaluation {
        let count = self.structure.len();
        let chunks = by_chunk(count, |_, atoms| self.terms(atoms));
        let (energies, derivatives): (Vec<f64>, Vec<f64>) = (0..count)
            .map(|atom| {
                let density = chunks.iter().map(|chunk| chunk.densities[atom]).sum();
                self.terms.embeddings[self.species.of_atom(atom)].energy_and_derivative(density)
            })
            .unzip();
        let sums = by_chunk(count, |chunk, atoms| {
            self.pair_sums(atoms, &chunks[chunk].pairs, &derivatives)
        });
        let mut total = PairSums::total(sums);
        for (sum, energy) in total.atoms.iter_mut().zip(energies) {
            sum[3] += energy;
        }
        total.evaluation(self.structure.cell.as_ref())
    }

    fn neighbors_within_cutoff<'a>(
        &self,
        atom: usize,
        neighborhood: &'a mut Neighborhood,
    ) -> &'a [NeighborAt] {
        let cutoff2 = RANGE.cutoff * RANGE.cutoff;
        neighborhood.select(atom, self.structure.positions(), self.neighbors, cutoff2)
    }

    /// First pass: the terms of the pairs of `atoms`, and their densities.
    fn terms(&self, atoms: Range<usize>) -> ChunkTerms {
        let mut pairs = Vec::with_capacity(40 * atoms.len());
        let mut neighborhood = Neighborhood::default();
        let mut densities = vec![0.0; self.structure.len()];
        for atom in atoms {
            let mut own = 0.0;
            for neighbor in self.neighbors_within_cutoff(atom, &mut neighborhood) {
                let (other, distance) = (neighbor.other as usize, neighbor.distance2.sqrt());
                let (weight, switch_derivative) = RANGE.switch(distance);
                let (one, two) = (self.species.of_atom(atom), self.species.of_atom(other));
                let term = self.terms.neighbor_term(one, two);
                let at_atom = term.evaluate(distance, weight, switch_derivative);
                let at_neighbor = if one == two {
                    at_atom
                } else {
                    let term = self.terms.neighbor_term(two, one);
                    term.evaluate(distance, weight, switch_derivative)
                };
                own += at_atom.density;
                densities[other] += at_neighbor.density;
                pairs.push(PairTerms {
                    energy: at_atom.energy + at_neighbor.energy,
                    energy_derivative: (at_atom.energy_derivative + at_neighbor.energy_derivative)
                        / distance,
                    density_derivatives: [
                        at_atom.density_derivative / distance,
                        at_neighbor.density_derivative / distance,
                    ],
                });
            }
            densities[atom] += own;
        }
        ChunkTerms { pairs, densities }
    }

    /// Second pass: the sums over `pairs`, with `derivatives` dE/dσ of the embedding energies `[atoms]`, eV.
    fn pair_sums(&self, atoms: Range<usize>, pairs: &[PairTerms], derivatives: &[f64]) -> PairSums {
        let mut sums = PairSums::zero(self.structure.len());
        let mut neighborhood = Neighborhood::default();
        let mut pairs = pairs.iter();
        for atom in atoms {
            let mut own = [0.0; 4];
            for (neighbor, pair) in self
                .neighbors_within_cutoff(atom, &mut neighborhood)
                .iter()
                .zip(&mut pairs)
            {
                let other = neighbor.other as usize;
                let derivative = pair.energy_derivative
                    + derivatives[atom] * pair.density_derivatives[0]
                    + derivatives[other] * pair.density_derivatives[1];
                sums.add_pair(&mut own, other, neighbor.d, pair.energy, derivative);
            }
            sums.add_atom(atom, own);
        }
        sums
    }
}
