//! The potential that suits a structure, when nobody asked for one.
//!
//! The first entry of the catalog that says it suits is taken. None is taken for want of a better
//! one: where nothing suits, the answer is why not, and what to do.

use super::catalog::{Catalog, CatalogError};
use super::request::Options;
use super::species::{Species, in_words};
use super::{Emt, LennardJones, Nano, Potential};
use crate::chem::{Element, Structure};

/// The word that asks for the choice.
pub const NAME: &str = "auto";

/// A potential, and why it is the one.
pub struct Chosen {
    /// The potential.
    pub potential: Box<dyn Potential>,
    /// Why it was taken, as the end of the sentence "EMT, because …".
    pub reason: String,
    /// What is to be taken with care about this structure, as the end of the sentence "mind that …".
    pub caution: Option<String>,
}

/// That a potential suits a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// As [`Chosen::reason`].
    pub reason: String,
    /// As [`Chosen::caution`].
    pub caution: Option<String>,
}

/// No potential of the catalog describes a structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no potential here describes this structure ({}); to take one all the same, ask for it by \
     name, or give every atom the same parameters, as in \"lj:sigma=3.4,epsilon=0.01\"",
    .reasons.iter().map(|(name, reason)| format!("{name}: {reason}")).collect::<Vec<_>>().join("; ")
)]
pub struct NothingFits {
    /// Each entry's name, and why it does not suit.
    pub reasons: Vec<(&'static str, String)>,
}

/// The first potential of the catalog that suits the structure.
///
/// # Errors
/// If none does, or the one that does cannot be made.
pub fn choose(catalog: &Catalog, structure: &Structure) -> Result<Chosen, CatalogError> {
    let mut reasons = Vec::new();
    for entry in catalog.entries() {
        match (entry.suits)(structure) {
            Ok(Fit { reason, caution }) => {
                return Ok(Chosen {
                    potential: (entry.build)(&Options::default(), structure)?,
                    reason,
                    caution,
                });
            }
            Err(reason) => reasons.push((entry.name, reason)),
        }
    }
    Err(NothingFits { reasons }.into())
}

/// Where nano expects the force on an atom to be off by more (eV/Å), a caution says so: it is seven
/// times what it makes in molecules at 300 K.
pub const DOUBTFUL: f64 = 0.8;

/// Where it expects more of the average atom (eV/Å), it is not taken unasked. Bonds on their way to
/// others stay below it; C60, silicates and diamond, unlike anything it has learned from, do not.
const UNKNOWN: f64 = 1.1;

/// Molecules and ions of the elements that it is meant for, in surroundings that it knows.
pub(super) fn suits_nano(structure: &Structure) -> Result<Fit, String> {
    let mut nano = Nano::new();
    within_capabilities(&nano, structure)?;
    let elements = Species::of(structure).elements;
    let foreign = |element: &Element| !nano.domain().contains(element);
    let foreign: Vec<Element> = elements.iter().copied().filter(foreign).collect();
    if !foreign.is_empty() {
        return Err(format!(
            "it has learned too little of {}",
            in_words(&foreign)
        ));
    }
    if structure.is_empty() {
        return Ok(any_will_do());
    }
    let evaluation = nano
        .evaluate(structure)
        .map_err(|error| error.to_string())?;
    let unfamiliar = known_surroundings(structure, evaluation.force_errors.as_deref())?;
    let electrons = structure
        .elements()
        .iter()
        .map(|element| i64::from(element.number()));
    let electrons = electrons.sum::<i64>() - i64::from(structure.charge);
    let odd = "the number of electrons is odd, and it knows closed shells only";
    Ok(Fit {
        reason: format!("it has learned molecules of {}", in_words(&elements)),
        caution: if electrons % 2 == 0 {
            unfamiliar
        } else {
            Some(odd.to_owned())
        },
    })
}

/// What a potential's own expectation of its errors (eV/Å) speaks for: nothing, a caution, or that
/// it does not suit.
fn known_surroundings(
    structure: &Structure,
    errors: Option<&[f64]>,
) -> Result<Option<String>, String> {
    let errors = errors.unwrap_or_default();
    let mut order: Vec<usize> = (0..errors.len()).collect();
    order.sort_by(|one, other| errors[*other].total_cmp(&errors[*one]));
    order.truncate(3);
    order.retain(|atom| errors[*atom] > DOUBTFUL);
    let name = |atom: &usize| format!("{} {atom}", structure.elements()[*atom].symbol());
    let worst: Vec<String> = order.iter().map(name).collect();
    let worst = worst.join(", ");
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    if mean > UNKNOWN {
        return Err(format!(
            "it has seen nothing like the surroundings of {worst}, and expects its forces to be \
             off by {mean:.1} eV/Å"
        ));
    }
    Ok(order.first().map(|atom| {
        format!(
            "it has seen little like the surroundings of {worst}: forces there may be off by \
             {:.1} eV/Å",
            errors[*atom]
        )
    }))
}

/// Metals that the theory is made for, with H, C, N and O for less than a quarter of the atoms:
/// something on a metal, rather than an oxide or a molecule with a metal in it.
pub(super) fn suits_effective_medium_theory(structure: &Structure) -> Result<Fit, String> {
    within_capabilities(&Emt::new(), structure)?;
    let is_metal = |element: &Element| Emt::METALS.contains(element);
    let elements = Species::of(structure).elements;
    let (metals, others): (Vec<Element>, Vec<Element>) = elements.into_iter().partition(is_metal);
    let (metals, others) = (in_words(&metals), in_words(&others));
    let strangers = structure
        .elements()
        .iter()
        .filter(|element| !is_metal(element));
    let fit = |caution| Fit {
        reason: format!("it is made for metals like {metals}"),
        caution,
    };
    match strangers.count() {
        _ if structure.is_empty() => Ok(any_will_do()),
        0 => Ok(fit(None)),
        few if 4 * few < structure.len() => Ok(fit(Some(format!(
            "its description of {others} is crude, good to look at and not to conclude from"
        )))),
        _ => Err(format!(
            "it is made for metals, and its description of {others} is too crude for this share of \
             the atoms"
        )),
    }
}

/// Noble gases, whose parameters are published.
pub(super) fn suits_lennard_jones(structure: &Structure) -> Result<Fit, String> {
    within_capabilities(&LennardJones::noble_gases(), structure)?;
    if structure.is_empty() {
        return Ok(any_will_do());
    }
    let gases = in_words(&Species::of(structure).elements);
    Ok(Fit {
        reason: format!("the atoms are of {gases}, noble gases with published parameters"),
        caution: None,
    })
}

fn any_will_do() -> Fit {
    Fit {
        reason: "there are no atoms, and any potential will do".to_owned(),
        caution: None,
    }
}

/// That the elements are known, and charge and multiplicity matter to the potential if they do to
/// the structure.
fn within_capabilities(potential: &dyn Potential, structure: &Structure) -> Result<(), String> {
    let capabilities = potential.capabilities();
    let unknown: Vec<Element> = Species::of(structure)
        .elements
        .into_iter()
        .filter(|element| {
            capabilities
                .elements
                .as_ref()
                .is_some_and(|known| !known.contains(element))
        })
        .collect();
    if !unknown.is_empty() {
        return Err(format!("it has no parameters for {}", in_words(&unknown)));
    }
    let (charge, multiplicity) = (structure.charge, structure.multiplicity());
    let stranger = !capabilities.charges.contains(&charge);
    let open_shell = multiplicity != 1 && !capabilities.spins;
    let of_what = match (stranger, open_shell) {
        (false, false) => return Ok(()),
        (true, false) => format!("the charge of {charge:+}"),
        (false, true) => format!("the multiplicity of {multiplicity}"),
        (true, true) => format!("the charge of {charge:+} and the multiplicity of {multiplicity}"),
    };
    Err(format!("it knows nothing of {of_what}"))
}
