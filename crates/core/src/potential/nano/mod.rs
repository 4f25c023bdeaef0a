//! nano: a small machine-learning potential for molecules and ions.
//!
//! A message-passing network of two layers with predicted charges, electrostatics, dispersion, and the
//! repulsion of nuclei. It was distilled from GFN2-xTB (C. Bannwarth, S. Ehlert, S. Grimme, J. Chem.
//! Theory Comput. 15, 1652 (2019), doi:10.1021/acs.jctc.8b01176); its energies are total energies of
//! that method. `models/nano` has its equations, its training and its limits. The steps of an
//! evaluation, with a backward pass written by hand:
//!
//! 1. `layer1` forward: edges → moments → hidden layer → messages and charge priors
//! 2. `charges`: charge priors and the total charge → charges
//! 3. `physics_sums`: electrostatics, dispersion, repulsion
//! 4. `layer2` forward and backward: messages of the neighbors → moments → energies and their gradients
//! 5. `layer2`, `charges`, `layer1` backward: gradients with respect to messages, charges, moments
//! 6. `forces`: gradients with respect to every edge → forces and virial
//!
//! The network uses single precision, sums use double precision. Chunks of atoms run in parallel; the
//! result does not depend on the number of threads. Time and memory are linear in the number of atoms;
//! in water, some 13 kB per atom, neighbor lists included.

#![expect(
    clippy::needless_range_loop,
    reason = "in formulas, one index runs over several arrays"
)]

mod activation;
mod channels;
mod charge_prior;
mod charges;
mod chunk;
mod edges;
mod entry;
mod file;
mod forces;
mod layer1;
mod layer2;
mod matrix;
mod message;
mod moments;
mod parameters;
mod physics;
mod physics_sums;
mod radial;
mod sums;
mod uncertainty;
mod workspace;

use std::sync::{Arc, LazyLock};

use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};
pub use entry::entry;
pub use file::ParametersError;
use parameters::Parameters;
use workspace::Workspace;

/// Skins of the neighbor lists, Å.
const NETWORK_SKIN: f64 = 0.8;
const PAIR_SKIN: f64 = 0.8;

const NAME: &str = "nano";

/// The built-in parameters.
const BUILT_IN: &[u8] = include_bytes!("../../../../../models/nano/nano.safetensors");

static PARAMETERS: LazyLock<Arc<Parameters>> = LazyLock::new(|| {
    Arc::new(Parameters::read(BUILT_IN).expect("the built-in parameters are valid"))
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
    capabilities: Capabilities,
    parameters: Arc<Parameters>,
    network_neighbors: NeighborList,
    pair_neighbors: NeighborList,
    workspace: Workspace,
}

impl Nano {
    /// The potential with the built-in parameters.
    pub fn new() -> Nano {
        Nano::of(Arc::clone(&PARAMETERS))
    }

    /// The potential with the parameters of a file that `models/nano/export.py` has written.
    ///
    /// # Errors
    /// If the file is invalid.
    pub fn with_parameters(bytes: &[u8]) -> Result<Nano, ParametersError> {
        Ok(Nano::of(Arc::new(Parameters::read(bytes)?)))
    }

    fn of(parameters: Arc<Parameters>) -> Nano {
        Nano {
            capabilities: Capabilities {
                elements: Some(parameters.species.clone()),
                charges: -1..=1,
                spins: false,
                periodic: true,
                reactive: true,
            },
            network_neighbors: NeighborList::full(parameters.cutoff, NETWORK_SKIN),
            pair_neighbors: NeighborList::half(parameters.pair_cutoff, PAIR_SKIN),
            workspace: Workspace::default(),
            parameters,
        }
    }

    /// The elements that it was trained for; its other elements are less accurate.
    pub fn domain(&self) -> &[Element] {
        &self.parameters.domain
    }
}

impl Default for Nano {
    fn default() -> Nano {
        Nano::new()
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
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(NAME, structure)?;
        for list in [&mut self.network_neighbors, &mut self.pair_neighbors] {
            list.update(structure.positions(), structure.cell.as_ref())
                .map_err(|error| PotentialError::unsupported(NAME, error))?;
        }
        Ok(self.workspace.evaluate(
            &self.parameters,
            structure,
            &self.network_neighbors,
            &self.pair_neighbors,
        ))
    }
}
