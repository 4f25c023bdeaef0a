//! The network in tensors of burn, on whatever device: energies of atoms, and the gradient with
//! respect to the vectors of edges by a backward that is written by hand.
//!
//! Every layer is a struct of tensors with `forward`, which returns the result and what the backward
//! needs, and `backward`, which makes of the gradient of the result that of the input. Parameters
//! have no gradients.
//!
//! To read: `backbone`, `layer` (what happens at atoms), `norm`, `feed_forward`, `gate`, `linear`,
//! `silu`, `scalar`, `balance` (its parts), `head` (energies). Between atoms: `edges` (what is asked
//! of them), `messages` (their layers), `chunk` (their geometry, some at a time), `message` (what one
//! says), `convolution`, `factors`, `radial`, `layer_norm`, `edge_degree` (its parts), `sums` (what
//! an atom hears), `pull` (what it does to the geometry). `place` is where tensors are. In tests, `steps` and `parity` compare with the official code.

mod backbone;
mod balance;
mod chunk;
mod convolution;
mod edge_degree;
mod edges;
mod factors;
mod feed_forward;
mod gate;
mod head;
mod layer;
mod layer_norm;
mod linear;
mod message;
mod messages;
mod norm;
#[cfg(test)]
mod parity;
mod place;
mod pull;
mod radial;
mod scalar;
mod silu;
#[cfg(test)]
mod steps;
mod sums;

pub(super) use messages::Memory;

use burn::tensor::Int;
use burn::{Dispatch, DispatchDevice};

use self::backbone::Backbone;
use self::edges::TensorEdges;
use self::head::Head;
use self::messages::Messages;
use self::place::Place;
use super::evaluated::Evaluated;
use super::graph::Graph;
use super::harmonics::Harmonics;
use super::parameters::Parameters;
use super::real::Real;
use crate::checkpoint::Configuration;

/// Numbers on a device.
pub(super) type Tensor<const D: usize> = burn::tensor::Tensor<Dispatch, D>;

/// Which rows of a tensor.
pub(super) type Indices = burn::tensor::Tensor<Dispatch, 1, Int>;

/// What happens at atoms: features from what the edges say, energies from features.
#[derive(Clone, Debug)]
struct Atoms {
    backbone: Backbone,
    head: Head,
    place: Place,
}

impl Atoms {
    /// On a device.
    fn new<T: Real>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        device: &DispatchDevice,
    ) -> Atoms {
        let place = Place::new::<T>(device);
        let components = (configuration.lmax + 1) * (configuration.lmax + 1);
        Atoms {
            backbone: Backbone::new(parameters, configuration, &place),
            head: Head::new(&parameters.shared.head, components, &place),
            place,
        }
    }

    /// The energies of atoms with these atomic numbers and total charge, e; without edges, of atoms
    /// that know nothing of each other.
    fn evaluate(
        &self,
        numbers: &[u8],
        charge: i32,
        mut edges: Option<TensorEdges<'_>>,
    ) -> Evaluated {
        let elements = numbers.iter().map(|number| usize::from(*number));
        let elements = self.place.indices(elements);
        let (features, kept) = self.backbone.forward(&elements, charge, edges.as_mut());
        let (energies, head) = self.head.forward(&features);
        let gradients = edges.map_or_else(Vec::new, |mut edges| {
            let features = self.head.backward(energies.ones_like(), head);
            self.backbone.backward(features, kept, &mut edges);
            edges.gradients()
        });
        Evaluated {
            atom_energies: self::numbers(energies),
            gradients,
        }
    }
}

/// The network of one system.
#[derive(Clone, Debug)]
pub(super) struct Network {
    atoms: Atoms,
    messages: Messages,
}

impl Network {
    /// On a device.
    pub(super) fn new<T: Real>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        device: &DispatchDevice,
    ) -> Network {
        let place = Place::new::<T>(device);
        Network {
            atoms: Atoms::new(parameters, configuration, device),
            messages: Messages::new(parameters, configuration, harmonics, &place),
        }
    }

    /// The energies of atoms with these atomic numbers and total charge, e, and their gradient.
    pub(super) fn evaluate(
        &self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        memory: Memory,
    ) -> Evaluated {
        assert_eq!(numbers.len(), graph.atoms(), "atoms of the graph");
        let edges = (graph.len() > 0).then(|| self.messages.edges(graph, numbers, memory));
        self.atoms.evaluate(numbers, charge, edges)
    }
}

/// All edges at once, nothing made twice.
#[cfg(test)]
const AT_ONCE: Memory = Memory {
    edges_at_a_time: usize::MAX,
    keep: true,
};

/// The numbers of a tensor, row by row.
fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    tensor.into_data().iter::<f64>().collect()
}
