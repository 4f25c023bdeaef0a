//! Preparation: checks labels against a network before the first step, and sets its energy reference.

use mlipview_core::chem::Element;
use mlipview_core::potential::{Evaluation, PotentialError};

use crate::energy_reference::EnergyReference;
use crate::label::Label;
use crate::model::Model;

/// Forces beyond this are told, eV/Å.
const LARGE_FORCE: f64 = 50.0;

/// Whether the energies of free atoms are fitted to the labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReferenceChoice {
    /// If the labels have another reference than the network.
    #[default]
    Auto,
    /// They stay.
    Keep,
    /// They are fitted.
    Fit,
}

/// Why labels cannot be learned.
#[derive(Debug, thiserror::Error)]
pub enum PreparationError {
    /// Elements without parameters.
    #[error(
        "the labels contain {}, which this network has no parameters for (it knows {}); train another \
         network, or random parameters (--start scratch)",
        symbols(.unknown),
        symbols(.known)
    )]
    Elements {
        /// Elements of the labels.
        unknown: Vec<Element>,
        /// Elements of the network.
        known: Vec<Element>,
    },
    /// No label is left.
    #[error("no labels are left to learn: {0}")]
    NothingLeft(String),
    /// The potential refuses a structure.
    #[error(transparent)]
    Potential(#[from] PotentialError),
    /// The start has parameters that are not finite.
    #[error(transparent)]
    Parameters(#[from] mlipview_core::potential::network::ParametersError),
}

/// Labels that can be learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The labels.
    pub labels: Vec<Label>,
    /// Sentences for the user about what was left out or changed.
    pub notes: Vec<String>,
    /// Whether the energies of free atoms were fitted.
    pub reference_fitted: bool,
}

/// Checks labels against a network, leaves out those that it cannot describe, and fits the energies of
/// its free atoms if they have another reference.
///
/// # Errors
/// If the labels have elements that the network does not know, or none is left.
pub fn prepare(
    model: &mut Model,
    labels: Vec<Label>,
    choice: ReferenceChoice,
) -> Result<Prepared, PreparationError> {
    expect_elements(model, &labels)?;
    let mut notes = Vec::new();
    let labels = with_suitable_charges(model, labels, &mut notes)?;
    let count = |is: &dyn Fn(&Label) -> bool| labels.iter().filter(|label| is(label)).count();
    let unpaired = count(&|label| label.structure.multiplicity() > 1);
    if unpaired > 0 {
        notes.push(format!(
            "{unpaired} labels have unpaired electrons, which the network does not see: it learns them as \
             if all were paired"
        ));
    }
    let large = count(&|label| {
        label
            .forces
            .iter()
            .any(|force| force.length() > LARGE_FORCE)
    });
    if large > 0 {
        notes.push(format!(
            "{large} labels have forces above {LARGE_FORCE} eV/Å; forces beyond 1 eV/Å of error count \
             linearly"
        ));
    }
    let predictor = model.predictor()?;
    let predictions = predictor.evaluate_all(labels.iter().map(|label| &label.structure))?;
    let reference_fitted = set_reference(model, &labels, &predictions, choice, &mut notes);
    Ok(Prepared {
        labels,
        notes,
        reference_fitted,
    })
}

fn expect_elements(model: &Model, labels: &[Label]) -> Result<(), PreparationError> {
    let elements = labels.iter().flat_map(|label| label.structure.elements());
    let mut unknown: Vec<Element> = elements
        .copied()
        .filter(|element| !model.elements().contains(element))
        .collect();
    unknown.sort_unstable_by_key(|element| element.number());
    unknown.dedup();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(PreparationError::Elements {
        unknown,
        known: model.elements().to_vec(),
    })
}

/// Networks with charges know total charges from −1 to 1, others only neutral structures.
fn with_suitable_charges(
    model: &Model,
    labels: Vec<Label>,
    notes: &mut Vec<String>,
) -> Result<Vec<Label>, PreparationError> {
    let (allowed, words) = match model.has_charges() {
        true => (-1..=1, "from −1 to 1 e"),
        false => (0..=0, "of 0"),
    };
    let all = labels.len();
    let mut labels = labels;
    labels.retain(|label| allowed.contains(&label.structure.charge));
    let left_out = all - labels.len();
    let sentence =
        format!("{left_out} of {all} labels are left out: their total charge is not {words}");
    if labels.is_empty() {
        return Err(PreparationError::NothingLeft(match all {
            0 => "the files have no frames".to_owned(),
            _ => sentence,
        }));
    }
    if left_out > 0 {
        notes.push(sentence);
    }
    Ok(labels)
}

fn set_reference(
    model: &mut Model,
    labels: &[Label],
    predictions: &[Evaluation],
    choice: ReferenceChoice,
    notes: &mut Vec<String>,
) -> bool {
    let references: Vec<&Label> = labels.iter().collect();
    let energies: Vec<f64> = predictions.iter().map(|found| found.energy).collect();
    let reference = EnergyReference::of(model, &references, &energies);
    let (difference, fitted) = (reference.difference, reference.fitted_difference);
    let fits = match choice {
        ReferenceChoice::Fit => true,
        ReferenceChoice::Keep => false,
        ReferenceChoice::Auto => reference.is_far_off(),
    };
    if fits {
        let offsets = model.offsets().iter().zip(&reference.changes);
        let offsets: Vec<f64> = offsets.map(|(offset, change)| offset + change).collect();
        model.set_offsets(&offsets);
        notes.push(format!(
            "the energies of free atoms are fitted to the labels: their energies differed from those of the \
             start by {difference:.3} eV/atom, now by {fitted:.3} eV/atom"
        ));
    } else if reference.is_far_off() {
        notes.push(format!(
            "the energies of the labels differ from those of the start by {difference:.3} eV/atom, as if \
             they had another reference; --energy-reference fit leaves {fitted:.3} eV/atom"
        ));
    }
    fits
}

fn symbols(elements: &[Element]) -> String {
    let symbols: Vec<&str> = elements.iter().map(|element| element.symbol()).collect();
    symbols.join(", ")
}
