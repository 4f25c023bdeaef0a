//! Formal charges and radicals of atoms, as molfiles, PDB files and SMILES state them.

use super::ParseError;
use super::arrays::{integers, set_array};
use crate::chem::Structure;
use crate::chem::properties::Data;

/// The per-atom array of formal charges, e.
pub(super) const FORMAL_CHARGE: &str = "formal_charge";

/// The per-atom array of radicals: the spin multiplicity of the atom alone (1 for a singlet carbene,
/// 2 with one unpaired electron, 3 with two), 0 for an atom that is no radical. Codes 1 to 3 are
/// those of molfiles.
const RADICAL: &str = "radical";

/// Keeps each atom's charge, e, and makes their sum that of the structure.
pub(in crate::chem) fn set_charges(
    structure: &mut Structure,
    charges: Vec<i32>,
) -> Result<(), ParseError> {
    let total: i64 = charges.iter().copied().map(i64::from).sum();
    structure.charge =
        i32::try_from(total).map_err(|_| ParseError::whole("a total charge", total.to_string()))?;
    let charges = charges.into_iter().map(i64::from).collect();
    set_array(structure, FORMAL_CHARGE, Data::Integers(charges))
}

/// Each atom's charge, e; `None` where they are not stated or no longer sum to the structure's.
pub(super) fn charges(structure: &Structure) -> Option<&[i64]> {
    let charges = integers(structure, FORMAL_CHARGE)?;
    let total = charges
        .iter()
        .try_fold(0_i64, |sum, &charge| sum.checked_add(charge));
    (total == Some(i64::from(structure.charge))).then_some(charges)
}

/// Keeps each atom's radical and gives the structure the highest multiplicity to which the unpaired
/// electrons couple.
pub(in crate::chem) fn set_radicals(
    structure: &mut Structure,
    radicals: &[u32],
) -> Result<(), ParseError> {
    let unpaired: u32 = radicals.iter().copied().map(unpaired).sum();
    structure
        .set_multiplicity(unpaired + 1)
        .map_err(ParseError::atoms)?;
    let radicals = radicals.iter().copied().map(i64::from).collect();
    set_array(structure, RADICAL, Data::Integers(radicals))
}

/// Each atom's radical; `None` where they are not stated or no longer couple to the structure's
/// multiplicity.
pub(super) fn radicals(structure: &Structure) -> Option<&[i64]> {
    let radicals = integers(structure, RADICAL)?;
    let multiplicity = radicals.iter().try_fold(1_u32, |sum, &radical| {
        sum.checked_add(unpaired(u32::try_from(radical).ok()?))
    });
    (multiplicity == Some(structure.multiplicity())).then_some(radicals)
}

/// Number of unpaired electrons of a radical, 2S.
fn unpaired(radical: u32) -> u32 {
    radical.saturating_sub(1)
}
