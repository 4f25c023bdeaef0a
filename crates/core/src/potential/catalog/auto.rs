//! Automatic choice of a potential for a structure.
//!
//! The first entry that is suitable is taken, else the first that is usable, with a caution. Only a
//! structure for which no entry has parameters, or gives a finite energy, gets none.

use super::entry::Entry;
use super::error::{CatalogError, NoPotentialFits};
use crate::chem::{Element, Structure};
use crate::potential::Potential;
use crate::potential::applicability::Applicability;
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};

/// The name that requests the automatic choice.
pub const AUTO: &str = "auto";

/// A potential of the catalog, and why it was chosen.
pub struct Chosen {
    /// The potential.
    pub potential: Box<dyn Potential>,
    /// Why it was chosen, as the end of the sentence "EMT, because …".
    pub reason: String,
    /// Limits of its results, as the end of the sentence "Caution: …".
    pub caution: Option<String>,
}

/// Chooses the entry that describes a structure best, and builds its potential.
///
/// # Errors
/// If no entry can compute the structure, or the chosen one cannot be built.
pub(super) fn choose(entries: &[Entry], structure: &Structure) -> Result<Chosen, CatalogError> {
    let mut usable = None;
    let mut impossible = Vec::new();
    for entry in entries {
        match (entry.applicability)(&Options::default(), structure) {
            Applicability::Suitable { reason, caution } => {
                return Ok(Chosen {
                    potential: (entry.build)(&Options::default(), structure)?,
                    reason,
                    caution,
                });
            }
            Applicability::Usable { caution } => {
                usable.get_or_insert((entry, caution));
            }
            Applicability::Impossible { missing, reason } => {
                impossible.push((entry.name, missing, reason));
            }
        }
    }
    let Some((entry, caution)) = usable else {
        return Err(no_potential_fits(structure, impossible).into());
    };
    Ok(Chosen {
        potential: (entry.build)(&Options::default(), structure)?,
        reason: format!(
            "it has parameters for {}",
            in_words(&Species::of(structure).elements)
        ),
        caution: Some(caution),
    })
}

fn no_potential_fits(
    structure: &Structure,
    impossible: Vec<(&'static str, Vec<Element>, String)>,
) -> NoPotentialFits {
    let elements = Species::of(structure).elements;
    let is_missing = |element: &Element| {
        let mut lists = impossible.iter().map(|(_, missing, _)| missing);
        lists.all(|missing| missing.contains(element))
    };
    NoPotentialFits {
        missing: elements.iter().copied().filter(is_missing).collect(),
        elements: in_words(&elements),
        not_finite: impossible.iter().any(|(_, missing, _)| missing.is_empty()),
        reasons: impossible
            .into_iter()
            .map(|(name, _, reason)| (name, reason))
            .collect(),
    }
}
