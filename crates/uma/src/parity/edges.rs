//! Parity of the layers on edges.

use super::setup::{Setup, assert_close};
use crate::fused;
use crate::fused::geometry_gradient::GeometryGradient;
use crate::fused::saved::SavedMessages;
use crate::fused::scratch::Scratch;
use crate::network;
use crate::network::geometry_gradient::{GeometryGradient as TensorGradient, generators};
use crate::network::so2_convolution::rows_of_orders;
use crate::network::tensor::to_vec;

/// Torque and slope of each edge, `[E, 4]`, of `network`.
fn expected_geometry(setup: &Setup, geometry: TensorGradient) -> Vec<f64> {
    let generators = generators(&setup.harmonics, &setup.options);
    let matrix = setup.tensor_chunk().rotation.matrix;
    to_vec(geometry.torque_and_slope(&matrix, &generators).unwrap())
}

/// Torque and slope of each edge, `[E, 4]`, of `fused`.
fn geometry(torques: &[[f64; 3]], slopes: &[f64]) -> Vec<f64> {
    let rows = torques.iter().zip(slopes);
    rows.flat_map(|([x, y, z], slope)| [*x, *y, *z, *slope])
        .collect()
}

#[test]
fn rotations_agree() {
    for mut setup in Setup::all() {
        let [_, e, s, k, c, _] = setup.dimensions();
        let (x, y) = (setup.random(e * s * c), setup.random(e * k * c));

        let rotation = setup.tensor_chunk().rotation;
        let expected_y = rotation.to_edge(setup.tensor(&x, [e, s, c]));
        let expected_x = rotation.to_cell(setup.tensor(&y, [e, k, c]));

        let edges = setup.fused_edges();
        let edges = edges.chunk(&setup.graph);
        let (mut found_y, mut found_x) = (vec![0.0; e * k * c], vec![0.0; e * s * c]);
        for edge in 0..e {
            let (matrix, rotation) = (edges.matrix(edge), edges.rotation);
            let to = &mut found_y[edge * k * c..][..k * c];
            rotation.to_edge(matrix, &x[edge * s * c..][..s * c], c, to, c);
            let to = &mut found_x[edge * s * c..][..s * c];
            rotation.to_cell(matrix, 1.0, &y[edge * k * c..][..k * c], c, c, to);
        }
        assert_close("D x", &found_y, &to_vec(expected_y));
        assert_close("Dᵀ y", &found_x, &to_vec(expected_x));
    }
}

#[test]
fn radial_networks_agree() {
    for mut setup in Setup::all() {
        let e = setup.graph.len();
        let outputs = setup.parameters.shared.blocks[0].radial.linear_3.outputs;
        let grad_output = setup.random(e * outputs);
        let shared = &setup.parameters.shared;
        let parameters = &shared.blocks[0].radial;

        let gaussians = setup.configuration.distances;
        let radial = network::radial::RadialMlp::new(parameters, shared, gaussians, &setup.options);
        let chunk = setup.tensor_chunk();
        let (expected, saved) = radial.forward(&chunk);
        let expected_slopes =
            radial.backward(&chunk, setup.tensor(&grad_output, [e, outputs]), saved);

        let (source, target) = (&shared.source_embedding, &shared.target_embedding);
        let radial = fused::radial::RadialMlp::new(parameters, source, target);
        let edges = setup.fused_edges();
        let edges = edges.chunk(&setup.graph).radial;
        let (mut saved, mut hidden) = (Default::default(), Vec::new());
        let (mut weights, mut slopes) = (Vec::new(), vec![0.0; e]);
        radial.forward(edges, &mut saved, &mut hidden, &mut weights);
        radial.backward(edges, &saved, &grad_output, &mut hidden, &mut slopes);
        assert_close("weights", &weights, &to_vec(expected));
        assert_close("slopes", &slopes, &to_vec(expected_slopes));
    }
}

