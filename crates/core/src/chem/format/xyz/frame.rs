//! Parser of a frame: converts a [`Record`] to a [`Configuration`].

use glam::DVec3;
use memchr::memchr;

use super::super::note::{Notes, note_partial_motion};
use super::super::nuclide::set_isotopes;
use super::super::virtual_sites::{self, VirtualSite};
use super::super::{Configuration, ParseError};
use super::columns::{Entries, Field, Species, WordError};
use super::info::CommentInfo;
use super::records::Record;
use super::row::{self, Words};
use super::{cell, comment};
use crate::chem::Structure;
use crate::chem::properties::{Column, Data};
use crate::chem::structure::StructureError;
use crate::chem::units::ASE_TIME;

/// Parses the configuration of a record.
pub(super) fn read(record: &Record) -> Result<Configuration, ParseError> {
    let mut lines = Lines(&record.content);
    let comment = comment::decoded(lines.next().unwrap_or_default());
    let mut info = CommentInfo::parse(comment.trim(), record.line + 1);
    let mut notes = record.notes.clone();
    let fields = read_rows(record, &mut lines, &info, &mut notes)?;
    let sites = fields.iter().find_map(|field| match &field.entries {
        Entries::Species(species) => Some(species.sites.clone()),
        _ => None,
    });
    let mut configuration = assemble(record, fields)?;
    configuration.notes.extend(notes);
    configuration.structure.cell = match lines.0 {
        [] => info.cell()?,
        _ => cell::from_vectors(lines).map_err(|expected| {
            ParseError::at(
                record.line + 1 + record.atoms + 1,
                expected.to_string(),
                "others",
            )
        })?,
    };
    info.apply(&mut configuration)?;
    skip(&sites.unwrap_or_default(), &mut configuration);
    note_partial_motion(&configuration.structure, &mut configuration.notes);
    Ok(configuration)
}

/// The lines of a record, without line ends.
#[derive(Clone, Copy)]
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

/// The filled columns. A column with invalid values that does not define atoms is read as text or
/// ignored, with a note.
fn read_rows(
    record: &Record,
    lines: &mut Lines<'_>,
    info: &CommentInfo,
    notes: &mut Notes,
) -> Result<Vec<Field>, ParseError> {
    // Rows are read again after each change of a column.
    const MAX_DEMOTED: usize = 8;
    let mut demoted: Vec<(String, bool)> = Vec::new();
    loop {
        let mut fields = info.fields()?;
        for (name, is_short) in &demoted {
            let same = fields.iter_mut().find(|field| field.name == *name);
            same.into_iter().for_each(|field| field.demote(*is_short));
        }
        let mut rows = *lines;
        let Err((line, column, fault)) = fill(record, &mut rows, &mut fields) else {
            *lines = rows;
            return Ok(fields);
        };
        let field = &fields[column];
        let error = in_row(line, &field.name, &fault);
        let is_short = fault.found.is_none();
        let is_truncated = is_short && record.ends_in_row && line == record.line + 1 + record.atoms;
        if is_truncated || field.defines_atoms() || demoted.len() == MAX_DEMOTED {
            return Err(error);
        }
        let text = format!(
            "expected {}, found {}: this column is not read as its type says",
            error.expected, error.found
        );
        notes.at(line, text);
        demoted.push((field.name.clone(), is_short));
    }
}

/// Fills the columns; an error includes the index of its column.
fn fill<'a>(
    record: &Record,
    lines: &mut Lines<'a>,
    fields: &mut [Field],
) -> Result<(), (usize, usize, WordError<'a>)> {
    for field in &mut *fields {
        // A row of two words has four bytes, which bounds a wrong count.
        field.reserve(record.atoms.min(record.content.len() / 4));
    }
    for atom in 0..record.atoms {
        let mut words = Words::new(lines.next().unwrap_or_default());
        for (column, field) in fields.iter_mut().enumerate() {
            let pushed = field.push(&mut words);
            pushed.map_err(|fault| (record.line + 2 + atom, column, fault))?;
        }
    }
    Ok(())
}

