//! The radial network: from an edge's length and elements to the radial weights of its message.
//!
//! fairchem: `RadialMLP`. Its first layer is linear in [Gaussians | source | target], so the
//! contributions of the elements are two tables, computed once.

use super::layer_norm::LayerNorm;
use crate::parameters::RadialParameters;
use crate::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix, dispatch, dot};

/// The input of the radial network for E edges.
#[derive(Clone, Copy)]
pub(crate) struct RadialInput<'a, T> {
    /// The distance as B Gaussians: `[E, B]`.
    pub(crate) gaussians: &'a [T],
    /// d(Gaussians)/dd: `[E, B]`.
    pub(crate) slopes: &'a [T],
    /// Atomic numbers of the sources: `[E]`.
    pub(crate) source: &'a [u8],
    /// Atomic numbers of the targets: `[E]`.
    pub(crate) target: &'a [u8],
}

impl<T> RadialInput<'_, T> {
    fn len(&self) -> usize {
        self.source.len()
    }
}

/// The matrices of a linear layer for both passes, and the norm that follows it.
#[derive(Clone, Debug)]
struct NormedLinear<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    norm: LayerNorm<T>,
}

/// w = W₃ h₂ + b₃ with hᵢ = SiLU(norm(Wᵢ hᵢ₋₁ + bᵢ)), h₀ = [Gaussians | source | target].
#[derive(Clone, Debug)]
pub(crate) struct RadialMlp<T> {
    /// Hidden channels.
    width: usize,
    /// The columns of W₁ for the Gaussians.
    linear_1: NormedLinear<T>,
    /// W₁ times the source embedding, plus b₁: `[elements, hidden]`.
    source: Vec<T>,
    /// W₁ times the target embedding: `[elements, hidden]`.
    target: Vec<T>,
    linear_2: NormedLinear<T>,
    bias_2: Vec<T>,
    linear_3: Matrix<T>,
    linear_3_backward: Matrix<T>,
    bias_3: Vec<T>,
}

/// Activations for the backward pass: the normed channels, `[E, hidden]`, and scales, `[E]`, of both
/// norms.
#[derive(Clone, Debug, Default)]
pub(crate) struct SavedRadial<T> {
    normed: [Vec<T>; 2],
    scales: [Vec<T>; 2],
}

impl<T: Real> RadialMlp<T> {
    /// The network with the embeddings of elements as source and target.
    pub(crate) fn new(radial: &RadialParameters<T>, source: &[T], target: &[T]) -> RadialMlp<T> {
        let linear_1 = &radial.linear_1;
        let width = linear_1.outputs;
        let elements = 100;
        let channels = source.len() / elements;
        let gaussians = linear_1.inputs - 2 * channels;
        let weight = |row: usize, column: usize| linear_1.weight[row * linear_1.inputs + column];
        let by_element = |embedding: &[T], from: usize, bias: &dyn Fn(usize) -> T| -> Vec<T> {
            let entry = |at: usize| {
                let (element, row) = (at / width, at % width);
                let inputs = embedding[element * channels..][..channels]
                    .iter()
                    .enumerate();
                bias(row) + inputs.map(|(c, x)| weight(row, from + c) * *x).sum::<T>()
            };
            (0..elements * width).map(entry).collect()
        };
        RadialMlp {
            width,
            source: by_element(source, gaussians, &|row| linear_1.bias[row]),
            target: by_element(target, gaussians + channels, &|_| T::ZERO),
            linear_1: NormedLinear {
                forward: Matrix::from_fn(gaussians, width, |input, output| weight(output, input)),
                backward: Matrix::from_fn(width, gaussians, weight),
                norm: LayerNorm {
                    affine: radial.norm_1.clone(),
                },
            },
            linear_2: NormedLinear {
                forward: radial.linear_2.matrix(),
                backward: radial.linear_2.transposed(),
                norm: LayerNorm {
                    affine: radial.norm_2.clone(),
                },
            },
            bias_2: radial.linear_2.bias.clone(),
            linear_3: radial.linear_3.matrix(),
            linear_3_backward: radial.linear_3.transposed(),
            bias_3: radial.linear_3.bias.clone(),
        }
    }

