//! The whole network: backbone and energy head, forward and backward.
//!
//! fairchem: `HydraModel`.

use burn::DispatchDevice;

use super::backbone::Backbone;
use super::edge_layers::EdgeLayers;
use super::edges::{GraphEdges, MemoryOptions};
use super::energy_head::EnergyHead;
use super::tensor::{self, TensorReal};
use super::tensor_options::TensorOptions;
use crate::checkpoint::Configuration;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::network_output::NetworkOutput;
use crate::parameters::Parameters;

/// The network of one system on a device.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) backbone: Backbone,
    pub(crate) head: EnergyHead,
    pub(crate) edge_layers: EdgeLayers,
    options: TensorOptions,
}

impl Network {
    /// Copies the parameters to the device.
    pub(crate) fn new<T: TensorReal>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        device: &DispatchDevice,
    ) -> Network {
        let options = TensorOptions::new::<T>(device);
        let components = harmonics.components();
        Network {
            backbone: Backbone::new(parameters, configuration, &options),
            head: EnergyHead::new(&parameters.shared.head, components, &options),
            edge_layers: EdgeLayers::new(parameters, configuration, harmonics, &options),
            options,
        }
    }

    /// The energies of atoms with these atomic numbers and total charge, e, and their gradient.
    pub(crate) fn evaluate(
        &self,
        numbers: &[u8],
        charge: i32,
        graph: &Graph,
        memory: MemoryOptions,
    ) -> NetworkOutput {
        assert_eq!(numbers.len(), graph.atoms(), "atoms of the graph");
        let has_edges = graph.len() > 0;
        let mut edges =
            has_edges.then(|| GraphEdges::new(&self.edge_layers, graph, numbers, memory));
        let elements = numbers.iter().map(|number| usize::from(*number));
        let elements = self.options.indices(elements);
        let (features, saved) = self.backbone.forward(&elements, charge, edges.as_mut());
        let (energies, head) = self.head.forward(&features);
        let gradients = edges.map_or_else(Vec::new, |mut edges| {
            let features = self.head.backward(energies.ones_like(), head);
            self.backbone.backward(features, saved, &mut edges);
            edges.gradients()
        });
        NetworkOutput {
            atom_energies: tensor::to_vec(energies),
            gradients,
        }
    }
}

/// All edges at once, no activation computed twice.
#[cfg(test)]
pub(crate) const ALL_AT_ONCE: MemoryOptions = MemoryOptions {
    edges_per_chunk: usize::MAX,
    save_activations: true,
};
