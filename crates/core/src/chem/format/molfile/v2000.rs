//! Connection tables of version V2000: fixed columns, at most 999 atoms.

use super::super::ParseError;
use super::super::lines::{Line, Lines, real};
use super::super::nuclide::Nuclide;
use super::atoms::{BOND_TYPES, MolfileAtoms, radical};
use super::fields::END_OF_RECORD;

/// Reads the table after its counts line, through `M  END`.
pub(super) fn read(counts: Line<'_>, lines: &mut Lines<'_>) -> Result<MolfileAtoms, ParseError> {
    let count = |first: usize, what: &str| {
        let field = counts.columns(first, first + 2);
        let expected = || counts.found(format!("the number of {what}"), &field);
        field.parse::<usize>().map_err(|_| expected())
    };
    let (atom_count, bond_count) = (count(1, "atoms")?, count(4, "bonds")?);
    let mut atoms = MolfileAtoms::default();
    for atom in 0..atom_count {
        let what = format!("atom {} of {atom_count}", atom + 1);
        read_atom(lines.expect(&what)?, &mut atoms)?;
    }
    for bond in 0..bond_count {
        let what = format!("bond {} of {bond_count}", bond + 1);
        let line = lines.expect(&what)?;
        let one = atom_index(line, &line.columns(1, 3), atoms.len())?;
        let other = atom_index(line, &line.columns(4, 6), atoms.len())?;
        if one == other {
            return Err(line.error("a bond between two atoms"));
        }
        let bond_type = line.columns(7, 9);
        atoms
            .bond([one, other], &bond_type, line.number)
            .ok_or_else(|| line.found(BOND_TYPES, &bond_type))?;
    }
    read_properties(lines, &mut atoms)?;
    Ok(atoms)
}

fn atom_index(line: Line<'_>, field: &str, atoms: usize) -> Result<usize, ParseError> {
    match field.parse::<usize>() {
        Ok(number) if (1..=atoms).contains(&number) => Ok(number - 1),
        _ => Err(line.found(format!("the number of an atom, 1 to {atoms}"), field)),
    }
}

fn read_atom(line: Line<'_>, atoms: &mut MolfileAtoms) -> Result<(), ParseError> {
    let coordinate = |first: usize| {
        let field = line.columns(first, first + 9);
        let what = format!("a coordinate in columns {first}-{}", first + 9);
        real(&field).ok_or_else(|| line.found(what, &field))
    };
    let position = [coordinate(1)?, coordinate(11)?, coordinate(21)?];
    let symbol = line.columns(32, 34);
    let mut nuclide = Nuclide::from_symbol(&symbol)
        .ok_or_else(|| line.found("an element symbol in columns 32-34", &symbol))?;
    let difference = line.columns(35, 36);
    match difference.parse::<i16>() {
        Ok(0) => {}
        _ if difference.is_empty() => {}
        Ok(difference) if (-3..=4).contains(&difference) => {
            let nucleons = nuclide.element.mass().round() as i16 + difference;
            nuclide = Nuclide::isotope(nuclide.element, nucleons.unsigned_abs().max(1));
        }
        _ => return Err(line.found("a mass difference -3 to 4 in columns 35-36", &difference)),
    }
    let code = line.columns(37, 39);
    let (charge, radical) = match &*code {
        "" | "0" => (0, 0),
        // A doublet radical.
        "4" => (0, 2),
        code => match code.parse::<i32>() {
            Ok(code @ 1..=7) => (4 - code, 0),
            _ => return Err(line.found("a charge code 0 to 7 in columns 37-39", code)),
        },
    };
    atoms.push(nuclide, position.into(), charge, radical);
    Ok(())
}

/// Reads property lines up to `M  END`: charges, radicals and isotopes; others are ignored.
fn read_properties(lines: &mut Lines<'_>, atoms: &mut MolfileAtoms) -> Result<(), ParseError> {
    let mut replaced = false;
    while let Some(line) = lines
        .peek()
        .filter(|line| !line.text.starts_with(END_OF_RECORD))
    {
        lines.next();
        let kind = line.text.get(..6).unwrap_or(line.text).trim_end();
        match kind {
            "M  END" => return Ok(()),
            "M  CHG" | "M  RAD" if !replaced => {
                atoms.clear_charges_and_radicals();
                replaced = true;
            }
            _ => {}
        }
        if matches!(kind, "M  CHG" | "M  RAD" | "M  ISO") {
            read_property(kind, line, atoms)?;
        }
    }
    let text = "M  END is missing; charges, radicals or isotopes may be missing with it";
    atoms.notes.whole(text);
    Ok(())
}

/// Up to eight pairs of an atom and its value.
fn read_property(kind: &str, line: Line<'_>, atoms: &mut MolfileAtoms) -> Result<(), ParseError> {
    let count = line.columns(7, 9);
    let expected = || line.found("a number of entries, 1 to 8, in columns 7-9", &count);
    let count: usize = count.parse().map_err(|_| expected())?;
    if count > 8 {
        return Err(expected());
    }
    for entry in 0..count {
        let first = 11 + 8 * entry;
        let atom = atom_index(line, &line.columns(first, first + 2), atoms.len())?;
        let value = line.columns(first + 4, first + 6);
        let wrong = |what: &str| line.found(what, &value);
        match kind {
            "M  CHG" => match value.parse::<i32>() {
                Ok(charge @ -99..=99) => atoms.set_charge(atom, charge),
                _ => return Err(wrong("a charge")),
            },
            "M  RAD" => match radical(&value) {
                Some(code) => atoms.set_radical(atom, code),
                None => return Err(wrong("a radical code 0 to 3")),
            },
            _ => match value.parse::<u16>() {
                Ok(nucleons @ 1..=999) => atoms.set_isotope(atom, nucleons),
                _ => return Err(wrong("a mass number")),
            },
        }
    }
    Ok(())
}
