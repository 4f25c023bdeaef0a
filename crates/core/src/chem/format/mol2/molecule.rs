//! One molecule of a MOL2 file, gathered section by section.

use std::collections::{HashMap, HashSet};

use glam::DVec3;

use super::super::element_name::{NameContext, Named};
use super::super::formal_charges::set_charges;
use super::super::lines::{Line, Lines, real};
use super::super::nuclide::{Nuclide, set_isotopes};
use super::super::total_charge::Stated;
use super::super::{Configuration, Notes, ParseError};
use super::section::section;
use crate::chem::properties::{Column, Data, Value};
use crate::chem::structure::{BondOrder, Label, StatedBond};
use crate::chem::{Cell, Structure};

/// Per-atom arrays: partial charges, e, and types of a force field.
pub(super) const PARTIAL_CHARGE: &str = "partial_charge";
pub(super) const ATOM_TYPE: &str = "atom_type";

/// The info with the name of the molecule.
pub(super) const NAME: &str = "name";

/// How far a sum of partial charges, which have four decimals or so, may be from a whole number, e.
const ROUNDING: f64 = 0.05;

#[derive(Default)]
pub(super) struct Molecule {
    line: usize,
    name: String,
    stated_atoms: usize,
    stated_bonds: usize,
    /// Rows of atoms, of bonds.
    rows: [usize; 2],
    atoms: Vec<Atom>,
    /// Which atom has a number; `None` for what is left out.
    numbers: HashMap<u64, Option<usize>>,
    bonds: Vec<StatedBond>,
    /// The atom whose attributes are listed.
    listed: Option<usize>,
    /// Formal charges by atom, e.
    formal_charges: HashMap<usize, i32>,
    /// The charge and multiplicity of the whole, in the comment.
    total: Option<Stated>,
    cell: Option<Cell>,
    notes: Notes,
}

struct Atom {
    nuclide: Nuclide,
    /// Å.
    position: DVec3,
    label: Label,
    atom_type: String,
    /// e, where stated.
    charge: Option<f64>,
}

impl Molecule {
    /// The name and the numbers of atoms and bonds; the kinds of molecule and of charges say nothing
    /// that the atoms do not.
    pub(super) fn read(heading: Line<'_>, lines: &mut Lines<'_>) -> Result<Molecule, ParseError> {
        const COUNTS: &str = "the numbers of atoms and bonds";
        let name = lines.expect("the name of the molecule")?;
        let counts = lines.expect(COUNTS)?;
        let mut numbers = counts.words().map(str::parse::<usize>);
        let atoms = numbers
            .next()
            .and_then(Result::ok)
            .ok_or_else(|| counts.error(COUNTS))?;
        let bonds = numbers.next().and_then(Result::ok).unwrap_or(0);
        let mut total = None;
        while let Some(line) = lines.peek().filter(|line| section(*line).is_none()) {
            total = total.or(Stated::read(line.text));
            lines.next();
        }
        Ok(Molecule {
            line: heading.number,
            name: name.text.trim().to_owned(),
            stated_atoms: atoms,
            stated_bonds: bonds,
            total,
            ..Molecule::default()
        })
    }

    /// `id name x y z type [residue number] [residue name] [charge]`.
    pub(super) fn read_atom(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        const EXPECTED: &str = "an atom: number, name, three coordinates and a type";
        let words: Vec<&str> = line.words().collect();
        let [number, name, x, y, z, atom_type, rest @ ..] = &words[..] else {
            return Err(line.error(EXPECTED));
        };
        let coordinate = |word: &str| real(word).ok_or_else(|| line.found("a coordinate", word));
        let position = DVec3::new(coordinate(x)?, coordinate(y)?, coordinate(z)?);
        let id = number
            .parse()
            .map_err(|_| line.found("the number of the atom", number))?;
        let residue_number = rest.first().and_then(|word| word.parse().ok()).unwrap_or(0);
        let label = Label {
            name: (*name).to_owned(),
            residue: residue_name(rest.get(1).copied().unwrap_or_default(), residue_number),
            residue_number,
            chain: String::new(),
        };
        self.rows[0] += 1;
        let atom = match told(atom_type, &label) {
            Named::Atom(nuclide) => Some(Atom {
                nuclide,
                position,
                label,
                atom_type: (*atom_type).to_owned(),
                charge: rest.get(2).and_then(|word| real(word)),
            }),
            Named::Dummy => {
                let what = format!("{name} of type {atom_type} is no atom and is left out");
                self.notes.at(line.number, what);
                None
            }
            Named::Unknown => {
                return Err(
                    line.found("an atom type that starts with an element symbol", atom_type)
                );
            }
        };
        if self
            .numbers
            .insert(id, atom.is_some().then_some(self.atoms.len()))
            .is_some()
        {
            return Err(line.found("a number of its own for each atom", number));
        }
        self.atoms.extend(atom);
        Ok(())
    }

