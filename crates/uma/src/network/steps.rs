//! Is what the network computes on the way what the official code computes?

use super::place::Place;
use super::scalar;
use super::{AT_ONCE, Network, Tensor, numbers};
use crate::fixture::{self, Case};
use crate::graph::Graph;
use crate::harmonics::Harmonics;

/// The edges in the order of the official code.
fn graph(case: &Case) -> Graph {
    let ends = &case.tensors["edge_index"];
    let ends: Vec<u32> = ends.iter().map(|atom| *atom as u32).collect();
    let (source, target) = ends.split_at(ends.len() / 2);
    let before = |atom: usize| target.partition_point(|other| (*other as usize) < atom) as u32;
    Graph {
        source: source.to_vec(),
        target: target.to_vec(),
        vectors: fixture::vectors(&case.tensors["f64/edge_distance_vec"]),
        into: (0..=case.numbers.len()).map(before).collect(),
        ..Graph::default()
    }
}

/// The official frames of edges, which differ from ours by a roll.
fn frames(case: &Case, harmonics: &Harmonics, place: &Place) -> Tensor<3> {
    let size = harmonics.components();
    let all = &case.tensors["f64/wigner_lmajor"];
    let of_edge = |edge: &[f64]| -> Vec<f64> {
        let rows = harmonics.along_edge.iter().map(|row| row.index() * size);
        rows.flat_map(|start| edge[start..start + size].to_vec())
            .collect()
    };
    let rows: Vec<f64> = all.chunks_exact(size * size).flat_map(of_edge).collect();
    let edges = all.len() / (size * size);
    place.tensor(rows, [edges, harmonics.along_edge.len(), size])
}

/// Compares tensors with those of a case.
struct Comparison<'a>(&'a Case);

impl Comparison<'_> {
    fn same<const D: usize>(&self, name: &str, tensor: &Tensor<D>) {
        let case = self.0;
        let found = numbers(tensor.clone());
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
fn water_is_as_the_official_code_has_it_step_by_step() {
    for model in ["tiny-1p1", "tiny-1p2p1", "tiny-l4"] {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        let harmonics = Harmonics::new(configuration.lmax, configuration.mmax);
        let case = fixture::case(model, "water");
        let charge = case.system.charge;
        let parameters = fixture::parameters::<f64>(&checkpoint, &case.system);
        let device = fixture::processor();
        let place = Place::new::<f64>(&device);
        let network = Network::new(&parameters, configuration, &harmonics, &device);
        let Network { atoms, messages } = &network;
        let compare = Comparison(&case);

        compare.same("csd_mixed_emb", &atoms.backbone.system);
        let shares = case.system.shares(&checkpoint).unwrap();
        let shares: Tensor<1> = place.tensor(shares.clone(), [shares.len()]);
        compare.same("expert_coefficients", &shares);

        let graph = graph(&case);
        let mut edges = messages.edges(&graph, &case.numbers, AT_ONCE);
        edges.chunks[0].rotation = frames(&case, &harmonics, &place);
        let chunk = edges.chunks[0].clone();
        compare.same("edge_gaussian", &chunk.gaussians);
        compare.same("edge_envelope", &chunk.envelope);
        compare.same(
            "edge_degree_radial",
            &messages.degree.radial.forward(&chunk).0,
        );

        let elements = place.indices(case.numbers.iter().map(|number| usize::from(*number)));
        let mut x = atoms.backbone.embed(&elements, Some(&mut edges));
        compare.same("node_after_edge_degree", &x);

        let layer = &atoms.backbone.layers[0];
        let normed = layer.norm_1.forward(x.clone()).0;
        let normed = scalar::add(normed, atoms.backbone.system.clone());
        compare.same("block0/norm1_plus_sys", &normed);
        let message = &messages.layers[0];
        let factors = message.radial.forward(&chunk).0;
        compare.same("block0/radial", &factors);
        let told = chunk.rotate(chunk.gather(&normed));
        compare.same("block0/message_in", &told);
        let (scalars, y) = message
            .first
            .forward(message.factors.forward(told, factors));
        compare.same("block0/conv1_out", &y);
        let scalars = scalars.unwrap();
        compare.same("block0/conv1_gate", &scalars);
        let (y, _) = message.gate.forward(scalars, y);
        compare.same("block0/act_out", &y);
        let (_, y) = message.second.forward(y);
        compare.same("block0/conv2_out", &y);
        let heard = chunk.send(y);
        compare.same("block0/edgewise_out", &heard);
        let normed = layer.norm_2.forward(x.clone() + heard).0;
        compare.same("block0/norm2_out", &normed);
        compare.same("block0/atomwise_out", &layer.feed_forward.forward(normed).0);

        for (index, layer) in atoms.backbone.layers.iter().enumerate() {
            x = layer.forward(x, &atoms.backbone.system, Some(&mut edges)).0;
            compare.same(&format!("block{index}/raw_out"), &x);
            if let Some(balance) = &atoms.backbone.balance {
                x = balance.forward(x, charge);
            }
            if index + 1 < atoms.backbone.layers.len() {
                compare.same(&format!("block{index}/balanced_out"), &x);
            }
        }
        compare.same("node_before_final_norm", &x);
        let x = atoms.backbone.norm.forward(x).0;
        compare.same("node_final_norm", &x);
        compare.same("node_energy", &atoms.head.forward(&x).0);
    }
}
