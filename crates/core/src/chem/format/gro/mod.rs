//! GRO files of GROMACS, fixed columns in nm
//! (<https://manual.gromacs.org/current/reference-manual/file-formats.html#gro>).
//!
//! A frame is a title with optional `t=` (ps) and `step=`, the number of atoms, a row for each atom and a
//! box of three or nine numbers. The distance of the decimal points in the first row is the width of
//! coordinate columns, for any number of decimals. Elements follow from the names of atoms and residues;
//! virtual sites, as of four-site water models, are skipped with a note.
//!
//! The writer uses three decimals in nm, as programs with fixed columns expect.

mod write;

use glam::DVec3;

use super::beginning::Beginning;
use super::element_name::{NameContext, SiteKind};
use super::lines::{Line, Lines, real, text};
use super::nuclide::{Nuclide, set_isotopes};
use super::virtual_sites::{self, VirtualSite};
use super::{Configuration, Notes, ParseError, truncated_file, truncated_frame};
use crate::chem::properties::Value;
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

pub(super) use write::write;

/// Å in a nm.
const NM_IN_ANGSTROM: f64 = 10.0;
/// fs in a ps.
const PS_IN_FS: f64 = 1000.0;

/// Names of the info from the title line; `time` is in fs.
const TITLE: &str = "title";
const TIME: &str = "time";
const STEP: &str = "step";

/// Reads all frames; a truncated last one is skipped with a note.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let mut frames: Vec<Configuration> = Vec::new();
    while frames.is_empty() || lines.clone().any(|line| !line.is_blank()) {
        match (read_frame(&mut lines), frames.last_mut()) {
            (Ok(frame), _) => frames.push(frame),
            (Err(error), Some(last)) if lines.peek().is_none() => {
                truncated_frame::note(&mut last.notes, &error);
            }
            (Err(error), _) => return Err(error),
        }
    }
    Ok(frames)
}

/// Number of bytes of the complete frames, each a title, a count, as many rows, and a box.
pub(super) fn complete_frames(content: &[u8]) -> usize {
    let mut lines = truncated_file::lines(content);
    let mut whole = 0;
    let mut frame = || {
        let count = lines.nth(1)?;
        let count = std::str::from_utf8(&content[count]).ok()?;
        let atoms: usize = count.trim().parse().ok()?;
        Some(lines.nth(atoms)?.end)
    };
    while let Some(end) = frame() {
        whole = end;
    }
    whole
}

fn read_frame(lines: &mut Lines<'_>) -> Result<Configuration, ParseError> {
    let title = lines.expect("a title line")?;
    let count = lines.expect("the number of atoms")?;
    let atoms: usize = count
        .text
        .trim()
        .parse()
        .map_err(|_| count.error("the number of atoms"))?;
    let mut rows = Vec::new();
    let mut left_out = Vec::new();
    let mut notes = Notes::default();
    let mut width = 0;
    for atom in 1..=atoms {
        let line = lines.expect(&format!("atom {atom} of {atoms}"))?;
        if atom == 1 {
            width = field_width(line)?;
        }
        match read_row(line, width, &mut notes)? {
            Some(row) => rows.push(row),
            None => left_out.push(VirtualSite {
                row: atom - 1,
                name: line.columns(11, 15).into_owned(),
                residue: line.columns(6, 10).into_owned(),
            }),
        }
    }
    virtual_sites::note(&left_out, &mut notes);
    let cell = read_box(lines, &mut notes)?;
    let mut configuration = configuration(rows, cell)?;
    configuration.notes = notes;
    virtual_sites::set(&mut configuration.structure, &left_out);
    read_title(title.text, &mut configuration.structure);
    Ok(configuration)
}

/// The atom of a row.
struct GroAtom {
    nuclide: Nuclide,
    label: Label,
    /// Position, Å.
    position: DVec3,
    /// Velocity, Å/fs, if stated.
    velocity: Option<DVec3>,
}

/// Column width of coordinates: the distance of the first two decimal points.
fn field_width(row: Line<'_>) -> Result<usize, ParseError> {
    let mut points = row.text.bytes().enumerate().skip(20);
    let mut point = || {
        points
            .find(|(_, byte)| *byte == b'.')
            .map(|(column, _)| column)
    };
    match (point(), point()) {
        (Some(first), Some(second)) => Ok(second - first),
        _ => Err(row.error("three coordinates with decimal points from column 21")),
    }
}

/// The atom of a row; `None` for a virtual site.
fn read_row(
    line: Line<'_>,
    width: usize,
    notes: &mut Notes,
) -> Result<Option<GroAtom>, ParseError> {
    let field = |index: usize| line.columns(21 + width * index, 20 + width * (index + 1));
    let number = |index: usize, what: &str| {
        let field = field(index);
        real(&field).ok_or_else(|| line.found(what, &field))
    };
    let position = [0, 1, 2].map(|axis| number(axis, "three coordinates in nm from column 21"));
    let [x, y, z] = position;
    let velocity = if field(3).is_empty() {
        None
    } else {
        let [x, y, z] = [3, 4, 5].map(|axis| number(axis, "three velocities in nm/ps"));
        Some(DVec3::new(x?, y?, z?) * (NM_IN_ANGSTROM / PS_IN_FS))
    };
    let residue_number = line.columns(1, 5);
    let label = Label {
        residue_number: residue_number.parse().unwrap_or_else(|_| {
            notes.at(
                line.number,
                "the number of the residue is not one and is read as 0",
            );
            0
        }),
        residue: line.columns(6, 10).into_owned(),
        name: line.columns(11, 15).into_owned(),
        chain: String::new(),
    };
    let position = DVec3::new(x?, y?, z?) * NM_IN_ANGSTROM;
    match nuclide_of(&label) {
        SiteKind::Atom(nuclide) => Ok(Some(GroAtom {
            nuclide,
            label,
            position,
            velocity,
        })),
        SiteKind::Dummy => Ok(None),
        SiteKind::Unknown => {
            let what = "an atom name in columns 11-15 that starts with an element symbol";
            Err(line.found(what, &label.name))
        }
    }
}

