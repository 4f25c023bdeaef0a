//! `CONECT` records: the bonds of a PDB file.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::super::lines::Line;
use super::super::{Notes, ParseError, WriteError, hybrid36};
use super::too_wide::too_wide;
use crate::chem::Structure;
use crate::chem::structure::{BondOrder, StatedBond};

/// Number of times that the records list each pair of serial numbers as bonded.
#[derive(Default)]
pub(super) struct ConectRecords(BTreeMap<(i64, i64), u32>);

impl ConectRecords {
    /// Adds a record. Invalid numbers, as of too narrow columns, are ignored.
    pub(super) fn read(&mut self, line: Line<'_>, notes: &mut Notes) {
        let mut is_readable = true;
        let mut serial = |first: usize| {
            let field = line.columns(first, first + 4);
            let serial = hybrid36::decode_or_hex(&field, 5);
            is_readable &= serial.is_some() || field.is_empty();
            serial
        };
        let atom = serial(7);
        let neighbors = [12, 17, 22, 27].map(&mut serial);
        if let Some(atom) = atom {
            for neighbor in neighbors.into_iter().flatten() {
                *self.0.entry((atom, neighbor)).or_default() += 1;
            }
        }
        if !is_readable || atom.is_none() {
            notes.at(
                line.number,
                "bonds to atoms whose serial number cannot be read were left out",
            );
        }
    }

    /// Sets the bonds of a structure whose atoms have these serial numbers.
    pub(super) fn set_bonds(
        &self,
        structure: &mut Structure,
        serials: &[Option<i64>],
    ) -> Result<(), ParseError> {
        // Ambiguous serial numbers, as in files that wrap at 99 999, are ignored.
        let mut index: HashMap<i64, Option<usize>> = HashMap::new();
        for (atom, serial) in serials.iter().enumerate() {
            if let Some(serial) = serial {
                let unique = !index.contains_key(serial);
                index.insert(*serial, unique.then_some(atom));
            }
        }
        let atom_of = |serial: &i64| index.get(serial).copied().flatten();
        let mut orders: BTreeMap<[usize; 2], u32> = BTreeMap::new();
        for (&serial, &atom) in &index {
            let Some(one) = atom else { continue };
            for ((_, neighbor), &count) in self.0.range((serial, i64::MIN)..=(serial, i64::MAX)) {
                if let Some(other) = atom_of(neighbor).filter(|&other| other != one) {
                    let order = orders.entry([one.min(other), one.max(other)]).or_default();
                    *order = count.max(*order);
                }
            }
        }
        let bonds = orders.into_iter().map(|(atoms, order)| StatedBond {
            atoms,
            order: match order {
                1 => BondOrder::Single,
                2 => BondOrder::Double,
                3 => BondOrder::Triple,
                _ => BondOrder::Quadruple,
            },
        });
        structure
            .set_stated_bonds(bonds.collect())
            .map_err(ParseError::atoms)
    }
}

/// Writes the bonds of a structure.
pub(super) fn push(out: &mut String, structure: &Structure) -> Result<(), WriteError> {
    let mut neighbors = vec![Vec::new(); structure.len()];
    for bond in structure.stated_bonds() {
        let repeats = match bond.order {
            BondOrder::Single | BondOrder::Aromatic | BondOrder::Unspecified => 1,
            BondOrder::Double => 2,
            BondOrder::Triple => 3,
            BondOrder::Quadruple => 4,
        };
        let [one, other] = bond.atoms;
        for (atom, neighbor) in [(one, other), (other, one)] {
            neighbors[atom].extend(std::iter::repeat_n(neighbor, repeats));
        }
    }
    let serial = |atom: usize| {
        hybrid36::encode(atom as i64 + 1, 5).ok_or_else(|| too_wide(atom, "its number is too long"))
    };
    for (atom, neighbors) in neighbors.iter().enumerate() {
        for row in neighbors.chunks(4) {
            let _ = write!(out, "CONECT{:>5}", serial(atom)?);
            for &neighbor in row {
                let _ = write!(out, "{:>5}", serial(neighbor)?);
            }
            out.push('\n');
        }
    }
    Ok(())
}
