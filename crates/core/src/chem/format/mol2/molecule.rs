//! Molecule of a MOL2 file, parsed section by section.

use std::collections::{HashMap, HashSet};

use glam::DVec3;

use super::super::element_name::{NameContext, SiteKind};
use super::super::formal_charges::set_charges;
use super::super::lines::{Line, Lines, real};
use super::super::nuclide::{Nuclide, set_isotopes};
use super::super::total_charge::StatedCharge;
use super::super::{Configuration, Notes, ParseError};
use super::section::section;
use crate::chem::properties::{Column, Data, Value};
use crate::chem::structure::{BondOrder, Label, StatedBond};
use crate::chem::{Cell, Structure};

/// Names of per-atom arrays: partial charges, e, and force-field types.
pub(super) const PARTIAL_CHARGE: &str = "partial_charge";
pub(super) const ATOM_TYPE: &str = "atom_type";

/// Key of the info with the name of the molecule.
pub(super) const NAME: &str = "name";

/// Tolerance of an integer sum of partial charges, which have about four decimals, e.
const ROUNDING: f64 = 0.05;

/// Molecule while its sections are parsed.
#[derive(Default)]
pub(super) struct Molecule {
    /// Line number of its heading.
    line: usize,
    name: String,
    stated_atoms: usize,
    stated_bonds: usize,
    /// Numbers of rows of atoms and of bonds read so far.
    rows: [usize; 2],
    atoms: Vec<Mol2Atom>,
    /// Atom index by number; `None` for omitted sites.
    numbers: HashMap<u64, Option<usize>>,
    bonds: Vec<StatedBond>,
    /// Atom of the current attributes.
    attribute_atom: Option<usize>,
    /// Formal charges by atom, e.
    formal_charges: HashMap<usize, i32>,
    /// Total charge and multiplicity in the comment.
    total: Option<StatedCharge>,
    cell: Option<Cell>,
    notes: Notes,
}

/// Row of an atom.
struct Mol2Atom {
    nuclide: Nuclide,
    /// Å.
    position: DVec3,
    label: Label,
    atom_type: String,
    /// Partial charge, e, if stated.
    charge: Option<f64>,
}

impl Molecule {
    /// Reads the name and the numbers of atoms and bonds; the types of molecule and charges are
    /// redundant.
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
            total = total.or(StatedCharge::read(line.text));
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

    /// Reads an atom, `id name x y z type [residue number] [residue name] [charge]`;
    /// coordinates in Å, the partial charge in e.
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
        let atom = match nuclide_of(atom_type, &label) {
            SiteKind::Atom(nuclide) => Some(Mol2Atom {
                nuclide,
                position,
                label,
                atom_type: (*atom_type).to_owned(),
                charge: rest.get(2).and_then(|word| real(word)),
            }),
            SiteKind::Dummy => {
                let what = format!("{name} of type {atom_type} is not an atom and is left out");
                self.notes.at(line.number, what);
                None
            }
            SiteKind::Unknown => {
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

    /// Reads a bond, `id origin target type`.
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

    /// Reads a line of atom attributes: the atom and the number of attributes, or one attribute such as
    /// `charge -1`.
    pub(super) fn read_attribute(&mut self, line: Line<'_>) -> Result<(), ParseError> {
        let words: Vec<&str> = line.words().collect();
        match words[..] {
            ["charge", charge, ..] => {
                let number = charge
                    .parse::<i32>()
                    .ok()
                    .filter(|charge| charge.abs() < 100);
                let number = number.ok_or_else(|| line.found("a formal charge", charge))?;
                if let Some(atom) = self.attribute_atom {
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
                self.attribute_atom = atom.copied().flatten();
            }
            [] => {}
        }
        Ok(())
    }

    /// Reads a cell, `a b c alpha beta gamma [space group] [setting]`; lengths in Å, angles in degrees.
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

    /// The configuration, with checked counts, charges, labels and bonds.
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

    /// Converts aromatic bonds to oxygens of type `O.co2` to single and double ones.
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

    /// The sum of the partial charges, e, if it is an integer; else 0, with a note.
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

/// The sum of partial charges, e, if it is an integer; else the sum as the error.
pub(super) fn total_of_partial(charges: impl Iterator<Item = f64>) -> Result<i32, f64> {
    let sum: f64 = charges.sum();
    let is_whole = (sum - sum.round()).abs() <= ROUNDING && sum.abs() < f64::from(i32::MAX);
    if is_whole {
        Ok(sum.round() as i32)
    } else {
        Err(sum)
    }
}

/// Residue name without the number that most programs append: ALA for ALA12.
fn residue_name(word: &str, number: i32) -> String {
    let name = word.strip_suffix(&number.to_string()).unwrap_or(word);
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if is_name { name } else { word }.to_owned()
}

/// Nuclide of an atom type. SYBYL types start with a symbol; GAFF types are lower case and start with a
/// symbol of one letter, except `cl` and `br`; for other types the atom name decides.
pub(super) fn nuclide_of(atom_type: &str, label: &Label) -> SiteKind {
    let kind = atom_type.split('.').next().unwrap_or_default();
    if matches!(kind, "LP" | "Du" | "Lp") {
        return SiteKind::Dummy;
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
        return SiteKind::Atom(nuclide);
    }
    let is_gaff = kind.starts_with(|first: char| first.is_ascii_lowercase());
    let symbol = match kind {
        "cl" | "br" => kind,
        _ => kind.get(..1).unwrap_or_default(),
    };
    if is_gaff && let Some(nuclide) = Nuclide::from_symbol(symbol) {
        return SiteKind::Atom(nuclide);
    }
    let residue = &*label.residue;
    NameContext {
        residue,
        ..NameContext::default()
    }
    .read(&label.name)
}
