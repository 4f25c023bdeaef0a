//! Protein Data Bank files, the format of fixed columns
//! (<https://www.wwpdb.org/documentation/file-format>, version 3.3).
//!
//! Models are frames. Of alternate locations each residue keeps those that hold the highest
//! occupancy. `CRYST1` with lengths of 1 or 0 Å is no cell. `CONECT` states bonds; naming a neighbor
//! twice makes it a double bond. A bond needs both its atoms: files cut from larger ones leave some
//! out.

mod write;

use std::collections::BTreeMap;
use std::collections::HashMap;

use super::info::Beginning;
use super::lines::{Line, Lines, real, text};
use super::nuclide::Nuclide;
use super::residues::{Site, is_standard, structure};
use super::{Configuration, ParseError, hybrid36};
use crate::chem::properties::Value;
use crate::chem::structure::{BondOrder, Label, StatedBond};
use crate::chem::{Cell, Structure};

pub(super) use write::{standard_rotation, write};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut frames: Vec<Frame> = Vec::new();
    let mut frame = Frame::default();
    let mut title = String::new();
    let mut mentions = Mentions::default();
    for line in Lines::new(&text) {
        match &*line.columns(1, 6) {
            "ATOM" | "HETATM" => frame.sites.push(read_site(line)?),
            "CRYST1" => frame.cell = read_cell(line)?,
            "CONECT" => mentions.read(line)?,
            "TITLE" => {
                title.push_str(if title.is_empty() { "" } else { " " });
                title.push_str(&line.columns(11, 80));
            }
            "MODEL" | "ENDMDL" | "END" => frame.end(&mut frames),
            _ => {}
        }
    }
    frame.end(&mut frames);
    if frames.is_empty() {
        return Err(ParseError::whole("ATOM or HETATM records", "none"));
    }
    let configuration = |frame: Frame| {
        let (mut structure, serials) = structure(frame.sites, frame.cell)?;
        mentions.state_bonds(&mut structure, &serials)?;
        if !title.is_empty() {
            let title = Value::text(title.as_str());
            structure.info.insert("title".into(), title);
        }
        Ok(Configuration::from(structure))
    };
    frames.into_iter().map(configuration).collect()
}

#[derive(Default)]
struct Frame {
    sites: Vec<Site>,
    cell: Option<Cell>,
}

impl Frame {
    /// Files the frame if it has atoms. The cell holds until another is given.
    fn end(&mut self, frames: &mut Vec<Frame>) {
        if !self.sites.is_empty() {
            frames.push(Frame {
                sites: std::mem::take(&mut self.sites),
                cell: self.cell.clone(),
            });
        }
    }
}

fn read_site(line: Line<'_>) -> Result<Site, ParseError> {
    let name = line.columns(13, 16).into_owned();
    // Four-letter residue names reach into an otherwise unused column.
    let residue = line.columns(18, 21).into_owned();
    let number = line.columns(23, 26);
    let residue_number = match &*number {
        "" => 0,
        field => hybrid36::decode(field, 4)
            .and_then(|number| i32::try_from(number).ok())
            .ok_or_else(|| line.found("a residue number in columns 23-26", field))?,
    };
    let coordinate = |first: usize, axis: &str| {
        let field = line.columns(first, first + 7);
        real(&field).ok_or_else(|| {
            let what = format!("the {axis} coordinate in columns {first}-{}", first + 7);
            line.found(what, &field)
        })
    };
    let position = [(31, "x"), (39, "y"), (47, "z")];
    let [x, y, z] = position.map(|(first, axis)| coordinate(first, axis));
    let or = |first, last, default, what: &str| match &*line.columns(first, last) {
        "" => Ok(default),
        field => real(field).ok_or_else(|| line.found(what, field)),
    };
    Ok(Site {
        nuclide: nuclide(line, &residue)?,
        position: [x?, y?, z?].into(),
        label: Label {
            name,
            residue,
            residue_number,
            chain: line.columns(22, 22).into_owned(),
        },
        insertion: line.columns(27, 27).into_owned(),
        alternate: line.columns(17, 17).into_owned(),
        occupancy: or(55, 60, 1.0, "an occupancy in columns 55-60")?,
        b_factor: or(61, 66, 0.0, "a temperature factor in columns 61-66")?,
        charge: read_charge(line)?,
        serial: hybrid36::decode(&line.columns(7, 11), 5),
    })
}

