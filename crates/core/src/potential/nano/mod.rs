//! nano: a small learned potential for molecules, ions and what they form.
//!
//! A density network of two layers, with predicted charges that attract and repel each other,
//! dispersion, and the repulsion of nuclei. It was distilled from GFN2-xTB (C. Bannwarth, S. Ehlert,
//! S. Grimme, J. Chem. Theory Comput. 15, 1652 (2019), doi:10.1021/acs.jctc.8b01176); its energies
//! are total energies of that method. `models/nano` has its definition in formulas, its training,
//! and what it can and cannot do. The order of an evaluation:
//!
//! 1. `first`: the neighbors of each atom become moments, a hidden layer, a message and a claim.
//! 2. `charges`: the claims and the total charge become charges.
//! 3. `physics`: electrostatics, dispersion, repulsion.
//! 4. `second`: the messages of each atom's neighbors become its energy, and the way back begins.
//! 5. `message`, `charges`, `first`: the gradient with everything that an atom was told or has said.
//! 6. `forces`: for every pair, from the gradients of both atoms.
//!
//! Single precision in the network, double in the sums. Threads share the work by chunks of atoms,
//! and nothing depends on their number. Time and memory grow with the number of atoms; in water, an
//! atom takes some 13 kB, the neighbor lists included.

#![expect(
    clippy::needless_range_loop,
    reason = "in formulas, one index runs over several arrays"
)]

mod activation;
mod channels;
mod charges;
mod chunk;
mod doubt;
mod entry;
mod first;
mod forces;
mod matrix;
mod message;
mod moments;
mod parameters;
mod physics;
mod radial;
mod room;
mod second;
mod sums;
mod surroundings;

use std::sync::{Arc, LazyLock};

use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};
pub use entry::entry;
use parameters::Parameters;
pub use parameters::ParametersError;
use room::Room;

/// Margins of the neighbor lists, Å.
const NEAR_SKIN: f64 = 0.8;
const FAR_SKIN: f64 = 0.8;

const NAME: &str = "nano";

/// The parameters that come with the program.
const BUILT_IN: &[u8] = include_bytes!("../../../../../models/nano/nano.safetensors");

static PARAMETERS: LazyLock<Arc<Parameters>> = LazyLock::new(|| {
    Arc::new(Parameters::read(BUILT_IN).expect("the parameters that come along are whole"))
});

/// A learned potential for molecules, ions and molecular crystals.
pub struct Nano {
    capabilities: Capabilities,
    parameters: Arc<Parameters>,
    near: NeighborList,
    far: NeighborList,
    room: Room,
}

impl Nano {
    /// With the parameters that come with the program.
    pub fn new() -> Nano {
        Nano::of(Arc::clone(&PARAMETERS))
    }

    /// With the parameters of a file that `models/nano/export.py` has written.
    ///
    /// # Errors
    /// If the bytes are no such file.
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
            near: NeighborList::full(parameters.cutoff, NEAR_SKIN),
            far: NeighborList::half(parameters.far, FAR_SKIN),
            room: Room::default(),
            parameters,
        }
    }

    /// The elements that it is meant for; others of those that it knows are less well learned.
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
        for list in [&mut self.near, &mut self.far] {
            list.update(structure.positions(), structure.cell.as_ref())
                .map_err(|error| PotentialError::unsupported(NAME, error))?;
        }
        Ok(self
            .room
            .evaluate(&self.parameters, structure, &self.near, &self.far))
    }
}
