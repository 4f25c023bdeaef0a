//! solid: a small machine-learning potential for crystals of most elements.
//!
//! The network of `potential/network` with moments up to degree 3, without charges. It was learned from the
//! universal potential TensorNet-MatPES-r2SCAN (A. D. Kaplan et al., arXiv:2503.04070); its energies are
//! relative to free atoms by a least-squares fit. `models/nano` has the equations, `models/solid` the
//! training and the limits.

mod entry;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::network::{DEGREE_3, Network, Parameters, ParametersError};
use super::{Capabilities, Evaluation, Potential, PotentialError, parameter_file};
use crate::chem::Structure;
pub use entry::entry;

const NAME: &str = "solid";

const DESCRIPTION: &str = "A small potential learned from a universal potential at the level of r2SCAN: for \
     crystals of most elements, their defects, surfaces and melts; less accurate than its teacher, and not for \
     molecules, magnetism or energies of reactions.";

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
pub struct Solid {
    network: Network<DEGREE_3>,
    description: Cow<'static, str>,
}

impl Solid {
    /// The file of the built-in parameters.
    pub const BUILT_IN: &[u8] = include_bytes!("../../../../../models/solid/solid.safetensors");

    /// The potential with the built-in parameters.
    pub fn new() -> Solid {
        Solid::of(Arc::clone(&PARAMETERS), NAME, DESCRIPTION)
    }

    /// The potential with the parameters of a file that `mlipview train` or `models/solid/export.py` has
    /// written; docs/model-card.md describes it.
    ///
    /// # Errors
    /// If the file is invalid, or is one of nano, which has charges.
    pub fn with_parameters(bytes: &[u8]) -> Result<Solid, ParametersError> {
        let description = "A network of the kind of solid, with other parameters.";
        Ok(Solid::of(read(bytes)?, NAME, description))
    }
}

/// The parameters of a file.
fn read(bytes: &[u8]) -> Result<Arc<Parameters<DEGREE_3>>, ParametersError> {
    let parameters = Parameters::read(bytes)?;
    if parameters.has_charges() {
        return Err(ParametersError::Tensor {
            name: "charge0".to_owned(),
            found: "present".to_owned(),
            expected: "none: solid has no charges, and this is a file of nano".to_owned(),
        });
    }
    Ok(Arc::new(parameters))
}

impl Solid {
    /// The potential with the parameters of the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or is invalid.
    pub fn from_file(path: &str) -> Result<Solid, ParametersError> {
        let parameters = read(&parameter_file::read(path)?)?;
        let file = parameter_file::file_name(path);
        let description = format!(
            "A network of the kind of solid with the parameters of {file}; mlipview model info {file} shows \
             what it has learned."
        );
        Ok(Solid::of(parameters, &format!("solid {file}"), description))
    }

    fn of(
        parameters: Arc<Parameters<DEGREE_3>>,
        name: &str,
        description: impl Into<Cow<'static, str>>,
    ) -> Solid {
        Solid {
            network: Network::new(name, parameters),
            description: description.into(),
        }
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
        Solid {
            network: self.network.sharing(),
            description: self.description.clone(),
        }
    }
}

impl Potential for Solid {
    fn name(&self) -> &str {
        &self.network.name
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.network.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.network.evaluate(structure)
    }
}
