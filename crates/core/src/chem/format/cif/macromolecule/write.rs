//! Writer of mmCIF files.

use std::fmt::Write as _;

use super::super::super::arrays::reals;
use super::super::super::formal_charges::charges;
use super::super::super::nuclide;
use super::super::super::residues::{B_FACTOR, OCCUPANCY, insertion_code, is_standard};
use super::super::super::standard_rotation::standard_rotation;
use super::super::super::total_charge::StatedCharge;
use super::super::super::{Configuration, Format, WriteError};
use super::super::crystal_write::push_cell;
use super::connections;
use super::names::{labels, unique_names};
use super::word::word;
use crate::chem::Structure;

/// Writes configurations as models of one block, which must share one cell.
pub(in super::super::super) fn write(
    configurations: &[Configuration],
) -> Result<Vec<u8>, WriteError> {
    let mut out = String::from("data_mlipview\n");
    let cell_of = |configuration: &Configuration| {
        let cell = configuration.structure.cell.clone();
        cell.filter(|cell| cell.is_periodic())
    };
    let cell = configurations.first().and_then(cell_of);
    if let Some(cell) = &cell {
        push_cell(&mut out, cell, "_cell.");
    }
    out.push_str("loop_\n");
    for name in [
        "group_PDB",
        "id",
        "type_symbol",
        "label_atom_id",
        "label_alt_id",
        "label_comp_id",
        "label_asym_id",
        "label_seq_id",
        "pdbx_PDB_ins_code",
        "Cartn_x",
        "Cartn_y",
        "Cartn_z",
        "occupancy",
        "B_iso_or_equiv",
        "pdbx_formal_charge",
        "auth_atom_id",
        "pdbx_PDB_model_num",
    ] {
        let _ = writeln!(out, "_atom_site.{name}");
    }
    let mut id = 0;
    for (model, configuration) in configurations.iter().enumerate() {
        if cell_of(configuration) != cell {
            let what = "models with different cells";
            let why = "a block has one; choose another format, such as .xyz";
            return Err(WriteError::cannot_hold(Format::Mmcif, what, why));
        }
        push_model(&mut out, &configuration.structure, model + 1, &mut id)?;
    }
    if let Some(first) = configurations.first() {
        connections::push(&mut out, &first.structure)?;
    }
    push_charges(&mut out, configurations);
    Ok(out.into_bytes())
}

/// Writes total charges and multiplicities in the category `mlipview`.
fn push_charges(out: &mut String, configurations: &[Configuration]) {
    let stated = |(model, Configuration { structure, .. }): (usize, &Configuration)| {
        let of_atoms = charges(structure).map_or(0, |_| structure.charge);
        Some((model + 1, StatedCharge::of(structure, of_atoms)?))
    };
    let rows: Vec<_> = configurations
        .iter()
        .enumerate()
        .filter_map(stated)
        .collect();
    if rows.is_empty() {
        return;
    }
    out.push_str(
        "loop_\n_mlipview.model_num\n_mlipview.total_charge\n_mlipview.spin_multiplicity\n",
    );
    for (model, stated) in rows {
        let charge = stated
            .charge
            .map_or("?".to_owned(), |charge| charge.to_string());
        let multiplicity = stated.multiplicity.unwrap_or(1);
        let _ = writeln!(out, "{model} {charge} {multiplicity}");
    }
}

fn push_model(
    out: &mut String,
    structure: &Structure,
    model: usize,
    id: &mut usize,
) -> Result<(), WriteError> {
    let rotation = match &structure.cell {
        Some(cell) if cell.is_periodic() => standard_rotation(cell, Format::Mmcif)?,
        _ => glam::DMat3::IDENTITY,
    };
    let occupancies = reals(structure, OCCUPANCY);
    let b_factors = reals(structure, B_FACTOR);
    let charges = charges(structure);
    let labels = labels(structure);
    let unique = unique_names(structure, &labels);
    for (atom, label) in labels.iter().enumerate() {
        let symbol = nuclide::symbol(structure, atom);
        *id += 1;
        let position = rotation * structure.positions()[atom];
        let _ = writeln!(
            out,
            "{} {id} {symbol} {} . {} {} {} {} {} {} {} {} {} {} {} {model}",
            if is_standard(&label.residue) {
                "ATOM"
            } else {
                "HETATM"
            },
            word(&unique[atom])?,
            word(&label.residue)?,
            word(&label.chain)?,
            label.residue_number,
            word(insertion_code(structure, atom))?,
            position.x,
            position.y,
            position.z,
            occupancies.map_or(1.0, |values| values[atom]),
            b_factors.map_or(0.0, |values| values[atom]),
            charges.map_or("?".to_owned(), |charges| charges[atom].to_string()),
            word(&label.name)?,
        );
    }
    Ok(())
}
