//! The network of one element: one hidden layer, from descriptors to the energy of an atom.

use super::lanes::{LANES, Lanes, splat, total};
use crate::potential::exponential::exp;

/// U = Σ_μ w¹_μ tanh(Σ_ν w⁰_μν q_ν − b⁰_μ) − b¹: Z. Fan et al., Phys. Rev. B 104, 104309 (2021). The
/// scale factors of the descriptors are multiplied into w⁰.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// w⁰, [descriptors, blocks of neurons].
    weights: Vec<Lanes>,
    /// b⁰, [blocks of neurons].
    biases: Vec<Lanes>,
    /// w¹, [blocks of neurons], eV; padded with zeros.
    output: Vec<Lanes>,
    /// −b¹, eV.
    offset: f64,
}

/// Scratch of a network: [blocks of neurons].
#[derive(Clone, Debug, Default)]
pub(super) struct Hidden(Vec<Lanes>);

impl Network {
    /// From w⁰ [neurons, descriptors], b⁰ [neurons], w¹ [neurons], −b¹ (eV) and the scale factors
    /// [descriptors].
    pub(super) fn new(
        [weights, biases, output]: [&[f64]; 3],
        offset: f64,
        scale: &[f64],
    ) -> Network {
        let (neurons, descriptors) = (biases.len(), scale.len());
        let blocks = neurons.div_ceil(LANES);
        let padded = |values: &dyn Fn(usize) -> f64, block: usize| -> Lanes {
            std::array::from_fn(|lane| {
                let neuron = block * LANES + lane;
                if neuron < neurons {
                    values(neuron) as f32
                } else {
                    0.0
                }
            })
        };
        let weight = |descriptor: usize, block: usize| {
            let value =
                |neuron: usize| weights[neuron * descriptors + descriptor] * scale[descriptor];
            padded(&value, block)
        };
        Network {
            weights: (0..descriptors * blocks)
                .map(|at| weight(at / blocks, at % blocks))
                .collect(),
            biases: (0..blocks)
                .map(|block| padded(&|neuron| biases[neuron], block))
                .collect(),
            output: (0..blocks)
                .map(|block| padded(&|neuron| output[neuron], block))
                .collect(),
            offset,
        }
    }

    /// The energy, eV, and its derivatives with respect to the descriptors, eV.
    #[inline(always)]
    pub(super) fn evaluate(
        &self,
        descriptors: &[f32],
        hidden: &mut Hidden,
        derivatives: &mut [f32],
    ) -> f64 {
        let blocks = self.biases.len();
        let hidden = &mut hidden.0;
        hidden.clear();
        hidden.extend_from_slice(&self.biases);
        for sum in hidden.iter_mut() {
            for lane in 0..LANES {
                sum[lane] = -sum[lane];
            }
        }
        for (descriptor, weights) in descriptors.iter().zip(self.weights.chunks_exact(blocks)) {
            for (sum, weight) in hidden.iter_mut().zip(weights) {
                for lane in 0..LANES {
                    sum[lane] += descriptor * weight[lane];
                }
            }
        }
        let mut energies = [0.0_f64; LANES];
        for (hidden, output) in hidden.iter_mut().zip(&self.output) {
            for lane in 0..LANES {
                let value = tanh(hidden[lane]);
                energies[lane] += f64::from(output[lane]) * f64::from(value);
                hidden[lane] = output[lane] * (1.0 - value * value);
            }
        }
        for (derivative, weights) in derivatives
            .iter_mut()
            .zip(self.weights.chunks_exact(blocks))
        {
            let mut sums = splat(0.0);
            for (slope, weight) in hidden.iter().zip(weights) {
                for lane in 0..LANES {
                    sums[lane] += slope[lane] * weight[lane];
                }
            }
            *derivative = total(&sums);
        }
        energies.iter().sum::<f64>() + self.offset
    }
}

/// tanh(x) = 1 − 2/(1 + e²ˣ).
#[inline(always)]
fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}
