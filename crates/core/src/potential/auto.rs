//! Automatic choice of a potential for a structure.
//!
//! The first entry of the catalog that is suitable is taken, else the first that is usable, with a
//! caution. Only a structure for which no entry has parameters, or gives a finite energy, gets none.

use super::Potential;
use super::applicability::Applicability;
use super::catalog::{Catalog, CatalogError};
use super::request::Options;
use super::species::{Species, in_words};
use crate::chem::{Element, Structure};

/// The name that requests the choice.
pub const NAME: &str = "auto";

/// A potential, and why it is the one.
pub struct Chosen {
    /// The potential.
    pub potential: Box<dyn Potential>,
    /// Why it was taken, as the end of the sentence "EMT, because …".
    pub reason: String,
    /// What to take with care, as the end of the sentence "Caution: …".
    pub caution: Option<String>,
}

/// No potential of the catalog can compute a structure.
///
/// Its text is one sentence with two ways out; [`reasons`](Self::reasons) has those of each
/// potential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingFits {
    /// Elements that no potential has parameters for; empty if each is known to some potential.
    pub missing: Vec<Element>,
    /// The elements of the structure, in words.
    pub elements: String,
    /// Whether some potential has parameters for all elements, but gives no finite energy.
    pub not_finite: bool,
    /// The name of each entry, and why it cannot compute the structure.
    pub reasons: Vec<(&'static str, String)>,
}

impl std::fmt::Display for NothingFits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.not_finite {
            return formatter.write_str(
                "no potential here gives a finite energy for this structure: move overlapping atoms \
                 apart, or choose another potential by name",
            );
        }
        formatter.write_str("no potential here has parameters for ")?;
        match &self.missing[..] {
            [] => write!(formatter, "{} together", self.elements)?,
            missing => formatter.write_str(&in_words(missing))?,
        }
        formatter.write_str(
            ": import a UMA model (models/README.md), or give all atoms the same parameters, as in \
             \"lj:sigma=3.4,epsilon=0.01\"",
        )
    }
}

impl std::error::Error for NothingFits {}

/// The potential of the catalog that describes a structure best.
///
/// # Errors
/// If none can compute the structure, or the chosen one cannot be built.
pub fn choose(catalog: &Catalog, structure: &Structure) -> Result<Chosen, CatalogError> {
    let mut usable = None;
    let mut impossible = Vec::new();
    for entry in catalog.entries() {
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
        return Err(nothing_fits(structure, impossible).into());
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

fn nothing_fits(
    structure: &Structure,
    impossible: Vec<(&'static str, Vec<Element>, String)>,
) -> NothingFits {
    let elements = Species::of(structure).elements;
    let is_missing = |element: &Element| {
        let mut lists = impossible.iter().map(|(_, missing, _)| missing);
        lists.all(|missing| missing.contains(element))
    };
    NothingFits {
        missing: elements.iter().copied().filter(is_missing).collect(),
        elements: in_words(&elements),
        not_finite: impossible.iter().any(|(_, missing, _)| missing.is_empty()),
        reasons: impossible
            .into_iter()
            .map(|(name, _, reason)| (name, reason))
            .collect(),
    }
}
