//! Unpaired electrons of a molecule with known bonds.

use chematic_core::AtomIdx;

use super::error::SmilesError;
use super::graph::{BondKind, MolecularGraph, Node, outer_electrons};
use crate::chem::Element;

/// Number of unpaired electrons of each atom by Hund's rule, `[atoms]`.
///
/// Donated pairs stay paired and count for neither atom, so neutral donors do not change the unpaired
/// electrons of a metal ion.
///
/// # Errors
/// If an atom's bonds need more electrons than it has.
pub(super) fn unpaired_electrons(
    smiles: &str,
    graph: &MolecularGraph,
) -> Result<Vec<u32>, SmilesError> {
    let mut unpaired = Vec::with_capacity(graph.0.len());
    for (index, node) in graph.0.iter().enumerate() {
        let (_, octet) = outer_electrons(node.number);
        let free = node.free_electrons() - 2 * node.donated_pairs();
        if octet && (free < 0 || node.number <= 10 && node.neighbors.len() > 4) {
            let element = u8::try_from(node.number)
                .ok()
                .and_then(Element::from_number);
            let symbol = element.map_or("this atom", Element::symbol);
            return Err(SmilesError::valence(smiles, AtomIdx(index as u32), symbol));
        }
        let count = if octet {
            unpaired_in_octet(node, free)
        } else {
            free.rem_euclid(2)
        };
        unpaired.push(count.unsigned_abs());
    }
    Ok(unpaired)
}

/// Unpaired electrons among `free` ones in the orbitals without bonds: with at most one bond the s orbital
/// is filled first, otherwise all are equivalent.
fn unpaired_in_octet(node: &Node, free: i32) -> i32 {
    let bonds: i32 = (node.neighbors.iter())
        .filter(|link| link.kind != BondKind::Acceptor)
        .map(|link| link.order)
        .sum();
    let orbitals = if node.number <= 2 { 1 } else { 4 } - bonds;
    let (free, orbitals) = if bonds <= 1 && node.number > 2 && free >= 2 {
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
