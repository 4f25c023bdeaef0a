//! Writer of PDB files.

use std::fmt::Write as _;

use glam::{DMat3, DVec3};

use super::super::arrays::reals;
use super::super::formal_charges::charges;
use super::super::lines::Lines;
use super::super::residues::{B_FACTOR, OCCUPANCY, insertion_code, is_standard};
use super::super::standard_rotation::standard_rotation;
use super::super::total_charge::StatedCharge;
use super::super::{Configuration, Format, Notes, WriteError, hybrid36, nuclide};
use super::cell::read_cell;
use super::conect;
use super::too_wide::too_wide;
use crate::chem::properties::{Data, Value};
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

/// Number of the remarks with total charges; 6 to 99 are free text.
pub(super) const REMARK: &str = "99";

/// Writes configurations as models. Positions have three decimals. Cell and atoms are rotated to the
/// standard orientation.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    let has_models = configurations.len() > 1;
    if let Some(first) = configurations.first() {
        push_title(&mut out, &first.structure);
    }
    push_remarks(&mut out, configurations);
    for (model, Configuration { structure, .. }) in configurations.iter().enumerate() {
        let rotation = match &structure.cell {
            Some(cell) if cell.is_periodic() => {
                push_cell(&mut out, cell)?;
                standard_rotation(cell, Format::Pdb)?
            }
            _ => DMat3::IDENTITY,
        };
        if has_models {
            let _ = writeln!(out, "MODEL     {:>4}", model + 1);
        }
        for atom in 0..structure.len() {
            push_atom(&mut out, structure, atom, rotation)?;
        }
        if has_models {
            out.push_str("ENDMDL\n");
        }
    }
    if let Some(first) = configurations.first() {
        conect::push(&mut out, &first.structure)?;
    }
    // One ENDMDL or END per frame, since many programs treat both as its end.
    if !has_models {
        out.push_str("END\n");
    }
    Ok(out.into_bytes())
}

/// The title, 70 letters a line.
fn push_title(out: &mut String, structure: &Structure) {
    let Some(Data::Texts(title)) = structure.info.get("title").map(Value::data) else {
        return;
    };
    let title = title.join(" ");
    let mut lines: Vec<String> = Vec::new();
    for word in title
        .split_whitespace()
        .filter(|word| word.is_ascii() && word.len() <= 68)
    {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= 68 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for (index, line) in lines.iter().take(99).enumerate() {
        let _ = match index {
            0 => writeln!(out, "TITLE     {line}"),
            _ => writeln!(out, "TITLE   {:>2} {line}", index + 1),
        };
    }
}

/// Writes remarks with total charges and multiplicities.
fn push_remarks(out: &mut String, configurations: &[Configuration]) {
    for (model, Configuration { structure, .. }) in configurations.iter().enumerate() {
        let of_atoms = charges(structure).map_or(0, |_| structure.charge);
        if let Some(stated) = StatedCharge::of(structure, of_atoms) {
            let words = stated.words().to_uppercase();
            let _ = writeln!(out, "REMARK  {REMARK} MODEL {}: {words}", model + 1);
        }
    }
}

fn push_cell(out: &mut String, cell: &Cell) -> Result<(), WriteError> {
    let start = out.len();
    let ([a, b, c], [alpha, beta, gamma]) = (cell.lengths(), cell.angles());
    let _ = writeln!(
        out,
        "CRYST1{a:9.3}{b:9.3}{c:9.3}{alpha:7.2}{beta:7.2}{gamma:7.2} P 1           1"
    );
    // Rounding may make a cell degenerate, and large numbers run together.
    let again = Lines::new(&out[start..])
        .next()
        .map(|line| read_cell(line, &mut Notes::default()));
    match again {
        Some(Ok(Some(_))) => Ok(()),
        _ => Err(WriteError::cannot_hold(
            Format::Pdb,
            "this cell",
            "three decimals of Å and two of a degree are too few; write .mmcif instead",
        )),
    }
}

fn push_atom(
    out: &mut String,
    structure: &Structure,
    atom: usize,
    rotation: DMat3,
) -> Result<(), WriteError> {
    let symbol = nuclide::symbol(structure, atom).to_uppercase();
    let unnamed = Label {
        name: symbol.clone(),
        residue: "MOL".to_owned(),
        residue_number: 1,
        chain: String::new(),
    };
    let label = structure.labels().map_or(&unnamed, |labels| &labels[atom]);
    let record = if is_standard(&label.residue) {
        "ATOM"
    } else {
        "HETATM"
    };
    // Columns 13-14 hold the symbol, right-justified, unless the name needs all four.
    let one_letter = symbol.len() == 1 && label.name.len() < 4;
    let name = format!("{}{}", if one_letter { " " } else { "" }, label.name);
    let number = hybrid36::encode(i64::from(label.residue_number), 4);
    let serial = hybrid36::encode(atom as i64 + 1, 5);
    let (Some(serial), Some(number)) = (serial, number) else {
        return Err(too_wide(atom, "its number or its residue's is too long"));
    };
    let insertion = insertion_code(structure, atom);
    let names = [&*label.name, &*label.residue, &*label.chain, insertion];
    let plain = |text: &&str| {
        text.bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    };
    if !names.iter().all(plain) {
        return Err(too_wide(atom, "a name has letters that are not ASCII"));
    }
    let position = rotation * structure.positions()[atom];
    let one_column = [&*label.chain, insertion];
    if [&name, &label.residue].iter().any(|text| text.len() > 4)
        || one_column.iter().any(|text| text.len() > 1)
    {
        return Err(too_wide(
            atom,
            "the name of the atom, its residue, its chain or its insertion code is too long",
        ));
    }
    if !fits(position) {
        return Err(too_wide(
            atom,
            "a coordinate lies outside -999.999 to 9999.999 Å",
        ));
    }
    let value = |name, default| {
        let value = reals(structure, name).map_or(default, |values| values[atom]);
        six_columns(value).ok_or_else(|| too_wide(atom, "its occupancy or B factor is too large"))
    };
    let _ = writeln!(
        out,
        "{record:<6}{serial:>5} {name:<4} {:<4}{:1}{number:>4}{insertion:1}   {:8.3}{:8.3}{:8.3}{}{}\
         {:10}{symbol:>2}{}",
        format!("{:>3}", label.residue),
        label.chain,
        position.x,
        position.y,
        position.z,
        value(OCCUPANCY, 1.0)?,
        value(B_FACTOR, 0.0)?,
        "",
        charge(structure, atom)?,
    );
    Ok(())
}

/// A number with up to two decimals in six columns.
fn six_columns(value: f64) -> Option<String> {
    let widths = [2, 1, 0].map(|decimals| format!("{value:6.decimals$}"));
    widths.into_iter().find(|text| text.len() == 6)
}

fn fits(position: DVec3) -> bool {
    position.min_element() > -999.9995 && position.max_element() < 9999.9995
}

/// A digit and a sign, or blank.
fn charge(structure: &Structure, atom: usize) -> Result<String, WriteError> {
    match charges(structure).map_or(0, |charges| charges[atom]) {
        0 => Ok(String::new()),
        charge @ 1..=9 => Ok(format!("{charge}+")),
        charge @ -9..=-1 => Ok(format!("{}-", -charge)),
        _ => Err(too_wide(atom, "its charge has more than one digit")),
    }
}
