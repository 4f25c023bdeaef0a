//! Linear layers on rows of channels.

use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters;

/// y = W x + b of each row.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    /// W: `[outputs, inputs]`.
    weight: Tensor<2>,
    /// b: `[1, outputs]`.
    bias: Option<Tensor<2>>,
}

impl Linear {
    pub(crate) fn new<T: TensorReal>(
        linear: &parameters::LinearParameters<T>,
        options: &TensorOptions,
    ) -> Linear {
        let (outputs, inputs) = (linear.outputs, linear.inputs);
        let bias = (!linear.bias.is_empty()).then_some(&linear.bias);
        Linear {
            weight: options.tensor(linear.weight.clone(), [outputs, inputs]),
            bias: bias.map(|bias| options.tensor(bias.clone(), [1, outputs])),
        }
    }

    /// y = W x.
    pub(crate) fn without_bias(weight: Tensor<2>) -> Linear {
        Linear { weight, bias: None }
    }

    pub(crate) fn inputs(&self) -> usize {
        self.weight.dims()[1]
    }

    pub(crate) fn outputs(&self) -> usize {
        self.weight.dims()[0]
    }

    /// `[n, inputs]` to `[n, outputs]`.
    pub(crate) fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        assert_eq!(x.dims()[1], self.inputs(), "inputs of a linear layer");
        let y = x.matmul(self.weight.clone().transpose());
        match &self.bias {
            Some(bias) => y + bias.clone(),
            None => y,
        }
    }

    /// dE/dx = dE/dy W.
    pub(crate) fn backward(&self, grad_output: Tensor<2>) -> Tensor<2> {
        grad_output.matmul(self.weight.clone())
    }
}
