//! Gradient of the loss with respect to the parameters, by displaced structures.
//!
//! Forces are derivatives of the energy, so the gradient of a loss of forces needs second derivatives.
//! With d = −∂L/∂F, S = ∂L/∂(Vσ) and the structure x(t) that is strained by t S and displaced by t d,
//!
//! ∂L/∂θ = ∂L/∂E ∂E/∂θ + d/dt ∂E(x(t))/∂θ at t = 0,
//!
//! and the derivative with respect to t is a central difference: first derivatives at two structures
//! are enough. A Hessian-vector product by differences: B. A. Pearlmutter, Neural Comput. 6, 147 (1994),
//! eq. 1. The predictions that residuals come from are those of the potential as its users run it.

use burn::DispatchDevice;
use glam::{DMat3, DVec3};
use mlipview_core::chem::neighbors::TooDense;
use mlipview_core::chem::{Cell, Element};
use mlipview_core::potential::PotentialError;
use mlipview_core::potential::network::ParametersError;
use rayon::prelude::*;

use crate::features::{Features, FrameAtoms};
use crate::label::Label;
use crate::loss::{FrameLoss, LossWeights, Totals};
use crate::model::{Architecture, Model};
use crate::network::{Inputs, Weights, forward, tensor};

/// Displacement in the central difference, Å: that of the fastest atom, plus the strain times
/// [`STRAINED_LENGTH`]. Found by comparison with differences of the loss for molecules and crystals: at
/// 0.004 Å higher derivatives make errors of 4e-4, at 0.0005 Å the rounding of single precision makes
/// 2e-4, and here both are below 1e-4.
const STEP: f64 = 0.001;

/// The length that a strain displaces as much as [`STEP`] means, in cutoffs: that of a bond.
const STRAINED_LENGTH: f64 = 0.4;

/// Most atoms of a part of a batch on the CPU; parts run in parallel. It does not depend on the number of
/// threads, so that sums do not either.
const ATOMS_PER_PART: usize = 160;

/// Why a gradient cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum GradientError {
    /// A parameter is not finite any more.
    #[error("the training has diverged: {0}; lower the learning rate")]
    Diverged(#[from] ParametersError),
    /// The potential does not support a structure.
    #[error(transparent)]
    Potential(#[from] PotentialError),
    /// Atoms too close together.
    #[error(transparent)]
    TooDense(#[from] TooDense),
    /// An element without parameters.
    #[error("the network has no parameters of {0:?}")]
    Element(Element),
}

/// The loss of a batch and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchGradient {
    /// The loss.
    pub loss: f64,
    /// Its gradient, in the order of [`Model::parameters`].
    pub gradient: Vec<f32>,
}

/// A displaced structure, with the factors of its energy and charges in the gradient.
struct Displaced<'a> {
    atoms: FrameAtoms<'a>,
    energy_factor: f64,
    /// `[atoms]`, or empty.
    charge_factors: Vec<f64>,
}

/// The loss of labels.
///
/// # Errors
/// If a parameter is not finite, or a structure is not supported.
pub fn loss(model: &Model, labels: &[&Label], weights: &LossWeights) -> Result<f64, GradientError> {
    Ok(frame_losses(model, labels, weights)?
        .iter()
        .map(|frame| frame.loss)
        .sum())
}

/// The loss of labels and its gradient.
///
/// # Errors
/// If a parameter is not finite, or a structure is not supported.
pub fn gradient(
    model: &Model,
    labels: &[&Label],
    weights: &LossWeights,
    device: &DispatchDevice,
) -> Result<BatchGradient, GradientError> {
    let losses = frame_losses(model, labels, weights)?;
    let species: Vec<Vec<usize>> = labels
        .iter()
        .map(|label| species(&model.architecture, label))
        .collect::<Result<_, _>>()?;
    let mut displaced = Vec::new();
    for ((label, loss), species) in labels.iter().zip(&losses).zip(&species) {
        displaced.extend(displacements(
            model.architecture.cutoff,
            label,
            loss,
            species,
        ));
    }
    let parts: Vec<Vec<f32>> = parts(&displaced, device)
        .into_par_iter()
        .map(|part| gradient_of_energies(model, part, device))
        .collect::<Result<_, _>>()?;
    let mut gradient = vec![0.0; model.layout.len()];
    for part in parts {
        for (sum, value) in gradient.iter_mut().zip(part) {
            *sum += value;
        }
    }
    Ok(BatchGradient {
        loss: losses.iter().map(|frame| frame.loss).sum(),
        gradient,
    })
}

fn frame_losses(
    model: &Model,
    labels: &[&Label],
    weights: &LossWeights,
) -> Result<Vec<FrameLoss>, GradientError> {
    let predictor = model.predictor()?;
    let predictions = predictor.evaluate_all(labels.iter().map(|label| &label.structure))?;
    let totals = Totals::of(labels.iter().copied());
    let pairs = labels.iter().zip(&predictions);
    Ok(pairs
        .map(|(label, prediction)| weights.frame(totals, label, prediction))
        .collect())
}

