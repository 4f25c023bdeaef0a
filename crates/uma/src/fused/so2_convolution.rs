//! SO(2) convolution: in the frame of an edge, each order m mixes only with itself, which commutes
//! with rotations about the edge.
//!
//! S. Passaro, C. L. Zitnick, arXiv:2302.03655; fairchem: `SO2_Convolution`.

use super::complex_matrix::{ComplexLayout, ComplexMatrix};
use crate::parameters::So2Parameters;
use crate::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix};

/// m = 0: y = W x + b; m > 0: [y₊; y₋] = [W_r −W_i; W_i W_r] [x₊; x₋].
#[derive(Clone, Debug)]
pub(crate) struct So2Convolution<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    bias: Vec<T>,
    orders: Vec<OrderMatrices<T>>,
    inputs: usize,
    outputs: usize,
}

/// The matrices of an order m > 0, and its numbers in the input and the output of an edge.
#[derive(Clone, Debug)]
struct OrderMatrices<T> {
    forward: ComplexMatrix<T>,
    backward: ComplexMatrix<T>,
    first_input: usize,
    inputs: usize,
    first_output: usize,
    outputs: usize,
}

impl<T: Real> So2Convolution<T> {
    pub(crate) fn new(convolution: &So2Parameters<T>) -> So2Convolution<T> {
        let m0 = &convolution.m0;
        let (mut first_input, mut first_output) = (m0.inputs, m0.outputs);
        let mut orders = Vec::new();
        for order in &convolution.orders {
            let (inputs, outputs) = (order.inputs, order.outputs / 2);
            orders.push(OrderMatrices {
                forward: ComplexMatrix::forward(order),
                backward: ComplexMatrix::backward(order),
                first_input,
                inputs,
                first_output,
                outputs,
            });
            first_input += 2 * inputs;
            first_output += 2 * outputs;
        }
        So2Convolution {
            forward: m0.matrix(),
            backward: m0.transposed(),
            bias: m0.bias.clone(),
            orders,
            inputs: first_input,
            outputs: first_output,
        }
    }

    /// Numbers of the input of an edge.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers of the output of an edge.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// `[count, inputs]` to `[count, outputs]`.
    pub(crate) fn forward(&self, count: usize, x: &[T], scratch: &mut Vec<T>, y: &mut [T]) {
        let (from, to) = (Layout::rows(0, self.inputs), Layout::rows(0, self.outputs));
        self.forward.multiply(count, (x, from), &self.bias, (y, to));
        for order in &self.orders {
            let from = (x, order.input(self.inputs));
            let to = (&mut *y, order.output(self.outputs));
            order.forward.multiply(count, from, to, scratch);
        }
    }

    /// dE/dx, `[count, inputs]`, from dE/dy, `[count, outputs]`.
    pub(crate) fn backward(
        &self,
        count: usize,
        grad_output: &[T],
        scratch: &mut Vec<T>,
        grad_input: &mut [T],
    ) {
        let (from, to) = (Layout::rows(0, self.outputs), Layout::rows(0, self.inputs));
        self.backward
            .multiply(count, (grad_output, from), &[], (grad_input, to));
        for order in &self.orders {
            let from = (grad_output, order.output(self.outputs));
            let to = (&mut *grad_input, order.input(self.inputs));
            order.backward.multiply(count, from, to, scratch);
        }
    }
}

impl<T> OrderMatrices<T> {
    fn input(&self, stride: usize) -> ComplexLayout {
        ComplexLayout {
            first: self.first_input,
            count: self.inputs,
            stride,
        }
    }

    fn output(&self, stride: usize) -> ComplexLayout {
        ComplexLayout {
            first: self.first_output,
            count: self.outputs,
            stride,
        }
    }
}
