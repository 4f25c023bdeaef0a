//! Writer of crystals: all atoms of the cell, without symmetry.

use std::collections::HashMap;
use std::fmt::Write as _;

use glam::DVec3;

use super::super::nuclide;
use super::super::standard_rotation::standard_rotation;
use super::super::{Configuration, Format, WriteError};
use crate::chem::{Cell, Structure};

/// One block for each structure.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for (frame, Configuration { structure, .. }) in configurations.iter().enumerate() {
        let Some(cell) = &structure.cell else {
            let why = "its coordinates are fractional; choose another format, such as .mmcif";
            return Err(WriteError::cannot_hold(
                Format::Cif,
                "a structure without a cell",
                why,
            ));
        };
        standard_rotation(cell, Format::Cif)?;
        let _ = writeln!(out, "data_{}\n_space_group_name_H-M_alt 'P 1'", frame + 1);
        push_cell(&mut out, cell, "_cell_");
        out.push_str("loop_\n_space_group_symop_operation_xyz\n'x, y, z'\n");
        out.push_str("loop_\n_atom_site_label\n_atom_site_type_symbol\n");
        out.push_str("_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n");
        let labels = unique_labels(structure);
        for (atom, label) in labels.iter().enumerate() {
            let symbol = nuclide::symbol(structure, atom);
            let DVec3 { x, y, z } = cell.fractional(structure.positions()[atom]);
            let _ = writeln!(out, "{label} {symbol} {x:.12} {y:.12} {z:.12}");
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

/// Unique labels of the atoms: those of the source file, else symbol and number; repeated ones get `_2`
/// and so on.
fn unique_labels(structure: &Structure) -> Vec<String> {
    let symbols = structure.elements().iter().map(|element| element.symbol());
    let numbered = symbols.enumerate();
    let numbered = numbered.map(|(atom, symbol)| format!("{symbol}{}", atom + 1));
    let Some(labels) = structure.labels() else {
        return numbered.collect();
    };
    let is_word = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.chars().all(|letter| letter.is_ascii_graphic())
    };
    let mut used: HashMap<String, usize> = HashMap::new();
    let named = labels.iter().zip(numbered).map(|(label, numbered)| {
        let name = Some(&label.name).filter(|name| is_word(name));
        let name = name.cloned().unwrap_or(numbered);
        let count = used.entry(name.clone()).or_default();
        *count += 1;
        match count {
            1 => name,
            count => format!("{name}_{count}"),
        }
    });
    named.collect()
}

/// Writes cell lengths, Å, and angles, degrees, as items with a prefix.
pub(super) fn push_cell(out: &mut String, cell: &Cell, prefix: &str) {
    for (name, length) in ["a", "b", "c"].iter().zip(cell.lengths()) {
        let _ = writeln!(out, "{prefix}length_{name} {length:.12}");
    }
    for (name, angle) in ["alpha", "beta", "gamma"].iter().zip(cell.angles()) {
        let _ = writeln!(out, "{prefix}angle_{name} {angle:.12}");
    }
}
