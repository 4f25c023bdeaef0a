//! Writer of POSCAR files.

use std::fmt::Write as _;

use glam::DVec3;

use super::super::note::MOVE_MASK;
use super::super::nuclide::symbol;
use super::super::{Configuration, Format, WriteError};
use crate::chem::Structure;
use crate::chem::properties::{Column, Data, Value};

/// Writes one structure. Consecutive atoms of an element share a species, which keeps the order of atoms.
pub(in crate::chem::format) fn write(
    configurations: &[Configuration],
) -> Result<Vec<u8>, WriteError> {
    let configuration = WriteError::expect_one(configurations, Format::Poscar)?;
    let structure = &configuration.structure;
    if structure.is_empty() {
        let why = "it has a species at least; choose another format, such as .xyz";
        return Err(WriteError::cannot_hold(Format::Poscar, "no atoms", why));
    }
    let Some(cell) = &structure.cell else {
        return Err(WriteError::cannot_hold(
            Format::Poscar,
            "a structure without a cell",
            "all its structures repeat; choose another format, such as .xyz",
        ));
    };
    let all: Vec<&str> = (0..structure.len())
        .map(|atom| symbol(structure, atom))
        .collect();
    let groups: Vec<&[&str]> = all.chunk_by(|one, other| one == other).collect();
    let symbols: Vec<&str> = groups.iter().map(|group| group[0]).collect();
    let counts: Vec<String> = groups.iter().map(|group| group.len().to_string()).collect();
    let mut out = format!("{}\n1.0\n", comment(structure, &symbols));
    for vector in cell.vectors() {
        push_row(&mut out, vector);
        out.push('\n');
    }
    let _ = writeln!(out, "{}\n{}", symbols.join(" "), counts.join(" "));
    let flags = flags(structure);
    if flags.is_some() {
        out.push_str("Selective dynamics\n");
    }
    out.push_str("Direct\n");
    for (atom, &position) in structure.positions().iter().enumerate() {
        push_row(&mut out, cell.fractional(position));
        for flag in flags.iter().flat_map(|flags| flags[atom]) {
            out.push_str(if flag { " T" } else { " F" });
        }
        out.push('\n');
    }
    if let Some(velocities) = &configuration.velocities {
        out.push('\n');
        for &velocity in velocities {
            let _ = writeln!(
                out,
                "{:24.16e}{:24.16e}{:24.16e}",
                velocity.x, velocity.y, velocity.z
            );
        }
    }
    Ok(out.into_bytes())
}

fn push_row(out: &mut String, row: DVec3) {
    let _ = write!(out, "{:22} {:22} {:22}", row.x, row.y, row.z);
}

fn comment(structure: &Structure, symbols: &[&str]) -> String {
    let stated = structure.info.get("comment").map(Value::data);
    match stated {
        Some(Data::Texts(texts)) => texts.join(" ").replace(['\n', '\r'], " "),
        _ => symbols.join(" "),
    }
}

/// Movable coordinates of each atom; `None` if all are.
fn flags(structure: &Structure) -> Option<Vec<[bool; 3]>> {
    let partial = structure.arrays().get(MOVE_MASK).map(Column::data);
    let stated = |atom: usize| match partial {
        Some(Data::Bools(flags)) if flags.len() == 3 * structure.len() => {
            [0, 1, 2].map(|axis| flags[3 * atom + axis])
        }
        _ => [true; 3],
    };
    let flags: Vec<[bool; 3]> = (0..structure.len())
        .map(|atom| match (structure.fixed()[atom], stated(atom)) {
            (true, _) => [false; 3],
            // No longer fixed.
            (false, [false, false, false]) => [true; 3],
            (false, stated) => stated,
        })
        .collect();
    flags.iter().flatten().any(|&free| !free).then_some(flags)
}