    /// `id origin target type`.
    pub(super) fn read_bond(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        let words: Vec<&str> = line.words().collect();
        let [_, one, other, bond_type, ..] = words[..] else {
            return Err(line.error("a bond: number, two atoms and a type"));
        };
        self.rows[1] += 1;
        let atom = |word: &str| {
            let atom = word
                .parse()
                .ok()
                .and_then(|number| self.numbers.get(&number));
            atom.copied()
                .ok_or_else(|| line.found("the number of an atom above", word))
        };
        let (Some(one), Some(other)) = (atom(one)?, atom(other)?) else {
            return Ok(());
        };
        let order = match bond_type.to_ascii_lowercase().as_str() {
            "1" | "am" => BondOrder::Single,
            "2" => BondOrder::Double,
            "3" => BondOrder::Triple,
            "4" => BondOrder::Quadruple,
            "ar" => BondOrder::Aromatic,
            "nc" => return Ok(()),
            "un" | "du" => BondOrder::Unspecified,
            _ => {
                let what = format!("a bond of type {bond_type} is read as one of unknown order");
                self.notes.at(line.number, what);
                BondOrder::Unspecified
            }
        };
        if one == other {
            self.notes
                .at(line.number, "a bond of an atom with itself is left out");
        } else {
            self.bonds.push(StatedBond {
                atoms: [one, other],
                order,
            });
        }
        Ok(())
    }

    /// The number of an atom and how many attributes follow; `charge -1` and so on.
    pub(super) fn read_attribute(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        let words: Vec<&str> = line.words().collect();
        match words[..] {
            ["charge", charge, ..] => {
                let number = charge
                    .parse::<i32>()
                    .ok()
                    .filter(|charge| charge.abs() < 100);
                let number = number.ok_or_else(|| line.found("a formal charge", charge))?;
                if let Some(atom) = self.listed {
                    self.formal_charges.insert(atom, number);
                }
            }
            // A query; written beside the charge for RDKit.
            ["AtomExpr", ..] => {}
            [atom, ..] => {
                let atom = atom
                    .parse()
                    .ok()
                    .and_then(|number| self.numbers.get(&number));
                self.listed = atom.copied().flatten();
            }
            [] => {}
        }
        Ok(())
    }

    /// `a b c alpha beta gamma [space group] [setting]`.
    pub(super) fn read_cell(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        let [a, b, c, alpha, beta, gamma] = line.reals("the lengths and angles of a cell")?;
        let cell = Cell::from_lengths_and_angles([a, b, c], [alpha, beta, gamma]);
        let cell =
            cell.map_err(|error| ParseError::at(line.number, "a cell", error.to_string()))?;
        self.cell = Some(cell);
        if let Some(group) = line.words().nth(6).filter(|group| *group != "1") {
            let what = format!(
                "space group {group} is stated; atoms are those that are listed, without images"
            );
            self.notes.at(line.number, what);
        }
        Ok(())
    }