#[test]
fn radial_weights_agree() {
    for mut setup in Setup::all() {
        let [_, e, _, k, c, _] = setup.dimensions();
        let (width, outputs) = (
            k * 2 * c,
            setup.parameters.shared.blocks[0].radial.linear_3.outputs,
        );
        let (x, weights) = (setup.random(e * width), setup.random(e * outputs));
        let grad_output = setup.random(e * width);
        let tensor = |values: &[f64]| setup.tensor(values, [e, k, 2 * c]);

        let orders = rows_of_orders(&setup.harmonics);
        let layer = network::radial_weights::RadialWeights::new(&orders, &setup.options);
        let tensor_of_weights = setup.tensor(&weights, [e, outputs]);
        let expected_y = layer.forward(tensor(&x), tensor_of_weights.clone());
        let (expected_grad_input, expected_grad_weights) =
            layer.backward(tensor(&grad_output), tensor(&x), tensor_of_weights);

        let convolution = &setup.parameters.edgewise[0].so2_conv_1;
        let layer = fused::radial_weights::RadialWeights::new(convolution);
        let (mut y, mut grad_input, mut grad_weights) = (
            vec![0.0; e * width],
            grad_output.clone(),
            vec![0.0; e * outputs],
        );
        for edge in 0..e {
            let row = edge * width..(edge + 1) * width;
            let of_weights = edge * outputs..(edge + 1) * outputs;
            let (x, weights) = (&x[row.clone()], &weights[of_weights.clone()]);
            layer.forward(x, weights, &mut y[row.clone()]);
            layer.backward(
                x,
                weights,
                &mut grad_input[row],
                &mut grad_weights[of_weights],
            );
        }
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
        assert_close(
            "grad_weights",
            &grad_weights,
            &to_vec(expected_grad_weights),
        );
    }
}

