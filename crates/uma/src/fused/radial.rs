//! The network of distances and species, for some edges at a time.

use super::super::parameters::{Affine, Radial};
use super::super::real::Real;
use super::gate::{sigmoid, silu_slope};
use mlipview_core::potential::simd::{Lanes, Layout, Matrix, dispatch, dot, total};

/// Added to a variance before its root is taken (PyTorch's `LayerNorm`).
const LEAST_VARIANCE: f64 = 1e-5;

/// What some edges are: their Gaussians and the slopes of these, and the elements at both ends.
#[derive(Clone, Copy)]
pub(super) struct Lengths<'a, T> {
    pub(super) gaussians: &'a [T],
    pub(super) slopes: &'a [T],
    pub(super) source: &'a [u8],
    pub(super) target: &'a [u8],
}

impl<T> Lengths<'_, T> {
    fn len(&self) -> usize {
        self.source.len()
    }
}

/// A linear layer after which channels are normed: forward and backward.
#[derive(Clone, Debug)]
struct Hidden<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    norm: Affine<T>,
}

/// The network. The species enter its first layer by a row for each element, made once.
#[derive(Clone, Debug)]
pub(super) struct RadialNetwork<T> {
    width: usize,
    first: Hidden<T>,
    /// For each element, as the source, what it adds to the first layer; the bias is in it.
    source: Vec<T>,
    target: Vec<T>,
    second: Hidden<T>,
    second_bias: Vec<T>,
    last: Matrix<T>,
    last_backward: Matrix<T>,
    last_bias: Vec<T>,
}

/// What the way back needs of the way there: channels normed, and by what.
#[derive(Clone, Debug, Default)]
pub(super) struct RadialTape<T> {
    normed: [Vec<T>; 2],
    scales: [Vec<T>; 2],
}

impl<T: Real> RadialNetwork<T> {
    /// The network of these numbers; `source` and `target` are the embeddings of the elements.
    pub(super) fn new(radial: &Radial<T>, source: &[T], target: &[T]) -> RadialNetwork<T> {
        let width = radial.first.outputs;
        let elements = 100;
        let channels = source.len() / elements;
        let gaussians = radial.first.inputs - 2 * channels;
        let weight =
            |row: usize, column: usize| radial.first.weight[row * radial.first.inputs + column];
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
        RadialNetwork {
            width,
            source: by_element(source, gaussians, &|row| radial.first.bias[row]),
            target: by_element(target, gaussians + channels, &|_| T::ZERO),
            first: Hidden {
                forward: Matrix::from_fn(gaussians, width, |input, output| weight(output, input)),
                backward: Matrix::from_fn(width, gaussians, weight),
                norm: radial.first_norm.clone(),
            },
            second: Hidden {
                forward: radial.second.matrix(),
                backward: radial.second.transposed(),
                norm: radial.second_norm.clone(),
            },
            second_bias: radial.second.bias.clone(),
            last: radial.last.matrix(),
            last_backward: radial.last.transposed(),
            last_bias: radial.last.bias.clone(),
        }
    }

    /// Numbers for each edge.
    pub(super) fn outputs(&self) -> usize {
        self.last.outputs()
    }

    /// The numbers of some edges.
    pub(super) fn forward(
        &self,
        edges: Lengths<'_, T>,
        tape: &mut RadialTape<T>,
        hidden: &mut Vec<T>,
        factors: &mut Vec<T>,
    ) {
        let (count, width) = (edges.len(), self.width);
        let rows = Layout::rows(0, width);
        let [first, second] = &mut tape.normed;
        let [first_scale, second_scale] = &mut tape.scales;
        first.resize(count * width, T::ZERO);
        second.resize(count * width, T::ZERO);
        hidden.resize(count * width, T::ZERO);
        factors.resize(count * self.outputs(), T::ZERO);
        let gaussians = (
            edges.gaussians,
            Layout::rows(0, edges.gaussians.len() / count),
        );
        self.first
            .forward
            .multiply(count, gaussians, &[], (first, rows));
        dispatch!(|_| self.add_species(edges, first));
        self.first.activate(first, first_scale, hidden);
        let from = (&**hidden, rows);
        self.second
            .forward
            .multiply(count, from, &self.second_bias, (second, rows));
        self.second.activate(second, second_scale, hidden);
        let to = (&mut **factors, Layout::rows(0, self.outputs()));
        self.last
            .multiply(count, (hidden, rows), &self.last_bias, to);
    }

