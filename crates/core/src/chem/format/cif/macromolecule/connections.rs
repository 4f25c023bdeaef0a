//! Bonds between residues: the `struct_conn` category of mmCIF.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::super::super::WriteError;
use super::super::super::residues::insertion_code;
use super::super::component::bond_order;
use super::super::syntax::{Block, Value};
use super::super::values::{stated, text};
use super::names::{labels, unique_names};
use super::word::word;
use crate::chem::Structure;
use crate::chem::structure::{BondOrder, StatedBond, StructureError};

/// Identity of an atom within its model: chain, residue number, insertion code, name.
pub(super) type AtomKey<'a> = [&'a str; 4];

/// Columns that identify atoms.
pub(super) struct KeyColumns<'a>([Vec<Value<'a>>; 4]);

impl<'a> KeyColumns<'a> {
    /// The columns with these names; author numbers first, because waters have no others.
    pub(super) fn of(block: &Block<'a>, [chain, number, insertion, name]: [&[&str]; 4]) -> Self {
        let columns = [chain, number, insertion, name];
        KeyColumns(columns.map(|names| block.first_column(names).unwrap_or_default()))
    }

    /// Identity of the atom of a row.
    pub(super) fn key(&self, row: usize) -> AtomKey<'a> {
        self.0.each_ref().map(|values| text(values, row))
    }
}

/// Bonds between atoms.
pub(super) struct Connections<'a>(Vec<([AtomKey<'a>; 2], BondOrder)>);

impl<'a> Connections<'a> {
    /// Covalent and coordination bonds of a block within the asymmetric unit.
    pub(super) fn of(block: &Block<'a>) -> Self {
        let column = |name: &str| block.first_column(&[name]).unwrap_or_default();
        let ends = [
            KeyColumns::of(
                block,
                [
                    &[
                        "_struct_conn.ptnr1_auth_asym_id",
                        "_struct_conn.ptnr1_label_asym_id",
                    ],
                    &[
                        "_struct_conn.ptnr1_auth_seq_id",
                        "_struct_conn.ptnr1_label_seq_id",
                    ],
                    &["_struct_conn.pdbx_ptnr1_pdb_ins_code"],
                    &["_struct_conn.ptnr1_label_atom_id"],
                ],
            ),
            KeyColumns::of(
                block,
                [
                    &[
                        "_struct_conn.ptnr2_auth_asym_id",
                        "_struct_conn.ptnr2_label_asym_id",
                    ],
                    &[
                        "_struct_conn.ptnr2_auth_seq_id",
                        "_struct_conn.ptnr2_label_seq_id",
                    ],
                    &["_struct_conn.pdbx_ptnr2_pdb_ins_code"],
                    &["_struct_conn.ptnr2_label_atom_id"],
                ],
            ),
        ];
        let symmetries = [
            column("_struct_conn.ptnr1_symmetry"),
            column("_struct_conn.ptnr2_symmetry"),
        ];
        let orders = column("_struct_conn.pdbx_value_order");
        let kinds = column("_struct_conn.conn_type_id").into_iter().enumerate();
        let connections = kinds.filter_map(|(row, kind)| {
            let usual = match &*kind.text.to_ascii_lowercase() {
                kind if kind.starts_with("covale") => BondOrder::Single,
                "disulf" => BondOrder::Single,
                "metalc" => BondOrder::Unspecified,
                _ => return None,
            };
            let [one, other] = symmetries.each_ref().map(|values| text(values, row));
            let order = stated(&orders, row).map_or(usual, |order| bond_order(order.text));
            (one == other).then(|| (ends.each_ref().map(|end| end.key(row)), order))
        });
        Connections(connections.collect())
    }

    /// Sets the bonds of a structure whose atoms have these keys. Ambiguous keys are ignored.
    pub(super) fn set_bonds(
        &self,
        structure: &mut Structure,
        keys: impl Iterator<Item = AtomKey<'a>>,
    ) -> Result<(), StructureError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut atoms: HashMap<AtomKey<'_>, Option<usize>> = HashMap::new();
        for (atom, key) in keys.enumerate() {
            atoms
                .entry(key)
                .and_modify(|known| *known = None)
                .or_insert(Some(atom));
        }
        let mut orders: BTreeMap<[usize; 2], BondOrder> = BTreeMap::new();
        for (ends, order) in &self.0 {
            let [one, other] = ends.map(|key| atoms.get(&key).copied().flatten());
            if let (Some(one), Some(other)) = (one, other)
                && one != other
            {
                orders
                    .entry([one.min(other), one.max(other)])
                    .or_insert(*order);
            }
        }
        let bonds = orders
            .into_iter()
            .map(|(atoms, order)| StatedBond { atoms, order });
        structure.set_stated_bonds(bonds.collect())
    }
}

/// Writes the stated bonds. The dictionary has no aromatic bonds in this category; `arom` is from
/// `chem_comp_bond`.
pub(super) fn push(out: &mut String, structure: &Structure) -> Result<(), WriteError> {
    if structure.stated_bonds().is_empty() {
        return Ok(());
    }
    out.push_str("loop_\n_struct_conn.id\n_struct_conn.conn_type_id\n");
    for end in [1, 2] {
        for name in [
            "label_asym_id",
            "label_comp_id",
            "label_seq_id",
            "label_atom_id",
        ] {
            let _ = writeln!(out, "_struct_conn.ptnr{end}_{name}");
        }
        let _ = writeln!(out, "_struct_conn.pdbx_ptnr{end}_PDB_ins_code");
    }
    out.push_str("_struct_conn.pdbx_value_order\n");
    let labels = labels(structure);
    let unique = unique_names(structure, &labels);
    for (index, bond) in structure.stated_bonds().iter().enumerate() {
        let (kind, order) = match bond.order {
            BondOrder::Single => ("covale", "sing"),
            BondOrder::Double => ("covale", "doub"),
            BondOrder::Triple => ("covale", "trip"),
            BondOrder::Quadruple => ("covale", "quad"),
            BondOrder::Aromatic => ("covale", "arom"),
            BondOrder::Unspecified => ("metalc", "?"),
        };
        let _ = write!(out, "{kind}{} {kind}", index + 1);
        for atom in bond.atoms {
            let label = &labels[atom];
            let _ = write!(
                out,
                " {} {} {} {} {}",
                word(&label.chain)?,
                word(&label.residue)?,
                label.residue_number,
                word(&unique[atom])?,
                word(insertion_code(structure, atom))?,
            );
        }
        let _ = writeln!(out, " {order}");
    }
    Ok(())
}
