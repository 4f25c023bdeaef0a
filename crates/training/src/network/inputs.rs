//! The features of a batch as tensors on a device.

use burn::DispatchDevice;
use burn::tensor::{DType, TensorData};

use super::{Indices, Tensor};
use crate::features::Features;
use crate::model::Architecture;

/// Features of a batch on a device; see [`Features`].
pub(crate) struct Inputs {
    /// [A].
    pub(crate) species: Indices,
    /// [A M].
    pub(crate) neighbor: Indices,
    /// Species of the neighbors: [A M].
    pub(crate) neighbor_species: Indices,
    /// [A M, R].
    pub(crate) radial: Tensor<2>,
    /// [A, C, M].
    pub(crate) harmonics: Tensor<3>,
    /// Only with charges.
    pub(crate) electrostatics: Option<ElectrostaticInputs>,
    /// A and M.
    pub(crate) atoms: usize,
    pub(crate) neighbors: usize,
}

/// The part of a batch that charges need.
pub(crate) struct ElectrostaticInputs {
    /// 1 where an atom belongs to a frame, else 0: [B, A].
    pub(crate) membership: Tensor<2>,
    /// Total charges, e: [B, 1].
    pub(crate) totals: Tensor<2>,
    /// Electrostatic potentials of unit charges, V: [A, A].
    pub(crate) potentials: Tensor<2>,
}

impl Inputs {
    /// Uploads features.
    pub(crate) fn new(
        architecture: &Architecture,
        features: &Features,
        device: &DispatchDevice,
    ) -> Inputs {
        let (atoms, neighbors) = (features.atoms, features.neighbors);
        let (radial, components) = (architecture.radial, architecture.components);
        let species_of = |atom: &i32| features.species[*atom as usize];
        let neighbor_species = features.neighbor.iter().map(species_of).collect();
        Inputs {
            species: indices(features.species.clone(), device),
            neighbor: indices(features.neighbor.clone(), device),
            neighbor_species: indices(neighbor_species, device),
            radial: tensor(&features.radial, [atoms * neighbors, radial], device),
            harmonics: tensor(&features.harmonics, [atoms, components, neighbors], device),
            electrostatics: architecture.electrostatics.map(|_| ElectrostaticInputs {
                membership: membership(features, device),
                totals: tensor(&features.charges, [features.frames.len(), 1], device),
                potentials: tensor(&features.electrostatics, [atoms, atoms], device),
            }),
            atoms,
            neighbors,
        }
    }
}

/// A constant tensor of numbers in row-major order.
pub(crate) fn tensor<const D: usize>(
    values: &[f32],
    shape: [usize; D],
    device: &DispatchDevice,
) -> Tensor<D> {
    let data = TensorData::new(values.to_vec(), shape);
    Tensor::from_data(data, (device, DType::F32))
}

fn indices(values: Vec<i32>, device: &DispatchDevice) -> Indices {
    let count = values.len();
    Indices::from_data(TensorData::new(values, [count]), (device, DType::I32))
}

fn membership(features: &Features, device: &DispatchDevice) -> Tensor<2> {
    let mut all = vec![0.0; features.frames.len() * features.atoms];
    for (row, atoms) in features.frames.iter().enumerate() {
        all[row * features.atoms..][atoms.clone()].fill(1.0);
    }
    tensor(&all, [features.frames.len(), features.atoms], device)
}
