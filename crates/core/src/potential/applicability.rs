//! Applicability of a potential to a structure: made for it, usable with care, or impossible.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

use super::species::{Species, in_words};
use super::{Capabilities, Evaluation, Potential};
use crate::chem::{Element, Structure};

/// How well a potential describes a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// The potential was developed for structures like this one.
    Suitable {
        /// Why, as the end of the sentence "nano, because …".
        reason: String,
        /// Limits of its results, as the end of the sentence "Caution: …".
        caution: Option<String>,
    },
    /// The potential has parameters for all elements, but was not developed for this structure.
    Usable {
        /// Limits of its results, as the end of the sentence "Caution: …".
        caution: String,
    },
    /// The potential lacks parameters, or gives no finite energy.
    Impossible {
        /// Elements without parameters; empty for another reason.
        missing: Vec<Element>,
        /// Why, as the end of the sentence "nano: …".
        reason: String,
    },
}

impl Applicability {
    /// Suitable without a caution.
    pub fn suitable(reason: impl Into<String>) -> Applicability {
        Applicability::Suitable {
            reason: reason.into(),
            caution: None,
        }
    }

    /// Suitable for elements with parameters in a file that was given.
    pub(super) fn of_file(elements: &[Element]) -> Applicability {
        Applicability::suitable(format!(
            "its file has parameters for {}",
            in_words(elements)
        ))
    }

    /// Usable with this caution.
    pub(super) fn usable(caution: impl Into<String>) -> Applicability {
        Applicability::Usable {
            caution: caution.into(),
        }
    }

    /// Impossible for lack of parameters for these elements.
    pub fn without_parameters(missing: Vec<Element>) -> Applicability {
        Applicability::Impossible {
            reason: format!("it has no parameters for {}", in_words(&missing)),
            missing,
        }
    }

    /// Impossible for another reason than missing parameters.
    pub fn impossible(reason: impl ToString) -> Applicability {
        Applicability::Impossible {
            missing: Vec::new(),
            reason: reason.to_string(),
        }
    }

    /// The caution to show with a potential that is used anyway.
    pub fn caution(self) -> Option<String> {
        match self {
            Applicability::Suitable { caution, .. } => caution,
            Applicability::Usable { caution } => Some(caution),
            Applicability::Impossible { reason, .. } => Some(reason),
        }
    }

    /// The same with a further caution; suitable remains suitable.
    #[must_use]
    pub(super) fn and_caution(self, further: &str) -> Applicability {
        match self {
            Applicability::Suitable { reason, caution } => Applicability::Suitable {
                reason,
                caution: Some(joined(caution, further.to_owned())),
            },
            other => other.with_caution(Some(further.to_owned())),
        }
    }

    /// The same with a further caution, if there is one; suitable becomes usable.
    #[must_use]
    pub fn with_caution(self, further: Option<String>) -> Applicability {
        let Some(further) = further else {
            return self;
        };
        match self {
            Applicability::Suitable { caution, .. } => Applicability::Usable {
                caution: joined(caution, further),
            },
            Applicability::Usable { caution } => Applicability::Usable {
                caution: joined(Some(caution), further),
            },
            impossible @ Applicability::Impossible { .. } => impossible,
        }
    }
}

fn joined(first: Option<String>, second: String) -> String {
    match first {
        Some(first) => format!("{first}; {second}"),
        None => second,
    }
}

/// Assesses a structure by an evaluation: impossible for elements without parameters and if the energy
/// is not finite, suitable without atoms, and else as `fit` says, with a caution for electrons that the
/// potential ignores.
pub(super) fn assess_evaluated(
    potential: &mut dyn Potential,
    structure: &Structure,
    fit: impl FnOnce(&Evaluation) -> Applicability,
) -> Applicability {
    let capabilities = potential.capabilities().clone();
    capabilities.assess(structure, |_| match potential.evaluate(structure) {
        Ok(evaluation) if evaluation.energy.is_finite() => fit(&evaluation),
        Ok(_) => Applicability::impossible("its energy is not finite"),
        Err(error) => Applicability::impossible(error),
    })
}

/// Standard deviation of the components of displacements, Å: lengths of bonds vary by 1.4 times as much, as
/// those of stiff bonds do at 300 K.
const DISPLACEMENT: f64 = 0.03;

/// A structure with its atoms displaced at random, always in the same way, as in thermal motion.
pub(super) fn displaced(structure: &Structure) -> Structure {
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let mut displaced = structure.clone();
    for position in displaced.positions_mut() {
        for axis in 0..3 {
            position[axis] += DISPLACEMENT * random.sample::<f64, _>(StandardNormal);
        }
    }
    displaced
}

impl Capabilities {
    /// Assesses a structure: impossible for elements without parameters, suitable without atoms, and else
    /// as `fit` says for its elements, with a caution for electrons that the potential ignores.
    pub(super) fn assess(
        &self,
        structure: &Structure,
        fit: impl FnOnce(&[Element]) -> Applicability,
    ) -> Applicability {
        let missing = self.missing_elements(structure);
        if !missing.is_empty() {
            return Applicability::without_parameters(missing);
        }
        if structure.is_empty() {
            return Applicability::suitable("there are no atoms");
        }
        fit(&Species::of(structure).elements).with_caution(self.ignored_electrons(structure))
    }

    /// The elements of a structure without parameters.
    pub(super) fn missing_elements(&self, structure: &Structure) -> Vec<Element> {
        let Some(known) = &self.elements else {
            return Vec::new();
        };
        let elements = Species::of(structure).elements.into_iter();
        elements
            .filter(|element| !known.contains(element))
            .collect()
    }

    /// A caution for a charge or multiplicity that the potential does not describe.
    pub(super) fn ignored_electrons(&self, structure: &Structure) -> Option<String> {
        let (charge, multiplicity) = (structure.charge, structure.multiplicity());
        let charge = (!self.charges.contains(&charge)).then(|| {
            let (low, high) = (self.charges.start(), self.charges.end());
            match (low, high) {
                (0, 0) => format!("it ignores the charge of {charge:+} e"),
                _ => format!(
                    "the charge of {charge:+} e is outside of what it was made for \
                     ({low:+} to {high:+})"
                ),
            }
        });
        let multiplicity = (multiplicity != 1 && !self.spins)
            .then(|| format!("it ignores the multiplicity of {multiplicity}"));
        match (charge, multiplicity) {
            (charge, Some(multiplicity)) => Some(joined(charge, multiplicity)),
            (charge, None) => charge,
        }
    }
}

/// Statistics of the expected force errors of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForceErrors {
    /// Mean over the atoms, eV/Å.
    pub mean: f64,
    /// Largest, eV/Å.
    pub largest: f64,
    /// The atom with the largest, counted from 0.
    pub atom: usize,
}

impl Evaluation {
    /// Statistics of the expected force errors, if the potential estimates them.
    ///
    /// ```
    /// use mlipview_core::chem::library;
    /// use mlipview_core::potential::{Nano, Potential};
    ///
    /// let water = library::find("water").unwrap().structure()?;
    /// let errors = Nano::new().evaluate(&water)?.expected_force_errors().unwrap();
    /// assert!(errors.mean <= errors.largest && errors.largest < 0.8, "eV/Å");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expected_force_errors(&self) -> Option<ForceErrors> {
        let errors = self.force_errors.as_ref()?;
        let (atom, &largest) = errors
            .iter()
            .enumerate()
            .max_by(|one, other| one.1.total_cmp(other.1))?;
        Some(ForceErrors {
            mean: errors.iter().sum::<f64>() / errors.len() as f64,
            largest,
            atom,
        })
    }
}