/// The element in columns 77-78; where they are blank or, in files older than 1996, hold part of the
/// entry's name and line number, the element that the atom's name stands for.
fn nuclide(line: Line<'_>, residue: &str) -> Result<Nuclide, ParseError> {
    let stated = line.columns(77, 78);
    if !stated.is_empty() && stated.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return Nuclide::from_symbol(&stated)
            .ok_or_else(|| line.found("an element symbol in columns 77-78", &stated));
    }
    let name = line.columns(13, 16);
    let letters = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
    let symbol = |length: usize| letters.get(..length).and_then(Nuclide::from_symbol);
    // A symbol of two letters starts in column 13, one of one letter in column 14. Names of four
    // letters start in column 13 whatever their symbol; almost all are hydrogens.
    let long_hydrogen = name.len() == 4 && name.starts_with('H');
    let two = line
        .text
        .as_bytes()
        .get(12)
        .is_some_and(u8::is_ascii_alphabetic)
        && !long_hydrogen
        && !is_standard(residue);
    let found = if two {
        symbol(2).or(symbol(1))
    } else {
        symbol(1)
    };
    found.ok_or_else(|| {
        let what = "an element symbol in columns 77-78, or an atom name that starts with one in \
                    columns 13-16";
        line.found(what, &name)
    })
}

/// A digit and a sign in columns 79-80.
fn read_charge(line: Line<'_>) -> Result<Option<i32>, ParseError> {
    let field = line.columns(79, 80);
    let mut letters = field.chars();
    let (digit, sign) = match (letters.next(), letters.next()) {
        (Some(sign @ ('+' | '-')), digit) => (digit.unwrap_or('1'), sign),
        (Some(digit), Some(sign)) => (digit, sign),
        // Blank, or the end of a line number of an old file.
        _ => return Ok(None),
    };
    match (digit.to_digit(10), sign) {
        (Some(digit), '+') => Ok(Some(digit as i32)),
        (Some(digit), '-') => Ok(Some(-(digit as i32))),
        (Some(_), sign) if sign.is_ascii_digit() => Ok(None),
        _ => Err(line.found("a charge such as 2+ in columns 79-80", &field)),
    }
}

fn read_cell(line: Line<'_>) -> Result<Option<Cell>, ParseError> {
    let fields = [(7, 15), (16, 24), (25, 33), (34, 40), (41, 47), (48, 54)];
    let mut numbers = [0.0; 6];
    for (number, (first, last)) in numbers.iter_mut().zip(fields) {
        let field = line.columns(first, last);
        let what = format!("a cell length or angle in columns {first}-{last}");
        *number = real(&field).ok_or_else(|| line.found(what, &field))?;
    }
    let [a, b, c, alpha, beta, gamma] = numbers;
    if [a, b, c] == [1.0; 3] || [a, b, c] == [0.0; 3] {
        return Ok(None);
    }
    Cell::from_lengths_and_angles([a, b, c], [alpha, beta, gamma])
        .map(Some)
        .map_err(|error| ParseError::at(line.number, "a cell", error.to_string()))
}

/// How often each atom, by its serial number, names each other as bonded.
#[derive(Default)]
struct Mentions(BTreeMap<(i64, i64), u32>);

impl Mentions {
    fn read(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        let serial = |first: usize| match &*line.columns(first, first + 4) {
            "" => Ok(None),
            field => hybrid36::decode(field, 5)
                .map(Some)
                .ok_or_else(|| line.found("the serial number of an atom", field)),
        };
        let Some(atom) = serial(7)? else {
            return Err(line.error("the serial number of an atom in columns 7-11"));
        };
        for first in [12, 17, 22, 27] {
            if let Some(neighbor) = serial(first)? {
                *self.0.entry((atom, neighbor)).or_default() += 1;
            }
        }
        Ok(())
    }

    fn state_bonds(
        &self,
        structure: &mut Structure,
        serials: &[Option<i64>],
    ) -> Result<(), ParseError> {
        // A serial number that several atoms share, as in files that wrap at 99 999, names none.
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

/// Whether a content looks like PDB: it has some record that most files have.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    const RECORDS: [&str; 8] = [
        "ATOM  ", "HETATM", "CRYST1", "HEADER", "MODEL ", "REMARK", "TITLE ", "COMPND",
    ];
    let is_record = |line: &str| RECORDS.iter().any(|record| line.starts_with(record));
    beginning.lines().any(is_record)
}
