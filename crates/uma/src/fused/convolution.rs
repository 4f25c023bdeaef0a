//! A convolution along edges: components of the same order mix, as complex numbers do.
//!
//! For m = 0, y = W x + b; for m > 0, y₊ = W₁x₊ − W₂x₋ and y₋ = W₁x₋ + W₂x₊ (S. Passaro and
//! C. L. Zitnick, arXiv:2302.03655, equation 6; fairchem: `SO2_Convolution`).

use super::super::parameters::{Convolution, Linear};
use super::super::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix, Output, dispatch};

/// A matrix of complex numbers, W₁ + i W₂, that complex rows are multiplied with by three real
/// products instead of four:
/// y₊ = (W₁ + W₂) x₊ − W₂ (x₊ + x₋), y₋ = (W₁ + W₂) x₊ + W₁ (x₋ − x₊) (C. F. Gauss; see D. E. Knuth,
/// The Art of Computer Programming, volume 2, 4.6.4).
#[derive(Clone, Debug)]
struct Complex<T> {
    real: Matrix<T>,
    imaginary: Matrix<T>,
    sum: Matrix<T>,
}

/// Where complex numbers are among those of an edge: the real parts, and as many imaginary parts
/// behind them.
#[derive(Clone, Copy, Debug)]
struct Parts {
    first: usize,
    count: usize,
    /// Numbers of an edge.
    stride: usize,
}

/// The matrices of an order m > 0, and where its numbers are.
#[derive(Clone, Debug)]
struct Order<T> {
    forward: Complex<T>,
    backward: Complex<T>,
    from: usize,
    inputs: usize,
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
                forward: Complex::forward(order),
                backward: Complex::backward(order),
                from,
                inputs,
                to,
                outputs,
            });
            from += 2 * inputs;
            to += 2 * outputs;
        }
        ConvolutionNetwork {
            forward: convolution.zero.matrix(),
            backward: convolution.zero.transposed(),
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
    pub(super) fn scale(&self, x: &[T], factors: &[T], y: &mut [T]) {
        dispatch!(|_| {
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
        });
    }

    /// Of the gradient with what [`scale`](Self::scale) made, that with x, in its place, and that
    /// with the factors.
    pub(super) fn scale_back(&self, x: &[T], factors: &[T], g: &mut [T], g_factors: &mut [T]) {
        dispatch!(|_| {
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
        });
    }

    fn inputs_of_zero(&self) -> usize {
        self.orders.first().map_or(self.inputs, |order| order.from)
    }

    /// The convolution of `count` edges.
    pub(super) fn forward(&self, count: usize, x: &[T], mixed: &mut Vec<T>, y: &mut [T]) {
        let (from, to) = (Layout::rows(0, self.inputs), Layout::rows(0, self.outputs));
        self.forward.multiply(count, (x, from), &self.bias, (y, to));
        for order in &self.orders {
            let from = (x, order.incoming(self.inputs));
            let to = (&mut *y, order.outgoing(self.outputs));
            order.forward.multiply(count, from, to, mixed);
        }
    }

    /// Of the gradient with what went out, that with what came in.
    pub(super) fn backward(&self, count: usize, gy: &[T], mixed: &mut Vec<T>, gx: &mut [T]) {
        let (from, to) = (Layout::rows(0, self.outputs), Layout::rows(0, self.inputs));
        self.backward.multiply(count, (gy, from), &[], (gx, to));
        for order in &self.orders {
            let from = (gy, order.outgoing(self.outputs));
            let to = (&mut *gx, order.incoming(self.inputs));
            order.backward.multiply(count, from, to, mixed);
        }
    }
}

impl<T> Order<T> {
    fn incoming(&self, stride: usize) -> Parts {
        Parts {
            first: self.from,
            count: self.inputs,
            stride,
        }
    }

    fn outgoing(&self, stride: usize) -> Parts {
        Parts {
            first: self.to,
            count: self.outputs,
            stride,
        }
    }
}

impl<T: Real> Complex<T> {
    /// The matrix of an order, whose weights are W₁ and below it W₂.
    fn forward(order: &Linear<T>) -> Complex<T> {
        let (inputs, outputs) = (order.inputs, order.outputs / 2);
        let real = |input: usize, output: usize| order.weight[output * inputs + input];
        let imaginary = |input, output| real(input, outputs + output);
        Complex::from_fn(inputs, outputs, real, imaginary)
    }

    /// Its adjoint, which gradients are multiplied with: W₁ᵀ − i W₂ᵀ.
    fn backward(order: &Linear<T>) -> Complex<T> {
        let (inputs, outputs) = (order.inputs, order.outputs / 2);
        let real = |output: usize, input: usize| order.weight[output * inputs + input];
        let imaginary = |output, input| -real(outputs + output, input);
        Complex::from_fn(outputs, inputs, real, imaginary)
    }

    fn from_fn(
        inputs: usize,
        outputs: usize,
        real: impl Fn(usize, usize) -> T,
        imaginary: impl Fn(usize, usize) -> T,
    ) -> Complex<T> {
        let sum = |input, output| real(input, output) + imaginary(input, output);
        Complex {
            sum: Matrix::from_fn(inputs, outputs, sum),
            real: Matrix::from_fn(inputs, outputs, &real),
            imaginary: Matrix::from_fn(inputs, outputs, &imaginary),
        }
    }

    /// The complex product of `count` edges.
    fn multiply(
        &self,
        count: usize,
        (x, from): (&[T], Parts),
        (y, to): (&mut [T], Parts),
        mixed: &mut Vec<T>,
    ) {
        let (real, imaginary) = (to.real(), to.imaginary());
        let rows = Layout::rows(0, from.count);
        self.sum
            .product(count, (x, from.real()), (y, real), Output::Replace);
        for y in y.chunks_exact_mut(to.stride).take(count) {
            let parts = to.first..to.first + to.count;
            y.copy_within(parts, to.first + to.count);
        }
        dispatch!(|_| from.mix(count, x, mixed, |real, imaginary| real + imaginary));
        self.imaginary
            .product(count, (mixed, rows), (y, real), Output::Subtract);
        dispatch!(|_| from.mix(count, x, mixed, |real, imaginary| imaginary - real));
        self.real
            .product(count, (mixed, rows), (y, imaginary), Output::Add);
    }
}

impl Parts {
    fn real(self) -> Layout {
        Layout::rows(self.first, self.stride)
    }

    fn imaginary(self) -> Layout {
        Layout::rows(self.first + self.count, self.stride)
    }

    /// One number of the real and the imaginary one, for each.
    #[inline(always)]
    fn mix<T: Real>(self, count: usize, x: &[T], mixed: &mut Vec<T>, by: impl Fn(T, T) -> T) {
        mixed.resize(count * self.count, T::ZERO);
        let rows = x.chunks_exact(self.stride);
        for (x, mixed) in rows.zip(mixed.chunks_exact_mut(self.count)) {
            let (real, imaginary) = x[self.first..][..2 * self.count].split_at(self.count);
            for ((mixed, real), imaginary) in mixed.iter_mut().zip(real).zip(imaginary) {
                *mixed = by(*real, *imaginary);
            }
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