    pub(super) fn configuration(mut self) -> Result<Configuration, ParseError> {
        if self.rows[0] != self.stated_atoms {
            let expected = format!("{} atoms", self.stated_atoms);
            return Err(ParseError::at(
                self.line,
                expected,
                self.rows[0].to_string(),
            ));
        }
        if self.rows[1] != self.stated_bonds {
            let [_, found] = self.rows;
            let what = format!(
                "{} bonds are announced and {found} listed",
                self.stated_bonds
            );
            self.notes.at(self.line, what);
        }
        self.localize_carboxylates();
        let is_total_known = self.total.is_some_and(|total| total.charge.is_some());
        let charge = match self.formal_charges.is_empty() && !is_total_known {
            true => self.total_charge(),
            false => 0,
        };
        let atoms = &self.atoms;
        let elements = atoms.iter().map(|atom| atom.nuclide.element).collect();
        let positions = atoms.iter().map(|atom| atom.position).collect();
        let structure = Structure::new(elements, positions).map_err(ParseError::atoms)?;
        let mut structure = structure.with_cell(self.cell);
        structure.charge = charge;
        if !self.formal_charges.is_empty() {
            let charge = |atom| self.formal_charges.get(&atom).copied().unwrap_or(0);
            set_charges(&mut structure, (0..atoms.len()).map(charge).collect())?;
        }
        if let Some(total) = self.total {
            total.set(&mut structure, &mut self.notes);
        }
        let isotopes: Vec<Option<f64>> = atoms.iter().map(|atom| atom.nuclide.mass).collect();
        set_isotopes(&mut structure, &isotopes)?;
        let labels = atoms.iter().map(|atom| atom.label.clone()).collect();
        structure
            .set_labels(Some(labels))
            .map_err(ParseError::atoms)?;
        let types = atoms.iter().map(|atom| atom.atom_type.clone()).collect();
        let mut arrays = vec![(ATOM_TYPE, Data::Texts(types))];
        if atoms.iter().any(|atom| atom.charge.is_some()) {
            let charges = atoms
                .iter()
                .map(|atom| atom.charge.unwrap_or(0.0))
                .collect();
            arrays.push((PARTIAL_CHARGE, Data::Reals(charges)));
        }
        for (name, data) in arrays {
            if let Some(column) = Column::new(data, 1) {
                structure
                    .set_array(name, column)
                    .map_err(ParseError::atoms)?;
            }
        }
        structure
            .set_stated_bonds(self.bonds)
            .map_err(ParseError::atoms)?;
        if !self.name.is_empty() && self.name != "*****" {
            structure.info.insert(NAME.into(), Value::text(self.name));
        }
        Ok(Configuration {
            notes: self.notes,
            ..Configuration::from(structure)
        })
    }

    /// Makes single and double bonds of the aromatic ones to oxygens of type `O.co2`.
    fn localize_carboxylates(&mut self) {
        let mut doubled = HashSet::new();
        for StatedBond { atoms, order } in &mut self.bonds {
            let is_oxygen = atoms.map(|atom| self.atoms[atom].atom_type == "O.co2");
            let center = match is_oxygen {
                [true, false] => atoms[1],
                [false, true] => atoms[0],
                _ => continue,
            };
            if *order == BondOrder::Aromatic {
                *order = match doubled.insert(center) {
                    true => BondOrder::Double,
                    false => BondOrder::Single,
                };
            }
        }
    }

    /// The sum of the partial charges, if it is a whole number, e; else 0, with a note.
    fn total_charge(&mut self) -> i32 {
        let charges = self.atoms.iter().filter_map(|atom| atom.charge);
        total_of_partial(charges).unwrap_or_else(|sum| {
            let what = format!(
                "the partial charges add up to {sum:.4} e, which is no whole number: the charge is read as 0"
            );
            self.notes.at(self.line, what);
            0
        })
    }
}

/// The sum of partial charges, e, where it is a whole number; else the sum as the error.
pub(super) fn total_of_partial(charges: impl Iterator<Item = f64>) -> Result<i32, f64> {
    let sum: f64 = charges.sum();
    let is_whole = (sum - sum.round()).abs() <= ROUNDING && sum.abs() < f64::from(i32::MAX);
    if is_whole {
        Ok(sum.round() as i32)
    } else {
        Err(sum)
    }
}

/// The name of a residue without its number, which most programs add to it: ALA12 is ALA.
fn residue_name(word: &str, number: i32) -> String {
    let name = word.strip_suffix(&number.to_string()).unwrap_or(word);
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if is_name { name } else { word }.to_owned()
}

/// What an atom of some type is. Types of SYBYL start with a symbol, spelled as such; those of GAFF
/// are in small letters and start with one of a single letter, but for `cl` and `br`; for others the
/// name of the atom decides.
pub(super) fn told(atom_type: &str, label: &Label) -> Named {
    let kind = atom_type.split('.').next().unwrap_or_default();
    if matches!(kind, "LP" | "Du" | "Lp") {
        return Named::Dummy;
    }
    let is_spelled = |symbol: &str| {
        let mut letters = symbol.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_uppercase())
            && letters.all(|letter| letter.is_ascii_lowercase())
    };
    if is_spelled(kind)
        && let Some(nuclide) = Nuclide::from_symbol(kind)
    {
        return Named::Atom(nuclide);
    }
    let is_gaff = kind.starts_with(|first: char| first.is_ascii_lowercase());
    let symbol = match kind {
        "cl" | "br" => kind,
        _ => kind.get(..1).unwrap_or_default(),
    };
    if is_gaff && let Some(nuclide) = Nuclide::from_symbol(symbol) {
        return Named::Atom(nuclide);
    }
    let residue = &*label.residue;
    NameContext {
        residue,
        ..NameContext::default()
    }
    .read(&label.name)
}
