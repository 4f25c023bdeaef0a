//! One frame understood: from a [`Record`] to a [`Configuration`].

use std::collections::BTreeMap;

use glam::{DMat3, DVec3};
use memchr::memchr;

use super::super::note::{Notes, note_partial_motion};
use super::super::{Configuration, ParseError};
use super::columns::{self, Entries, Fault, Field};
use super::comment::{self, Raw};
use super::records::Record;
use super::row::{self, Words};
use super::{cell, value};
use crate::chem::properties::{Column, Data, Shape, Value};
use crate::chem::structure::StructureError;
use crate::chem::units::ASE_TIME;
use crate::chem::{Cell, Element, Structure};

/// Names for the total charge, e.
pub(super) const CHARGES: [&str; 2] = ["charge", "total_charge"];

/// Names for the multiplicity 2S + 1.
pub(super) const MULTIPLICITIES: [&str; 3] = ["spin", "multiplicity", "total_spin"];

/// The configuration in a record.
pub(super) fn read(record: &Record) -> Result<Configuration, ParseError> {
    let mut lines = Lines(&record.content);
    let comment = comment::decoded(lines.next().unwrap_or_default());
    let mut info = Info::parse(comment.trim(), record.line + 1)?;
    let fields = read_rows(record, &mut lines, info.fields()?)?;
    let mut configuration = assemble(record, fields)?;
    configuration.structure.cell = match lines.0 {
        [] => info.cell()?,
        _ => cell::from_vectors(lines).map_err(|expected| {
            ParseError::at(record.line + 1 + record.atoms + 1, expected, "others")
        })?,
    };
    info.give(&mut configuration)?;
    Ok(configuration)
}

/// The lines of a record, without their ends.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr(b'\n', self.0).unwrap_or(self.0.len());
        let line = &self.0[..end];
        self.0 = self.0.get(end + 1..).unwrap_or_default();
        Some(line)
    }
}

fn read_rows(
    record: &Record,
    lines: &mut Lines<'_>,
    mut fields: Vec<Field>,
) -> Result<Vec<Field>, ParseError> {
    for field in &mut fields {
        // A row of two words has four bytes: what a file claims is not believed.
        field.reserve(record.atoms.min(record.content.len() / 4));
    }
    for atom in 0..record.atoms {
        let mut words = Words::new(lines.next().unwrap_or_default());
        for field in &mut fields {
            if let Err(fault) = field.push(&mut words) {
                return Err(in_row(record.line + 2 + atom, &field.name, &fault));
            }
        }
    }
    Ok(fields)
}

fn in_row(line: usize, column: &str, fault: &Fault<'_>) -> ParseError {
    let found = fault
        .found
        .map_or_else(|| "the end of the row".to_owned(), row::shown);
    ParseError::at(line, format!("{} for {column}", fault.expected), found)
}

