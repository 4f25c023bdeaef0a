//! Linear layers on features: one matrix per degree, which commutes with rotations.
//!
//! fairchem: `SO3_Linear`.

use super::scalar;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::So3Parameters;

/// y = W⁽ˡ⁾ x for each component of degree l, and a bias for degree 0.
#[derive(Clone, Debug)]
pub(crate) struct So3Linear {
    /// W⁽ˡ⁾: `[outputs, inputs]` for each degree.
    weights: Vec<Tensor<2>>,
    /// `[1, outputs]`.
    bias: Tensor<2>,
}

impl So3Linear {
    pub(crate) fn new<T: TensorReal>(
        linear: &So3Parameters<T>,
        options: &TensorOptions,
    ) -> So3Linear {
        let (outputs, inputs) = (linear.outputs, linear.inputs);
        let weights = linear.weight.chunks_exact(outputs * inputs);
        So3Linear {
            weights: weights
                .map(|weight| options.tensor(weight.to_vec(), [outputs, inputs]))
                .collect(),
            bias: options.tensor(linear.bias.clone(), [1, outputs]),
        }
    }

    /// `[n, S, inputs]` to `[n, S, outputs]`.
    pub(crate) fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let y = self.by_degree(x, |weight| weight.transpose());
        scalar::add(y, self.bias.clone())
    }

    /// dE/dx, `[n, S, inputs]`, from dE/dy, `[n, S, outputs]`.
    pub(crate) fn backward(&self, grad_output: Tensor<3>) -> Tensor<3> {
        self.by_degree(grad_output, |weight| weight)
    }

    /// Multiplies the 2l + 1 rows of each degree l, components l² to (l + 1)², with its matrix.
    fn by_degree(&self, x: Tensor<3>, matrix: impl Fn(Tensor<2>) -> Tensor<2>) -> Tensor<3> {
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
