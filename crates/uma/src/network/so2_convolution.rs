//! SO(2) convolution: in the frame of an edge, each order m mixes only with itself, which commutes
//! with rotations about the edge.
//!
//! S. Passaro, C. L. Zitnick, arXiv:2302.03655; fairchem: `SO2_Convolution`.

use std::ops::Range;

use super::linear::Linear;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::harmonics::Harmonics;
use crate::parameters::{self, So2Parameters};

/// The rows of each order m along an edge: +m, then −m, each by degree.
pub(crate) fn rows_of_orders(harmonics: &Harmonics) -> Vec<Range<usize>> {
    let along = &harmonics.along_edge;
    let orders = 0..=harmonics.mmax.min(harmonics.lmax);
    let rows = |m: usize| {
        let of = |row: &usize| along[*row].order.unsigned_abs() == m;
        let first = (0..along.len()).find(of).unwrap_or(0);
        first..first + (0..along.len()).filter(of).count()
    };
    orders.map(rows).collect()
}

/// m = 0: y = W x + b; m > 0: [y₊; y₋] = [W_r −W_i; W_i W_r] [x₊; x₋].
#[derive(Clone, Debug)]
pub(crate) struct So2Convolution {
    /// The rows of each order, and the matrix that mixes their channels.
    orders: Vec<(Range<usize>, Linear)>,
    /// Channels of the output.
    channels: usize,
    /// Outputs of m = 0 for the gate activation, before its features.
    gate_scalars: usize,
}

impl So2Convolution {
    /// A convolution to features of `channels` channels.
    pub(crate) fn new<T: TensorReal>(
        convolution: &So2Parameters<T>,
        rows: &[Range<usize>],
        channels: usize,
        options: &TensorOptions,
    ) -> So2Convolution {
        let m0 = Linear::new(&convolution.m0, options);
        let gate_scalars = m0.outputs() - rows[0].len() * channels;
        let rest = convolution
            .orders
            .iter()
            .map(|order| complex_linear(order, options));
        let linear = std::iter::once(m0).chain(rest);
        So2Convolution {
            orders: rows.iter().cloned().zip(linear).collect(),
            channels,
            gate_scalars,
        }
    }

    /// `[E, K, inputs]` to the gate scalars, `[E, gate_scalars]`, if there are any, and
    /// `[E, K, channels]`.
    pub(crate) fn forward(&self, x: Tensor<3>) -> (Option<Tensor<2>>, Tensor<3>) {
        let [edges, _, inputs] = x.dims();
        let mut scalars = None;
        let mut y = Vec::with_capacity(self.orders.len());
        for (order, (rows, linear)) in self.orders.iter().enumerate() {
            let part = x.clone().slice([0..edges, rows.clone(), 0..inputs]);
            let mut part = linear.forward(part.reshape([edges, rows.len() * inputs]));
            if order == 0 && self.gate_scalars > 0 {
                scalars = Some(part.clone().slice([0..edges, 0..self.gate_scalars]));
                part = part.slice([0..edges, self.gate_scalars..linear.outputs()]);
            }
            y.push(part.reshape([edges, rows.len(), self.channels]));
        }
        (scalars, Tensor::cat(y, 1))
    }

    /// dE/dx, `[E, K, inputs]`, from the gradients of the gate scalars and of y, `[E, K, channels]`.
    pub(crate) fn backward(
        &self,
        grad_scalars: Option<Tensor<2>>,
        grad_output: Tensor<3>,
    ) -> Tensor<3> {
        let [edges, _, channels] = grad_output.dims();
        let part = |(order, (rows, linear)): (usize, &(Range<usize>, Linear))| {
            let part = grad_output
                .clone()
                .slice([0..edges, rows.clone(), 0..channels]);
            let part = part.reshape([edges, rows.len() * channels]);
            let part = match &grad_scalars {
                Some(scalars) if order == 0 => Tensor::cat(vec![scalars.clone(), part], 1),
                _ => part,
            };
            let part = linear.backward(part);
            part.reshape([edges, rows.len(), linear.inputs() / rows.len()])
        };
        Tensor::cat(self.orders.iter().enumerate().map(part).collect(), 1)
    }
}

/// W_r + i W_i as one real matrix, [W_r −W_i; W_i W_r], from the rows of W_r above those of W_i.
fn complex_linear<T: TensorReal>(
    order: &parameters::LinearParameters<T>,
    options: &TensorOptions,
) -> Linear {
    let (half, inputs) = (order.outputs / 2, order.inputs);
    let weight = options.tensor(order.weight.clone(), [order.outputs, inputs]);
    let rows = |range: Range<usize>| weight.clone().slice([range, 0..inputs]);
    let (real, imaginary) = (rows(0..half), rows(half..order.outputs));
    let above = Tensor::cat(vec![real.clone(), imaginary.clone().neg()], 1);
    let below = Tensor::cat(vec![imaginary, real], 1);
    Linear::without_bias(Tensor::cat(vec![above, below], 0))
}