/// Puts the columns where they belong.
fn assemble(record: &Record, mut fields: Vec<Field>) -> Result<Configuration, ParseError> {
    let missing = |what: &str| {
        ParseError::at(
            record.line + 1,
            format!("{what} among the Properties"),
            "none",
        )
    };
    let (elements, labels) =
        take_elements(&mut fields).ok_or_else(|| missing("species:S:1 or Z:I:1"))?;
    let positions = take_vectors(&mut fields, "pos").ok_or_else(|| missing("pos:R:3"))?;
    let in_structure = |error: StructureError| match error {
        StructureError::NotFinite(atom) => {
            ParseError::at(record.line + 2 + atom, "finite numbers for pos", "others")
        }
        StructureError::Mass(atom) => ParseError::at(
            record.line + 2 + atom,
            "a positive number for masses",
            "another",
        ),
        other => ParseError::at(record.line, "one row for each atom", other.to_string()),
    };
    let mut structure = Structure::new(elements, positions).map_err(in_structure)?;
    let forces = take_vectors(&mut fields, "forces");
    let momenta = take_vectors(&mut fields, "momenta");
    let velocities = match &momenta {
        Some(_) => None,
        None => take_vectors(&mut fields, "velocities"),
    };
    let carried = fields.into_iter().filter_map(Field::into_column);
    for (name, column) in carried.chain(labels.map(|labels| ("label".to_owned(), labels))) {
        match (name.as_str(), column.data()) {
            ("masses", Data::Reals(masses)) => structure.set_masses(Some(masses.clone())),
            ("move_mask", Data::Bools(may_move)) => {
                if fix(may_move, column.width(), structure.fixed_mut()) {
                    Ok(())
                } else {
                    structure.set_array(&name, column)
                }
            }
            _ => structure.set_array(&name, column),
        }
        .map_err(in_structure)?;
    }
    let from_momentum = |(atom, momentum): (usize, DVec3)| momentum / structure.mass(atom);
    let velocities = momenta
        .map(|momenta| momenta.into_iter().enumerate().map(from_momentum).collect())
        .or(velocities)
        .map(|velocities: Vec<DVec3>| velocities.into_iter().map(|v| v / ASE_TIME).collect());
    let mut notes = Notes::default();
    note_partial_motion(&structure, &mut notes);
    Ok(Configuration {
        structure,
        velocities,
        forces,
        notes,
        ..Configuration::default()
    })
}

fn take_vectors(fields: &mut Vec<Field>, name: &str) -> Option<Vec<DVec3>> {
    let at = fields.iter().position(|field| field.name == name)?;
    match fields.swap_remove(at).entries {
        Entries::Vectors(vectors) => Some(vectors),
        _ => None,
    }
}

/// The elements and, where one of their words says more than an element, all of the words.
fn take_elements(fields: &mut Vec<Field>) -> Option<(Vec<Element>, Option<Column>)> {
    let are_elements = |field: &Field| matches!(field.entries, Entries::Elements(..));
    let at = fields.iter().position(are_elements)?;
    match fields.swap_remove(at).entries {
        Entries::Elements(elements, labels) if labels.is_empty() => Some((elements, None)),
        Entries::Elements(elements, labels) => {
            Some((elements, Column::new(Data::Texts(labels), 1)))
        }
        _ => None,
    }
}

/// Fixes the atoms that may move along no axis; false if one may move along some only.
fn fix(may_move: &[bool], width: usize, fixed: &mut [bool]) -> bool {
    let mut whole = true;
    for (axes, fixed) in may_move.chunks(width).zip(fixed) {
        *fixed = !axes.contains(&true);
        whole &= *fixed || !axes.contains(&false);
    }
    whole
}

/// The pairs of the comment line.
struct Info {
    line: usize,
    values: BTreeMap<String, Value>,
    properties: Option<String>,
}

impl Info {
    fn parse(comment: &str, line: usize) -> Result<Info, ParseError> {
        let mut info = Info {
            line,
            values: BTreeMap::new(),
            properties: None,
        };
        let Some(pairs) = comment::pairs(comment) else {
            if !comment.is_empty() {
                info.values
                    .insert("comment".to_owned(), Value::text(comment));
            }
            return Ok(info);
        };
        for (key, raw) in pairs {
            if key == "Properties" {
                info.properties = Some(raw.text);
                continue;
            }
            let value = value::parse(&key, &raw).map_err(|expected| info.fault(expected, &raw))?;
            info.values.insert(key, value);
        }
        Ok(info)
    }

    fn fault(&self, expected: String, found: &Raw) -> ParseError {
        ParseError::at(self.line, expected, row::shown(found.text.as_bytes()))
    }

    fn error(&self, expected: impl Into<String>, found: &Value) -> ParseError {
        ParseError::at(
            self.line,
            expected,
            row::shown(value::joined(found).as_bytes()),
        )
    }

