//! Formal charges and radicals of atoms, from molfiles, PDB files and SMILES.

use super::ParseError;
use super::arrays::{integers, set_array};
use crate::chem::Structure;
use crate::chem::properties::Data;

/// Name of the per-atom array of formal charges, e.
pub(super) const FORMAL_CHARGE: &str = "formal_charge";

/// Name of the per-atom array of radicals: spin multiplicity of the atom (1 for a singlet carbene, 2 with
/// one unpaired electron, 3 with two), 0 for other atoms. The codes are those of molfiles.
const RADICAL: &str = "radical";

/// Sets the formal charges, e, and their sum as the charge of the structure.
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

/// Formal charges, e, `[atoms]`; `None` if absent or if their sum differs from the structure's charge.
pub(super) fn charges(structure: &Structure) -> Option<&[i64]> {
    let charges = integers(structure, FORMAL_CHARGE)?;
    let total = charges
        .iter()
        .try_fold(0_i64, |sum, &charge| sum.checked_add(charge));
    (total == Some(i64::from(structure.charge))).then_some(charges)
}

/// Sets the radicals, and the multiplicity of parallel spins: number of unpaired electrons + 1.
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

/// Radicals, `[atoms]`; `None` if absent or inconsistent with the structure's multiplicity.
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