    /// Adds to the first layer what the elements at both ends of each edge say.
    #[inline(always)]
    fn add_species(&self, edges: Lengths<'_, T>, first: &mut [T]) {
        let width = self.width;
        for (edge, row) in first.chunks_exact_mut(width).enumerate() {
            let source = &self.source[usize::from(edges.source[edge]) * width..][..width];
            let target = &self.target[usize::from(edges.target[edge]) * width..][..width];
            for ((x, source), target) in row.iter_mut().zip(source).zip(target) {
                *x += *source + *target;
            }
        }
    }

    /// Adds to `slopes` how the energy changes with the length of each edge, given how it changes
    /// with each of its numbers.
    pub(super) fn backward(
        &self,
        edges: Lengths<'_, T>,
        tape: &RadialTape<T>,
        gradient: &[T],
        hidden: &mut Vec<T>,
        slopes: &mut [T],
    ) {
        let (count, width) = (edges.len(), self.width);
        let gaussians = edges.gaussians.len() / count;
        let rows = Layout::rows(0, width);
        let wide = width.max(gaussians);
        hidden.resize(2 * count * wide, T::ZERO);
        let (one, other) = hidden.split_at_mut(count * wide);
        let from = (gradient, Layout::rows(0, self.outputs()));
        self.last_backward.multiply(count, from, &[], (one, rows));
        self.second
            .go_back(&tape.normed[1], &tape.scales[1], &mut one[..count * width]);
        self.second
            .backward
            .multiply(count, (one, rows), &[], (other, rows));
        self.first.go_back(
            &tape.normed[0],
            &tape.scales[0],
            &mut other[..count * width],
        );
        let to = (&mut *one, Layout::rows(0, gaussians));
        self.first.backward.multiply(count, (other, rows), &[], to);
        let rows = one
            .chunks_exact(gaussians)
            .zip(edges.slopes.chunks_exact(gaussians));
        for ((gradient, slope), sum) in rows.zip(slopes) {
            *sum += dispatch!(|simd| dot(T::lanes(simd), gradient, slope));
        }
    }
}

impl<T: Real> Hidden<T> {
    /// Norms each row and keeps it so; what comes out of norm and SiLU goes to `y`.
    fn activate(&self, x: &mut [T], scales: &mut Vec<T>, y: &mut [T]) {
        let width = self.norm.bias.len();
        scales.clear();
        for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact_mut(width)) {
            scales.push(dispatch!(|simd| self.activate_row(T::lanes(simd), x, y)));
        }
    }

    /// One row; returns what it was multiplied with.
    #[inline(always)]
    fn activate_row<L: Lanes<T>>(&self, simd: L, x: &mut [T], y: &mut [T]) -> T {
        let share = T::ONE / T::of(x.len() as f64);
        let mean = total(simd, x) * share;
        for x in x.iter_mut() {
            *x -= mean;
        }
        let variance = dot(simd, x, x) * share;
        let scale = T::ONE / (variance + T::of(LEAST_VARIANCE)).root();
        let affine = self.norm.weight.iter().zip(&self.norm.bias);
        for ((x, y), (weight, bias)) in x.iter_mut().zip(y).zip(affine) {
            *x = *x * scale;
            let z = *x * *weight + *bias;
            *y = z * sigmoid(z);
        }
        scale
    }

    /// Of the gradient with what came out of SiLU, that with what went into the norm.
    fn go_back(&self, normed: &[T], scales: &[T], gradient: &mut [T]) {
        let width = self.norm.bias.len();
        let rows = normed
            .chunks_exact(width)
            .zip(gradient.chunks_exact_mut(width));
        for ((x, g), scale) in rows.zip(scales) {
            dispatch!(|simd| self.go_back_row(T::lanes(simd), x, *scale, g));
        }
    }

    /// One row.
    #[inline(always)]
    fn go_back_row<L: Lanes<T>>(&self, simd: L, x: &[T], scale: T, g: &mut [T]) {
        let share = T::ONE / T::of(x.len() as f64);
        let affine = self.norm.weight.iter().zip(&self.norm.bias);
        for ((x, g), (weight, bias)) in x.iter().zip(g.iter_mut()).zip(affine) {
            *g = *g * silu_slope(*x * *weight + *bias) * *weight;
        }
        let mean = total(simd, g) * share;
        let along = dot(simd, g, x) * share;
        for (g, x) in g.iter_mut().zip(x) {
            *g = scale * (*g - mean - *x * along);
        }
    }
}
