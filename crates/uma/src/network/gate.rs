//! The gate: SiLU of what no rotation changes, and a factor between 0 and 1 for each degree of the
//! rest. fairchem: `GateActivation`.

use burn::tensor::activation::sigmoid;

use super::place::Place;
use super::scalar;
use super::{Indices, Tensor};

/// A gate of features with `rows` rows in some order, the first of degree 0.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    /// Degrees above 0.
    degrees: usize,
    /// l − 1 for each row but the first.
    factor_of_row: Indices,
    /// For each degree above 0, its rows.
    rows_of_degree: Vec<Indices>,
}

/// What the backward needs: [n, rows, H].
#[derive(Clone, Debug)]
pub(super) struct Kept {
    input: Tensor<3>,
    factors: Tensor<3>,
}

impl Gate {
    /// For features with rows of these degrees.
    pub(super) fn new(degrees: &[usize], place: &Place) -> Gate {
        assert_eq!(degrees.first(), Some(&0), "the first row is of degree 0");
        let highest = degrees.iter().copied().max().unwrap_or(0);
        let rows_of = |l: usize| (0..degrees.len()).filter(move |row| degrees[*row] == l);
        Gate {
            degrees: highest,
            factor_of_row: place.indices(degrees[1..].iter().map(|l| l - 1)),
            rows_of_degree: (1..=highest).map(|l| place.indices(rows_of(l))).collect(),
        }
    }

    /// The factors are the sigmoids of `scalars`, [n, L·H], for `x`, [n, rows, H].
    pub(super) fn forward(&self, scalars: Tensor<2>, x: Tensor<3>) -> (Tensor<3>, Kept) {
        let [count, _, channels] = x.dims();
        assert_eq!(
            scalars.dims(),
            [count, self.degrees * channels],
            "factors of a gate"
        );
        let factors = sigmoid(scalars).reshape([count, self.degrees, channels]);
        let factors = factors.select(1, self.factor_of_row.clone());
        let first = sigmoid(scalar::of(&x)).reshape([count, 1, channels]);
        let factors = Tensor::cat(vec![first, factors], 1);
        let y = x.clone() * factors.clone();
        (y, Kept { input: x, factors })
    }

    /// The gradients of `scalars` and `x` from that of the result.
    pub(super) fn backward(&self, y: Tensor<3>, kept: Kept) -> (Tensor<2>, Tensor<3>) {
        let Kept { input, factors } = kept;
        let [count, _, channels] = y.dims();
        let slope = factors.clone() * factors.clone().neg().add_scalar(1.0);
        // Of what the sigmoids are taken of; in the first row that is the input itself.
        let inside = y.clone() * input * slope;
        let x = scalar::add(y * factors, scalar::of(&inside));
        let rows = self.rows_of_degree.iter();
        let scalars = rows.map(|rows| inside.clone().select(1, rows.clone()).sum_dim(1));
        let scalars = Tensor::cat(scalars.collect(), 1);
        (scalars.reshape([count, self.degrees * channels]), x)
    }
}
