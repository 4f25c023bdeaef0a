//! SiLU, x σ(x): S. Elfwing, E. Uchibe, K. Doya, arXiv:1702.03118.

use burn::tensor::activation::sigmoid;

use super::Tensor;

/// x σ(x).
pub(super) fn silu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    x.clone() * sigmoid(x)
}

/// Its slope, σ(x) (1 + x (1 − σ(x))).
pub(super) fn slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let share = sigmoid(x.clone());
    let rest = share.clone().neg().add_scalar(1.0);
    share * (x * rest).add_scalar(1.0)
}
