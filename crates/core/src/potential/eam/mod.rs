//! Embedded atom method (EAM) of metals and alloys.
//!
//! The energy of an atom in the electron density of its neighbors, and a pair energy:
//!
//! E = Σᵢ F(ρᵢ) + Σᵢ<ⱼ φ(rᵢⱼ), ρᵢ = Σⱼ ρ(rᵢⱼ)
//!
//! M. S. Daw, M. I. Baskes, Phys. Rev. B 29, 6443 (1984), doi:10.1103/PhysRevB.29.6443. The functions
//! of 16 metals and all their alloys are built in (`zhou`).

mod entry;
mod functions;
mod spline;
mod system;
mod zhou;

pub use entry::entry;

use std::fmt;

use super::species::Species;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};
use functions::Functions;
use system::EamSystem;

/// Skin of the neighbor list, Å: more than metal atoms vibrate at room temperature.
const SKIN: f64 = 0.5;

/// The embedded atom method of metals and alloys.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Eam, Potential};
///
/// let iron = library::find("iron").unwrap().structure()?;
/// let energy = Eam::new().evaluate(&iron)?.energy / iron.len() as f64;
/// assert!((energy + 4.29).abs() < 0.01, "minus the cohesive energy, eV per atom");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Eam {
    name: String,
    description: String,
    capabilities: Capabilities,
    prepared: Option<Prepared>,
}

/// The functions of the elements of the last structure, and its neighbors.
struct Prepared {
    elements: Vec<Element>,
    functions: Functions,
    neighbors: NeighborList,
}

impl Eam {
    /// The closed form of Zhou, Johnson and Wadley for 16 metals and all their alloys.
    pub fn new() -> Eam {
        Eam {
            name: "EAM".to_owned(),
            description:
                "Embedded atom method of Zhou, Johnson and Wadley: fast, for 16 metals; their \
                          alloys by a mixing rule."
                    .to_owned(),
            capabilities: Capabilities {
                elements: Some(zhou::known()),
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: true,
            },
            prepared: None,
        }
    }

    /// The functions for the elements of a structure, those of the last call if they are the same.
    fn prepare(&mut self, elements: &[Element]) -> &mut Prepared {
        let last = self.prepared.take();
        let same = last.filter(|last| last.elements == elements);
        self.prepared.insert(same.unwrap_or_else(|| {
            let functions = zhou::functions(elements).expect("the elements are known");
            Prepared {
                elements: elements.to_vec(),
                neighbors: NeighborList::half(functions.cutoff, SKIN),
                functions,
            }
        }))
    }
}

impl Default for Eam {
    fn default() -> Eam {
        Eam::new()
    }
}

impl fmt::Debug for Eam {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Eam")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Potential for Eam {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(&self.name, structure)?;
        let species = Species::of(structure);
        let name = self.name.clone();
        let prepared = self.prepare(&species.elements);
        prepared
            .neighbors
            .update(structure.positions(), structure.cell.as_ref())
            .map_err(|error| PotentialError::unsupported(&name, error))?;
        let system = EamSystem {
            structure,
            species: &species,
            functions: &prepared.functions,
            neighbors: &prepared.neighbors,
        };
        Ok(system.evaluate())
    }
}
