//! A message-passing network of two layers, the machine-learning potential behind nano and solid.
//!
//! Moments of the neighbor density up to degree l = 2 or 3 give rotation invariants; these give messages
//! to the neighbors, whose moments give the energy of an atom. The repulsion of nuclei is added, and
//! with charges electrostatics and dispersion. `models/nano` has the equations, `models/nano`
//! and `models/solid` the training. The steps of an evaluation, with a backward pass written by hand:
//!
//! 1. `layer1` forward: edges → moments → hidden layer → messages and charge priors
//! 2. `charges`: charge priors and the total charge → charges
//! 3. `physics_sums`: electrostatics, dispersion, repulsion
//! 4. `layer2` forward and backward: messages of the neighbors → moments → energies and their gradients
//! 5. `layer2`, `charges`, `layer1` backward: gradients with respect to messages, charges, moments
//! 6. `forces`: gradients with respect to every edge → forces and virial
//!
//! A parameter file without charges skips 2 and 3, and adds the repulsion in 6.
//!
//! The network uses single precision, sums use double precision. Chunks of atoms run in parallel; the
//! result does not depend on the number of threads. Time and memory are linear in the number of atoms;
//! in water, some 15 kB per atom, neighbor lists included.

#![expect(
    clippy::needless_range_loop,
    reason = "in formulas, one index runs over several arrays"
)]

mod activation;
mod channels;
mod charge_prior;
mod charges;
mod chunk;
mod dense;
mod edges;
mod file;
mod forces;
mod harmonics;
mod invariants;
mod layer1;
mod layer2;
mod message;
mod moments;
mod parameters;
mod physics;
mod physics_sums;
mod radial;
mod repulsion;
mod sums;
mod uncertainty;
mod workspace;

use std::sync::Arc;

use super::{Capabilities, Evaluation, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::{Element, Structure};
pub use file::ParametersError;
pub(super) use file::tensor_names;
pub use harmonics::harmonics;
pub use layer2::{ENERGY_UNIT, FLOOR};
pub use moments::{DEGREE_2, DEGREE_3};
pub(super) use parameters::{Parameters, degree_with_charges};
pub use physics::electrostatic_potential;
pub use radial::radial_functions;
use workspace::Workspace;

/// Skins of the neighbor lists, Å.
const NETWORK_SKIN: f64 = 0.8;
const PAIR_SKIN: f64 = 0.8;

/// A network with its parameters, neighbor lists and buffers; C is the number of components of its moments.
pub(super) struct Network<const C: usize> {
    pub(super) name: Arc<str>,
    pub(super) capabilities: Capabilities,
    parameters: Arc<Parameters<C>>,
    neighbors: NeighborList,
    pairs: Option<NeighborList>,
    workspace: Workspace<C>,
}

impl<const C: usize> Network<C> {
    /// The network of a potential with a `name`.
    pub(super) fn new(name: &str, parameters: Arc<Parameters<C>>) -> Network<C> {
        let physics = parameters.physics.as_ref();
        Network {
            name: Arc::from(name),
            capabilities: Capabilities {
                elements: Some(parameters.species.clone()),
                charges: if physics.is_some() { -1..=1 } else { 0..=0 },
                spins: false,
                periodic: true,
                reactive: true,
            },
            neighbors: NeighborList::full(parameters.cutoff, NETWORK_SKIN),
            pairs: physics.map(|physics| NeighborList::half(physics.cutoff, PAIR_SKIN)),
            workspace: Workspace::new(),
            parameters,
        }
    }

    /// Another network with the same parameters, which are shared, and buffers of its own.
    pub(super) fn sharing(&self) -> Network<C> {
        Network::new(&self.name, Arc::clone(&self.parameters))
    }

    /// The elements that it was trained for; its other elements are less accurate.
    pub(super) fn domain(&self) -> &[Element] {
        &self.parameters.domain
    }

    /// Energy, forces, stress, charges and expected force errors.
    pub(super) fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(&self.name, structure)?;
        for list in std::iter::once(&mut self.neighbors).chain(&mut self.pairs) {
            list.update(structure.positions(), structure.cell.as_ref())
                .map_err(|error| PotentialError::unsupported(&self.name, error))?;
        }
        Ok(self.workspace.evaluate(
            &self.parameters,
            structure,
            &self.neighbors,
            self.pairs.as_ref(),
        ))
    }
}
