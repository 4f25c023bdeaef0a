//! Tersoff potential of silicon, carbon and silicon carbide, and of other covalent solids from files.
//!
//! Bonds whose attraction is weakened by every other neighbor, by its distance and angle:
//!
//! E = ½ Σᵢ Σⱼ (f_R(rᵢⱼ) + b(ζᵢⱼ) f_A(rᵢⱼ))
//!
//! | function | equation |
//! |---|---|
//! | repulsion, attraction | f_R = f_C A exp(−λ₁ r), f_A = −f_C B exp(−λ₂ r) |
//! | bond order | b = (1 + (βζ)ⁿ)^(−1/2n) |
//! | neighbors | ζᵢⱼ = Σₖ f_C(rᵢₖ) g(θⱼᵢₖ) exp((λ₃ (rᵢⱼ − rᵢₖ))ᵐ) |
//! | angle | g = γ (1 + c²/d² − c²/(d² + (h − cos θ)²)) |
//! | cutoff | f_C = ½ − ½ sin(π/2 (r − R)/D) from R − D to R + D |
//!
//! J. Tersoff, Phys. Rev. B 39, 5566 (1989), doi:10.1103/PhysRevB.39.5566; in files with the parameters of
//! LAMMPS's `pair_style tersoff`: those of ζ from the triplet, the rest from the pairs. If the entries of a
//! pair differ by the central atom, the pair has the mean of both energies.

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
use system::TersoffSystem;
use terms::Terms;

/// The Tersoff potential.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Potential, Tersoff};
///
/// let diamond = library::find("diamond").unwrap().structure()?;
/// let energy = Tersoff::new().evaluate(&diamond)?.energy / diamond.len() as f64;
/// assert!((energy + 7.37).abs() < 0.01, "minus the cohesive energy, eV per atom");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Tersoff {
    name: String,
    description: String,
    capabilities: Capabilities,
    parameters: Triplets<Parameters>,
    is_from_file: bool,
    prepared: Option<TripletTerms<Terms>>,
}

impl Tersoff {
    /// The parameters of Tersoff for silicon, carbon and silicon carbide.
    pub fn new() -> Tersoff {
        let description = "Tersoff potential of silicon, carbon and silicon carbide: fast; covalent crystals \
                           and their defects, not the attraction of layers.";
        let name = "Tersoff".to_owned();
        Tersoff::of(parameters::built_in(), name, description.to_owned())
    }

    /// The parameters of a file `*.tersoff` as LAMMPS reads it.
    ///
    /// ```no_run
    /// use mlipview_core::potential::Tersoff;
    ///
    /// let gallium_nitride = Tersoff::from_file("GaN.tersoff")?;
    /// # Ok::<(), mlipview_core::potential::parameter_file::ParameterFileError>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read, or is malformed.
    pub fn from_file(path: &str) -> Result<Tersoff, ParameterFileError> {
        let file = ParameterFile::open(path)?;
        let parameters = parameters::read(&file)?;
        let elements = parameters.in_words();
        let description = format!("Tersoff potential for {elements}, from a file.");
        let name = format!("Tersoff {}", file.name());
        let mut potential = Tersoff::of(parameters, name, description);
        potential.is_from_file = true;
        Ok(potential)
    }

    fn of(parameters: Triplets<Parameters>, name: String, description: String) -> Tersoff {
        Tersoff {
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
            Parameters::end,
            Terms::new,
        )
        .map_err(|error| PotentialError::unsupported(&self.name, error))?;
        Ok(self.prepared.insert(prepared))
    }
}

impl Default for Tersoff {
    fn default() -> Tersoff {
        Tersoff::new()
    }
}

impl Potential for Tersoff {
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
        let system = TersoffSystem {
            structure,
            species: &species,
            terms: &prepared.terms,
            neighbors: &prepared.neighbors,
            cutoff2: prepared.cutoff2,
        };
        Ok(system.evaluate())
    }
}
