//! Total charge and spin multiplicity as text, for formats that can only store them in remarks.

use super::Notes;
use super::formal_charges::FORMAL_CHARGE;
use crate::chem::Structure;

/// Charge and multiplicity of a remark such as `total charge -1, spin multiplicity 2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StatedCharge {
    /// Total charge, e.
    pub(super) charge: Option<i32>,
    /// Spin multiplicity 2S + 1.
    pub(super) multiplicity: Option<u32>,
}

const CHARGE: &str = "total charge ";
const MULTIPLICITY: &str = "spin multiplicity ";

impl StatedCharge {
    /// The remark for a structure whose atoms' charges sum to `of_atoms`; `None` if it is redundant.
    pub(super) fn of(structure: &Structure, of_atoms: i32) -> Option<StatedCharge> {
        let multiplicity = structure.multiplicity();
        let stated = StatedCharge {
            charge: (structure.charge != of_atoms).then_some(structure.charge),
            multiplicity: (multiplicity != 1).then_some(multiplicity),
        };
        (stated != StatedCharge::default()).then_some(stated)
    }

    /// The text of the remark.
    pub(super) fn words(self) -> String {
        let charge = self.charge.map(|charge| format!("{CHARGE}{charge}"));
        let multiplicity = self.multiplicity;
        let multiplicity = multiplicity.map(|number| format!("{MULTIPLICITY}{number}"));
        let words: Vec<String> = charge.into_iter().chain(multiplicity).collect();
        words.join(", ")
    }

    /// Parses the text, ignoring case; `None` if it is another text.
    pub(super) fn read(text: &str) -> Option<StatedCharge> {
        let text = text.trim().to_ascii_lowercase();
        let mut stated = StatedCharge::default();
        for part in text.split(", ") {
            if let Some(charge) = part.strip_prefix(CHARGE) {
                stated.charge = Some(charge.parse().ok()?);
            } else if let Some(number) = part.strip_prefix(MULTIPLICITY) {
                stated.multiplicity = Some(number.parse().ok()?);
            } else {
                return None;
            }
        }
        Some(stated)
    }

    /// Sets the charge, unless atoms have formal charges, and the multiplicity.
    pub(super) fn set(self, structure: &mut Structure, notes: &mut Notes) {
        let of_atoms = structure.arrays().contains_key(FORMAL_CHARGE);
        match self.charge {
            Some(charge) if !of_atoms => structure.charge = charge,
            Some(charge) if charge != structure.charge => notes.whole(format!(
                "a total charge of {charge} e is stated, but the charges of the atoms sum to {}, \
                 which is taken",
                structure.charge
            )),
            _ => {}
        }
        if let Some(Err(error)) = self
            .multiplicity
            .map(|number| structure.set_multiplicity(number))
        {
            notes.whole(format!("the stated multiplicity is ignored: {error}"));
        }
    }
}