#[test]
fn so2_convolutions_agree() {
    for mut setup in Setup::all() {
        let [_, e, _, k, c, h] = setup.dimensions();
        let gates = setup.harmonics.lmax * h;
        let x = setup.random(e * k * 2 * c);
        let (grad_scalars, grad_output) = (setup.random(e * gates), setup.random(e * k * h));
        let parameters = &setup.parameters.edgewise[0].so2_conv_1;

        let orders = rows_of_orders(&setup.harmonics);
        let options = &setup.options;
        let convolution =
            network::so2_convolution::So2Convolution::new(parameters, &orders, h, options);
        let (scalars, y) = convolution.forward(setup.tensor(&x, [e, k, 2 * c]));
        let (scalars, expected_y) = (to_vec(scalars.unwrap()), to_vec(y));
        let grad_tensors = (
            setup.tensor(&grad_scalars, [e, gates]),
            setup.tensor(&grad_output, [e, k, h]),
        );
        let expected_grad_input = convolution.backward(Some(grad_tensors.0), grad_tensors.1);

        let convolution = fused::so2_convolution::So2Convolution::new(parameters);
        // The scalars and the features of an edge are beside each other.
        let beside = |scalars: &[f64], features: &[f64]| -> Vec<f64> {
            let rows = scalars.chunks(gates).zip(features.chunks(k * h));
            rows.flat_map(|(scalars, features)| [scalars, features].concat())
                .collect()
        };
        let mut y = vec![0.0; e * (gates + k * h)];
        let mut grad_input = vec![0.0; e * k * 2 * c];
        let scratch = &mut Vec::new();
        convolution.forward(e, &x, scratch, &mut y);
        convolution.backward(
            e,
            &beside(&grad_scalars, &grad_output),
            scratch,
            &mut grad_input,
        );
        assert_close("y", &y, &beside(&scalars, &expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn scatters_agree() {
    for mut setup in Setup::all() {
        let [n, e, s, k, c, _] = setup.dimensions();
        let (messages, grad_output) = (setup.random(e * k * c), setup.random(n * s * c));

        let chunk = setup.tensor_chunk();
        let tensor = setup.tensor(&messages, [e, k, c]);
        let expected_sums = chunk.scatter(tensor.clone());
        let mut gradient = TensorGradient::zero();
        let expected_grad_messages = chunk.scatter_backward(
            &setup.tensor(&grad_output, [n, s, c]),
            tensor,
            &mut gradient,
        );

        let scatter = fused::scatter::Scatter {
            channels: c,
            components: s,
            scale: 1.0,
        };
        let edges = setup.fused_edges();
        let edges = edges.chunk(&setup.graph);
        let (mut feature, mut grad_messages) = (Vec::new(), Vec::new());
        let (mut sums, mut torques, mut slopes) =
            (vec![0.0; n * s * c], vec![[0.0; 3]; e], vec![0.0; e]);
        scatter.forward(edges, &messages, &mut feature, &mut sums);
        let mut of_geometry = GeometryGradient {
            torques: &mut torques,
            slopes: &mut slopes,
        };
        scatter.backward(
            edges,
            &messages,
            &grad_output,
            &mut feature,
            &mut grad_messages,
            &mut of_geometry,
        );
        assert_close("sums", &sums, &to_vec(expected_sums));
        assert_close("messages", &grad_messages, &to_vec(expected_grad_messages));
        let expected = expected_geometry(&setup, gradient);
        assert_close("geometry", &geometry(&torques, &slopes), &expected);
    }
}

#[test]
fn edge_degree_embeddings_agree() {
    for mut setup in Setup::all() {
        let [n, e, s, _, c, _] = setup.dimensions();
        let grad_output = setup.random(n * s * c);
        let (shared, configuration) = (&setup.parameters.shared, &setup.configuration);

        let embedding = network::edge_degree_embedding::EdgeDegreeEmbedding::new(
            shared,
            configuration,
            &setup.harmonics,
            &setup.options,
        );
        let chunk = setup.tensor_chunk();
        let (expected_sums, saved) = embedding.forward(&chunk);
        let mut gradient = TensorGradient::zero();
        embedding.backward(
            &chunk,
            &setup.tensor(&grad_output, [n, s, c]),
            saved,
            &mut gradient,
        );

        let lmax = setup.harmonics.lmax;
        let embedding = fused::edge_degree_embedding::EdgeDegreeEmbedding::new(shared, lmax);
        let edges = setup.fused_edges();
        let edges = edges.chunk(&setup.graph);
        let (mut scratch, mut saved) = (Scratch::default(), SavedMessages::default());
        let (mut sums, mut torques, mut slopes) =
            (vec![0.0; n * s * c], vec![[0.0; 3]; e], vec![0.0; e]);
        embedding.forward(edges, &mut scratch, &mut saved, &mut sums);
        let mut of_geometry = GeometryGradient {
            torques: &mut torques,
            slopes: &mut slopes,
        };
        embedding.backward(edges, &grad_output, &mut scratch, &saved, &mut of_geometry);
        assert_close("sums", &sums, &to_vec(expected_sums));
        let expected = expected_geometry(&setup, gradient);
        assert_close("geometry", &geometry(&torques, &slopes), &expected);
    }
}

#[test]
fn edgewise_layers_agree() {
    for mut setup in Setup::all() {
        let [n, e, s, _, c, _] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * c));
        let tensor = |values: &[f64]| setup.tensor(values, [n, s, c]);

        let (parameters, harmonics) = (&setup.parameters, &setup.harmonics);
        let layers = network::edge_layers::EdgeLayers::new(
            parameters,
            &setup.configuration,
            harmonics,
            &setup.options,
        );
        let chunk = setup.tensor_chunk();
        let saved = layers.forward(0, &chunk, &tensor(&x));
        let expected_sums = chunk.scatter(saved.messages.clone());
        let mut gradient = TensorGradient::zero();
        let messages = chunk.scatter_backward(&tensor(&grad_output), saved.messages, &mut gradient);
        let (rotated, slope) = layers.edgewise[0].backward(&chunk, messages, saved.edgewise);
        gradient.add_distance(slope);
        let [sources, targets] = chunk.gather_backward(saved.gathered, rotated, &mut gradient);

        let degrees: Vec<usize> = harmonics.along_edge.iter().map(|row| row.degree).collect();
        let shared = &parameters.shared;
        let (block, experts) = (&shared.blocks[0], &parameters.edgewise[0]);
        let edgewise = fused::edgewise::Edgewise::new(shared, block, experts, &degrees, s);
        let edges = setup.fused_edges();
        let edges = edges.chunk(&setup.graph);
        let (mut scratch, mut saved) = (Scratch::default(), SavedMessages::default());
        let mut sums = vec![0.0; n * s * c];
        edgewise.forward(edges, &x, &mut scratch, &mut saved, &mut sums);
        let (mut at_targets, mut at_sources) = (vec![0.0; n * s * c], vec![0.0; e * s * c]);
        let (mut torques, mut slopes) = (vec![[0.0; 3]; e], vec![0.0; e]);
        let mut gradients = fused::edgewise::EdgewiseGradients {
            at_targets: &mut at_targets,
            at_sources: &mut at_sources,
            geometry: GeometryGradient {
                torques: &mut torques,
                slopes: &mut slopes,
            },
        };
        edgewise.backward(
            edges,
            &x,
            &grad_output,
            &mut scratch,
            &saved,
            &mut gradients,
        );
        let mut found = at_targets;
        for (source, of_edge) in setup.graph.source.iter().zip(at_sources.chunks(s * c)) {
            let of_atom = &mut found[*source as usize * s * c..][..s * c];
            of_atom.iter_mut().zip(of_edge).for_each(|(a, b)| *a += b);
        }
        assert_close("sums", &sums, &to_vec(expected_sums));
        assert_close("gradients", &found, &to_vec(sources + targets));
        let expected = expected_geometry(&setup, gradient);
        assert_close("geometry", &geometry(&torques, &slopes), &expected);
    }
}