/// Indices of the elements of a label in the tensors of the network.
pub(crate) fn species(
    architecture: &Architecture,
    label: &Label,
) -> Result<Vec<usize>, GradientError> {
    let elements = label.structure.elements().iter();
    elements
        .map(|element| {
            let index = architecture.species_of(*element);
            index.ok_or(GradientError::Element(*element))
        })
        .collect()
}

/// The structures whose energies make the gradient of a frame: x(t), x(−t).
fn displacements<'a>(
    cutoff: f64,
    label: &Label,
    loss: &FrameLoss,
    species: &'a [usize],
) -> Vec<Displaced<'a>> {
    let largest = loss.by_forces.iter().map(|d| d.length());
    let strain = loss.by_virial;
    let strain_size = strain.to_cols_array().into_iter().map(f64::abs);
    let speed =
        largest.fold(0.0, f64::max) + STRAINED_LENGTH * cutoff * strain_size.fold(0.0, f64::max);
    let half: Vec<f64> = loss.by_charges.iter().map(|slope| 0.5 * slope).collect();
    if speed == 0.0 {
        // Nothing moves: one structure, whose factors are not halved.
        return vec![Displaced {
            atoms: moved(label, species, loss, 0.0),
            energy_factor: loss.by_energy,
            charge_factors: loss.by_charges.clone(),
        }];
    }
    let t = STEP / speed;
    [1.0, -1.0]
        .into_iter()
        .map(|sign| Displaced {
            atoms: moved(label, species, loss, sign * t),
            energy_factor: 0.5 * loss.by_energy + sign / (2.0 * t),
            charge_factors: half.clone(),
        })
        .collect()
}

/// x(t) = (1 + t S) x + t d.
fn moved<'a>(label: &Label, species: &'a [usize], loss: &FrameLoss, t: f64) -> FrameAtoms<'a> {
    let structure = &label.structure;
    let strain = DMat3::IDENTITY + loss.by_virial * t;
    let pairs = structure.positions().iter().zip(&loss.by_forces);
    let positions: Vec<DVec3> = pairs.map(|(x, slope)| strain * *x - *slope * t).collect();
    let deformed = |cell: &Cell| cell.deformed(strain).unwrap_or_else(|_| cell.clone());
    FrameAtoms {
        positions,
        cell: structure.cell.as_ref().map(deformed),
        species,
        charge: structure.charge,
    }
}

/// Consecutive structures of up to [`ATOMS_PER_PART`] atoms, or at least one; on a GPU all at once.
fn parts<'a, 'b>(
    displaced: &'b [Displaced<'a>],
    device: &DispatchDevice,
) -> Vec<&'b [Displaced<'a>]> {
    if !matches!(device, DispatchDevice::Flex(_)) {
        return vec![displaced];
    }
    let (mut parts, mut start, mut atoms) = (Vec::new(), 0, 0);
    for (index, one) in displaced.iter().enumerate() {
        let count = one.atoms.positions.len();
        if index > start && atoms + count > ATOMS_PER_PART {
            parts.push(&displaced[start..index]);
            (start, atoms) = (index, 0);
        }
        atoms += count;
    }
    parts.push(&displaced[start..]);
    parts
}

/// The gradient of the sum of energies and charges times their factors.
fn gradient_of_energies(
    model: &Model,
    displaced: &[Displaced<'_>],
    device: &DispatchDevice,
) -> Result<Vec<f32>, GradientError> {
    let frames: Vec<FrameAtoms<'_>> = displaced.iter().map(|one| one.atoms.clone()).collect();
    let features = Features::of(&model.architecture, &frames)?;
    let device = DispatchDevice::autodiff(device.clone());
    let inputs = Inputs::new(&model.architecture, &features, &device);
    let weights = Weights::new(&model.layout, model.parameters(), &device);
    let outputs = forward(&model.architecture, &weights, &inputs);
    let atoms = features.atoms;
    let factors: Vec<f32> = displaced
        .iter()
        .flat_map(|one| vec![one.energy_factor as f32; one.atoms.positions.len()])
        .collect();
    let mut sum = (outputs.energies * tensor(&factors, [atoms, 1], &device)).sum();
    if let Some(charges) = outputs.charges {
        let factors = displaced.iter().flat_map(|one| {
            let none = vec![0.0; one.atoms.positions.len()];
            if one.charge_factors.is_empty() {
                none
            } else {
                one.charge_factors.clone()
            }
        });
        let factors: Vec<f32> = factors.map(|factor| factor as f32).collect();
        sum = sum + (charges * tensor(&factors, [atoms, 1], &device)).sum();
    }
    Ok(weights.gradient(&model.layout, &sum))
}
