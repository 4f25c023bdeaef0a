//! nano: a small machine-learning potential for molecules and ions.
//!
//! The network of `potential/network` with charges, electrostatics and dispersion; the built-in parameters
//! have moments up to degree 3, files up to degree 2 or 3.
//! It was distilled from GFN2-xTB (C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. 15, 1652
//! (2019), doi:10.1021/acs.jctc.8b01176); its energies are total energies of that method. `models/nano`
//! has its training and its limits.

mod degree;
mod entry;

use std::sync::LazyLock;

pub use super::network::ParametersError;
use super::parameter_file;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::{Element, Structure};
use degree::{NanoNetwork, NanoParameters};
pub use entry::entry;

const NAME: &str = "nano";

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
pub struct Nano(NanoNetwork);

impl Nano {
    /// The file of the built-in parameters.
    pub const BUILT_IN: &[u8] = include_bytes!("../../../../../models/nano/nano.safetensors");

    /// The potential with the built-in parameters.
    pub fn new() -> Nano {
        Nano(PARAMETERS.network(NAME))
    }

    /// The potential with the parameters of a file that `mlipview train` or `models/nano/export.py` has
    /// written; docs/model-card.md describes it.
    ///
    /// # Errors
    /// If the file is invalid.
    pub fn with_parameters(bytes: &[u8]) -> Result<Nano, ParametersError> {
        Ok(Nano(NanoParameters::read(bytes)?.network(NAME)))
    }

    /// The elements that it was trained for; its other elements are less accurate.
    pub fn domain(&self) -> &[Element] {
        self.0.domain()
    }
}

impl Nano {
    /// The potential with the parameters of the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or is invalid.
    pub fn from_file(path: &str) -> Result<Nano, ParametersError> {
        Nano::with_parameters(&parameter_file::read(path)?)
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
        Nano(self.0.sharing())
    }
}

impl Potential for Nano {
    fn name(&self) -> &str {
        NAME
    }

    fn description(&self) -> &str {
        "A small potential learned from GFN2-xTB: good for the shapes, motion and meetings of \
         organic molecules, water and their singly charged ions, bonds breaking and forming \
         included; not for metals, radicals, excited states, or energies of reactions better than \
         those of a semiempirical method."
    }

    fn capabilities(&self) -> &Capabilities {
        self.0.capabilities()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.0.evaluate(structure)
    }
}
