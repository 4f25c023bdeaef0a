//! Linear layers: of rows, and of features, where each degree has its own.

use super::Tensor;
use super::place::Place;
use super::scalar;
use crate::parameters;
use crate::real::Real;

/// y = W x + b of each row.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    /// W: [outputs, inputs].
    weight: Tensor<2>,
    /// b: [1, outputs].
    bias: Option<Tensor<2>>,
}

impl Linear {
    pub(super) fn new<T: Real>(linear: &parameters::Linear<T>, place: &Place) -> Linear {
        let (outputs, inputs) = (linear.outputs, linear.inputs);
        let bias = (!linear.bias.is_empty()).then_some(&linear.bias);
        Linear {
            weight: place.tensor(linear.weight.clone(), [outputs, inputs]),
            bias: bias.map(|bias| place.tensor(bias.clone(), [1, outputs])),
        }
    }

    /// y = W x.
    pub(super) fn of(weight: Tensor<2>) -> Linear {
        Linear { weight, bias: None }
    }

    pub(super) fn inputs(&self) -> usize {
        self.weight.dims()[1]
    }

    pub(super) fn outputs(&self) -> usize {
        self.weight.dims()[0]
    }

    /// [n, inputs] -> [n, outputs].
    pub(super) fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        assert_eq!(x.dims()[1], self.inputs(), "inputs of a linear layer");
        let y = x.matmul(self.weight.clone().transpose());
        match &self.bias {
            Some(bias) => y + bias.clone(),
            None => y,
        }
    }

    /// The gradient of x from that of y.
    pub(super) fn backward(&self, y: Tensor<2>) -> Tensor<2> {
        y.matmul(self.weight.clone())
    }
}

/// y = W⁽ˡ⁾ x of each row of degree l, and a bias for degree 0: what commutes with rotations.
/// fairchem: `SO3_Linear`.
#[derive(Clone, Debug)]
pub(super) struct LinearByDegree {
    /// W⁽ˡ⁾: [outputs, inputs].
    weights: Vec<Tensor<2>>,
    /// [1, outputs].
    bias: Tensor<2>,
}

impl LinearByDegree {
    pub(super) fn new<T: Real>(
        linear: &parameters::LinearByDegree<T>,
        place: &Place,
    ) -> LinearByDegree {
        let (outputs, inputs) = (linear.outputs, linear.inputs);
        let weights: Vec<_> = linear
            .weight
            .chunks_exact(outputs * inputs)
            .map(|weight| place.tensor(weight.to_vec(), [outputs, inputs]))
            .collect();
        LinearByDegree {
            weights,
            bias: place.tensor(linear.bias.clone(), [1, outputs]),
        }
    }

    /// [n, S, inputs] -> [n, S, outputs].
    pub(super) fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let y = self.each_degree(x, |weight| weight.transpose());
        scalar::add(y, self.bias.clone())
    }

    /// The gradient of x from that of y.
    pub(super) fn backward(&self, y: Tensor<3>) -> Tensor<3> {
        self.each_degree(y, |weight| weight)
    }

    fn each_degree(&self, x: Tensor<3>, matrix: impl Fn(Tensor<2>) -> Tensor<2>) -> Tensor<3> {
        let [count, components, inputs] = x.dims();
        assert_eq!(
            components,
            self.weights.len() * self.weights.len(),
            "components"
        );
        let degree = |(l, weight): (usize, &Tensor<2>)| {
            let rows = x
                .clone()
                .slice([0..count, l * l..(l + 1) * (l + 1), 0..inputs]);
            let matrix = matrix(weight.clone());
            let outputs = matrix.dims()[1];
            let y = rows.reshape([count * (2 * l + 1), inputs]).matmul(matrix);
            y.reshape([count, 2 * l + 1, outputs])
        };
        Tensor::cat(self.weights.iter().enumerate().map(degree).collect(), 1)
    }
}
