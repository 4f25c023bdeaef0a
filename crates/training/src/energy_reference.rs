//! Energy references: the energies of free atoms that make the energies of labels small.

use nalgebra::{DMatrix, DVector};

use crate::label::Label;
use crate::model::Model;

/// Energies per atom that differ by more than this on average have another reference, eV.
const FAR_OFF: f64 = 0.3;

/// How much smaller differences of energies must become by other references for them to be the cause.
const EXPLAINED: f64 = 0.5;

/// Weight of the prior that references do not change, in labels of one atom.
const PRIOR: f64 = 1e-3;

/// Number of fits, each to the rest of the one before.
const ITERATIONS: usize = 3;

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
    /// The changes c minimize Σ ((E − E_predicted − Σₑ nₑ cₑ)/n)² over labels with nₑ atoms of element e and
    /// n in all, by iterated Tikhonov regularization: each of three times, the rest of the differences is
    /// fitted with the additional term 10⁻³ Σ cₑ², which keeps directions at 0 that compositions say little
    /// about. H. W. Engl, M. Hanke, A. Neubauer, Regularization of Inverse Problems (1996), 5.1.
    pub fn of(model: &Model, labels: &[&Label], predicted: &[f64]) -> EnergyReference {
        let species = model.elements().len();
        let pairs = labels.iter().zip(predicted);
        let rows: Vec<Row> = pairs
            .map(|(label, energy)| Row::of(model, label, *energy))
            .collect();
        let mut matrix = DMatrix::identity(species, species) * PRIOR;
        for Row { shares, .. } in &rows {
            matrix += shares * shares.transpose();
        }
        let mut changes = DVector::zeros(species);
        // Positive definite by the prior.
        if let Some(matrix) = matrix.cholesky() {
            for _ in 0..ITERATIONS {
                let rest = rows.iter().fold(DVector::zeros(species), |sum, row| {
                    sum + &row.shares * row.rest(&changes)
                });
                changes += matrix.solve(&rest);
            }
        }
        let none = DVector::zeros(species);
        EnergyReference {
            difference: root_mean_square(&rows, &none),
            fitted_difference: root_mean_square(&rows, &changes),
            changes: changes.iter().copied().collect(),
        }
    }

    /// Whether the labels have another energy reference than the network.
    pub fn is_far_off(&self) -> bool {
        self.difference > FAR_OFF && self.fitted_difference < EXPLAINED * self.difference
    }
}

/// The composition of a label and the difference of its energy.
struct Row {
    /// nₑ/n: [species].
    shares: DVector<f64>,
    /// (E − E_predicted)/n, eV.
    difference: f64,
}

impl Row {
    fn of(model: &Model, label: &Label, predicted: f64) -> Row {
        let share = 1.0 / label.forces.len() as f64;
        let mut shares = DVector::zeros(model.elements().len());
        for element in label.structure.elements() {
            if let Some(species) = model.architecture.species_of(*element) {
                shares[species] += share;
            }
        }
        Row {
            shares,
            difference: (label.energy - predicted) * share,
        }
    }

    /// The difference after changes of the references, eV.
    fn rest(&self, changes: &DVector<f64>) -> f64 {
        self.difference - self.shares.dot(changes)
    }
}

fn root_mean_square(rows: &[Row], changes: &DVector<f64>) -> f64 {
    let squares = rows.iter().map(|row| row.rest(changes).powi(2));
    (squares.sum::<f64>() / rows.len().max(1) as f64).sqrt()
}
