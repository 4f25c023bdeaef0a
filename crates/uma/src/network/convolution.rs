//! The convolution along edges: in the frame of an edge, what commutes with the turns that are left,
//! those about the edge, mixes orders with themselves alone.
//!
//! S. Passaro, C. L. Zitnick, arXiv:2302.03655, equation 3; fairchem: `SO2_Convolution`.

use std::ops::Range;

use super::Tensor;
use super::linear::Linear;
use super::place::Place;
use crate::harmonics::Harmonics;
use crate::parameters;
use crate::real::Real;

/// For each order m the rows that its components have along an edge: +m, then −m, by degree.
pub(super) fn rows_of_orders(harmonics: &Harmonics) -> Vec<Range<usize>> {
    let along = &harmonics.along_edge;
    let orders = 0..=harmonics.order.min(harmonics.degree);
    let rows = |m: usize| {
        let of = |row: &usize| along[*row].order.unsigned_abs() == m;
        let first = (0..along.len()).find(of).unwrap_or(0);
        first..first + (0..along.len()).filter(of).count()
    };
    orders.map(rows).collect()
}

/// One linear layer for each order.
#[derive(Clone, Debug)]
pub(super) struct Convolution {
    /// The rows of each order, and what mixes their channels.
    orders: Vec<(Range<usize>, Linear)>,
    outputs: usize,
    /// Numbers that order 0 gives besides, for the gate.
    scalars: usize,
}

impl Convolution {
    /// To features of so many channels.
    pub(super) fn new<T: Real>(
        convolution: &parameters::Convolution<T>,
        rows: &[Range<usize>],
        outputs: usize,
        place: &Place,
    ) -> Convolution {
        let zero = Linear::new(&convolution.zero, place);
        let scalars = zero.outputs() - rows[0].len() * outputs;
        let rest = convolution
            .orders
            .iter()
            .map(|order| of_order(order, place));
        let linear = std::iter::once(zero).chain(rest);
        Convolution {
            orders: rows.iter().cloned().zip(linear).collect(),
            outputs,
            scalars,
        }
    }

    /// [E, K, inputs] -> what is for the gate, [E, scalars], if anything is, and [E, K, outputs].
    pub(super) fn forward(&self, x: Tensor<3>) -> (Option<Tensor<2>>, Tensor<3>) {
        let [edges, _, inputs] = x.dims();
        let mut scalars = None;
        let mut y = Vec::with_capacity(self.orders.len());
        for (order, (rows, linear)) in self.orders.iter().enumerate() {
            let part = x.clone().slice([0..edges, rows.clone(), 0..inputs]);
            let mut part = linear.forward(part.reshape([edges, rows.len() * inputs]));
            if order == 0 && self.scalars > 0 {
                scalars = Some(part.clone().slice([0..edges, 0..self.scalars]));
                part = part.slice([0..edges, self.scalars..linear.outputs()]);
            }
            y.push(part.reshape([edges, rows.len(), self.outputs]));
        }
        (scalars, Tensor::cat(y, 1))
    }

    /// The gradient of x from those of the results.
    pub(super) fn backward(&self, scalars: Option<Tensor<2>>, y: Tensor<3>) -> Tensor<3> {
        let [edges, _, outputs] = y.dims();
        let part = |(order, (rows, linear)): (usize, &(Range<usize>, Linear))| {
            let part = y.clone().slice([0..edges, rows.clone(), 0..outputs]);
            let part = part.reshape([edges, rows.len() * outputs]);
            let part = match &scalars {
                Some(scalars) if order == 0 => Tensor::cat(vec![scalars.clone(), part], 1),
                _ => part,
            };
            let part = linear.backward(part);
            part.reshape([edges, rows.len(), linear.inputs() / rows.len()])
        };
        Tensor::cat(self.orders.iter().enumerate().map(part).collect(), 1)
    }
}

/// The components +m and −m as real and imaginary parts, multiplied with W₁ + i W₂:
/// one matrix, [[W₁, −W₂], [W₂, W₁]].
fn of_order<T: Real>(order: &parameters::Linear<T>, place: &Place) -> Linear {
    let (half, inputs) = (order.outputs / 2, order.inputs);
    let weight = place.tensor(order.weight.clone(), [order.outputs, inputs]);
    let rows = |range: Range<usize>| weight.clone().slice([range, 0..inputs]);
    let (real, imaginary) = (rows(0..half), rows(half..order.outputs));
    let above = Tensor::cat(vec![real.clone(), imaginary.clone().neg()], 1);
    let below = Tensor::cat(vec![imaginary, real], 1);
    Linear::of(Tensor::cat(vec![above, below], 0))
}
