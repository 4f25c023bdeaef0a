//! What the length and the elements of an edge do to its message: a factor for each degree, order
//! and channel, the same for +m and −m.

use std::ops::Range;

use super::place::Place;
use super::{Indices, Tensor};

/// Multiplies the rows of a message with their factors.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    /// The rows of each order.
    orders: Vec<Range<usize>>,
    /// For each row of a message, which factor it has.
    of_row: Indices,
    /// Rows of factors.
    rows: usize,
}

impl Factors {
    /// For messages with orders in these rows.
    pub(super) fn new(orders: &[Range<usize>], place: &Place) -> Factors {
        let mut of_row = Vec::new();
        let mut rows = 0;
        for (m, order) in orders.iter().enumerate() {
            let degrees = degrees(m, order);
            let signs = order.len() / degrees;
            of_row.extend((0..signs).flat_map(|_| rows..rows + degrees));
            rows += degrees;
        }
        Factors {
            orders: orders.to_vec(),
            of_row: place.indices(of_row.into_iter()),
            rows,
        }
    }

    /// [E, K, c] and factors [E, rows · c] -> [E, K, c].
    pub(super) fn forward(&self, x: Tensor<3>, factors: Tensor<2>) -> Tensor<3> {
        x.clone() * self.by_row(&x, factors)
    }

    /// The gradients of x and of the factors from that of the result.
    pub(super) fn backward(
        &self,
        y: Tensor<3>,
        x: Tensor<3>,
        factors: Tensor<2>,
    ) -> (Tensor<3>, Tensor<2>) {
        let [edges, _, channels] = x.dims();
        let by_row = self.by_row(&x, factors);
        let product = y.clone() * x;
        let order = |(m, rows): (usize, &Range<usize>)| {
            let degrees = degrees(m, rows);
            let signs = rows.len() / degrees;
            let part = product.clone().slice([0..edges, rows.clone(), 0..channels]);
            let part = part.reshape([edges, signs, degrees * channels]);
            part.sum_dim(1).reshape([edges, degrees * channels])
        };
        let factors = self.orders.iter().enumerate().map(order).collect();
        (y * by_row, Tensor::cat(factors, 1))
    }

    fn by_row(&self, x: &Tensor<3>, factors: Tensor<2>) -> Tensor<3> {
        let [edges, _, channels] = x.dims();
        let factors = factors.reshape([edges, self.rows, channels]);
        factors.select(1, self.of_row.clone())
    }
}

/// How many degrees have components of order ±m.
fn degrees(m: usize, rows: &Range<usize>) -> usize {
    if m == 0 { rows.len() } else { rows.len() / 2 }
}
