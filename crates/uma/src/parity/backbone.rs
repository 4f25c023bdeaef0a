//! Parity of the blocks, the backbone and the whole network, with all edges.

use glam::DVec3;

use super::setup::{Setup, assert_close};
use crate::fused;
use crate::fused::saved::{SavedAtoms, SavedRmsNorm};
use crate::fused::scratch::{Scratch, ScratchPool};
use crate::network;
use crate::network::edge_layers::EdgeLayers as TensorEdgeLayers;
use crate::network::edges::GraphEdges as TensorGraphEdges;
use crate::network::hydra::ALL_AT_ONCE;
use crate::network::tensor::to_vec;

/// The edge layers of `network`.
fn tensor_edge_layers(setup: &Setup) -> TensorEdgeLayers {
    let (parameters, configuration) = (&setup.parameters, &setup.configuration);
    TensorEdgeLayers::new(parameters, configuration, &setup.harmonics, &setup.options)
}

/// The edge layers of `fused`.
fn edge_layers(setup: &Setup) -> fused::edge_layers::EdgeLayers<f64> {
    let (parameters, gaussians) = (&setup.parameters, setup.gaussians());
    fused::edge_layers::EdgeLayers::new(parameters, &setup.harmonics, gaussians)
}

fn assert_vectors_close(name: &str, found: &[DVec3], expected: &[DVec3]) {
    let flat = |vectors: &[DVec3]| -> Vec<f64> {
        let vectors = vectors.iter();
        vectors.flat_map(|vector| vector.to_array()).collect()
    };
    assert_close(name, &flat(found), &flat(expected));
}

#[test]
fn blocks_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * c));
        let tensor = |values: &[f64]| setup.tensor(values, [n, s, c]);
        let parameters = &setup.parameters.shared.blocks[0];
        let system = &setup.parameters.system_embedding;

        let (layers, lmax) = (tensor_edge_layers(&setup), setup.harmonics.lmax);
        let mut edges = TensorGraphEdges::new(&layers, &setup.graph, &setup.numbers, ALL_AT_ONCE);
        let block = network::block::Block::new(0, parameters, lmax, &setup.options);
        let tensor_of_system = setup.tensor(system, [1, c]);
        let (expected_y, saved) = block.forward(tensor(&x), &tensor_of_system, Some(&mut edges));
        let expected_grad_input = block.backward(tensor(&grad_output), saved, &mut edges);
        let expected_gradients = edges.gradients();

        let (mut layers, pool) = (edge_layers(&setup), ScratchPool::new());
        let mut edges =
            fused::edges::GraphEdges::new(&mut layers, &setup.graph, &setup.numbers, true, &pool);
        let block = fused::block::Block::new(parameters);
        let (mut scratch, mut saved) = (Scratch::default(), SavedAtoms::default());
        let (mut y, mut normed) = (x, vec![0.0; n * s * c]);
        block.norm_1(system, &y, &mut saved, &mut normed);
        let sums = edges.edgewise(0, normed);
        block.atomwise(&sums, &mut y, &mut scratch, &mut saved);
        let mut grad_input = grad_output;
        block.atomwise_backward(&mut grad_input, &mut scratch, &saved);
        let mut grad_normed = edges.edgewise_backward(0, &grad_input);
        block.norm_1_backward(&mut grad_normed, &mut grad_input, &saved);
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
        assert_vectors_close("gradients", &edges.gradients(), &expected_gradients);
    }
}

#[test]
fn blocks_without_edges_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let x = setup.random(n * s * c);
        let parameters = &setup.parameters.shared.blocks[0];
        let system = setup.tensor(&setup.parameters.system_embedding, [1, c]);

        let lmax = setup.harmonics.lmax;
        let block = network::block::Block::new(0, parameters, lmax, &setup.options);
        let (expected, _) = block.forward(setup.tensor(&x, [n, s, c]), &system, None);

        let block = fused::block::Block::new(parameters);
        let (mut scratch, mut saved) = (Scratch::default(), SavedAtoms::default());
        let mut y = x;
        block.atomwise(&vec![0.0; n * s * c], &mut y, &mut scratch, &mut saved);
        assert_close("y", &y, &to_vec(expected));
    }
}

#[test]
fn backbones_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let mut grad_output = setup.random(n * s * c);
        let (parameters, configuration) = (&setup.parameters, &setup.configuration);

        let layers = tensor_edge_layers(&setup);
        let mut edges = TensorGraphEdges::new(&layers, &setup.graph, &setup.numbers, ALL_AT_ONCE);
        let options = &setup.options;
        let backbone = network::backbone::Backbone::new(parameters, configuration, options);
        let elements = setup.numbers.iter().map(|number| usize::from(*number));
        let elements = options.indices(elements);
        let (expected_y, saved) = backbone.forward(&elements, 1, Some(&mut edges));
        backbone.backward(setup.tensor(&grad_output, [n, s, c]), saved, &mut edges);
        let expected_gradients = edges.gradients();

        let (mut layers, pool) = (edge_layers(&setup), ScratchPool::new());
        let mut edges =
            fused::edges::GraphEdges::new(&mut layers, &setup.graph, &setup.numbers, true, &pool);
        let mut backbone = fused::backbone::Backbone::new(parameters, configuration);
        let features = backbone.forward(&setup.numbers, 1, &mut edges, &pool);
        // The final norm, which `fused` computes together with the energy head.
        let norm = fused::rms_norm::RmsNorm::new(&parameters.shared.norm);
        let mut saved = SavedRmsNorm::default();
        let (mut y, mut grad_features) = (vec![0.0; n * s * c], vec![0.0; n * s * c]);
        norm.forward(&features, &mut saved, &mut y);
        norm.backward(&saved, &mut grad_output, &mut grad_features);
        backbone.backward(grad_features, &mut edges, &pool);
        assert_close("y", &y, &to_vec(expected_y));
        assert_vectors_close("gradients", &edges.gradients(), &expected_gradients);
    }
}

#[test]
fn whole_networks_agree() {
    for setup in Setup::all() {
        let (parameters, configuration) = (&setup.parameters, &setup.configuration);
        let (harmonics, device) = (&setup.harmonics, crate::fixture::burn_cpu());
        let network = network::hydra::Network::new(parameters, configuration, harmonics, &device);
        let expected = network.evaluate(&setup.numbers, 1, &setup.graph, ALL_AT_ONCE);

        let mut network = fused::hydra::Network::new(parameters, configuration, harmonics);
        let found = network.evaluate(&setup.numbers, 1, &setup.graph, true);
        assert_close("energies", &found.atom_energies, &expected.atom_energies);
        assert_vectors_close("gradients", &found.gradients, &expected.gradients);
    }
}
