//! The device and the floating-point type of new tensors.

use burn::DispatchDevice;
use burn::tensor::{DType, TensorData};

use super::tensor::{Indices, Tensor, TensorReal};

/// Device and type of new tensors, always given explicitly: the defaults of a device never apply.
#[derive(Clone, Debug)]
pub(crate) struct TensorOptions {
    device: DispatchDevice,
    dtype: DType,
}

impl TensorOptions {
    /// Numbers of type `T` on `device`.
    pub(crate) fn new<T: TensorReal>(device: &DispatchDevice) -> TensorOptions {
        TensorOptions {
            device: device.clone(),
            dtype: T::dtype(),
        }
    }

    /// A tensor of `values` in row-major order.
    pub(crate) fn tensor<T: TensorReal, const D: usize>(
        &self,
        values: Vec<T>,
        shape: [usize; D],
    ) -> Tensor<D> {
        assert_eq!(values.len(), shape.iter().product::<usize>(), "{shape:?}");
        let data = TensorData::new(values, shape);
        Tensor::from_data(data, (&self.device, self.dtype))
    }

    /// A tensor of values computed on the host, rounded to the type of these options.
    pub(crate) fn tensor_from_f64<const D: usize>(
        &self,
        values: impl Iterator<Item = f64>,
        shape: [usize; D],
    ) -> Tensor<D> {
        match self.dtype {
            DType::F64 => self.tensor::<f64, D>(values.collect(), shape),
            _ => self.tensor::<f32, D>(values.map(|value| value as f32).collect(), shape),
        }
    }

    /// A tensor of zeros.
    pub(crate) fn zeros<const D: usize>(&self, shape: [usize; D]) -> Tensor<D> {
        Tensor::zeros(shape, (&self.device, self.dtype))
    }

    /// Row indices.
    pub(crate) fn indices(&self, indices: impl Iterator<Item = usize>) -> Indices {
        let indices: Vec<i32> = indices.map(|index| index as i32).collect();
        let count = indices.len();
        let data = TensorData::new(indices, [count]);
        Indices::from_data(data, (&self.device, DType::I32))
    }
}
