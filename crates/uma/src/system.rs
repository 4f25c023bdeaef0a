//! Charge, multiplicity, task and composition: the embedding of the system and its expert
//! coefficients.
//!
//! They do not change while atoms move, so the experts are merged once per system (fairchem:
//! `eSCNMDMoeBackbone.set_MOLE_coefficients`, `merge_MOLE_model`).

use crate::checkpoint::{Checkpoint, CheckpointError};
use mlipview_core::chem::Element;

/// Added to each expert coefficient after the softmax; the sum is not normalized again.
const COEFFICIENT_OFFSET: f64 = 0.005;

/// Maximum charge with an embedding, of either sign, e.
pub(crate) const MAX_CHARGE: i32 = 100;

/// Maximum multiplicity with an embedding.
pub(crate) const MAX_MULTIPLICITY: u32 = 100;

/// The key of a merged network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct System {
    /// Name of the task, as in "omol".
    pub(crate) task: String,
    /// Total charge, e.
    pub(crate) charge: i32,
    /// 2S + 1; 0 if unspecified.
    pub(crate) multiplicity: u32,
    /// Atomic number and count of each element, in ascending order.
    pub(crate) composition: Vec<(u8, usize)>,
}

impl System {
    /// The system of these atoms.
    pub(crate) fn new(task: &str, charge: i32, multiplicity: u32, elements: &[Element]) -> System {
        let mut counts = [0_usize; 256];
        for element in elements {
            counts[usize::from(element.number())] += 1;
        }
        let counts = (0..=u8::MAX).zip(counts);
        System {
            task: task.to_owned(),
            charge,
            multiplicity,
            composition: counts.filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// The embedding of charge, multiplicity and task, `[C]`, added to each atom:
    /// SiLU(W [charge | spin | task] + b).
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn embedding(&self, checkpoint: &Checkpoint) -> Result<Vec<f64>, CheckpointError> {
        let row = |name: &str, row: usize| -> Result<Vec<f64>, CheckpointError> {
            Ok(checkpoint.tensor(name)?.part(row).values())
        };
        let charge = (self.charge + MAX_CHARGE).cast_unsigned() as usize;
        let task = format!(
            "backbone.dataset_embedding.dataset_emb_dict.{}.weight",
            self.task
        );
        let embeddings = [
            row("backbone.charge_embedding.rand_emb.weight", charge)?,
            row(
                "backbone.spin_embedding.rand_emb.weight",
                self.multiplicity as usize,
            )?,
            row(&task, 0)?,
        ];
        linear_and_silu(checkpoint, "backbone.mix_csd", &embeddings.concat())
    }

    /// The coefficient of each expert: softmax(MLP([composition | embedding])) + 0.005, where the
    /// composition is the mean of the element embeddings.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn expert_coefficients(
        &self,
        checkpoint: &Checkpoint,
    ) -> Result<Vec<f64>, CheckpointError> {
        let embedding = self.embedding(checkpoint)?;
        let elements = checkpoint.tensor("backbone.composition_embedding.weight")?;
        let mut composition = vec![0.0; embedding.len()];
        let mut atoms = usize::from(checkpoint.configuration().composition_over_atoms_plus_one);
        for (number, count) in &self.composition {
            let element = elements.part(usize::from(*number));
            element.add_scaled(*count as f64, &mut composition);
            atoms += count;
        }
        composition
            .iter_mut()
            .for_each(|value| *value /= atoms.max(1) as f64);
        let mut hidden = [composition, embedding].concat();
        for layer in [0, 2, 4] {
            hidden = linear_and_silu(
                checkpoint,
                &format!("backbone.routing_mlp.{layer}"),
                &hidden,
            )?;
        }
        let largest = hidden.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = hidden.iter().map(|value| (value - largest).exp()).collect();
        let sum: f64 = weights.iter().sum();
        Ok(weights
            .iter()
            .map(|weight| weight / sum + COEFFICIENT_OFFSET)
            .collect())
    }
}

/// SiLU(W x + b), `[outputs]`, of x `[inputs]`.
fn linear_and_silu(
    checkpoint: &Checkpoint,
    name: &str,
    x: &[f64],
) -> Result<Vec<f64>, CheckpointError> {
    let weight: Vec<f64> = checkpoint.tensor(&format!("{name}.weight"))?.values();
    let bias: Vec<f64> = checkpoint.tensor(&format!("{name}.bias"))?.values();
    let row = |(row, bias): (&[f64], &f64)| {
        let sum: f64 = row.iter().zip(x).map(|(weight, x)| weight * x).sum();
        let y = sum + bias;
        y / (1.0 + (-y).exp())
    };
    Ok(weight.chunks_exact(x.len()).zip(&bias).map(row).collect())
}
