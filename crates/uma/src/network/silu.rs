//! SiLU, x σ(x), also called swish: S. Elfwing, E. Uchibe, K. Doya, arXiv:1702.03118.

use burn::tensor::activation::sigmoid;

use super::tensor::Tensor;

/// x σ(x).
pub(crate) fn silu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    x.clone() * sigmoid(x)
}

/// d(x σ(x))/dx = σ(x) (1 + x (1 − σ(x))).
pub(crate) fn silu_slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let s = sigmoid(x.clone());
    let complement = s.clone().neg().add_scalar(1.0);
    s * (x * complement).add_scalar(1.0)
}
