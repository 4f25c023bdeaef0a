//! Tensors on a device, as burn dispatches them.

use burn::Dispatch;
use burn::tensor::{Element, Int};

use crate::real::Real;

/// A tensor of floating-point numbers with `D` dimensions.
pub(crate) type Tensor<const D: usize> = burn::tensor::Tensor<Dispatch, D>;

/// Row indices for gathering.
pub(crate) type Indices = burn::tensor::Tensor<Dispatch, 1, Int>;

/// f32 or f64, in tensors.
pub(crate) trait TensorReal: Real + Element {}

impl<T: Real + Element> TensorReal for T {}

/// The numbers of a tensor in row-major order, copied to the host.
pub(crate) fn to_vec<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    tensor.into_data().iter::<f64>().collect()
}
