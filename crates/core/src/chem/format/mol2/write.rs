//! Writer of MOL2 files.

use std::fmt::Write as _;

use glam::DMat3;

use super::super::arrays::reals;
use super::super::formal_charges::charges;
use super::super::standard_rotation::standard_rotation;
use super::super::total_charge::StatedCharge;
use super::super::{Configuration, Format, WriteError};
use super::atom_type::{BondLists, atom_type};
use super::molecule::{ATOM_TYPE, NAME, PARTIAL_CHARGE, nuclide_of, total_of_partial};
use crate::chem::Structure;
use crate::chem::properties::{Column, Data, Value};
use crate::chem::structure::{BondOrder, Label, StatedBond};

/// Writes configurations as molecules. Atom types are those of the source file or else SYBYL types from
/// elements and stated bonds. Cell and atoms are rotated to the standard orientation.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for Configuration { structure, .. } in configurations {
        push_molecule(&mut out, structure)?;
    }
    Ok(out.into_bytes())
}

fn push_molecule(out: &mut String, structure: &Structure) -> Result<(), WriteError> {
    let bonds = BondLists::of(structure);
    let formal = charges(structure).filter(|charges| charges.iter().any(|charge| *charge != 0));
    let partial = reals(structure, PARTIAL_CHARGE);
    push_heading(out, structure, formal.is_some(), partial);
    let cell = structure.cell.as_ref().filter(|cell| cell.is_periodic());
    let rotation = match cell {
        Some(cell) => standard_rotation(cell, Format::Mol2)?,
        None => DMat3::IDENTITY,
    };
    out.push_str("@<TRIPOS>ATOM\n");
    for atom in 0..structure.len() {
        let Label {
            name,
            residue,
            residue_number,
            ..
        } = label(structure, atom)?;
        let position = rotation * structure.positions()[atom];
        let kind =
            stated_type(structure, atom).unwrap_or_else(|| atom_type(structure, &bonds, atom));
        let _ = write!(
            out,
            "{:>7} {name:<8} {:12.6} {:12.6} {:12.6} {kind:<5} {residue_number:>4} {}",
            atom + 1,
            position.x,
            position.y,
            position.z,
            numbered(&residue, residue_number),
        );
        let charge = partial.map(|charges| charges[atom]);
        let charge = charge.or(formal.map(|charges| charges[atom] as f64));
        if let Some(charge) = charge {
            let _ = write!(out, " {charge:9.6}");
        }
        out.push('\n');
    }
    if let Some(charges) = formal {
        // Open Babel reads the first, RDKit the second.
        out.push_str("@<TRIPOS>UNITY_ATOM_ATTR\n");
        let charged = charges
            .iter()
            .enumerate()
            .filter(|(_, charge)| **charge != 0);
        for (atom, charge) in charged {
            let _ = writeln!(out, "{} 2\ncharge {charge}\nAtomExpr {charge}", atom + 1);
        }
    }
    push_bonds(out, structure, &bonds)?;
    if let Some(cell) = cell {
        let ([a, b, c], [alpha, beta, gamma]) = (cell.lengths(), cell.angles());
        let _ = writeln!(
            out,
            "@<TRIPOS>CRYSIN\n{a} {b} {c} {alpha} {beta} {gamma} 1 1"
        );
    }
    Ok(())
}

/// Writes name, counts, types of molecule and charges, an empty line of status bits, and a comment.
fn push_heading(
    out: &mut String,
    structure: &Structure,
    has_formal: bool,
    partial: Option<&[f64]>,
) {
    let name = match structure.info.get(NAME).map(Value::data) {
        Some(Data::Texts(texts)) => texts.join(" ").replace(['\n', '\r'], " "),
        _ => String::new(),
    };
    let name = name.trim().trim_start_matches('@');
    let name = if name.is_empty() { "*****" } else { name };
    let kind = match (has_formal, partial) {
        (false, None) => "NO_CHARGES",
        _ => "USER_CHARGES",
    };
    let (atoms, bonds) = (structure.len(), structure.stated_bonds().len());
    let _ = writeln!(
        out,
        "@<TRIPOS>MOLECULE\n{name}\n{atoms} {bonds} 0 0 0\nSMALL\n{kind}"
    );
    let of_atoms = match partial {
        _ if has_formal => structure.charge,
        Some(charges) => total_of_partial(charges.iter().copied()).unwrap_or(0),
        None => 0,
    };
    let stated = StatedCharge::of(structure, of_atoms);
    let _ = writeln!(
        out,
        "\n{}",
        stated.map_or(String::new(), StatedCharge::words)
    );
}

fn push_bonds(
    out: &mut String,
    structure: &Structure,
    bonds: &BondLists,
) -> Result<(), WriteError> {
    if structure.stated_bonds().is_empty() {
        return Ok(());
    }
    out.push_str("@<TRIPOS>BOND\n");
    for (index, StatedBond { atoms, order }) in structure.stated_bonds().iter().enumerate() {
        let kind = match order {
            BondOrder::Single if bonds.is_amide(*atoms, structure) => "am",
            BondOrder::Single => "1",
            BondOrder::Double => "2",
            BondOrder::Triple => "3",
            BondOrder::Aromatic => "ar",
            BondOrder::Unspecified => "un",
            BondOrder::Quadruple => {
                let why = "it knows orders up to 3; choose another format, such as .pdb";
                return Err(WriteError::cannot_hold(
                    Format::Mol2,
                    "a quadruple bond",
                    why,
                ));
            }
        };
        let [one, other] = atoms.map(|atom| atom + 1);
        let _ = writeln!(out, "{:>6} {one:>5} {other:>5} {kind}", index + 1);
    }
    Ok(())
}

/// The names of an atom and its residue, each a word.
fn label(structure: &Structure, atom: usize) -> Result<Label, WriteError> {
    let unnamed = || Label {
        name: format!("{}{}", structure.elements()[atom], atom + 1),
        residue: String::new(),
        residue_number: 1,
        chain: String::new(),
    };
    let mut label = structure
        .labels()
        .map_or_else(unnamed, |labels| labels[atom].clone());
    if label.residue.is_empty() {
        "MOL".clone_into(&mut label.residue);
    }
    let is_word = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    if is_word(&label.name) && is_word(&label.residue) {
        return Ok(label);
    }
    let what = format!(
        "the name {:?} or residue {:?} of atom {}",
        label.name,
        label.residue,
        atom + 1
    );
    Err(WriteError::cannot_hold(
        Format::Mol2,
        what,
        "names are single words; rename it",
    ))
}

/// Residue name with its number appended, as in most programs; without if the reader could not separate
/// them.
fn numbered(residue: &str, number: i32) -> String {
    match residue.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => format!("{residue}{number}"),
        false => residue.to_owned(),
    }
}

/// The atom type of the source file, if it still matches the element.
fn stated_type(structure: &Structure, atom: usize) -> Option<String> {
    let Some(Data::Texts(types)) = structure.arrays().get(ATOM_TYPE).map(Column::data) else {
        return None;
    };
    let kind = types
        .get(atom)
        .filter(|kind| !kind.is_empty() && !kind.contains(char::is_whitespace))?;
    let nuclide = nuclide_of(kind, &label(structure, atom).ok()?).atom()?;
    (nuclide.element == structure.elements()[atom]).then(|| kind.clone())
}