/// Nuclide of an atom by its name and residue.
fn nuclide_of(label: &Label) -> SiteKind {
    let residue = &*label.residue;
    NameContext {
        residue,
        ..NameContext::default()
    }
    .read(&label.name)
}

/// The box: v1(x) v2(y) v3(z) and, unless it is rectangular, v1(y) v1(z) v2(x) v2(z) v3(x) v3(y).
/// All zeros mean no box.
fn read_box(lines: &mut Lines<'_>, notes: &mut Notes) -> Result<Option<Cell>, ParseError> {
    let Some(line) = lines.next() else {
        notes.whole("the file ends without a box: there is no cell");
        return Ok(None);
    };
    let numbers: Option<Vec<f64>> = line.words().flat_map(numbers_of).map(real).collect();
    let vectors = match numbers.as_deref() {
        Some(&[x, y, z]) => [[x, 0.0, 0.0], [0.0, y, 0.0], [0.0, 0.0, z]],
        Some(&[ax, by, cz, ay, az, bx, bz, cx, cy]) => [[ax, ay, az], [bx, by, bz], [cx, cy, cz]],
        _ => return Err(line.error("a box of three or nine numbers")),
    };
    if vectors == [[0.0; 3]; 3] {
        return Ok(None);
    }
    let vectors = vectors.map(|vector| DVec3::from(vector) * NM_IN_ANGSTROM);
    let cell = Cell::new(vectors, [true; 3]);
    cell.map(Some)
        .map_err(|error| ParseError::at(line.number, "a cell", error.to_string()))
}

/// The numbers of a word. Wide boxes fill their columns, so that numbers run together, all with the same
/// number of decimals.
fn numbers_of(word: &str) -> impl Iterator<Item = &str> {
    let decimals = word.rfind('.').map_or(0, |point| word.len() - point);
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = rest.find('.').map_or(rest.len(), |point| point + decimals);
        let (number, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        (!number.is_empty()).then_some(number)
    })
}

fn configuration(rows: Vec<GroAtom>, cell: Option<Cell>) -> Result<Configuration, ParseError> {
    let elements = rows.iter().map(|row| row.nuclide.element).collect();
    let positions = rows.iter().map(|row| row.position).collect();
    let structure = Structure::new(elements, positions).map_err(ParseError::atoms)?;
    let mut structure = structure.with_cell(cell);
    let isotopes: Vec<Option<f64>> = rows.iter().map(|row| row.nuclide.mass).collect();
    set_isotopes(&mut structure, &isotopes)?;
    let has_velocities = rows.iter().any(|row| row.velocity.is_some());
    // As in GROMACS, missing velocities are zero if other atoms have them.
    let velocities = rows
        .iter()
        .map(|row| row.velocity.unwrap_or_default())
        .collect();
    let labels = rows.into_iter().map(|row| row.label).collect();
    structure
        .set_labels(Some(labels))
        .map_err(ParseError::atoms)?;
    Ok(Configuration {
        velocities: has_velocities.then_some(velocities),
        ..Configuration::from(structure)
    })
}

/// The title, time and step.
fn read_title(line: &str, structure: &mut Structure) {
    let value = |text: &str, key: &str| -> Option<(usize, f64)> {
        let start = text.rfind(key)?;
        let is_word = text[..start].is_empty() || text[..start].ends_with([' ', ',', '\t']);
        let word = text[start + key.len()..]
            .split_whitespace()
            .next()?
            .trim_end_matches(',');
        real(word).filter(|_| is_word).map(|number| (start, number))
    };
    let mut title = line;
    if let Some((start, step)) = value(title, "step=") {
        structure
            .info
            .insert(STEP.into(), Value::integer(step as i64));
        title = &title[..start];
    }
    if let Some((start, time)) = value(title, "t=") {
        structure
            .info
            .insert(TIME.into(), Value::real(time * PS_IN_FS));
        title = &title[..start];
    }
    let title = title.trim().trim_end_matches(',');
    if !title.is_empty() {
        structure.info.insert(TITLE.into(), Value::text(title));
    }
}

/// Whether the content looks like GRO: the second line is a number of atoms, the third a row with a
/// residue number and three coordinates in columns.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    let row = Line {
        number: 3,
        text: beginning.line(3),
    };
    let is_number =
        |field: &str| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit());
    is_number(beginning.line(2).trim())
        && is_number(&row.columns(1, 5))
        && field_width(row).is_ok_and(|width| {
            let field = |index| row.columns(21 + width * index, 20 + width * (index + 1));
            (0..3).all(|axis| real(&field(axis)).is_some())
        })
}
