//! Columns of extended XYZ (`Properties`), filled row by row.

use glam::DVec3;

use super::super::element_name::SiteKind;
use super::super::virtual_sites::VirtualSite;
use super::expected::Expected;
use super::row::{self, Words};
use super::{comment, value};
use crate::chem::Element;
use crate::chem::properties::{Column, Data};

/// Notation of an empty text in a row.
pub(super) const EMPTY: &str = "\"\"";

/// Default `Properties` of a file without them.
pub(super) const PLAIN: &str = "species:S:1:pos:R:3";

/// Column and its entries so far.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) entries: Entries,
    width: usize,
}

/// Entries of a column.
pub(super) enum Entries {
    /// Species.
    Species(Species),
    /// Positions, velocities, forces.
    Vectors(Vec<DVec3>),
    /// Other data.
    Array(Data),
    /// Ignored.
    Ignored,
}

/// Species of the rows.
#[derive(Default)]
pub(super) struct Species {
    pub(super) elements: Vec<Element>,
    /// The words, if one of them is not just an element symbol.
    pub(super) labels: Vec<String>,
    /// Masses of isotopes, amu, if one of the atoms is an isotope.
    pub(super) isotopes: Vec<Option<f64>>,
    /// Rows that are not atoms: ghosts, dummies.
    pub(super) sites: Vec<VirtualSite>,
}

/// The expected content, and the found word, if any.
pub(super) struct WordError<'a> {
    pub(super) expected: &'static str,
    pub(super) found: Option<&'a [u8]>,
}

/// Parses a `Properties` value, a sequence of `name:type:width`.
pub(super) fn parse(properties: &str) -> Result<Vec<Field>, Expected> {
    let parts: Vec<&str> = properties.split(':').collect();
    let mut fields: Vec<Field> = Vec::new();
    for triple in parts.chunks(3) {
        let &[name, kind, width] = triple else {
            return Err("Properties as name:type:width triples".into());
        };
        let width = width.parse().ok().filter(|&width| width > 0);
        let width = width.ok_or_else(|| format!("a number of columns for {name} in Properties"))?;
        if fields.iter().any(|field| field.name == name) {
            return Err(format!("Properties that name {name} once").into());
        }
        fields.push(Field {
            name: name.to_owned(),
            entries: Entries::new(name, kind, width)?,
            width,
        });
    }
    // As in ASE, atomic numbers take precedence over symbols.
    if fields.iter().any(|field| field.name == "Z") {
        let symbols = fields.iter_mut().find(|field| field.name == "species");
        symbols
            .into_iter()
            .for_each(|field| field.entries = Entries::Ignored);
    }
    Ok(fields)
}

impl Entries {
    fn new(name: &str, kind: &str, width: usize) -> Result<Entries, Expected> {
        let entries = match (name, kind, width) {
            // ASE writes the species of an empty structure with type R.
            ("species", _, 1) | ("Z", "I", 1) => Entries::Species(Species::default()),
            ("pos" | "forces" | "momenta" | "velocities", "R", 3) => Entries::Vectors(Vec::new()),
            ("species", ..) => return Err("species:S:1 in Properties".into()),
            ("Z", ..) => return Err("Z:I:1 in Properties".into()),
            ("masses", kind, width) if (kind, width) != ("R", 1) => {
                return Err("masses:R:1 in Properties".into());
            }
            ("move_mask", kind, width) if kind != "L" || !matches!(width, 1 | 3) => {
                return Err("move_mask:L:1 or move_mask:L:3 in Properties".into());
            }
            ("pos" | "forces" | "momenta" | "velocities", ..) => {
                return Err(format!("{name}:R:3 in Properties").into());
            }
            (_, "R", _) => Entries::Array(Data::Reals(Vec::new())),
            (_, "I", _) => Entries::Array(Data::Integers(Vec::new())),
            (_, "L", _) => Entries::Array(Data::Bools(Vec::new())),
            (_, "S", _) => Entries::Array(Data::Texts(Vec::new())),
            _ => return Err(format!("R, I, S or L as the type of {name} in Properties").into()),
        };
        Ok(entries)
    }
}

impl Field {
    /// Whether the column defines atoms (elements or positions), so that its errors are fatal.
    pub(super) fn defines_atoms(&self) -> bool {
        matches!(self.entries, Entries::Species(_)) || self.name == "pos"
    }

