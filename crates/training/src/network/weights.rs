//! The trained parameters as tensors, one for each name of the file.

use std::collections::BTreeMap;

use burn::DispatchDevice;
use burn::tensor::Shape;
use burn::tensor::{DType, TensorData};

use super::Tensor;
use crate::parameters::Layout;

/// All trained tensors as matrices: [rows, columns], where the columns are the last dimension.
pub(crate) struct Weights {
    tensors: BTreeMap<&'static str, Tensor<2>>,
}

impl Weights {
    /// Uploads parameters whose gradients can be asked for; on a device of automatic differentiation.
    pub(crate) fn new(layout: &Layout, parameters: &[f32], device: &DispatchDevice) -> Weights {
        let constant = Weights::constant(layout, parameters, device);
        let tensors = constant.tensors.into_iter();
        Weights {
            tensors: tensors
                .map(|(name, tensor)| (name, tensor.require_grad()))
                .collect(),
        }
    }

    /// Uploads parameters as constants.
    pub(crate) fn constant(
        layout: &Layout,
        parameters: &[f32],
        device: &DispatchDevice,
    ) -> Weights {
        let tensors = layout.iter().map(|placement| {
            let columns = placement.shape.last().copied().unwrap_or(1);
            let shape = [placement.range.len() / columns, columns];
            let values = parameters[placement.range.clone()].to_vec();
            let data = TensorData::new(values, Shape::from(shape));
            let tensor = Tensor::from_data(data, (device, DType::F32));
            (placement.name, tensor)
        });
        Weights {
            tensors: tensors.collect(),
        }
    }

    /// A tensor that every network has.
    pub(crate) fn get(&self, name: &str) -> Tensor<2> {
        self.optional(name).expect("a tensor of every network")
    }

    /// A tensor that some networks have.
    pub(crate) fn optional(&self, name: &str) -> Option<Tensor<2>> {
        self.tensors.get(name).cloned()
    }

    /// The gradient of a scalar with respect to all parameters, in the order of the layout.
    pub(crate) fn gradient(&self, layout: &Layout, scalar: &Tensor<1>) -> Vec<f32> {
        let gradients = scalar.backward();
        let mut all = Vec::with_capacity(layout.len());
        for placement in layout.iter() {
            match self.tensors[placement.name].grad(&gradients) {
                Some(gradient) => {
                    let values = gradient.into_data().convert::<f32>().to_vec::<f32>();
                    all.extend(values.expect("numbers in single precision"));
                }
                None => all.resize(placement.range.end, 0.0),
            }
        }
        all
    }
}
