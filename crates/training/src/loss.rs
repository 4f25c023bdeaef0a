//! Loss: how far predictions are from labels, and its derivatives with respect to predictions.

use glam::{DMat3, DVec3};
use mlipview_core::potential::Evaluation;
use serde::{Deserialize, Serialize};

use crate::label::Label;

/// Weights of the terms of the loss, which is
///
/// L = w_F Σᵢ h(|ΔFᵢ|, 1 eV/Å)/(3N) + w_E Σ h(ΔE/n, 0.1 eV)/B + w_S Σ h(Δ(Vσ)/n, 0.5 eV)/(9 B_S)
///   + w_Q Σᵢ Δqᵢ²/N_Q
///
/// for B frames of n atoms, N in all, B_S of them with a stress and N_Q atoms with charges, with the
/// pseudo-Huber function h(x, δ) = 2δ² (√(1 + (x/δ)²) − 1), which is x² for small x and 2δ|x| for large
/// ones: P. Charbonnier et al., IEEE Trans. Image Process. 6, 298 (1997).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossWeights {
    /// w_F, 1/(eV/Å)² [default: 1].
    pub forces: f64,
    /// w_E, 1/(eV/atom)² [default: 100].
    pub energy: f64,
    /// w_S, 1/(eV/atom)² [default: 10].
    pub stress: f64,
    /// w_Q, 1/e² [default: 2].
    pub charges: f64,
}

impl Default for LossWeights {
    fn default() -> LossWeights {
        LossWeights {
            forces: 1.0,
            energy: 100.0,
            stress: 10.0,
            charges: 2.0,
        }
    }
}

/// δ of forces, eV/Å; of energies and of virials, eV/atom.
const FORCE_SCALE: f64 = 1.0;
const ENERGY_SCALE: f64 = 0.1;
const VIRIAL_SCALE: f64 = 0.5;

/// Numbers of a batch that its loss is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    atoms: usize,
    frames: usize,
    frames_with_stress: usize,
    atoms_with_charges: usize,
}

impl Totals {
    /// The numbers of some labels.
    pub(crate) fn of<'a>(labels: impl Iterator<Item = &'a Label>) -> Totals {
        let mut totals = Totals::default();
        for label in labels {
            totals.atoms += label.forces.len();
            totals.frames += 1;
            totals.frames_with_stress += usize::from(label.virial().is_some());
            totals.atoms_with_charges += label.charges.as_ref().map_or(0, Vec::len);
        }
        totals
    }
}

/// The part of a frame in the loss of its batch, and its derivatives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FrameLoss {
    pub(crate) loss: f64,
    /// ∂L/∂E, 1/eV.
    pub(crate) by_energy: f64,
    /// ∂L/∂F, Å/eV: `[atoms]`.
    pub(crate) by_forces: Vec<DVec3>,
    /// ∂L/∂(Vσ), 1/eV.
    pub(crate) by_virial: DMat3,
    /// ∂L/∂q, 1/e: `[atoms]`; empty without charges.
    pub(crate) by_charges: Vec<f64>,
}

impl LossWeights {
    /// The loss of a frame.
    pub(crate) fn frame(
        &self,
        totals: Totals,
        label: &Label,
        prediction: &Evaluation,
    ) -> FrameLoss {
        let atoms = label.forces.len() as f64;
        // Energies per atom.
        let weight = self.energy / totals.frames as f64;
        let error = (prediction.energy - label.energy) / atoms;
        let (value, slope) = pseudo_huber(error, ENERGY_SCALE);
        let (mut loss, by_energy) = (weight * value, weight * slope / atoms);
        // Norms of force errors.
        let weight = self.forces / (3 * totals.atoms) as f64;
        let pairs = prediction.forces.iter().zip(&label.forces);
        let by_forces = pairs.map(|(found, expected)| {
            let error = *found - *expected;
            let (value, slope) = pseudo_huber(error.length(), FORCE_SCALE);
            loss += weight * value;
            error.normalize_or_zero() * (weight * slope)
        });
        let by_forces = by_forces.collect();
        let (stress, by_virial) = self.virial(totals, label, prediction);
        let (charge, by_charges) = self.charges(totals, label, prediction);
        FrameLoss {
            loss: loss + stress + charge,
            by_energy,
            by_forces,
            by_virial,
            by_charges,
        }
    }

    /// Components of the virial per atom.
    fn virial(&self, totals: Totals, label: &Label, prediction: &Evaluation) -> (f64, DMat3) {
        let (Some(expected), Some(found)) = (label.virial(), prediction.stress) else {
            return (0.0, DMat3::ZERO);
        };
        let volume = label
            .structure
            .cell
            .as_ref()
            .map_or(0.0, |cell| cell.volume());
        let atoms = label.forces.len() as f64;
        let weight = self.stress / (9 * totals.frames_with_stress) as f64;
        let error = (found * volume - expected) * (1.0 / atoms);
        let (mut loss, mut slopes) = (0.0, [0.0; 9]);
        for (slope, error) in slopes.iter_mut().zip(error.to_cols_array()) {
            let (value, derivative) = pseudo_huber(error, VIRIAL_SCALE);
            loss += weight * value;
            *slope = weight * derivative / atoms;
        }
        (loss, DMat3::from_cols_array(&slopes))
    }

    /// Charges of atoms.
    fn charges(&self, totals: Totals, label: &Label, prediction: &Evaluation) -> (f64, Vec<f64>) {
        let (Some(expected), Some(found)) = (&label.charges, &prediction.charges) else {
            return (0.0, Vec::new());
        };
        let weight = self.charges / totals.atoms_with_charges as f64;
        let errors = found.iter().zip(expected).map(|(one, other)| one - other);
        let errors: Vec<f64> = errors.collect();
        let loss = errors.iter().map(|error| weight * error * error).sum();
        let slopes = errors.iter().map(|error| 2.0 * weight * error).collect();
        (loss, slopes)
    }
}

/// h(x, δ) = 2δ² (√(1 + (x/δ)²) − 1) and its derivative 2x/√(1 + (x/δ)²).
fn pseudo_huber(x: f64, scale: f64) -> (f64, f64) {
    let root = (x / scale).hypot(1.0);
    // √(1 + y) − 1 = y/(√(1 + y) + 1), which is exact for small y too.
    (2.0 * x * x / (root + 1.0), 2.0 * x / root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pseudo_huber_function_is_a_square_for_small_and_linear_for_large_errors() {
        assert!((pseudo_huber(1e-3, 1.0).0 - 1e-6).abs() < 1e-12);
        assert!((pseudo_huber(1e4, 0.1).0 / (2.0 * 0.1 * 1e4) - 1.0).abs() < 1e-4);
        for x in [-3.0, -0.1, 0.0, 0.5, 20.0] {
            let difference = (pseudo_huber(x + 1e-5, 0.3).0 - pseudo_huber(x - 1e-5, 0.3).0) / 2e-5;
            assert!((pseudo_huber(x, 0.3).1 - difference).abs() < 1e-6, "{x}");
        }
    }
}
