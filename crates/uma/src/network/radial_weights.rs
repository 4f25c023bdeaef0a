//! Radial weights: a factor per degree, order and channel of a message, from the edge's length and
//! elements; the same for +m and −m.

use std::ops::Range;

use super::tensor::{Indices, Tensor};
use super::tensor_options::TensorOptions;

/// y = w(d) · x, row by row.
#[derive(Clone, Debug)]
pub(crate) struct RadialWeights {
    /// The rows of each order.
    orders: Vec<Range<usize>>,
    /// The weight row of each message row.
    weight_of_row: Indices,
    /// The number of weight rows.
    rows: usize,
}

impl RadialWeights {
    /// Weights for messages with orders in these rows.
    pub(crate) fn new(orders: &[Range<usize>], options: &TensorOptions) -> RadialWeights {
        let mut weight_of_row = Vec::new();
        let mut rows = 0;
        for (m, order) in orders.iter().enumerate() {
            let degrees = degrees(m, order);
            let signs = order.len() / degrees;
            weight_of_row.extend((0..signs).flat_map(|_| rows..rows + degrees));
            rows += degrees;
        }
        RadialWeights {
            orders: orders.to_vec(),
            weight_of_row: options.indices(weight_of_row.into_iter()),
            rows,
        }
    }

    /// x `[E, K, c]` and weights `[E, rows·c]` to `[E, K, c]`.
    pub(crate) fn forward(&self, x: Tensor<3>, weights: Tensor<2>) -> Tensor<3> {
        x.clone() * self.by_row(&x, weights)
    }

    /// dE/dx, `[E, K, c]`, and dE/dweights, `[E, rows·c]`, from dE/dy.
    pub(crate) fn backward(
        &self,
        grad_output: Tensor<3>,
        x: Tensor<3>,
        weights: Tensor<2>,
    ) -> (Tensor<3>, Tensor<2>) {
        let [edges, _, channels] = x.dims();
        let by_row = self.by_row(&x, weights);
        let product = grad_output.clone() * x;
        let order = |(m, rows): (usize, &Range<usize>)| {
            let degrees = degrees(m, rows);
            let signs = rows.len() / degrees;
            let part = product.clone().slice([0..edges, rows.clone(), 0..channels]);
            let part = part.reshape([edges, signs, degrees * channels]);
            part.sum_dim(1).reshape([edges, degrees * channels])
        };
        let grad_weights = self.orders.iter().enumerate().map(order).collect();
        (grad_output * by_row, Tensor::cat(grad_weights, 1))
    }

    /// The weights of each row of x: `[E, K, c]`.
    fn by_row(&self, x: &Tensor<3>, weights: Tensor<2>) -> Tensor<3> {
        let [edges, _, channels] = x.dims();
        let weights = weights.reshape([edges, self.rows, channels]);
        weights.select(1, self.weight_of_row.clone())
    }
}

/// The number of degrees with components of order ±m.
fn degrees(m: usize, rows: &Range<usize>) -> usize {
    if m == 0 { rows.len() } else { rows.len() / 2 }
}
