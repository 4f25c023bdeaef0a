//! The last hidden layer of a network for the atoms of labels: how it describes their surroundings.

use burn::DispatchDevice;
use rayon::prelude::*;

use crate::features::{Features, FrameAtoms};
use crate::gradient::{GradientError, species};
use crate::label::Label;
use crate::model::Model;
use crate::network::{Inputs, Weights, forward};

/// The surroundings of an atom.
#[derive(Clone, Debug)]
pub(crate) struct AtomFeatures {
    /// Index of the element in the tensors.
    pub(crate) species: usize,
    /// y: [H].
    pub(crate) hidden: Vec<f64>,
}

/// The features of all atoms of labels, in their order.
pub(crate) fn hidden_layers(
    model: &Model,
    labels: &[&Label],
) -> Result<Vec<AtomFeatures>, GradientError> {
    let all: Vec<Vec<AtomFeatures>> = labels
        .par_iter()
        .map(|label| of_label(model, label))
        .collect::<Result<_, _>>()?;
    Ok(all.into_iter().flatten().collect())
}

fn of_label(model: &Model, label: &Label) -> Result<Vec<AtomFeatures>, GradientError> {
    let species = species(&model.architecture, label)?;
    let atoms = FrameAtoms {
        positions: label.structure.positions().to_vec(),
        cell: label.structure.cell.clone(),
        species: &species,
        charge: label.structure.charge,
    };
    let features = Features::of(&model.architecture, &[atoms])?;
    let device = DispatchDevice::Flex(Default::default());
    let inputs = Inputs::new(&model.architecture, &features, &device);
    let weights = Weights::constant(&model.layout, model.parameters(), &device);
    let outputs = forward(&model.architecture, &weights, &inputs);
    let values: Vec<f64> = outputs.hidden.into_data().iter::<f64>().collect();
    let rows = values.chunks_exact(model.architecture.hidden);
    Ok(rows
        .zip(&species)
        .map(|(row, species)| AtomFeatures {
            species: *species,
            hidden: row.to_vec(),
        })
        .collect())
}
