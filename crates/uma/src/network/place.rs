//! Where tensors are and what their numbers are.

use burn::tensor::{DType, Element, TensorData};
use burn::{Dispatch, DispatchDevice};

use super::{Indices, Tensor};
use crate::real::Real;

/// A device, and the precision that it calculates with. Nothing is left to a device's defaults.
#[derive(Clone, Debug)]
pub(super) struct Place {
    device: DispatchDevice,
    number: DType,
}

impl Place {
    /// Numbers of type `T` on this device.
    pub(super) fn new<T: Real>(device: &DispatchDevice) -> Place {
        Place {
            device: device.clone(),
            number: T::TYPE,
        }
    }

    /// A tensor of these numbers, the last dimension fastest.
    pub(super) fn tensor<T: Element, const D: usize>(
        &self,
        values: Vec<T>,
        shape: [usize; D],
    ) -> Tensor<D> {
        assert_eq!(values.len(), shape.iter().product::<usize>(), "{shape:?}");
        let data = TensorData::new(values, shape);
        Tensor::from_data(data, (&self.device, self.number))
    }

    /// A tensor of what was calculated on the host, rounded to the precision of the device.
    pub(super) fn rounded<const D: usize>(
        &self,
        values: impl Iterator<Item = f64>,
        shape: [usize; D],
    ) -> Tensor<D> {
        match self.number {
            DType::F64 => self.tensor::<f64, D>(values.collect(), shape),
            _ => self.tensor::<f32, D>(values.map(f32::of).collect(), shape),
        }
    }

    /// Nothing but zeros.
    pub(super) fn zeros<const D: usize>(&self, shape: [usize; D]) -> Tensor<D> {
        Tensor::zeros(shape, (&self.device, self.number))
    }

    /// Which rows to take.
    pub(super) fn indices(&self, indices: impl Iterator<Item = usize>) -> Indices {
        let indices: Vec<i32> = indices.map(|index| index as i32).collect();
        let count = indices.len();
        let data = TensorData::new(indices, [count]);
        burn::tensor::Tensor::<Dispatch, 1, burn::tensor::Int>::from_data(
            data,
            (&self.device, DType::I32),
        )
    }
}