fn in_row(line: usize, column: &str, fault: &WordError<'_>) -> ParseError {
    let found = fault
        .found
        .map_or_else(|| "the end of the row".to_owned(), row::shown);
    ParseError::at(line, format!("{} for {column}", fault.expected), found)
}

/// Moves the columns into the configuration.
fn assemble(record: &Record, mut fields: Vec<Field>) -> Result<Configuration, ParseError> {
    let missing = |what: &str| {
        ParseError::at(
            record.line + 1,
            format!("{what} among the Properties"),
            "none",
        )
    };
    let mut notes = Notes::default();
    let species = take_species(&mut fields).ok_or_else(|| missing("species:S:1 or Z:I:1"))?;
    let positions = take_vectors(&mut fields, "pos").ok_or_else(|| missing("pos:R:3"))?;
    let in_structure = |error: StructureError| match error {
        StructureError::NotFinite(atom) => {
            ParseError::at(record.line + 2 + atom, "finite numbers for pos", "others")
        }
        other => ParseError::at(record.line, "one row for each atom", other.to_string()),
    };
    let mut structure = Structure::new(species.elements, positions).map_err(in_structure)?;
    set_isotopes(&mut structure, &species.isotopes)?;
    let labels = (!species.labels.is_empty()).then_some(Data::Texts(species.labels));
    let labels = labels.and_then(|labels| Column::new(labels, 1));
    let forces = take_vectors(&mut fields, "forces");
    let momenta = take_vectors(&mut fields, "momenta");
    let velocities = match &momenta {
        Some(_) => None,
        None => take_vectors(&mut fields, "velocities"),
    };
    let carried = fields.into_iter().filter_map(Field::into_column);
    for (name, column) in carried.chain(labels.map(|labels| ("label".to_owned(), labels))) {
        match (name.as_str(), column.data()) {
            ("masses", Data::Reals(masses)) => {
                if structure.set_masses(Some(masses.clone())).is_err() {
                    let text = "masses that are not positive are not read: elements have their own";
                    notes.at(record.line + 1, text);
                }
                Ok(())
            }
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
    Ok(Configuration {
        structure,
        velocities,
        forces,
        notes,
        ..Configuration::default()
    })
}

/// Removes the rows that are not atoms.
fn skip(sites: &[VirtualSite], configuration: &mut Configuration) {
    let is_atom = |row: &usize| sites.binary_search_by_key(row, |site| site.row).is_err();
    let atoms: Vec<usize> = (0..configuration.structure.len()).filter(is_atom).collect();
    if sites.is_empty() {
        return;
    }
    let Some(structure) = configuration.structure.select(&atoms) else {
        return;
    };
    configuration.structure = structure;
    virtual_sites::set(&mut configuration.structure, sites);
    virtual_sites::note(sites, &mut configuration.notes);
    for vectors in [&mut configuration.velocities, &mut configuration.forces] {
        *vectors = vectors
            .take()
            .map(|vectors| atoms.iter().map(|&atom| vectors[atom]).collect());
    }
}

fn take_vectors(fields: &mut Vec<Field>, name: &str) -> Option<Vec<DVec3>> {
    let index = fields.iter().position(|field| field.name == name)?;
    match fields.swap_remove(index).entries {
        Entries::Vectors(vectors) => Some(vectors),
        _ => None,
    }
}

fn take_species(fields: &mut Vec<Field>) -> Option<Species> {
    let are_species = |field: &Field| matches!(field.entries, Entries::Species(_));
    let index = fields.iter().position(are_species)?;
    match fields.swap_remove(index).entries {
        Entries::Species(species) => Some(species),
        _ => None,
    }
}

/// Fixes the atoms that cannot move along any axis; returns false if an atom is partially fixed.
fn fix(may_move: &[bool], width: usize, fixed: &mut [bool]) -> bool {
    let mut whole = true;
    for (axes, fixed) in may_move.chunks(width).zip(fixed) {
        *fixed = !axes.contains(&true);
        whole &= *fixed || !axes.contains(&false);
    }
    whole
}
