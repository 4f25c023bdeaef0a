//! The network of distances and species, for some edges at a time.

use super::super::parameters::{Affine, Radial};
use super::super::real::Real;
use super::gate::{sigmoid, silu_slope};
use super::matrix::{Layout, Matrix, Panels, dot, total};

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
                forward: Matrix::forward(&radial.second),
                backward: Matrix::backward(&radial.second),
                norm: radial.second_norm.clone(),
            },
            second_bias: radial.second.bias.clone(),
            last: Matrix::forward(&radial.last),
            last_backward: Matrix::backward(&radial.last),
            last_bias: radial.last.bias.clone(),
        }
    }

    /// Numbers for each edge.
    pub(super) fn outputs(&self) -> usize {
        self.last.outputs()
    }

    /// The numbers of some edges.
    #[inline(always)]
    pub(super) fn forward<const FUSED: bool, const TILES: usize>(
        &self,
        edges: Lengths<'_, T>,
        tape: &mut RadialTape<T>,
        hidden: &mut Vec<T>,
        panels: &mut Panels<T>,
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
            .multiply::<FUSED, TILES>(count, gaussians, &[], (first, rows), panels);
        for (edge, row) in first.chunks_exact_mut(width).enumerate() {
            let source = &self.source[usize::from(edges.source[edge]) * width..][..width];
            let target = &self.target[usize::from(edges.target[edge]) * width..][..width];
            for ((x, source), target) in row.iter_mut().zip(source).zip(target) {
                *x += *source + *target;
            }
        }
        self.first.activate::<FUSED>(first, first_scale, hidden);
        let from = (&**hidden, rows);
        self.second.forward.multiply::<FUSED, TILES>(
            count,
            from,
            &self.second_bias,
            (second, rows),
            panels,
        );
        self.second.activate::<FUSED>(second, second_scale, hidden);
        let to = (&mut **factors, Layout::rows(0, self.outputs()));
        self.last
            .multiply::<FUSED, TILES>(count, (hidden, rows), &self.last_bias, to, panels);
    }

    /// Adds to `slopes` how the energy changes with the length of each edge, given how it changes
    /// with each of its numbers.
    #[inline(always)]
    pub(super) fn backward<const FUSED: bool, const TILES: usize>(
        &self,
        edges: Lengths<'_, T>,
        tape: &RadialTape<T>,
        gradient: &[T],
        hidden: &mut Vec<T>,
        panels: &mut Panels<T>,
        slopes: &mut [T],
    ) {
        let (count, width) = (edges.len(), self.width);
        let gaussians = edges.gaussians.len() / count;
        let rows = Layout::rows(0, width);
        let wide = width.max(gaussians);
        hidden.resize(2 * count * wide, T::ZERO);
        let (one, other) = hidden.split_at_mut(count * wide);
        let from = (gradient, Layout::rows(0, self.outputs()));
        self.last_backward
            .multiply::<FUSED, TILES>(count, from, &[], (one, rows), panels);
        self.second
            .go_back::<FUSED>(&tape.normed[1], &tape.scales[1], &mut one[..count * width]);
        self.second.backward.multiply::<FUSED, TILES>(
            count,
            (one, rows),
            &[],
            (other, rows),
            panels,
        );
        self.first.go_back::<FUSED>(
            &tape.normed[0],
            &tape.scales[0],
            &mut other[..count * width],
        );
        let to = (&mut *one, Layout::rows(0, gaussians));
        self.first
            .backward
            .multiply::<FUSED, TILES>(count, (other, rows), &[], to, panels);
        let rows = one
            .chunks_exact(gaussians)
            .zip(edges.slopes.chunks_exact(gaussians));
        for ((gradient, slope), sum) in rows.zip(slopes) {
            *sum += dot::<T, FUSED>(gradient, slope);
        }
    }
}

impl<T: Real> Hidden<T> {
    /// Norms each row and keeps it so; what comes out of norm and SiLU goes to `y`.
    #[inline(always)]
    fn activate<const FUSED: bool>(&self, x: &mut [T], scales: &mut Vec<T>, y: &mut [T]) {
        let width = self.norm.bias.len();
        let share = T::ONE / T::of(width as f64);
        scales.clear();
        for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact_mut(width)) {
            let mean = total(x) * share;
            x.iter_mut().for_each(|x| *x -= mean);
            let variance = dot::<T, FUSED>(x, x) * share;
            let scale = T::ONE / (variance + T::of(LEAST_VARIANCE)).root();
            let affine = self.norm.weight.iter().zip(&self.norm.bias);
            for ((x, y), (weight, bias)) in x.iter_mut().zip(y).zip(affine) {
                *x = *x * scale;
                let z = *x * *weight + *bias;
                *y = z * sigmoid(z);
            }
            scales.push(scale);
        }
    }

    /// Of the gradient with what came out of SiLU, that with what went into the norm.
    #[inline(always)]
    fn go_back<const FUSED: bool>(&self, normed: &[T], scales: &[T], gradient: &mut [T]) {
        let width = self.norm.bias.len();
        let share = T::ONE / T::of(width as f64);
        let rows = normed
            .chunks_exact(width)
            .zip(gradient.chunks_exact_mut(width));
        for ((x, g), scale) in rows.zip(scales) {
            let affine = self.norm.weight.iter().zip(&self.norm.bias);
            for ((x, g), (weight, bias)) in x.iter().zip(g.iter_mut()).zip(affine) {
                *g = *g * silu_slope(*x * *weight + *bias) * *weight;
            }
            let mean = total(g) * share;
            let along = dot::<T, FUSED>(g, x) * share;
            for (g, x) in g.iter_mut().zip(x) {
                *g = *scale * (*g - mean - *x * along);
            }
        }
    }
}