    /// Converts a column with invalid values to text; a column with a defined meaning, or one missing
    /// from a row, is ignored.
    pub(super) fn demote(&mut self, is_short: bool) {
        const WITH_MEANING: [&str; 5] = ["forces", "momenta", "velocities", "masses", "move_mask"];
        self.entries = if is_short || WITH_MEANING.contains(&self.name.as_str()) {
            Entries::Ignored
        } else {
            Entries::Array(Data::Texts(Vec::new()))
        };
    }

    /// Reserves memory for rows that exist.
    pub(super) fn reserve(&mut self, rows: usize) {
        match &mut self.entries {
            Entries::Species(species) => species.elements.reserve_exact(rows),
            Entries::Vectors(vectors) => vectors.reserve_exact(rows),
            Entries::Array(_) | Entries::Ignored => {}
        }
    }

    /// Parses this column's words of a row.
    #[inline]
    pub(super) fn push<'a>(&mut self, words: &mut Words<'a>) -> Result<(), WordError<'a>> {
        match &mut self.entries {
            Entries::Species(species) => species.push(words)?,
            Entries::Vectors(vectors) => {
                vectors.push(DVec3::new(number(words)?, number(words)?, number(words)?));
            }
            Entries::Array(data) => {
                for _ in 0..self.width {
                    push_word(words, data)?;
                }
            }
            Entries::Ignored => {
                words.nth(self.width - 1);
            }
        }
        Ok(())
    }

    /// The entries as a named per-atom property.
    pub(super) fn into_column(self) -> Option<(String, Column)> {
        let data = match self.entries {
            Entries::Array(data) => data,
            Entries::Vectors(vectors) => {
                Data::Reals(vectors.iter().flat_map(DVec3::to_array).collect())
            }
            Entries::Species(_) | Entries::Ignored => return None,
        };
        Some((self.name, Column::new(data, self.width)?))
    }
}

#[inline]
fn number<'a>(words: &mut Words<'a>) -> Result<f64, WordError<'a>> {
    words.number().map_err(|found| WordError {
        expected: "a number",
        found,
    })
}

impl Species {
    #[inline]
    fn push<'a>(&mut self, words: &mut Words<'a>) -> Result<(), WordError<'a>> {
        let word = words.next();
        let (named, is_label) = word.map_or((SiteKind::Unknown, false), row::species);
        let nuclide = match named {
            SiteKind::Atom(nuclide) => nuclide,
            SiteKind::Dummy => {
                self.sites.push(VirtualSite {
                    row: self.elements.len(),
                    name: comment::decoded(word.unwrap_or_default()).into_owned(),
                    residue: String::new(),
                });
                // Removed after all rows are read.
                Element::H.into()
            }
            SiteKind::Unknown => {
                return Err(WordError {
                    expected: "an element",
                    found: word,
                });
            }
        };
        if is_label || !self.labels.is_empty() {
            let symbols = self.elements[self.labels.len()..].iter();
            self.labels
                .extend(symbols.map(|element| element.symbol().to_owned()));
            let label = comment::decoded(word.unwrap_or_default());
            self.labels.push(label.into_owned());
        }
        if nuclide.mass.is_some() || !self.isotopes.is_empty() {
            self.isotopes.resize(self.elements.len(), None);
            self.isotopes.push(nuclide.mass);
        }
        self.elements.push(nuclide.element);
        Ok(())
    }
}

fn push_word<'a>(words: &mut Words<'a>, data: &mut Data) -> Result<(), WordError<'a>> {
    if let Data::Reals(values) = data {
        values.push(number(words)?);
        return Ok(());
    }
    let found = words.next();
    let fault = |expected| WordError { expected, found };
    let text = found.map(comment::decoded);
    match data {
        Data::Reals(_) => {}
        Data::Integers(values) => {
            let number = text.and_then(|text| text.parse().ok());
            values.push(number.ok_or_else(|| fault("a whole number"))?);
        }
        Data::Bools(values) => {
            let logical = text.and_then(|text| value::logical(&text));
            values.push(logical.ok_or_else(|| fault("T or F"))?);
        }
        Data::Texts(values) => {
            let text = text.ok_or_else(|| fault("a word"))?;
            values.push(if text == EMPTY {
                String::new()
            } else {
                text.into_owned()
            });
        }
    }
    Ok(())
}
