//! Interpretation of the comment line: pairs with a meaning, and other info.
//!
//! Plain XYZ files have arbitrary comments, so an invalid value is kept as info with a note; only
//! contradictions and invalid cells are errors.

use std::collections::BTreeMap;

use glam::DMat3;

use super::super::{Configuration, Notes, ParseError};
use super::columns::{self, Field};
use super::{cell, comment, row, value};
use crate::chem::Cell;
use crate::chem::properties::{Data, Value};

/// Keys of the total charge, e.
pub(super) const CHARGES: [&str; 2] = ["charge", "total_charge"];

/// Keys of the multiplicity 2S + 1.
pub(super) const MULTIPLICITIES: [&str; 3] = ["spin", "multiplicity", "total_spin"];

/// The pairs of the comment line.
pub(super) struct CommentInfo {
    line: usize,
    values: BTreeMap<String, Value>,
    properties: Option<String>,
    notes: Notes,
}

impl CommentInfo {
    pub(super) fn parse(comment: &str, line: usize) -> CommentInfo {
        let mut info = CommentInfo {
            line,
            values: BTreeMap::new(),
            properties: None,
            notes: Notes::default(),
        };
        let Some(pairs) = comment::pairs(comment) else {
            if !comment.is_empty() {
                info.values
                    .insert("comment".to_owned(), Value::text(comment));
            }
            return info;
        };
        for (key, raw) in pairs {
            if key == "Properties" {
                info.properties = Some(raw.text);
                continue;
            }
            let value = value::parse(&key, &raw).unwrap_or_else(|expected| {
                let found = row::shown(raw.text.as_bytes());
                let note = format!("{key}: expected {expected}, found {found}; kept as text");
                info.notes.at(line, note);
                Value::text(raw.text)
            });
            info.values.insert(key, value);
        }
        info
    }

    /// The energy, eV.
    pub(super) fn energy(&self) -> Option<f64> {
        value::one_real(self.values.get("energy")?)
    }

    pub(super) fn fields(&self) -> Result<Vec<Field>, ParseError> {
        let properties = self.properties.as_deref().unwrap_or(columns::PLAIN);
        columns::parse(properties).map_err(|expected| {
            ParseError::at(
                self.line,
                expected.to_string(),
                row::shown(properties.as_bytes()),
            )
        })
    }

    pub(super) fn cell(&mut self) -> Result<Option<Cell>, ParseError> {
        let lattice = self.values.remove("Lattice");
        let pbc = self.values.remove("pbc");
        let Some(lattice) = lattice else {
            if pbc
                .as_ref()
                .is_some_and(|pbc| cell::periodic(pbc) != Some([false; 3]))
            {
                self.notes
                    .at(self.line, "pbc without a Lattice: read without a cell");
            }
            return Ok(None);
        };
        let periodic = match &pbc {
            None => [true; 3],
            Some(pbc) => cell::periodic(pbc)
                .ok_or_else(|| self.error("three of T or F for pbc, as in \"T T F\"", pbc))?,
        };
        let vectors = value::reals(&lattice).as_deref().and_then(cell::vectors);
        let vectors = vectors.ok_or_else(|| self.error("nine numbers for Lattice", &lattice))?;
        let is_none = cell::is_none(vectors);
        let repeats = [0, 1, 2].map(|axis| periodic[axis] && !is_none[axis]);
        // An isolated atom is often given a lattice of zeros.
        let is_expected = pbc.is_none() && is_none == [true; 3];
        if repeats != periodic && !is_expected {
            let note = "a vector of Lattice is zero: nothing repeats along it";
            self.notes.at(self.line, note);
        }
        cell::assembled(vectors, repeats)
            .map_err(|expected| self.error(expected.to_string(), &lattice))
    }

