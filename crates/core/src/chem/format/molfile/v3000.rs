//! Connection tables of version V3000: lines of words, any number of atoms.

use super::super::ParseError;
use super::super::lines::{Line, Lines, quoted, real};
use super::super::nuclide::Nuclide;
use super::atoms::{BOND_TYPES, MolfileAtoms, Numbers, radical};

/// Reads the table after the counts line, through `M  END`.
pub(super) fn read(lines: &mut Lines<'_>) -> Result<MolfileAtoms, ParseError> {
    let mut atoms = MolfileAtoms::default();
    let mut numbers = Numbers::new();
    let mut block = String::new();
    loop {
        let line = lines.expect("M  END")?;
        if line.text.trim_end() == "M  END" {
            return Ok(atoms);
        }
        let (number, text) = joined(line, lines)?;
        let entry = V30Line {
            number,
            words: text.split_whitespace().collect(),
        };
        match entry.words[..] {
            ["BEGIN", name, ..] => name.clone_into(&mut block),
            ["END", ..] => block.clear(),
            _ if block == "ATOM" => read_atom(&entry, &mut atoms, &mut numbers)?,
            _ if block == "BOND" => read_bond(&entry, &mut atoms, &numbers)?,
            // Counts, and blocks of drawings, queries and stereo collections.
            _ => {}
        }
    }
}

/// Line of the table without `M  V30 `, joined with its continuation lines.
struct V30Line<'a> {
    /// Number of its first line in the file.
    number: usize,
    words: Vec<&'a str>,
}

impl V30Line<'_> {
    /// Error of a word of the line.
    fn found(&self, expected: impl Into<String>, word: &str) -> ParseError {
        ParseError::at(self.number, expected, quoted(word))
    }

    /// The word at an index; an error if the line is shorter.
    fn word(&self, index: usize, expected: &str) -> Result<&str, ParseError> {
        let word = self.words.get(index).copied();
        word.ok_or_else(|| ParseError::at(self.number, expected, "the end of the line"))
    }

    /// Names and values of the options `NAME=VALUE` from a word on, such as `CHG=-1`.
    fn options(&self, from: usize) -> impl Iterator<Item = (&str, &str)> {
        self.words
            .iter()
            .skip(from)
            .filter_map(|word| word.split_once('='))
    }
}

/// The number of a line and its text without `M  V30 `, joined with the lines that continue it after a
/// `-`.
fn joined(first: Line<'_>, lines: &mut Lines<'_>) -> Result<(usize, String), ParseError> {
    let mut text = String::new();
    let mut line = first;
    loop {
        let rest = line
            .text
            .strip_prefix("M  V30 ")
            .ok_or_else(|| line.error("a line starting with 'M  V30 ', or M  END"))?;
        match rest.trim_end().strip_suffix('-') {
            Some(part) => text.push_str(part),
            None => {
                text.push_str(rest);
                return Ok((first.number, text));
            }
        }
        line = lines.expect("the line that continues the one before")?;
    }
}

/// Reads an atom: number, symbol, x, y, z (Å), atom mapping, options.
fn read_atom(
    entry: &V30Line<'_>,
    atoms: &mut MolfileAtoms,
    numbers: &mut Numbers,
) -> Result<(), ParseError> {
    const NUMBER: &str = "a number for the atom";
    let number = entry.word(0, NUMBER)?;
    let number: usize = number.parse().map_err(|_| entry.found(NUMBER, number))?;
    let symbol = entry.word(1, "an element symbol")?;
    let nuclide =
        Nuclide::from_symbol(symbol).ok_or_else(|| entry.found("an element symbol", symbol))?;
    let mut position = [0.0; 3];
    for (axis, coordinate) in position.iter_mut().enumerate() {
        let word = entry.word(2 + axis, "three coordinates")?;
        *coordinate = real(word).ok_or_else(|| entry.found("a coordinate", word))?;
    }
    let atom = atoms.len();
    if numbers.insert(number, atom).is_some() {
        return Err(entry.found("a number for each atom", entry.words[0]));
    }
    atoms.push(nuclide, position.into(), 0, 0);
    for (name, value) in entry.options(5) {
        match name {
            "CHG" => match value.parse::<i32>() {
                Ok(charge @ -99..=99) => atoms.set_charge(atom, charge),
                _ => return Err(entry.found("a charge", value)),
            },
            "RAD" => match radical(value) {
                Some(code) => atoms.set_radical(atom, code),
                None => return Err(entry.found("a radical code 0 to 3", value)),
            },
            "MASS" => match value.parse::<u16>() {
                Ok(nucleons @ 1..=999) => atoms.set_isotope(atom, nucleons),
                _ => return Err(entry.found("a mass number", value)),
            },
            _ => {}
        }
    }
    Ok(())
}

/// Reads a bond: number, type, and the numbers of its two atoms.
fn read_bond(
    entry: &V30Line<'_>,
    atoms: &mut MolfileAtoms,
    numbers: &Numbers,
) -> Result<(), ParseError> {
    let bond_type = entry.word(1, "a bond type")?;
    let atom = |index: usize| {
        let word = entry.word(index, "two atoms of a bond")?;
        let atom = word.parse().ok().and_then(|number| numbers.get(&number));
        atom.copied()
            .ok_or_else(|| entry.found("the number of an atom above", word))
    };
    let (one, other) = (atom(2)?, atom(3)?);
    if one == other {
        return Err(entry.found("a bond between two atoms", entry.words[2]));
    }
    atoms
        .bond([one, other], bond_type, entry.number)
        .ok_or_else(|| entry.found(BOND_TYPES, bond_type))
}
