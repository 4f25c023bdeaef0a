//! Compares each intermediate tensor of the network with that of fairchem.

use super::edges::GraphEdges;
use super::hydra::{ALL_AT_ONCE, Network};
use super::scalar;
use super::tensor::{Tensor, to_vec};
use super::tensor_options::TensorOptions;
use crate::fixture::{self, Case};
use crate::graph::Graph;
use crate::harmonics::Harmonics;

/// The edges in fairchem's order.
fn graph(case: &Case) -> Graph {
    let ends = &case.tensors["edge_index"];
    let ends: Vec<u32> = ends.iter().map(|atom| *atom as u32).collect();
    let (source, target) = ends.split_at(ends.len() / 2);
    let before = |atom: usize| target.partition_point(|other| (*other as usize) < atom) as u32;
    Graph {
        source: source.to_vec(),
        target: target.to_vec(),
        vectors: fixture::vectors(&case.tensors["f64/edge_distance_vec"]),
        target_offsets: (0..=case.numbers.len()).map(before).collect(),
        ..Graph::default()
    }
}

/// fairchem's frames of edges, which differ from ours by a roll: `[E, K, S]`.
fn frames(case: &Case, harmonics: &Harmonics, options: &TensorOptions) -> Tensor<3> {
    let size = harmonics.components();
    let all = &case.tensors["f64/wigner_lmajor"];
    let of_edge = |edge: &[f64]| -> Vec<f64> {
        let rows = harmonics.along_edge.iter().map(|row| row.index() * size);
        rows.flat_map(|start| edge[start..start + size].to_vec())
            .collect()
    };
    let rows: Vec<f64> = all.chunks_exact(size * size).flat_map(of_edge).collect();
    let edges = all.len() / (size * size);
    options.tensor(rows, [edges, harmonics.along_edge.len(), size])
}

/// Compares tensors with those of a case.
struct Comparison<'a>(&'a Case);

impl Comparison<'_> {
    fn same<const D: usize>(&self, name: &str, tensor: &Tensor<D>) {
        let case = self.0;
        let found = to_vec(tensor.clone());
        let expected = &case.tensors[&format!("f64/{name}")];
        assert_eq!(found.len(), expected.len(), "{} {name}", case.name);
        for (index, (one, other)) in found.iter().zip(expected).enumerate() {
            assert!(
                (one - other).abs() < 1e-11,
                "{} {name} {index}: {one} {other}",
                case.name
            );
        }
    }
}

#[test]
fn each_step_of_water_is_as_in_fairchem() {
    for model in ["tiny-1p1", "tiny-1p2p1", "tiny-l4"] {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        let harmonics = Harmonics::new(configuration.lmax, configuration.mmax);
        let case = fixture::case(model, "water");
        let charge = case.system.charge;
        let parameters = fixture::parameters::<f64>(&checkpoint, &case.system);
        let device = fixture::burn_cpu();
        let options = TensorOptions::new::<f64>(&device);
        let network = Network::new(&parameters, configuration, &harmonics, &device);
        let (backbone, layers) = (&network.backbone, &network.edge_layers);
        let compare = Comparison(&case);

        compare.same("csd_mixed_emb", &backbone.system_embedding);
        let coefficients = case.system.expert_coefficients(&checkpoint).unwrap();
        let count = coefficients.len();
        let coefficients: Tensor<1> = options.tensor(coefficients, [count]);
        compare.same("expert_coefficients", &coefficients);

        let graph = graph(&case);
        let mut edges = GraphEdges::new(layers, &graph, &case.numbers, ALL_AT_ONCE);
        edges.chunks[0].rotation.matrix = frames(&case, &harmonics, &options);
        let chunk = edges.chunks[0].clone();
        compare.same("edge_gaussian", &chunk.gaussians);
        compare.same("edge_envelope", &chunk.envelope);
        compare.same(
            "edge_degree_radial",
            &layers.edge_degree.radial.forward(&chunk).0,
        );

        let elements = options.indices(case.numbers.iter().map(|number| usize::from(*number)));
        let mut x = backbone.embed(&elements, Some(&mut edges));
        compare.same("node_after_edge_degree", &x);

        let block = &backbone.blocks[0];
        let normed = block.norm_1.forward(x.clone()).0;
        let normed = scalar::add(normed, backbone.system_embedding.clone());
        compare.same("block0/norm1_plus_sys", &normed);
        let edgewise = &layers.edgewise[0];
        let weights = edgewise.radial.forward(&chunk).0;
        compare.same("block0/radial", &weights);
        let input = chunk.rotation.to_edge(chunk.gather(&normed));
        compare.same("block0/message_in", &input);
        let (scalars, y) = edgewise
            .so2_conv_1
            .forward(edgewise.radial_weights.forward(input, weights));
        compare.same("block0/conv1_out", &y);
        let scalars = scalars.unwrap();
        compare.same("block0/conv1_gate", &scalars);
        let (y, _) = edgewise.gate.forward(scalars, y);
        compare.same("block0/act_out", &y);
        let (_, y) = edgewise.so2_conv_2.forward(y);
        compare.same("block0/conv2_out", &y);
        let sums = chunk.scatter(y);
        compare.same("block0/edgewise_out", &sums);
        let normed = block.norm_2.forward(x.clone() + sums).0;
        compare.same("block0/norm2_out", &normed);
        compare.same("block0/atomwise_out", &block.atomwise.forward(normed).0);

        let system = &backbone.system_embedding;
        for (index, block) in backbone.blocks.iter().enumerate() {
            x = block.forward(x, system, Some(&mut edges)).0;
            compare.same(&format!("block{index}/raw_out"), &x);
            if let Some(balance) = &backbone.charge_balance {
                x = balance.forward(x, charge);
            }
            if index + 1 < backbone.blocks.len() {
                compare.same(&format!("block{index}/balanced_out"), &x);
            }
        }
        compare.same("node_before_final_norm", &x);
        let x = backbone.norm.forward(x).0;
        compare.same("node_final_norm", &x);
        compare.same("node_energy", &network.head.forward(&x).0);
    }
}
