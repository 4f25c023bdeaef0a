//! Parity of the layers on atoms.

use super::setup::{Setup, assert_close};
use crate::fused;
use crate::fused::saved::{SavedAtoms, SavedRmsNorm};
use crate::fused::scratch::Scratch;
use crate::fused::so3_linear::FeatureLayout;
use crate::network;
use crate::network::tensor::to_vec;

#[test]
fn silus_agree() {
    for mut setup in Setup::all() {
        let (x, grad_output) = (setup.random(20), setup.random(20));
        let tensor = setup.tensor(&x, [20]);
        let mut y = vec![0.0; 20];
        fused::silu::silu(&x, &mut y);
        assert_close("y", &y, &to_vec(network::silu::silu(tensor.clone())));
        let mut grad_input = grad_output.clone();
        fused::silu::silu_backward(&x, &mut grad_input);
        let slope = network::silu::silu_slope(tensor);
        assert_close(
            "grad_input",
            &grad_input,
            &to_vec(slope * setup.tensor(&grad_output, [20])),
        );
    }
}

#[test]
fn layer_norms_with_silu_agree() {
    for mut setup in Setup::all() {
        let affine = setup.parameters.shared.edge_degree.norm_1.clone();
        let (rows, channels) = (3, affine.bias.len());
        let (x, grad_output) = (setup.random(rows * channels), setup.random(rows * channels));
        let tensor = |values: &[f64]| setup.tensor(values, [rows, channels]);

        let norm = network::layer_norm::LayerNorm::new(&affine, &setup.options);
        let (normed, saved) = norm.forward(tensor(&x));
        let expected_y = network::silu::silu(normed.clone());
        let slope = network::silu::silu_slope(normed);
        let expected_grad_input = norm.backward(tensor(&grad_output) * slope, saved);

        let norm = fused::layer_norm::LayerNorm { affine };
        let (mut normed, mut scales) = (x, Vec::new());
        let (mut y, mut grad_input) = (vec![0.0; rows * channels], grad_output.clone());
        norm.forward(&mut normed, &mut scales, &mut y);
        norm.backward(&normed, &scales, &mut grad_input);
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn rms_norms_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * c));
        let tensor = |values: &[f64]| setup.tensor(values, [n, s, c]);
        let affine = &setup.parameters.shared.norm;

        let norm = network::rms_norm::RmsNorm::new(affine, &setup.options);
        let (expected_y, saved) = norm.forward(tensor(&x));
        let expected_grad_input = norm.backward(tensor(&grad_output), saved);

        let norm = fused::rms_norm::RmsNorm::new(affine);
        let mut saved = SavedRmsNorm::default();
        let (mut y, mut grad_input) = (vec![0.0; n * s * c], vec![0.0; n * s * c]);
        norm.forward(&x, &mut saved, &mut y);
        norm.backward(&saved, &mut grad_output.clone(), &mut grad_input);
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn so3_linears_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, h] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * h));
        let linear = &setup.parameters.shared.blocks[0].so3_linear_1;

        let layer = network::so3_linear::So3Linear::new(linear, &setup.options);
        let expected_y = layer.forward(setup.tensor(&x, [n, s, c]));
        let expected_grad_input = layer.backward(setup.tensor(&grad_output, [n, s, h]));

        let matrices = fused::so3_linear::matrices_by_degree(linear);
        let layer = fused::so3_linear::So3Linear::new(&matrices, linear.bias.clone());
        let layout = |width: usize| FeatureLayout {
            offset: 0,
            stride: s * width,
            width,
        };
        let (mut y, mut grad_input) = (vec![0.0; n * s * h], vec![0.0; n * s * c]);
        layer.forward(n, (&x, layout(c)), (&mut y, layout(h)));
        layer.backward(n, (&grad_output, layout(h)), (&mut grad_input, layout(c)));
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn gate_activations_agree() {
    for mut setup in Setup::all() {
        let [_, e, _, k, _, h] = setup.dimensions();
        let along = &setup.harmonics.along_edge;
        let degrees: Vec<usize> = along.iter().map(|component| component.degree).collect();
        let gates = setup.harmonics.lmax * h;
        let (scalars, x) = (setup.random(e * gates), setup.random(e * k * h));
        let grad_output = setup.random(e * k * h);

        let gate = network::gate_activation::GateActivation::new(&degrees, &setup.options);
        let tensor = |values: &[f64]| setup.tensor(values, [e, k, h]);
        let (expected_y, saved) = gate.forward(setup.tensor(&scalars, [e, gates]), tensor(&x));
        let (expected_grad_scalars, expected_grad_input) =
            gate.backward(tensor(&grad_output), saved);

        let gate = fused::gate_activation::GateActivation::new(h, degrees);
        let (mut y, mut grad_scalars, mut grad_input) = (Vec::new(), Vec::new(), Vec::new());
        let mut scratch = vec![0.0; gates];
        for edge in 0..e {
            let row = edge * k * h..(edge + 1) * k * h;
            let input = [&scalars[edge * gates..][..gates], &x[row.clone()]].concat();
            let mut of_edge = vec![0.0; k * h];
            gate.forward(&input, &mut scratch, &mut of_edge);
            y.extend(of_edge);
            let mut of_edge = vec![0.0; gates + k * h];
            gate.backward(&input, &mut scratch, &grad_output[row], &mut of_edge);
            grad_scalars.extend(&of_edge[..gates]);
            grad_input.extend(&of_edge[gates..]);
        }
        assert_close("y", &y, &to_vec(expected_y));
        assert_close(
            "grad_scalars",
            &grad_scalars,
            &to_vec(expected_grad_scalars),
        );
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn atomwise_networks_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * c));
        let tensor = |values: &[f64]| setup.tensor(values, [n, s, c]);
        let block = &setup.parameters.shared.blocks[0];

        let lmax = setup.harmonics.lmax;
        let atomwise = network::atomwise::Atomwise::new(block, lmax, &setup.options);
        let (expected_y, saved) = atomwise.forward(tensor(&x));
        let expected_grad_input = atomwise.backward(tensor(&grad_output), saved);

        let atomwise = fused::atomwise::Atomwise::new(block);
        let (mut saved, mut scratch) = (SavedAtoms::default(), Scratch::default());
        let scratch = &mut scratch.atoms.atomwise;
        let (mut y, mut grad_input) = (vec![0.0; n * s * c], vec![0.0; n * s * c]);
        atomwise.forward(&x, &mut saved, scratch, &mut y);
        atomwise.backward(&grad_output, &saved, scratch, &mut grad_input);
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn charge_balances_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let (x, grad_output) = (setup.random(n * s * c), setup.random(n * s * c));
        let tensor = |values: &[f64]| setup.tensor(values, [n, s, c]);
        let channels = 1..3;

        let balance = network::charge_balance::ChargeBalance::new(&channels, c, &setup.options);
        let expected_y = balance.forward(tensor(&x), -1);
        let expected_grad_input = balance.backward(tensor(&grad_output));

        let feature = s * c;
        let balance = fused::charge_balance::ChargeBalance { channels, feature };
        let (mut y, mut grad_input) = (x, grad_output.clone());
        balance.forward(&mut y, -1);
        balance.backward(&mut grad_input);
        assert_close("y", &y, &to_vec(expected_y));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}

#[test]
fn energy_heads_agree() {
    for mut setup in Setup::all() {
        let [n, _, s, _, c, _] = setup.dimensions();
        let x = setup.random(n * s * c);
        let parameters = &setup.parameters.shared.head;

        let head = network::energy_head::EnergyHead::new(parameters, s, &setup.options);
        let (expected, saved) = head.forward(&setup.tensor(&x, [n, s, c]));
        let expected_grad_input = head.backward(expected.ones_like(), saved);

        let head = fused::energy_head::EnergyHead::new(parameters);
        let (mut energies, mut grad_input) = (vec![0.0; n], vec![0.0; n * s * c]);
        head.evaluate(&x, &mut Vec::new(), &mut energies, &mut grad_input);
        assert_close("energies", &energies, &to_vec(expected));
        assert_close("grad_input", &grad_input, &to_vec(expected_grad_input));
    }
}
