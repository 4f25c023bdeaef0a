//! Gate activation: SiLU for degree 0, and a factor between 0 and 1 per degree and channel above.
//!
//! fairchem: `GateActivation`.

use burn::tensor::activation::sigmoid;

use super::scalar;
use super::tensor::{Indices, Tensor};
use super::tensor_options::TensorOptions;

/// y₀ = x₀ σ(x₀); yₗ = xₗ σ(sₗ) for l > 0, where s are the gate scalars.
#[derive(Clone, Debug)]
pub(crate) struct GateActivation {
    /// L, the number of degrees above 0.
    lmax: usize,
    /// l − 1 for each row but the first.
    gate_of_row: Indices,
    /// The rows of each degree above 0.
    rows_of_degree: Vec<Indices>,
}

/// Activations for the backward pass, both `[n, rows, H]`.
#[derive(Clone, Debug)]
pub(crate) struct SavedGate {
    input: Tensor<3>,
    factors: Tensor<3>,
}

impl GateActivation {
    /// The activation of features whose rows have these degrees, the first of which is 0.
    pub(crate) fn new(degrees: &[usize], options: &TensorOptions) -> GateActivation {
        assert_eq!(degrees.first(), Some(&0), "the first row is of degree 0");
        let lmax = degrees.iter().copied().max().unwrap_or(0);
        let rows_of = |l: usize| (0..degrees.len()).filter(move |row| degrees[*row] == l);
        GateActivation {
            lmax,
            gate_of_row: options.indices(degrees[1..].iter().map(|l| l - 1)),
            rows_of_degree: (1..=lmax).map(|l| options.indices(rows_of(l))).collect(),
        }
    }

    /// Gate scalars `[n, L·H]` and features `[n, rows, H]` to `[n, rows, H]`.
    pub(crate) fn forward(&self, scalars: Tensor<2>, x: Tensor<3>) -> (Tensor<3>, SavedGate) {
        let [count, _, channels] = x.dims();
        assert_eq!(
            scalars.dims(),
            [count, self.lmax * channels],
            "scalars of a gate"
        );
        let factors = sigmoid(scalars).reshape([count, self.lmax, channels]);
        let factors = factors.select(1, self.gate_of_row.clone());
        let first = sigmoid(scalar::row(&x)).reshape([count, 1, channels]);
        let factors = Tensor::cat(vec![first, factors], 1);
        let y = x.clone() * factors.clone();
        (y, SavedGate { input: x, factors })
    }

    /// dE/dscalars, `[n, L·H]`, and dE/dx, `[n, rows, H]`, from dE/dy.
    pub(crate) fn backward(
        &self,
        grad_output: Tensor<3>,
        saved: SavedGate,
    ) -> (Tensor<2>, Tensor<3>) {
        let SavedGate { input, factors } = saved;
        let [count, _, channels] = grad_output.dims();
        let slope = factors.clone() * factors.clone().neg().add_scalar(1.0);
        // The gradient of the argument of each sigmoid, which is x itself in the first row.
        let inside = grad_output.clone() * input * slope;
        let grad_input = scalar::add(grad_output * factors, scalar::row(&inside));
        let rows = self.rows_of_degree.iter();
        let grad_scalars = rows.map(|rows| inside.clone().select(1, rows.clone()).sum_dim(1));
        let grad_scalars = Tensor::cat(grad_scalars.collect(), 1);
        let grad_scalars = grad_scalars.reshape([count, self.lmax * channels]);
        (grad_scalars, grad_input)
    }
}