    /// Moves pairs with a meaning to the configuration, others to its info.
    pub(super) fn apply(mut self, configuration: &mut Configuration) -> Result<(), ParseError> {
        configuration.energy = self.take_energy();
        configuration.stress = self.take_stress();
        let structure = &mut configuration.structure;
        structure.charge = self.take_charge()?;
        if let Some(multiplicity) = self.take_multiplicity()? {
            let set = structure.set_multiplicity(multiplicity);
            set.map_err(|error| ParseError::at(self.line, "a multiplicity", error.to_string()))?;
        }
        structure.info = self.values;
        configuration.notes.extend(self.notes);
        Ok(())
    }

    fn error(&self, expected: impl Into<String>, found: &Value) -> ParseError {
        ParseError::at(self.line, expected, shown(found))
    }

    /// Notes that the value of a key is invalid and ignored.
    fn note(&mut self, key: &str, expected: &str) {
        let found = self.values.get(key).map(shown).unwrap_or_default();
        let note = format!("{key}={found} is not {expected}: it has no effect");
        self.notes.at(self.line, note);
    }

    fn take_energy(&mut self) -> Option<f64> {
        let energy = value::one_real(self.values.get("energy")?);
        match energy {
            Some(_) => drop(self.values.remove("energy")),
            None => self.note("energy", "a number of eV"),
        }
        energy
    }

    fn take_stress(&mut self) -> Option<DMat3> {
        let numbers = value::reals(self.values.get("stress")?).unwrap_or_default();
        let stress = match *numbers.as_slice() {
            [xx, yy, zz, yz, xz, xy] => [xx, xy, xz, xy, yy, yz, xz, yz, zz],
            [xx, yx, zx, xy, yy, zy, xz, yz, zz] => [xx, yx, zx, xy, yy, zy, xz, yz, zz],
            _ => {
                self.note("stress", "nine or six numbers of eV/Å³");
                return None;
            }
        };
        self.values.remove("stress");
        Some(DMat3::from_cols_array(&stress))
    }

    /// The charge. Zero stays in the info, so that it is written again.
    fn take_charge(&mut self) -> Result<i32, ParseError> {
        let mut charge = None;
        for key in CHARGES {
            let Some(value) = self.values.get(key) else {
                continue;
            };
            let stated = value::whole(value).and_then(|number| i32::try_from(number).ok());
            if stated.is_some() && charge.is_some_and(|charge| Some(charge) != stated) {
                return Err(self.error(format!("one whole number of e for {key}"), value));
            }
            charge = charge.or(stated);
            // ASE writes a charge of None as the key alone, which is read as true.
            if let Data::Bools(_) = value.data() {
                self.values.remove(key);
                self.notes
                    .at(self.line, format!("{key} has no number: it has no effect"));
            } else if stated.is_none() {
                self.note(key, "a whole number of e");
            }
        }
        let charge = charge.unwrap_or_default();
        if charge != 0 {
            CHARGES
                .iter()
                .for_each(|&key| drop(self.values.remove(key)));
        }
        Ok(charge)
    }

    /// The multiplicity. That of a singlet stays in the info, as does an invalid spin.
    fn take_multiplicity(&mut self) -> Result<Option<u32>, ParseError> {
        let mut multiplicity = None;
        for key in MULTIPLICITIES {
            let Some(value) = self.values.get(key) else {
                continue;
            };
            let whole = value::whole(value).and_then(|number| u32::try_from(number).ok());
            let stated = whole.filter(|&number| number > 0);
            if stated.is_some() && multiplicity.is_some_and(|m| Some(m) != stated) {
                let expected = format!("one multiplicity 2S + 1, at least 1, for {key}");
                return Err(self.error(expected, value));
            }
            if stated.is_none() && key == "multiplicity" {
                self.note(key, "a multiplicity 2S + 1, at least 1");
            }
            multiplicity = multiplicity.or(stated);
        }
        if multiplicity.is_some_and(|multiplicity| multiplicity > 1) {
            for key in MULTIPLICITIES {
                if self.values.get(key).and_then(value::whole).is_some() {
                    self.values.remove(key);
                }
            }
        }
        Ok(multiplicity)
    }
}

fn shown(value: &Value) -> String {
    row::shown(value::joined(value).as_bytes())
}
