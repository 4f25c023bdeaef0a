//! POSCAR and CONTCAR, the structure files of VASP (<https://www.vasp.at/wiki/index.php/POSCAR>).
//!
//! Read: with or without a line of element symbols, one scale, a volume or three scales, selective
//! dynamics, direct and Cartesian coordinates, velocities. Written: symbols, direct coordinates.

use std::fmt::Write as _;

use glam::DVec3;

use super::info::Beginning;
use super::lines::{Line, Lines, quoted, text};
use super::note::{MOVE_MASK, Notes, note_partial_motion};
use super::{Configuration, Format, ParseError, WriteError};
use crate::chem::properties::{Column, Data, Value};
use crate::chem::{Cell, Element, Structure};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let comment = lines.expect("a comment line")?;
    let scale = lines.expect("a scale factor")?;
    let (cell, scale) = read_cell(&mut lines, scale)?;
    let elements = read_species(&mut lines, comment)?;
    let mode = lines.expect("'Selective dynamics', 'Direct' or 'Cartesian'")?;
    let selective = mode.text.trim_start().starts_with(['S', 's']);
    let mode = if selective {
        lines.expect("'Direct' or 'Cartesian'")?
    } else {
        mode
    };
    let direct = is_direct(mode)?;

    let mut positions = Vec::new();
    let mut movable = Vec::new();
    for atom in 0..elements.len() {
        let what = format!(
            "three coordinates of atom {} of {}",
            atom + 1,
            elements.len()
        );
        let line = lines.expect(&what)?;
        let point = DVec3::from(line.reals::<3>(&what)?);
        positions.push(if direct {
            cell.cartesian(point)
        } else {
            scale * point
        });
        if selective {
            movable.push(read_flags(line)?);
        }
    }

    let mut structure = Structure::new(elements, positions)
        .map_err(ParseError::atoms)?
        .with_cell(cell);
    let title = comment.text.trim();
    if !title.is_empty() {
        structure.info.insert("comment".into(), Value::text(title));
    }
    fix(&mut structure, &movable)?;
    let velocities = read_velocities(&mut lines, structure.len())?;
    let mut notes = Notes::default();
    note_partial_motion(&structure, &mut notes);
    Ok(vec![Configuration {
        velocities,
        notes,
        ..Configuration::from(structure)
    }])
}

/// The scaled cell, and the factors that scale Cartesian coordinates.
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