    fn fields(&mut self) -> Result<Vec<Field>, ParseError> {
        let properties = self.properties.take();
        let properties = properties.as_deref().unwrap_or(columns::PLAIN);
        columns::parse(properties).map_err(|expected| {
            ParseError::at(self.line, expected, row::shown(properties.as_bytes()))
        })
    }

    fn cell(&mut self) -> Result<Option<Cell>, ParseError> {
        let lattice = self.values.remove("Lattice");
        let pbc = self.values.remove("pbc");
        cell::from_info(lattice.as_ref(), pbc.as_ref()).map_err(|expected| {
            let found = lattice.or(pbc).unwrap_or_else(|| Value::text("none"));
            self.error(expected, &found)
        })
    }

    /// Gives what has a place of its own to the configuration, and the rest to its info.
    fn give(mut self, configuration: &mut Configuration) -> Result<(), ParseError> {
        configuration.energy = self.take_energy()?;
        configuration.stress = self.take_stress()?;
        let structure = &mut configuration.structure;
        structure.charge = self.take_charge()?;
        if let Some(multiplicity) = self.take_multiplicity()? {
            let set = structure.set_multiplicity(multiplicity);
            set.map_err(|error| ParseError::at(self.line, "a multiplicity", error.to_string()))?;
        }
        structure.info = self.values;
        Ok(())
    }

    fn take_energy(&mut self) -> Result<Option<f64>, ParseError> {
        let Some(value) = self.values.remove("energy") else {
            return Ok(None);
        };
        match (value.data(), value.shape()) {
            (Data::Reals(energy), Shape::Scalar) => Ok(Some(energy[0])),
            (Data::Integers(energy), Shape::Scalar) => Ok(Some(energy[0] as f64)),
            _ => Err(self.error("a number for energy", &value)),
        }
    }

    fn take_stress(&mut self) -> Result<Option<DMat3>, ParseError> {
        let Some(value) = self.values.remove("stress") else {
            return Ok(None);
        };
        let numbers = value::reals(&value).unwrap_or_default();
        let stress = match *numbers.as_slice() {
            [xx, yy, zz, yz, xz, xy] => [xx, xy, xz, xy, yy, yz, xz, yz, zz],
            [xx, yx, zx, xy, yy, zy, xz, yz, zz] => [xx, yx, zx, xy, yy, zy, xz, yz, zz],
            _ => return Err(self.error("nine or six numbers for stress", &value)),
        };
        Ok(Some(DMat3::from_cols_array(&stress)))
    }

    /// The charge. A neutral one is left in the info, so that what was said is said again.
    fn take_charge(&mut self) -> Result<i32, ParseError> {
        let mut charge = None;
        for key in CHARGES {
            let Some(value) = self.values.get(key) else {
                continue;
            };
            let stated = value::whole(value).and_then(|number| i32::try_from(number).ok());
            if stated.is_none() || charge.is_some_and(|charge| Some(charge) != stated) {
                return Err(self.error(format!("one whole number of e for {key}"), value));
            }
            charge = stated;
        }
        let charge = charge.unwrap_or_default();
        if charge != 0 {
            CHARGES
                .iter()
                .for_each(|&key| drop(self.values.remove(key)));
        }
        Ok(charge)
    }

    /// The multiplicity. A singlet's is left in the info, as is a spin that is no multiplicity.
    fn take_multiplicity(&mut self) -> Result<Option<u32>, ParseError> {
        let mut multiplicity = None;
        for key in MULTIPLICITIES {
            let Some(value) = self.values.get(key) else {
                continue;
            };
            let whole = value::whole(value).and_then(|number| u32::try_from(number).ok());
            let stated = whole.filter(|&number| number > 0);
            let disagrees = stated.is_some() && multiplicity.is_some_and(|m| Some(m) != stated);
            if disagrees || (stated.is_none() && key == "multiplicity") {
                let expected = format!("one multiplicity 2S + 1, at least 1, for {key}");
                return Err(self.error(expected, value));
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
