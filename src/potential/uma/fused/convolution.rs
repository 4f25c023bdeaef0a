//! A convolution along edges: components of the same order mix, as complex numbers do.
//!
//! For m = 0, y = W x + b; for m > 0, y₊ = W₁x₊ − W₂x₋ and y₋ = W₁x₋ + W₂x₊ (S. Passaro and
//! C. L. Zitnick, arXiv:2302.03655, equation 6; fairchem: `SO2_Convolution`).

use super::super::parameters::Convolution;
use super::super::real::Real;
use super::matrix::{Layout, Matrix, Panel};

/// The matrices of an order m > 0, and where its numbers are.
#[derive(Clone, Debug)]
struct Order<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    /// Where the real part begins in what comes in, and how long it is; the imaginary part follows.
    from: usize,
    inputs: usize,
    /// The same of what goes out.
    to: usize,
    outputs: usize,
}

/// The matrices, for both ways.
#[derive(Clone, Debug)]
pub(super) struct ConvolutionNetwork<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    bias: Vec<T>,
    orders: Vec<Order<T>>,
    inputs: usize,
    outputs: usize,
}

impl<T: Real> ConvolutionNetwork<T> {
    /// The convolution of these numbers.
    pub(super) fn new(convolution: &Convolution<T>) -> ConvolutionNetwork<T> {
        let (mut from, mut to) = (convolution.zero.inputs, convolution.zero.outputs);
        let mut orders = Vec::new();
        for order in &convolution.orders {
            let (inputs, outputs) = (order.inputs, order.outputs / 2);
            orders.push(Order {
                forward: Matrix::forward(order),
                backward: Matrix::backward(order),
                from,
                inputs,
                to,
                outputs,
            });
            from += 2 * inputs;
            to += 2 * outputs;
        }
        ConvolutionNetwork {
            forward: Matrix::forward(&convolution.zero),
            backward: Matrix::backward(&convolution.zero),
            bias: convolution.zero.bias.clone(),
            orders,
            inputs: from,
            outputs: to,
        }
    }

    /// Numbers that come in with each edge.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers that go out with each edge.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies what comes in with the factors of each edge: those of an order are for its real
    /// and its imaginary part.
    #[inline(always)]
    pub(super) fn scale(&self, x: &[T], factors: &[T], y: &mut [T]) {
        let zero = self.inputs_of_zero();
        multiply(&x[..zero], &factors[..zero], &mut y[..zero]);
        let mut at = zero;
        for order in &self.orders {
            let factors = &factors[at..at + order.inputs];
            for part in [order.from, order.from + order.inputs] {
                let part = part..part + order.inputs;
                multiply(&x[part.clone()], factors, &mut y[part]);
            }
            at += order.inputs;
        }
    }

    /// Of the gradient with what [`scale`](Self::scale) made, that with x, in its place, and that
    /// with the factors.
    #[inline(always)]
    pub(super) fn scale_back(&self, x: &[T], factors: &[T], g: &mut [T], g_factors: &mut [T]) {
        let zero = self.inputs_of_zero();
        multiply(&g[..zero], &x[..zero], &mut g_factors[..zero]);
        multiply_by(&mut g[..zero], &factors[..zero]);
        let mut at = zero;
        for order in &self.orders {
            let n = order.inputs;
            let (factors, g_factors) = (&factors[at..at + n], &mut g_factors[at..at + n]);
            let (x_real, x_imaginary) = x[order.from..order.from + 2 * n].split_at(n);
            let (g_real, g_imaginary) = g[order.from..order.from + 2 * n].split_at_mut(n);
            multiply(g_real, x_real, g_factors);
            for ((sum, g), x) in g_factors
                .iter_mut()
                .zip(g_imaginary.iter())
                .zip(x_imaginary)
            {
                *sum += *g * *x;
            }
            multiply_by(g_real, factors);
            multiply_by(g_imaginary, factors);
            at += n;
        }
    }

    fn inputs_of_zero(&self) -> usize {
        self.orders.first().map_or(self.inputs, |order| order.from)
    }

    /// The convolution of `count` edges.
    #[inline(always)]
    pub(super) fn forward<const FUSED: bool, const TILES: usize>(
        &self,
        count: usize,
        x: &[T],
        products: &mut Vec<T>,
        panel: &mut Panel<T>,
        y: &mut [T],
    ) {
        let (from, to) = (Layout::rows(0, self.inputs), Layout::rows(0, self.outputs));
        self.forward
            .multiply::<FUSED, TILES>(count, (x, from), &self.bias, (y, to), panel);
        for order in &self.orders {
            let n = order.outputs;
            products.resize(4 * count * n, T::ZERO);
            let from = order.both_parts(order.from, self.inputs, order.inputs);
            let to = Layout::rows(0, 2 * n);
            order.forward.multiply::<FUSED, TILES>(
                2 * count,
                (x, from),
                &[],
                (products, to),
                panel,
            );
            let edges = products
                .chunks_exact(4 * n)
                .zip(y.chunks_exact_mut(self.outputs));
            for (products, y) in edges {
                let (of_real, of_imaginary) = products.split_at(2 * n);
                let (real, imaginary) = y[order.to..order.to + 2 * n].split_at_mut(n);
                for ((y, one), other) in real.iter_mut().zip(of_real).zip(&of_imaginary[n..]) {
                    *y = *one - *other;
                }
                for ((y, one), other) in imaginary.iter_mut().zip(of_imaginary).zip(&of_real[n..]) {
                    *y = *one + *other;
                }
            }
        }
    }

    /// Of the gradient with what went out, that with what came in.
    #[inline(always)]
    pub(super) fn backward<const FUSED: bool, const TILES: usize>(
        &self,
        count: usize,
        gy: &[T],
        products: &mut Vec<T>,
        panel: &mut Panel<T>,
        gx: &mut [T],
    ) {
        let (from, to) = (Layout::rows(0, self.outputs), Layout::rows(0, self.inputs));
        self.backward
            .multiply::<FUSED, TILES>(count, (gy, from), &[], (gx, to), panel);
        for order in &self.orders {
            let n = order.outputs;
            products.resize(4 * count * n, T::ZERO);
            let edges = products
                .chunks_exact_mut(4 * n)
                .zip(gy.chunks_exact(self.outputs));
            for (rows, gy) in edges {
                let both = &gy[order.to..order.to + 2 * n];
                let (for_real, for_imaginary) = rows.split_at_mut(2 * n);
                for_real.copy_from_slice(both);
                for_imaginary[..n].copy_from_slice(&both[n..]);
                for (to, from) in for_imaginary[n..].iter_mut().zip(both) {
                    *to = -*from;
                }
            }
            let to = order.both_parts(order.from, self.inputs, order.inputs);
            let from = Layout::rows(0, 2 * n);
            order.backward.multiply::<FUSED, TILES>(
                2 * count,
                (products, from),
                &[],
                (gx, to),
                panel,
            );
        }
    }
}

impl<T> Order<T> {
    /// Two rows for each edge: the real part and the imaginary part.
    fn both_parts(&self, offset: usize, stride: usize, part_stride: usize) -> Layout {
        Layout {
            offset,
            stride,
            parts: 2,
            part_stride,
        }
    }
}

#[inline(always)]
fn multiply<T: Real>(x: &[T], factors: &[T], y: &mut [T]) {
    for ((y, x), factor) in y.iter_mut().zip(x).zip(factors) {
        *y = *x * *factor;
    }
}

#[inline(always)]
fn multiply_by<T: Real>(x: &mut [T], factors: &[T]) {
    for (x, factor) in x.iter_mut().zip(factors) {
        *x = *x * *factor;
    }
}
