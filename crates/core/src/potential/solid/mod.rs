//! solid: a small machine-learning potential for crystals of most elements.
//!
//! The network of `potential/network` with moments up to degree 3, without charges. It was learned from the
//! universal potential TensorNet-MatPES-r2SCAN (A. D. Kaplan et al., arXiv:2503.04070); its energies are
//! relative to free atoms by a least-squares fit. `models/nano` has the equations, `models/solid` the
//! training and the limits.

mod entry;

use std::sync::{Arc, LazyLock};

use super::network::{DEGREE_3, Network, Parameters, ParametersError};
use super::{Capabilities, Evaluation, Potential, PotentialError, parameter_file};
use crate::chem::Structure;
pub use entry::entry;

const NAME: &str = "solid";

static PARAMETERS: LazyLock<Arc<Parameters<DEGREE_3>>> = LazyLock::new(|| {
    Arc::new(Parameters::read(Solid::BUILT_IN).expect("the built-in parameters are valid"))
});

/// A learned potential for crystals, their surfaces, defects and melts.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Potential, Solid};
///
/// let silicon = library::find("silicon").unwrap().structure()?;
/// let evaluation = Solid::new().evaluate(&silicon)?;
/// let largest = evaluation.forces.iter().map(|force| force.length()).fold(0.0, f64::max);
/// assert!(largest < 0.1, "eV/Å");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Solid(Network<DEGREE_3>);

impl Solid {
    /// The file of the built-in parameters.
    pub const BUILT_IN: &[u8] = include_bytes!("../../../../../models/solid/solid.safetensors");

    /// The potential with the built-in parameters.
    pub fn new() -> Solid {
        Solid(Network::new(NAME, Arc::clone(&PARAMETERS)))
    }

    /// The potential with the parameters of a file that `mlipview train` or `models/solid/export.py` has
    /// written; docs/model-card.md describes it.
    ///
    /// # Errors
    /// If the file is invalid, or is one of nano, which has charges.
    pub fn with_parameters(bytes: &[u8]) -> Result<Solid, ParametersError> {
        let parameters = Parameters::read(bytes)?;
        if parameters.has_charges() {
            return Err(ParametersError::Tensor {
                name: "charge0".to_owned(),
                found: "present".to_owned(),
                expected: "none: solid has no charges, and this is a file of nano".to_owned(),
            });
        }
        Ok(Solid(Network::new(NAME, Arc::new(parameters))))
    }
}

impl Solid {
    /// The potential with the parameters of the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or is invalid.
    pub fn from_file(path: &str) -> Result<Solid, ParametersError> {
        Solid::with_parameters(&parameter_file::read(path)?)
    }
}

impl Default for Solid {
    fn default() -> Solid {
        Solid::new()
    }
}

impl Clone for Solid {
    /// Shares the parameters; buffers and neighbor lists are its own.
    fn clone(&self) -> Solid {
        Solid(self.0.sharing())
    }
}

impl Potential for Solid {
    fn name(&self) -> &str {
        NAME
    }

    fn description(&self) -> &str {
        "A small potential learned from a universal potential at the level of r2SCAN: for crystals of \
         most elements, their defects, surfaces and melts; less accurate than its teacher, and not for \
         molecules, magnetism or energies of reactions."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.0.evaluate(structure)
    }
}