/// The element of every atom, from the lines of symbols and counts.
fn read_species(lines: &mut Lines<'_>, comment: Line<'_>) -> Result<Vec<Element>, ParseError> {
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
            for word in counts_line.words() {
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
        symbols = species_of_comment(comment, counts.len())?;
    }
    if counts.len() != symbols.len() {
        let found = format!("{} counts for {} species", counts.len(), symbols.len());
        return Err(ParseError::at(counts_line.number, COUNTS, found));
    }
    let total = counts
        .iter()
        .try_fold(0_usize, |sum, &count| sum.checked_add(count));
    let remaining = lines.clone().count();
    if total.is_none_or(|total| total > remaining) {
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

fn read_counts(line: Line<'_>) -> Result<Vec<usize>, ParseError> {
    line.words()
        .take_while(|word| !word.starts_with(['!', '#']))
        .map(|word| {
            word.parse()
                .map_err(|_| line.found("the number of atoms of a species", word))
        })
        .collect()
}

/// The element of a species, which may carry a suffix: `Cu_pv`, `Cu/8d1a2f`.
fn species(word: &str) -> Option<Element> {
    let end = word
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(word.len());
    Element::from_symbol(&word[..end])
}

/// Files of VASP 4 have no line of symbols; by custom the comment starts with them.
fn species_of_comment(comment: Line<'_>, count: usize) -> Result<Vec<Element>, ParseError> {
    let symbols: Vec<Element> = comment.words().map_while(species).take(count).collect();
    if symbols.len() < count {
        return Err(comment.error(format!(
            "{count} element symbols, because the file has no line of symbols above its counts \
             (write one, as VASP 5 does)"
        )));
    }
    Ok(symbols)
}

fn is_direct(mode: Line<'_>) -> Result<bool, ParseError> {
    match mode.text.trim_start().chars().next() {
        Some('D' | 'd') => Ok(true),
        Some('C' | 'c' | 'K' | 'k') => Ok(false),
        _ => Err(mode.error("'Direct' or 'Cartesian'")),
    }
}

/// Fortran logicals: T, F, .TRUE., .FALSE.
fn read_flags(line: Line<'_>) -> Result<[bool; 3], ParseError> {
    let mut flags = [true; 3];
    let mut words = line.words().skip(3);
    for flag in &mut flags {
        let word = words.next().unwrap_or_default();
        *flag = match word.trim_start_matches('.').chars().next() {
            Some('T' | 't') => true,
            Some('F' | 'f') => false,
            _ => return Err(line.found("a flag T or F for each coordinate", word)),
        };
    }
    Ok(flags)
}

fn fix(structure: &mut Structure, movable: &[[bool; 3]]) -> Result<(), ParseError> {
    for (fixed, flags) in structure.fixed_mut().iter_mut().zip(movable) {
        *fixed = *flags == [false; 3];
    }
    if movable
        .iter()
        .any(|flags| flags.contains(&true) && flags.contains(&false))
    {
        let flags = Data::Bools(movable.as_flattened().to_vec());
        if let Some(column) = Column::new(flags, 3) {
            structure
                .set_array(MOVE_MASK, column)
                .map_err(ParseError::atoms)?;
        }
    }
    Ok(())
}

/// The block of velocities, Å/fs, if there is one; what may follow it (the predictor-corrector
/// history of a VASP run) is of no use to another program.
fn read_velocities(lines: &mut Lines<'_>, atoms: usize) -> Result<Option<Vec<DVec3>>, ParseError> {
    skip_lattice_velocities(lines)?;
    let Some(heading) = lines.next() else {
        return Ok(None);
    };
    if !heading.is_blank() && is_direct(heading)? {
        return Err(heading.error(
            "velocities in Å/fs, headed by a blank line or 'Cartesian' (in direct coordinates \
             they are per timestep, which the file does not say)",
        ));
    }
    if lines.clone().all(|line| line.is_blank()) {
        return Ok(None);
    }
    let mut velocities = Vec::new();
    for atom in 0..atoms {
        let what = format!("the velocity of atom {} of {atoms}", atom + 1);
        velocities.push(lines.expect(&what)?.reals::<3>(&what)?.into());
    }
    Ok(Some(velocities))
}

/// A run with a moving cell adds a heading, a state, three velocities and three vectors.
fn skip_lattice_velocities(lines: &mut Lines<'_>) -> Result<(), ParseError> {
    let heading = lines.peek().map_or("", |line| line.text.trim_start());
    if heading.starts_with(['L', 'l']) {
        for _ in 0..8 {
            lines.expect("the state, velocities and vectors of the lattice")?;
        }
    }
    Ok(())
}

/// Consecutive atoms of an element share a species, so that the order of the atoms stays.
pub(super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let configuration = WriteError::expect_one(configurations, Format::Poscar)?;
    let structure = &configuration.structure;
    if structure.is_empty() {
        let why = "it has a species at least; choose another format, such as .xyz";
        return Err(WriteError::cannot_hold(Format::Poscar, "no atoms", why));
    }
    let Some(cell) = &structure.cell else {
        return Err(WriteError::cannot_hold(
            Format::Poscar,
            "a structure without a cell",
            "all its structures repeat; choose another format, such as .xyz",
        ));
    };
    let groups: Vec<&[Element]> = structure
        .elements()
        .chunk_by(|one, other| one == other)
        .collect();
    let symbols: Vec<&str> = groups.iter().map(|group| group[0].symbol()).collect();
    let counts: Vec<String> = groups.iter().map(|group| group.len().to_string()).collect();
    let mut out = format!("{}\n1.0\n", comment(structure, &symbols));
    for vector in cell.vectors() {
        push_row(&mut out, vector);
        out.push('\n');
    }
    let _ = writeln!(out, "{}\n{}", symbols.join(" "), counts.join(" "));
    let flags = flags(structure);
    if flags.is_some() {
        out.push_str("Selective dynamics\n");
    }
    out.push_str("Direct\n");
    for (atom, &position) in structure.positions().iter().enumerate() {
        push_row(&mut out, cell.fractional(position));
        for flag in flags.iter().flat_map(|flags| flags[atom]) {
            out.push_str(if flag { " T" } else { " F" });
        }
        out.push('\n');
    }
    if let Some(velocities) = &configuration.velocities {
        out.push('\n');
        for &velocity in velocities {
            let _ = writeln!(
                out,
                "{:24.16e}{:24.16e}{:24.16e}",
                velocity.x, velocity.y, velocity.z
            );
        }
    }
    Ok(out.into_bytes())
}

fn push_row(out: &mut String, row: DVec3) {
    let _ = write!(out, "{:22} {:22} {:22}", row.x, row.y, row.z);
}

fn comment(structure: &Structure, symbols: &[&str]) -> String {
    let stated = structure.info.get("comment").map(Value::data);
    match stated {
        Some(Data::Texts(texts)) => texts.join(" ").replace(['\n', '\r'], " "),
        _ => symbols.join(" "),
    }
}

/// Which coordinates may move; `None` when all may.
fn flags(structure: &Structure) -> Option<Vec<[bool; 3]>> {
    let partial = structure.arrays().get(MOVE_MASK).map(Column::data);
    let stated = |atom: usize| match partial {
        Some(Data::Bools(flags)) if flags.len() == 3 * structure.len() => {
            [0, 1, 2].map(|axis| flags[3 * atom + axis])
        }
        _ => [true; 3],
    };
    let flags: Vec<[bool; 3]> = (0..structure.len())
        .map(|atom| match (structure.fixed()[atom], stated(atom)) {
            (true, _) => [false; 3],
            // Freed since the file was read.
            (false, [false, false, false]) => [true; 3],
            (false, stated) => stated,
        })
        .collect();
    flags.iter().flatten().any(|&free| !free).then_some(flags)
}

/// Whether a content looks like a POSCAR: a comment, a scale (or one for each axis), then three
/// vectors.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    let numbers = |line: usize| {
        let words = beginning.line(line).split_whitespace();
        words.take_while(|word| word.parse::<f64>().is_ok()).count()
    };
    [1, 3].contains(&numbers(2)) && (3..=5).all(|line| numbers(line) >= 3)
}
