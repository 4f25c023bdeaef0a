//! The packed structure: fixed atoms and copies of the molecules, with their residues, charge and spin.

use super::mixture::Mixture;
use crate::chem::Structure;
use crate::chem::structure::Label;

/// Residue of molecules that have none, where others do.
const RESIDUE: &str = "MOL";

/// The fixed atoms, then the molecules in their order at the places that their files have. Each copy has
/// residue numbers of its own. Charges add up, and so do unpaired electrons (the highest spin).
pub(super) fn assemble(mixture: &Mixture) -> Structure {
    let mut structure = mixture.fixed.clone();
    structure.cell = match mixture.shell {
        Some(_) => None,
        None => Some(mixture.cell.clone()),
    };
    let kinds = mixture.molecules.iter();
    let has_labels = structure.labels().is_some()
        || kinds
            .clone()
            .any(|(molecule, _)| molecule.labels().is_some());
    let mut next = last_residue(&structure) + 1;
    let mut unpaired = structure.multiplicity() - 1;
    for (molecule, count) in kinds {
        unpaired = unpaired.saturating_add(
            (molecule.multiplicity() - 1).saturating_mul(u32::try_from(*count).unwrap_or(u32::MAX)),
        );
        let mut copy = molecule.clone();
        copy.cell = None;
        for _ in 0..*count {
            if has_labels {
                next = number_residues(&mut copy, next);
            }
            structure.append(&copy);
        }
    }
    // At least 1, which is all that is asked for.
    let _ = structure.set_multiplicity(unpaired.saturating_add(1));
    structure
}

fn last_residue(structure: &Structure) -> i32 {
    let labels = structure.labels().unwrap_or_default().iter();
    labels.map(|label| label.residue_number).max().unwrap_or(0)
}

/// Numbers the residues of a molecule from a number on; returns the next number.
fn number_residues(molecule: &mut Structure, next: i32) -> i32 {
    let unlabelled = || {
        let label = Label {
            residue: RESIDUE.to_owned(),
            ..Label::default()
        };
        vec![label; molecule.len()]
    };
    let mut labels = molecule.labels().map_or_else(unlabelled, <[Label]>::to_vec);
    let first = labels.iter().map(|label| label.residue_number).min();
    let shift = next.saturating_sub(first.unwrap_or(0));
    for label in &mut labels {
        label.residue_number = label.residue_number.saturating_add(shift);
    }
    let last = labels.iter().map(|label| label.residue_number).max();
    // As many labels as before, or one for each atom.
    let _ = molecule.set_labels(Some(labels));
    last.unwrap_or(next).saturating_add(1)
}
