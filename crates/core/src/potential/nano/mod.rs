//! nano: a small machine-learning potential for molecules and ions.
//!
//! The network of `potential/network` with charges, electrostatics and dispersion; the built-in parameters
//! have moments up to degree 3, files up to degree 2 or 3.
//! It was distilled from GFN2-xTB (C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. 15, 1652
//! (2019), doi:10.1021/acs.jctc.8b01176); its energies are total energies of that method. `models/nano`
//! has its training and its limits.

mod degree;
mod entry;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use super::network::ParametersError;
use super::parameter_file;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::{Element, Structure};
use degree::{NanoNetwork, NanoParameters};
pub use entry::entry;

const NAME: &str = "nano";

const DESCRIPTION: &str = "A small potential learned from GFN2-xTB: good for the shapes, motion and meetings of \
     organic molecules, water and their singly charged ions, bonds breaking and forming included; not for \
     metals, radicals, excited states, or energies of reactions better than those of a semiempirical method.";

static PARAMETERS: LazyLock<NanoParameters> = LazyLock::new(|| {
    NanoParameters::read(Nano::BUILT_IN).expect("the built-in parameters are valid")
});

/// A learned potential for molecules, ions and molecular crystals.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Nano, Potential};
///
/// let water = library::find("water").unwrap().structure()?;
/// let evaluation = Nano::new().evaluate(&water)?;
/// let charges = evaluation.charges.unwrap();
/// assert!(charges.iter().sum::<f64>().abs() < 1e-9, "e");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Nano {
    network: NanoNetwork,
    description: Cow<'static, str>,
}

impl Nano {
    /// The file of the built-in parameters.
    pub const BUILT_IN: &[u8] = include_bytes!("../../../../../models/nano/nano.safetensors");

    /// The potential with the built-in parameters.
    pub fn new() -> Nano {
        Nano::of(&PARAMETERS, NAME, DESCRIPTION)
    }

    /// The potential with the parameters of a file that `mlipview train` or `models/nano/export.py` has
    /// written; docs/model-card.md describes it.
    ///
    /// # Errors
    /// If the file is invalid.
    pub fn with_parameters(bytes: &[u8]) -> Result<Nano, ParametersError> {
        let description = "A network of the kind of nano, with other parameters.";
        Ok(Nano::of(&NanoParameters::read(bytes)?, NAME, description))
    }

    /// The elements that it was trained for; its other elements are less accurate.
    pub fn domain(&self) -> &[Element] {
        self.network.domain()
    }
}

impl Nano {
    /// The potential with the parameters of the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or is invalid.
    pub fn from_file(path: &str) -> Result<Nano, ParametersError> {
        let parameters = NanoParameters::read(&parameter_file::read(path)?)?;
        let file = parameter_file::file_name(path);
        let description = format!(
            "A network of the kind of nano with the parameters of {file}; mlipview model info {file} shows \
             what it has learned."
        );
        Ok(Nano::of(&parameters, &format!("nano {file}"), description))
    }

    fn of(
        parameters: &NanoParameters,
        name: &str,
        description: impl Into<Cow<'static, str>>,
    ) -> Nano {
        Nano {
            network: parameters.network(name),
            description: description.into(),
        }
    }
}

impl Default for Nano {
    fn default() -> Nano {
        Nano::new()
    }
}

impl Clone for Nano {
    /// Shares the parameters; buffers and neighbor lists are its own.
    fn clone(&self) -> Nano {
        Nano {
            network: self.network.sharing(),
            description: self.description.clone(),
        }
    }
}

impl Potential for Nano {
    fn name(&self) -> &str {
        self.network.name()
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        self.network.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.network.evaluate(structure)
    }
}
