//! The unpaired electrons of a molecule whose bonds are known.

use chematic_core::{AtomIdx, BondIdx, BondOrder, Molecule};

use super::SmilesError;

/// How many electrons are unpaired, by Hund's rule atom by atom. Hydrogens explicit, no aromatic
/// bonds.
///
/// # Errors
/// If an atom's bonds take more electrons than it has.
pub(super) fn unpaired_electrons(smiles: &str, molecule: &Molecule) -> Result<u32, SmilesError> {
    let mut bonds = vec![0i32; molecule.atom_count()];
    let mut neighbors = vec![0i32; molecule.atom_count()];
    for index in 0..molecule.bond_count() {
        let bond = molecule.bond(BondIdx(index as u32));
        let order = match bond.order {
            // Both electrons of a dative bond are the donor's.
            BondOrder::Zero | BondOrder::Dative => 0,
            order => i32::from(order.order_int()),
        };
        for atom in [bond.atom1, bond.atom2] {
            bonds[atom.0 as usize] += order;
            neighbors[atom.0 as usize] += 1;
        }
    }
    let mut unpaired = 0;
    for (index, atom) in molecule.atoms() {
        let number = i32::from(atom.element.atomic_number());
        let (bonds, neighbors) = (bonds[index.0 as usize], neighbors[index.0 as usize]);
        let (outer, octet) = outer_electrons(number);
        let free = outer - i32::from(atom.charge) - bonds;
        if octet && (free < 0 || number <= 10 && neighbors > 4) {
            // Hydrogens that the string does not name have no place in it.
            let at = AtomIdx(index.0);
            return Err(SmilesError::atom(
                smiles,
                at,
                &format!(
                    "this {} has more bonds than its electrons allow",
                    atom.element.symbol()
                ),
                "take a bond away or state a charge, as in [NH4+]",
            ));
        }
        unpaired += if octet {
            unpaired_in_octet(number, free, bonds)
        } else {
            free.rem_euclid(2)
        };
    }
    Ok(unpaired.unsigned_abs())
}

/// Electrons outside the noble-gas core and filled d and f shells, and whether the octet rule is of
/// use: not in the d and f blocks.
fn outer_electrons(number: i32) -> (i32, bool) {
    let core = [86, 54, 36, 18, 10, 2, 0]
        .into_iter()
        .find(|core| number > *core)
        .unwrap_or(0);
    let outer = number - core;
    let inner = match core {
        0 | 2 | 10 => 0,
        18 | 36 => 10,
        _ => 24,
    };
    if outer <= 2 || inner == 0 {
        (outer, true)
    } else if outer > inner + 2 {
        (outer - inner, true)
    } else {
        (outer, false)
    }
}

/// Unpaired among `free` electrons in the orbitals that `bonds` leave: with at most one bond the s
/// orbital is filled first, otherwise all are alike.
fn unpaired_in_octet(number: i32, free: i32, bonds: i32) -> i32 {
    let orbitals = if number <= 2 { 1 } else { 4 } - bonds;
    let (free, orbitals) = if bonds <= 1 && number > 2 && free >= 2 {
        (free - 2, orbitals - 1)
    } else {
        (free, orbitals)
    };
    if free <= orbitals {
        free
    } else if free <= 2 * orbitals {
        2 * orbitals - free
    } else {
        free % 2
    }
}
