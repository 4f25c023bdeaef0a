//! The whole network: backbone and energy head, forward and backward.
//!
//! fairchem: `HydraModel`.

use super::backbone::Backbone;
use super::edge_layers::EdgeLayers;
use super::edges::GraphEdges;
use super::scratch::ScratchPool;
use crate::checkpoint::Configuration;
use crate::distance::Gaussians;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::network_output::NetworkOutput;
use crate::parameters::Parameters;
use crate::real::Real;

/// The network of one system.
pub(crate) struct Network<T> {
    backbone: Backbone<T>,
    edge_layers: EdgeLayers<T>,
    scratch: ScratchPool<T>,
}

impl<T: Real> Network<T> {
    /// Arranges the parameters for the CPU.
    pub(crate) fn new(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
    ) -> Network<T> {
        let gaussians = Gaussians {
            count: configuration.distances,
            cutoff: configuration.cutoff,
        };
        Network {
            backbone: Backbone::new(parameters, configuration),
            edge_layers: EdgeLayers::new(parameters, harmonics, gaussians),
            scratch: ScratchPool::new(),
        }
    }

    /// The energies of atoms with these atomic numbers and total charge, e, and their gradient. With
    /// `save_activations`, those along edges are kept for the backward pass, or else computed again.
    pub(crate) fn evaluate(
        &mut self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        save_activations: bool,
    ) -> NetworkOutput {
        assert_eq!(numbers.len(), graph.atoms(), "atoms of the graph");
        // Threads of the pool hand work to each other faster than a thread outside it.
        rayon::scope(|_| self.forward_and_backward(numbers, charge, graph, save_activations))
    }

    fn forward_and_backward(
        &mut self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        save_activations: bool,
    ) -> NetworkOutput {
        let Network {
            backbone,
            edge_layers,
            scratch,
        } = self;
        let mut edges = GraphEdges::new(edge_layers, graph, numbers, save_activations, scratch);
        let mut features = backbone.forward(numbers, charge, &mut edges, scratch);
        let energies = backbone.energies(&mut features, scratch);
        if graph.len() > 0 {
            backbone.backward(features, &mut edges, scratch);
        }
        NetworkOutput {
            atom_energies: energies.into_iter().map(T::to_f64).collect(),
            gradients: edges.gradients(),
        }
    }
}
