//! Linear layers on features: one matrix per degree, which commutes with rotations.
//!
//! fairchem: `SO3_Linear`.

use crate::parameters::{LinearParameters, So3Parameters};
use crate::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix};

/// y = W⁽ˡ⁾ x for each component of degree l, and a bias for degree 0.
#[derive(Clone, Debug)]
pub(crate) struct So3Linear<T> {
    forward: Vec<Matrix<T>>,
    backward: Vec<Matrix<T>>,
    bias: Vec<T>,
}

/// The memory layout of features: `width` numbers per component, one atom every `stride` numbers,
/// the first component at `offset`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FeatureLayout {
    pub(crate) offset: usize,
    pub(crate) stride: usize,
    pub(crate) width: usize,
}

impl<T: Real> So3Linear<T> {
    /// The layer with one matrix for each degree.
    pub(crate) fn new(degrees: &[LinearParameters<T>], bias: Vec<T>) -> So3Linear<T> {
        So3Linear {
            forward: degrees.iter().map(LinearParameters::matrix).collect(),
            backward: degrees.iter().map(LinearParameters::transposed).collect(),
            bias,
        }
    }

    /// `[count, S, inputs]` to `[count, S, outputs]`. If degree 0 has more outputs than a component,
    /// they start at the first number of the atom.
    pub(crate) fn forward(
        &self,
        count: usize,
        (x, from): (&[T], FeatureLayout),
        (y, to): (&mut [T], FeatureLayout),
    ) {
        let mut bias = &self.bias[..];
        for (degree, matrix) in self.forward.iter().enumerate() {
            let rows = count * (2 * degree + 1);
            let (from, to) = (from.of_degree(degree), to.of_degree(degree));
            matrix.multiply(rows, (x, from), bias, (y, to));
            bias = &[];
        }
    }

    /// dE/dx, `[count, S, inputs]`, from dE/dy, `[count, S, outputs]`.
    pub(crate) fn backward(
        &self,
        count: usize,
        (grad_output, from): (&[T], FeatureLayout),
        (grad_input, to): (&mut [T], FeatureLayout),
    ) {
        for (degree, matrix) in self.backward.iter().enumerate() {
            let rows = count * (2 * degree + 1);
            let (from, to) = (from.of_degree(degree), to.of_degree(degree));
            matrix.multiply(rows, (grad_output, from), &[], (grad_input, to));
        }
    }
}

impl FeatureLayout {
    /// The 2l + 1 rows of degree l; for degree 0, together with the numbers before it.
    fn of_degree(self, degree: usize) -> Layout {
        if degree == 0 {
            return Layout::rows(0, self.stride);
        }
        Layout {
            offset: self.offset + degree * degree * self.width,
            stride: self.stride,
            parts: 2 * degree + 1,
            part_stride: self.width,
        }
    }
}

/// The matrix of each degree, without the bias.
pub(crate) fn matrices_by_degree<T: Real>(linear: &So3Parameters<T>) -> Vec<LinearParameters<T>> {
    let matrix = |weight: &[T]| LinearParameters {
        inputs: linear.inputs,
        outputs: linear.outputs,
        weight: weight.to_vec(),
        bias: Vec::new(),
    };
    linear
        .weight
        .chunks_exact(linear.inputs * linear.outputs)
        .map(matrix)
        .collect()
}
