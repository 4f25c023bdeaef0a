//! Embedded atom method (EAM) of metals and alloys.
//!
//! The energy of an atom in the electron density of its neighbors, and a pair energy:
//!
//! E = Σᵢ F(ρᵢ) + Σᵢ<ⱼ φ(rᵢⱼ), ρᵢ = Σⱼ ρ(rᵢⱼ)
//!
//! M. S. Daw, M. I. Baskes, Phys. Rev. B 29, 6443 (1984), doi:10.1103/PhysRevB.29.6443. The functions
//! of 16 metals and all their alloys are built in (`zhou`); others are read from files (`file`).

mod entry;
mod file;
mod functions;
mod spline;
mod system;
mod zhou;

pub use entry::entry;

use std::fmt;

use super::parameter_file::ParameterFileError;
use super::species::{Species, in_words};
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};
use file::EamFile;
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
    source: Source,
    prepared: Option<Prepared>,
}

/// The origin of the functions.
enum Source {
    /// The closed form of Zhou, Johnson and Wadley.
    Zhou,
    /// Tables of a file.
    File(EamFile),
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
        let description = "Embedded atom method of Zhou, Johnson and Wadley: fast, for 16 metals; their \
                           alloys by a mixing rule.";
        Eam::of(Source::Zhou, "EAM", description, zhou::known())
    }

    /// The functions of a file `*.eam.alloy` (setfl), `*.eam.fs` (Finnis–Sinclair) or `*.eam` (funcfl).
    ///
    /// ```no_run
    /// use mlipview_core::potential::Eam;
    ///
    /// let nickel_aluminum = Eam::from_file("NiAl.eam.alloy")?;
    /// # Ok::<(), mlipview_core::potential::parameter_file::ParameterFileError>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read, or is malformed.
    pub fn from_file(path: &str) -> Result<Eam, ParameterFileError> {
        let file = EamFile::open(path)?;
        let mut elements = file.elements.clone();
        elements.sort_unstable_by_key(|element| element.number());
        let name = format!("EAM {}", file.name);
        let description = format!(
            "Embedded atom method for {}, from a file.",
            in_words(&elements)
        );
        Ok(Eam::of(Source::File(file), &name, &description, elements))
    }

    fn of(source: Source, name: &str, description: &str, elements: Vec<Element>) -> Eam {
        Eam {
            name: name.to_owned(),
            description: description.to_owned(),
            capabilities: Capabilities {
                elements: Some(elements),
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: true,
            },
            source,
            prepared: None,
        }
    }

    /// The functions for the elements of a structure, those of the last call if they are the same.
    fn prepare(&mut self, elements: &[Element]) -> &mut Prepared {
        let last = self.prepared.take();
        let same = last.filter(|last| last.elements == elements);
        let source = &self.source;
        self.prepared.insert(same.unwrap_or_else(|| {
            let functions = source.functions(elements).expect("the elements are known");
            Prepared {
                elements: elements.to_vec(),
                neighbors: NeighborList::half(functions.cutoff, SKIN),
                functions,
            }
        }))
    }
}

impl Source {
    /// The functions of some elements, or `None` if one has none.
    fn functions(&self, elements: &[Element]) -> Option<Functions> {
        match self {
            Source::Zhou => zhou::functions(elements),
            Source::File(file) => {
                let place = |element| file.elements.iter().position(|it| it == element);
                let places: Option<Vec<usize>> = elements.iter().map(place).collect();
                Some(file.functions.of(&places?))
            }
        }
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
