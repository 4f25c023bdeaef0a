//! Stillinger–Weber potential of silicon, and of other tetrahedral solids from files.
//!
//! A pair energy, and a three-body energy that is zero at the tetrahedral angle:
//!
//! E = Σᵢ<ⱼ φ₂(rᵢⱼ) + Σᵢ Σⱼ<ₖ φ₃(rᵢⱼ, rᵢₖ, θⱼᵢₖ)
//!
//! φ₂ = A ε (B (σ/r)ᵖ − (σ/r)^q) exp(σ/(r − aσ))
//!
//! φ₃ = λ ε (cos θ − cos θ₀)² exp(γσ/(rᵢⱼ − aσ)) exp(γσ/(rᵢₖ − aσ))
//!
//! F. H. Stillinger, T. A. Weber, Phys. Rev. B 31, 5262 (1985), doi:10.1103/PhysRevB.31.5262. In files,
//! λ, ε and θ₀ are those of the triplet, the rest those of the pairs, as in LAMMPS's `pair_style sw`. If the
//! entries of a pair differ by the central atom, the pair has the mean of both energies.

mod entry;
mod parameters;
mod system;
mod terms;

pub use entry::entry;

use super::parameter_file::{ParameterFile, ParameterFileError};
use super::species::Species;
use super::triplet_terms::TripletTerms;
use super::triplets::Triplets;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::{Element, Structure};
use parameters::Parameters;
use system::SwSystem;
use terms::Terms;

/// The Stillinger–Weber potential.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Potential, StillingerWeber};
///
/// let silicon = library::find("silicon").unwrap().structure()?;
/// let energy = StillingerWeber::silicon().evaluate(&silicon)?.energy / silicon.len() as f64;
/// assert!((energy + 4.337).abs() < 0.001, "minus the cohesive energy, eV per atom");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StillingerWeber {
    name: String,
    description: String,
    capabilities: Capabilities,
    parameters: Triplets<Parameters>,
    is_from_file: bool,
    prepared: Option<TripletTerms<Terms>>,
}

impl StillingerWeber {
    /// The parameters of Stillinger and Weber for silicon.
    pub fn silicon() -> StillingerWeber {
        let description = "Stillinger–Weber potential of silicon: fast; crystal, melting and defects, not \
                           surfaces or high pressure.";
        let name = "Stillinger–Weber".to_owned();
        StillingerWeber::of(parameters::built_in(), name, description.to_owned())
    }

    /// The parameters of a file `*.sw` as LAMMPS reads it.
    ///
    /// ```no_run
    /// use mlipview_core::potential::StillingerWeber;
    ///
    /// let gallium_nitride = StillingerWeber::from_file("GaN.sw")?;
    /// # Ok::<(), mlipview_core::potential::parameter_file::ParameterFileError>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read, or is malformed.
    pub fn from_file(path: &str) -> Result<StillingerWeber, ParameterFileError> {
        let file = ParameterFile::open(path)?;
        let parameters = parameters::read(&file)?;
        let elements = parameters.in_words();
        let description = format!("Stillinger–Weber potential for {elements}, from a file.");
        let name = format!("Stillinger–Weber {}", file.name());
        let mut potential = StillingerWeber::of(parameters, name, description);
        potential.is_from_file = true;
        Ok(potential)
    }

    fn of(parameters: Triplets<Parameters>, name: String, description: String) -> StillingerWeber {
        StillingerWeber {
            name,
            description,
            capabilities: Capabilities {
                elements: Some(parameters.elements()),
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: true,
            },
            parameters,
            is_from_file: false,
            prepared: None,
        }
    }

    /// The terms for the elements of a structure, those of the last call if they are the same.
    fn prepare(
        &mut self,
        elements: &[Element],
    ) -> Result<&mut TripletTerms<Terms>, PotentialError> {
        let last = self.prepared.take();
        let prepared = TripletTerms::of(
            last,
            elements,
            &self.parameters,
            Parameters::cutoff,
            Terms::new,
        )
        .map_err(|error| PotentialError::unsupported(&self.name, error))?;
        Ok(self.prepared.insert(prepared))
    }
}

impl Potential for StillingerWeber {
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
        let prepared = self.prepare(&species.elements)?;
        prepared
            .neighbors
            .update(structure.positions(), structure.cell.as_ref())
            .map_err(|error| PotentialError::unsupported(&name, error))?;
        let system = SwSystem {
            structure,
            species: &species,
            terms: &prepared.terms,
            neighbors: &prepared.neighbors,
            cutoff2: prepared.cutoff2,
        };
        Ok(system.evaluate())
    }
}
