//! Energy references: the energies of free atoms that make the energies of labels small.

use mlipview_core::chem::Element;
use nalgebra::{DMatrix, DVector};

use crate::label::Label;
use crate::model::Model;

/// Energies per atom that differ by more than this on average have another reference, eV.
const FAR_OFF: f64 = 0.3;

/// How much smaller differences of energies must become by other references for them to be the cause.
const EXPLAINED: f64 = 0.5;

/// Weight of the prior that references do not change, in labels of one atom.
const PRIOR: f64 = 1e-3;

/// How the energies of labels compare to those of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyReference {
    /// Root mean square difference, eV/atom.
    pub difference: f64,
    /// The same with fitted references.
    pub fitted_difference: f64,
    /// The change of the energy of a free atom of each element of the network, eV.
    pub changes: Vec<f64>,
}

impl EnergyReference {
    /// Compares labels with the energies that a network predicts for them, eV.
    ///
    /// The changes c minimize Σ ((E − E_predicted − Σₑ nₑ cₑ)/n)² + 10⁻³ Σ cₑ² over labels with nₑ atoms
    /// of element e and n in all; the second term decides where compositions do not differ.
    pub fn of(model: &Model, labels: &[&Label], predicted: &[f64]) -> EnergyReference {
        let species = model.elements().len();
        let index = |element: &Element| model.architecture.species_of(*element);
        let (mut matrix, mut vector) = (
            DMatrix::identity(species, species) * PRIOR,
            DVector::zeros(species),
        );
        let rows: Vec<(DVector<f64>, f64)> = labels
            .iter()
            .zip(predicted)
            .map(|(label, predicted)| {
                let share = 1.0 / label.forces.len() as f64;
                let mut row = DVector::zeros(species);
                let elements = label.structure.elements().iter().filter_map(index);
                elements.for_each(|element| row[element] += share);
                (row, (label.energy - predicted) * share)
            })
            .collect();
        for (row, difference) in &rows {
            matrix += row * row.transpose();
            vector += row * *difference;
        }
        // Positive definite by the prior.
        let changes = matrix
            .cholesky()
            .map_or_else(|| DVector::zeros(species), |matrix| matrix.solve(&vector));
        let mean = |sum: f64| (sum / rows.len().max(1) as f64).sqrt();
        let before: f64 = rows
            .iter()
            .map(|(_, difference)| difference * difference)
            .sum();
        let after: f64 = rows
            .iter()
            .map(|(row, difference)| (difference - row.dot(&changes)).powi(2))
            .sum();
        EnergyReference {
            difference: mean(before),
            fitted_difference: mean(after),
            changes: changes.iter().copied().collect(),
        }
    }

    /// Whether the labels have another energy reference than the network.
    pub fn is_far_off(&self) -> bool {
        self.difference > FAR_OFF && self.fitted_difference < EXPLAINED * self.difference
    }
}
