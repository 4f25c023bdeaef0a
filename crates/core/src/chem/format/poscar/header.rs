//! Header of POSCAR and XDATCAR files: comment, scale, cell and species.

use glam::DVec3;

use super::super::ParseError;
use super::super::lines::{Line, Lines, quoted};
use super::super::note::Notes;
use super::super::nuclide::{Nuclide, set_isotopes};
use super::species::{read_from_comment, species};
use crate::chem::properties::Value;
use crate::chem::{Cell, Structure};

/// Header: the lines above the coordinates.
#[derive(Clone)]
pub(in crate::chem::format) struct Header {
    comment: String,
    /// The cell, scaled, Å.
    pub(in crate::chem::format) cell: Cell,
    /// Scale factors of the Cartesian coordinates x, y, z.
    pub(in crate::chem::format) scale: DVec3,
    /// Nuclides, `[atoms]`.
    pub(in crate::chem::format) nuclides: Vec<Nuclide>,
    pub(in crate::chem::format) notes: Notes,
}

impl Header {
    /// Reads the lines from the comment to the counts.
    pub(in crate::chem::format) fn read(lines: &mut Lines<'_>) -> Result<Header, ParseError> {
        let comment = lines.expect("a comment line")?;
        let scale = lines.expect("a scale factor")?;
        let (cell, scale) = read_cell(lines, scale)?;
        let mut notes = Notes::default();
        let nuclides = read_species(lines, comment, &mut notes)?;
        Ok(Header {
            comment: comment.text.trim().to_owned(),
            cell,
            scale,
            nuclides,
            notes,
        })
    }

    /// The structure with these positions, Å: `[atoms]`.
    pub(in crate::chem::format) fn structure(
        &self,
        positions: Vec<DVec3>,
    ) -> Result<Structure, ParseError> {
        let elements = self.nuclides.iter().map(|nuclide| nuclide.element);
        let mut structure = Structure::new(elements.collect(), positions)
            .map_err(ParseError::atoms)?
            .with_cell(self.cell.clone());
        let masses: Vec<Option<f64>> = self.nuclides.iter().map(|nuclide| nuclide.mass).collect();
        set_isotopes(&mut structure, &masses)?;
        if !self.comment.is_empty() {
            let comment = Value::text(self.comment.as_str());
            structure.info.insert("comment".into(), comment);
        }
        Ok(structure)
    }
}

/// Reads the cell vectors; returns the scaled cell, Å, and the scale factors of x, y, z.
///
/// The line `scale` has one factor, three factors, or a negative number −V: the volume V, Å³, of the
/// scaled cell.
fn read_cell(lines: &mut Lines<'_>, scale: Line<'_>) -> Result<(Cell, DVec3), ParseError> {
    const SCALE: &str = "a scale factor, a negative volume or three positive scale factors";
    let several = scale
        .words()
        .nth(1)
        .is_some_and(|word| word.parse::<f64>().is_ok());
    let mut vectors = [DVec3::ZERO; 3];
    for vector in &mut vectors {
        let expected = "the three components of a cell vector";
        *vector = lines.expect(expected)?.reals::<3>(expected)?.into();
    }
    let factors = if several {
        DVec3::from(scale.reals::<3>(SCALE)?)
    } else {
        let [factor] = scale.reals::<1>(SCALE)?;
        let volume = vectors[0].cross(vectors[1]).dot(vectors[2]).abs();
        DVec3::splat(if factor < 0.0 {
            (-factor / volume).cbrt()
        } else {
            factor
        })
    };
    if !(factors.is_finite() && factors.min_element() > 0.0) {
        return Err(scale.error(SCALE));
    }
    let cell = Cell::new(vectors.map(|vector| factors * vector), [true; 3])
        .map_err(|error| ParseError::at(scale.number, "a cell", error.to_string()))?;
    Ok((cell, factors))
}

/// Reads the lines of symbols and counts; returns the nuclide of each atom: `[atoms]`. Files of VASP 4
/// have no line of symbols; they are in the comment.
fn read_species(
    lines: &mut Lines<'_>,
    comment: Line<'_>,
    notes: &mut Notes,
) -> Result<Vec<Nuclide>, ParseError> {
    const COUNTS: &str = "the number of atoms of each species";
    let line = lines.expect("element symbols, or the number of atoms of each species")?;
    let first_word = line.words().next().unwrap_or_default();
    let named = !first_word.starts_with(|first: char| first.is_ascii_digit());
    let mut symbols = Vec::new();
    let mut counts_line = line;
    if named {
        while !counts_line
            .text
            .trim_start()
            .starts_with(|first: char| first.is_ascii_digit())
        {
            for word in without_remark(counts_line) {
                let symbol =
                    species(word).ok_or_else(|| counts_line.found("an element symbol", word))?;
                symbols.push(symbol);
            }
            counts_line = lines.expect(COUNTS)?;
        }
    }
    let mut counts = read_counts(counts_line)?;
    // Long lists of species continue on further lines.
    while counts.len() < symbols.len() {
        counts.extend(read_counts(lines.expect(COUNTS)?)?);
    }
    if !named {
        symbols = read_from_comment(comment, counts.len(), notes)?;
    }
    if counts.len() != symbols.len() {
        let found = format!("{} counts for {} species", counts.len(), symbols.len());
        return Err(ParseError::at(counts_line.number, COUNTS, found));
    }
    let total = counts
        .iter()
        .try_fold(0_usize, |sum, &count| sum.checked_add(count));
    // Check the stated count against the file before allocating memory.
    let is_there = |total: usize| total == 0 || lines.clone().nth(total - 1).is_some();
    if !total.is_some_and(is_there) {
        let remaining = lines.clone().count();
        let found = format!("{} with {remaining} lines left", quoted(counts_line.text));
        return Err(ParseError::at(
            counts_line.number,
            "a line for each atom",
            found,
        ));
    }
    let repeated = symbols.iter().zip(&counts);
    Ok(repeated
        .flat_map(|(&symbol, &count)| std::iter::repeat_n(symbol, count))
        .collect())
}

/// Reads the numbers of atoms on a line: `[species]`.
fn read_counts(line: Line<'_>) -> Result<Vec<usize>, ParseError> {
    without_remark(line)
        .map(|word| {
            word.parse()
                .map_err(|_| line.found("the number of atoms of a species", word))
        })
        .collect()
}

/// The words of a line before a remark, which starts with `!` or `#`.
fn without_remark<'a>(line: Line<'a>) -> impl Iterator<Item = &'a str> {
    line.words()
        .take_while(|word| !word.starts_with(['!', '#']))
}