    /// The number of radial weights of an edge.
    pub(crate) fn outputs(&self) -> usize {
        self.linear_3.outputs()
    }

    /// The radial weights of each edge: `[E, outputs]`. `hidden` is scratch.
    pub(crate) fn forward(
        &self,
        edges: RadialInput<'_, T>,
        saved: &mut SavedRadial<T>,
        hidden: &mut Vec<T>,
        weights: &mut Vec<T>,
    ) {
        let (count, width) = (edges.len(), self.width);
        let rows = Layout::rows(0, width);
        let [normed_1, normed_2] = &mut saved.normed;
        let [scales_1, scales_2] = &mut saved.scales;
        normed_1.resize(count * width, T::ZERO);
        normed_2.resize(count * width, T::ZERO);
        hidden.resize(count * width, T::ZERO);
        weights.resize(count * self.outputs(), T::ZERO);
        let gaussians = (
            edges.gaussians,
            Layout::rows(0, edges.gaussians.len() / count),
        );
        // h₁
        self.linear_1
            .forward
            .multiply(count, gaussians, &[], (normed_1, rows));
        dispatch!(|_| self.add_elements(edges, normed_1));
        self.linear_1.norm.forward(normed_1, scales_1, hidden);
        // h₂
        let from = (&**hidden, rows);
        self.linear_2
            .forward
            .multiply(count, from, &self.bias_2, (normed_2, rows));
        self.linear_2.norm.forward(normed_2, scales_2, hidden);
        // w
        let to = (&mut **weights, Layout::rows(0, self.outputs()));
        self.linear_3
            .multiply(count, (hidden, rows), &self.bias_3, to);
    }

    /// Adds the contributions of the elements at both ends of each edge: `[E, hidden]`.
    #[inline(always)]
    fn add_elements(&self, edges: RadialInput<'_, T>, hidden: &mut [T]) {
        let width = self.width;
        for (edge, row) in hidden.chunks_exact_mut(width).enumerate() {
            let source = &self.source[usize::from(edges.source[edge]) * width..][..width];
            let target = &self.target[usize::from(edges.target[edge]) * width..][..width];
            for ((x, source), target) in row.iter_mut().zip(source).zip(target) {
                *x += *source + *target;
            }
        }
    }

    /// Adds dE/dd of each edge to `slopes`, `[E]`, from dE/dweights, `[E, outputs]`. `hidden` is
    /// scratch.
    pub(crate) fn backward(
        &self,
        edges: RadialInput<'_, T>,
        saved: &SavedRadial<T>,
        grad_weights: &[T],
        hidden: &mut Vec<T>,
        slopes: &mut [T],
    ) {
        let (count, width) = (edges.len(), self.width);
        let gaussians = edges.gaussians.len() / count;
        let rows = Layout::rows(0, width);
        let widest = width.max(gaussians);
        hidden.resize(2 * count * widest, T::ZERO);
        let (grad_2, grad_1) = hidden.split_at_mut(count * widest);
        let from = (grad_weights, Layout::rows(0, self.outputs()));
        self.linear_3_backward
            .multiply(count, from, &[], (grad_2, rows));
        self.linear_2.norm.backward(
            &saved.normed[1],
            &saved.scales[1],
            &mut grad_2[..count * width],
        );
        self.linear_2
            .backward
            .multiply(count, (grad_2, rows), &[], (grad_1, rows));
        self.linear_1.norm.backward(
            &saved.normed[0],
            &saved.scales[0],
            &mut grad_1[..count * width],
        );
        let grad_gaussians = grad_2;
        let to = (&mut *grad_gaussians, Layout::rows(0, gaussians));
        self.linear_1
            .backward
            .multiply(count, (grad_1, rows), &[], to);
        // dE/dd = Σ dE/dGaussian · dGaussian/dd
        let rows = grad_gaussians
            .chunks_exact(gaussians)
            .zip(edges.slopes.chunks_exact(gaussians));
        for ((gradient, slope), sum) in rows.zip(slopes) {
            *sum += dispatch!(|simd| dot(T::lanes(simd), gradient, slope));
        }
    }
}
