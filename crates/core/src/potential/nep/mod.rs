//! Neuroevolution potentials (NEP): models in GPUMD's `nep.txt`, versions 3, 4 and 5.
//!
//! The energy of an atom is a network with one hidden layer of descriptors of its neighbors: radial ones,
//! and rotation invariants of three, four and five bodies. Z. Fan et al., Phys. Rev. B 104, 104309 (2021),
//! doi:10.1103/PhysRevB.104.104309; J. Chem. Phys. 157, 114801 (2022), doi:10.1063/5.0106617 (version 3);
//! K. Song et al., Nat. Commun. 15, 10208 (2024), doi:10.1038/s41467-024-54554-x (version 4). The numbers
//! agree with those of the package calorine.
//!
//! For each atom: `edges` selects the neighbors, `radial` and `harmonics` expand their density,
//! `invariants` makes descriptors of it, `network` gives the energy and its derivatives, and the same
//! steps backward give the gradient with respect to each neighbor. `zbl` adds the repulsion of nuclei.
//! The network uses single precision; distances, differences of positions and sums use double precision.
//! Groups of atoms run in parallel; the result does not depend on the number of threads.

#![expect(
    clippy::needless_range_loop,
    reason = "in formulas, one index runs over several arrays"
)]

mod atom;
mod contents;
mod covalent_radii;
mod edges;
mod entry;
mod error;
mod file;
mod harmonics;
mod header;
mod imported;
mod invariants;
mod lanes;
mod model;
mod network;
mod parameters;
mod radial;
mod sums;
mod workspace;
mod zbl;

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

pub use contents::NepContents;
pub(super) use entry::NAME;
pub use entry::entry;
pub use error::NepError;
pub use file::NepFileError;
pub use imported::{ImportedModel, ListModels};
use model::Model;
use parameters::Parameters;
use workspace::Workspace;

use super::species::Species;
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::Structure;

/// A neuroevolution potential from a model file.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Nep, Potential};
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/nep/nep4_one.txt");
///
/// // A file such as "Si_2022_NEP4_5body.txt".
/// let silicon = library::find("silicon").unwrap().structure()?;
/// let evaluation = Nep::from_file(file)?.evaluate(&silicon)?;
/// assert_eq!(evaluation.forces.len(), silicon.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Nep {
    name: String,
    /// Name of the model file without folders, for messages.
    file_name: String,
    capabilities: Capabilities,
    model: Arc<Model>,
    /// Parameters and buffers for the elements of the last structure.
    state: Option<State>,
}

struct State {
    parameters: Parameters,
    workspace: Workspace,
}

impl Nep {
    /// The potential of a model file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a model of energies that is supported.
    pub fn from_file(path: &str) -> Result<Nep, NepFileError> {
        let model = file::load(path)?;
        let part = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
        let path = Path::new(path);
        let mut nep = Nep::of(&part(path.file_stem()), model);
        nep.file_name = part(path.file_name());
        Ok(nep)
    }

    /// The potential of a model, from the text of its file; `name` is for messages.
    ///
    /// # Errors
    /// If the file is not a model of energies that is supported.
    pub fn from_text(name: &str, text: &str) -> Result<Nep, NepError> {
        Ok(Nep::of(name, Arc::new(Model::read(text)?)))
    }

    fn of(name: &str, model: Arc<Model>) -> Nep {
        Nep {
            name: format!("NEP {name}"),
            file_name: name.to_owned(),
            capabilities: Capabilities {
                elements: Some(model.header.elements.clone()),
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: true,
            },
            model,
            state: None,
        }
    }
}

impl Potential for Nep {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        "A neuroevolution potential from a file: good for what its model was trained on, which the file \
         does not state."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(&self.name, structure)?;
        let elements = Species::of(structure).elements;
        let state = match self.state.take() {
            Some(state) if state.parameters.elements == elements => state,
            _ => {
                let parameters = Parameters::of(&self.model, &elements);
                let parameters = parameters.ok_or_else(|| {
                    PotentialError::unsupported(&self.name, "an element has no parameters")
                })?;
                State {
                    workspace: Workspace::new(parameters.cutoff),
                    parameters,
                }
            }
        };
        let state = self.state.insert(state);
        let evaluation = state.workspace.evaluate(&state.parameters, structure);
        evaluation.map_err(|error| PotentialError::unsupported(&self.name, error))
    }
}
