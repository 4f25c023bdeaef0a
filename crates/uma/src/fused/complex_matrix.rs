//! Products with a complex matrix, for the orders m > 0 of a convolution.

use crate::parameters::LinearParameters;
use crate::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix, Output, dispatch};

/// W_r + i W_i, multiplied by three real products instead of four:
/// y₊ = (W_r + W_i) x₊ − W_i (x₊ + x₋), y₋ = (W_r + W_i) x₊ + W_r (x₋ − x₊) (C. F. Gauss; see
/// D. E. Knuth, The Art of Computer Programming, volume 2, 4.6.4).
#[derive(Clone, Debug)]
pub(crate) struct ComplexMatrix<T> {
    real: Matrix<T>,
    imaginary: Matrix<T>,
    sum: Matrix<T>,
}

/// The complex numbers among the numbers of an edge: the real parts, then the imaginary parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComplexLayout {
    /// The first real part.
    pub(crate) first: usize,
    /// How many complex numbers.
    pub(crate) count: usize,
    /// Numbers of an edge.
    pub(crate) stride: usize,
}

impl<T: Real> ComplexMatrix<T> {
    /// The matrix of an order, from the rows of W_r above those of W_i.
    pub(crate) fn forward(order: &LinearParameters<T>) -> ComplexMatrix<T> {
        let (inputs, outputs) = (order.inputs, order.outputs / 2);
        let real = |input: usize, output: usize| order.weight[output * inputs + input];
        let imaginary = |input, output| real(input, outputs + output);
        ComplexMatrix::from_fn(inputs, outputs, real, imaginary)
    }

    /// The adjoint, W_rᵀ − i W_iᵀ, for gradients.
    pub(crate) fn backward(order: &LinearParameters<T>) -> ComplexMatrix<T> {
        let (inputs, outputs) = (order.inputs, order.outputs / 2);
        let real = |output: usize, input: usize| order.weight[output * inputs + input];
        let imaginary = |output, input| -real(outputs + output, input);
        ComplexMatrix::from_fn(outputs, inputs, real, imaginary)
    }

    fn from_fn(
        inputs: usize,
        outputs: usize,
        real: impl Fn(usize, usize) -> T,
        imaginary: impl Fn(usize, usize) -> T,
    ) -> ComplexMatrix<T> {
        let sum = |input, output| real(input, output) + imaginary(input, output);
        ComplexMatrix {
            sum: Matrix::from_fn(inputs, outputs, sum),
            real: Matrix::from_fn(inputs, outputs, &real),
            imaginary: Matrix::from_fn(inputs, outputs, &imaginary),
        }
    }

    /// y = W x of `count` edges. `mixed` is scratch for x₊ + x₋ and x₋ − x₊.
    pub(crate) fn multiply(
        &self,
        count: usize,
        (x, from): (&[T], ComplexLayout),
        (y, to): (&mut [T], ComplexLayout),
        mixed: &mut Vec<T>,
    ) {
        let (real, imaginary) = (to.real(), to.imaginary());
        let rows = Layout::rows(0, from.count);
        // y₊ = y₋ = (W_r + W_i) x₊
        self.sum
            .product(count, (x, from.real()), (y, real), Output::Replace);
        for y in y.chunks_exact_mut(to.stride).take(count) {
            let parts = to.first..to.first + to.count;
            y.copy_within(parts, to.first + to.count);
        }
        // y₊ −= W_i (x₊ + x₋)
        dispatch!(|_| from.mix(count, x, mixed, |real, imaginary| real + imaginary));
        self.imaginary
            .product(count, (mixed, rows), (y, real), Output::Subtract);
        // y₋ += W_r (x₋ − x₊)
        dispatch!(|_| from.mix(count, x, mixed, |real, imaginary| imaginary - real));
        self.real
            .product(count, (mixed, rows), (y, imaginary), Output::Add);
    }
}

impl ComplexLayout {
    fn real(self) -> Layout {
        Layout::rows(self.first, self.stride)
    }

    fn imaginary(self) -> Layout {
        Layout::rows(self.first + self.count, self.stride)
    }

    /// Combines the real and the imaginary part of each number: `[edges, count]`.
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
