//! Writer of GRO files.

use std::fmt::Write as _;

use glam::{DMat3, DVec3};

use super::super::lines::Lines;
use super::super::nuclide::symbol;
use super::super::standard_rotation::standard_rotation;
use super::super::{Configuration, Format, Notes, WriteError};
use super::{NM_IN_ANGSTROM, PS_IN_FS, STEP, TIME, TITLE, nuclide_of, read_box};
use crate::chem::properties::{Data, Value};
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

/// Writes configurations as frames. Positions have three decimals in nm, velocities four in nm/ps. Cell
/// and atoms are rotated to the standard orientation.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for configuration in configurations {
        push_frame(&mut out, configuration)?;
    }
    Ok(out.into_bytes())
}

fn push_frame(out: &mut String, configuration: &Configuration) -> Result<(), WriteError> {
    let Configuration {
        structure,
        velocities,
        ..
    } = configuration;
    let cell = structure.cell.as_ref().filter(|cell| cell.is_periodic());
    let rotation = match cell {
        Some(cell) => standard_rotation(cell, Format::Gro)?,
        None => DMat3::IDENTITY,
    };
    let _ = writeln!(out, "{}\n{:5}", title(structure), structure.len());
    for atom in 0..structure.len() {
        push_names(out, structure, atom)?;
        let position = rotation * structure.positions()[atom] / NM_IN_ANGSTROM;
        push_numbers(out, position, 3).ok_or_else(|| {
            let why = "it lies outside -999.999 to 9999.999 nm";
            WriteError::cannot_hold(Format::Gro, format!("the position of atom {atom}"), why)
        })?;
        if let Some(velocities) = velocities {
            let velocity = rotation * velocities[atom] * (PS_IN_FS / NM_IN_ANGSTROM);
            push_numbers(out, velocity, 4).ok_or_else(|| {
                let why = "it is beyond 99.9999 nm/ps";
                WriteError::cannot_hold(Format::Gro, format!("the velocity of atom {atom}"), why)
            })?;
        }
        out.push('\n');
    }
    push_box(out, cell, rotation)
}

fn push_box(out: &mut String, cell: Option<&Cell>, rotation: DMat3) -> Result<(), WriteError> {
    let start = out.len();
    let [a, b, c] = cell.map_or([DVec3::ZERO; 3], |cell| {
        cell.vectors()
            .map(|vector| rotation * vector / NM_IN_ANGSTROM)
    });
    let _ = write!(out, " {:9.5} {:9.5} {:9.5}", a.x, b.y, c.z);
    let tilts = [a.y, a.z, b.x, b.z, c.x, c.y];
    if tilts.iter().any(|tilt| tilt.abs() >= 0.5e-5) {
        for tilt in tilts {
            let _ = write!(out, " {tilt:9.5}");
        }
    }
    out.push('\n');
    // Rounding may make a small cell degenerate.
    let again = read_box(&mut Lines::new(&out[start..]), &mut Notes::default());
    match again {
        Ok(again) if again.is_some() == cell.is_some() => Ok(()),
        _ => Err(WriteError::cannot_hold(
            Format::Gro,
            "this cell",
            "five decimals in nm are too few; write .xyz instead",
        )),
    }
}

/// The number and name of the residue, the name and number of the atom.
fn push_names(out: &mut String, structure: &Structure, atom: usize) -> Result<(), WriteError> {
    let refuse = |what: String, why: &str| Err(WriteError::cannot_hold(Format::Gro, what, why));
    let element = structure.elements()[atom];
    let unnamed = Label {
        name: symbol(structure, atom).to_owned(),
        residue: "MOL".to_owned(),
        residue_number: 1,
        chain: String::new(),
    };
    let label = structure.labels().map_or(&unnamed, |labels| &labels[atom]);
    let Label {
        name,
        residue,
        residue_number,
        ..
    } = label;
    if [name, residue]
        .iter()
        .any(|name| name.len() > 5 || !name.is_ascii())
    {
        let what = format!("the name {name} or the residue {residue} of atom {atom}");
        return refuse(
            what,
            "names have at most five ASCII letters; write .xyz instead",
        );
    }
    if nuclide_of(label).atom().map(|nuclide| nuclide.element) != Some(element) {
        let what = format!("the name {name} in the residue {residue} of atom {atom}, {element}");
        return refuse(
            what,
            "its elements follow from names, and this name implies another element",
        );
    }
    // Numbers wrap after 99 999, as in GROMACS.
    let number = if *residue_number < 0 {
        *residue_number
    } else {
        residue_number % 100_000
    };
    if number < -9999 {
        return refuse(
            format!("the residue number {number}"),
            "it has more than five characters",
        );
    }
    let _ = write!(
        out,
        "{number:5}{residue:<5}{name:>5}{:5}",
        (atom + 1) % 100_000
    );
    Ok(())
}

/// Three fields of eight columns; `None` if a number does not fit.
fn push_numbers(out: &mut String, vector: DVec3, decimals: usize) -> Option<()> {
    for number in vector.to_array() {
        let field = format!("{number:8.decimals$}");
        out.push_str(Some(&field).filter(|field| field.len() == 8)?);
    }
    Some(())
}

fn title(structure: &Structure) -> String {
    let mut title = match structure.info.get(TITLE).map(Value::data) {
        Some(Data::Texts(texts)) => texts.join(" ").replace(['\n', '\r'], " "),
        _ => String::new(),
    };
    if let Some(Data::Reals(time)) = structure.info.get(TIME).map(Value::data) {
        let _ = write!(
            title,
            " t= {}",
            time.first().map_or(0.0, |time| time / PS_IN_FS)
        );
    }
    if let Some(Data::Integers(step)) = structure.info.get(STEP).map(Value::data) {
        let _ = write!(
            title,
            " step= {}",
            step.first().copied().unwrap_or_default()
        );
    }
    title
}
