//! Linear layers of features: one matrix for each degree, which is what commutes with rotations.
//!
//! fairchem: `SO3_Linear`.

use super::super::parameters::{Linear, LinearByDegree};
use super::super::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix};

/// A matrix for each degree, for both ways, and the bias of degree 0.
#[derive(Clone, Debug)]
pub(super) struct ByDegree<T> {
    forward: Vec<Matrix<T>>,
    backward: Vec<Matrix<T>>,
    bias: Vec<T>,
}

/// Where the components of atoms are: `width` numbers each, of an atom every `stride` numbers, the
/// first at `offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Components {
    pub(super) offset: usize,
    pub(super) stride: usize,
    pub(super) width: usize,
}

impl<T: Real> ByDegree<T> {
    /// The layer of the matrices of these degrees.
    pub(super) fn new(degrees: &[Linear<T>], bias: Vec<T>) -> ByDegree<T> {
        ByDegree {
            forward: degrees.iter().map(Linear::matrix).collect(),
            backward: degrees.iter().map(Linear::transposed).collect(),
            bias,
        }
    }

    /// Of `count` atoms, y = W⁽ˡ⁾ x + b for each degree l. Where there are more numbers for degree 0
    /// than a component has, they begin at the atom's first.
    pub(super) fn forward(
        &self,
        count: usize,
        (x, from): (&[T], Components),
        (y, to): (&mut [T], Components),
    ) {
        let mut bias = &self.bias[..];
        for (degree, matrix) in self.forward.iter().enumerate() {
            let rows = count * (2 * degree + 1);
            let (from, to) = (from.of_degree(degree), to.of_degree(degree));
            matrix.multiply(rows, (x, from), bias, (y, to));
            bias = &[];
        }
    }

    /// Of the gradients with y, those with x.
    pub(super) fn backward(
        &self,
        count: usize,
        (gy, from): (&[T], Components),
        (gx, to): (&mut [T], Components),
    ) {
        for (degree, matrix) in self.backward.iter().enumerate() {
            let rows = count * (2 * degree + 1);
            let (from, to) = (from.of_degree(degree), to.of_degree(degree));
            matrix.multiply(rows, (gy, from), &[], (gx, to));
        }
    }
}

impl Components {
    /// The rows of a degree; that of degree 0 together with what is before it.
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

/// The matrices without the bias.
pub(super) fn of_degrees<T: Real>(linear: &LinearByDegree<T>) -> Vec<Linear<T>> {
    let matrix = |weight: &[T]| Linear {
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
