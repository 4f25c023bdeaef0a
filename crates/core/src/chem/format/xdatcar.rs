//! Reader of XDATCAR, the VASP trajectory of positions and cells
//! (<https://www.vasp.at/wiki/index.php/XDATCAR>).
//!
//! The header of a POSCAR is followed by a heading and a row for each atom per frame. With a variable
//! cell, the header is repeated before each frame. Files of VASP 4, without cell and species, are an
//! error.

use std::io::Read;
use std::rc::Rc;

use glam::DVec3;

use super::info::OpenFn;
use super::lines::{Line, Lines, text};
use super::note::Notes;
use super::poscar::{Header, is_heading};
use super::{Configuration, FrameSelection, ParseError, Stream, truncated_frame};
use crate::chem::properties::Value;

/// Streams the selected frames; the file is read at once.
pub(super) fn stream(open: OpenFn<'_>, selection: FrameSelection) -> Result<Stream, ParseError> {
    let mut content = Vec::new();
    let whole = open().and_then(|mut file| file.read_to_end(&mut content));
    whole.map_err(|error| ParseError::unreadable(&error))?;
    Ok(Box::new(read(&content, selection)?.into_iter().map(Ok)))
}

/// Reads the selected frames of a file; others are not parsed.
pub(super) fn read(
    bytes: &[u8],
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let (frames, truncation) = find(&text)?;
    let selected = truncated_frame::selected(selection, frames.len(), truncation.as_ref())?;
    let mut read = selected
        .into_iter()
        .map(|frame| frames[frame].read())
        .collect::<Result<Vec<_>, _>>()?;
    if let (Some(last), Some(truncation)) = (read.last_mut(), &truncation) {
        truncated_frame::note(&mut last.notes, truncation);
    }
    Ok(read)
}

/// A frame in the text.
struct XdatcarFrame<'a> {
    header: Rc<Header>,
    heading: Line<'a>,
    /// From its first row on.
    rows: Lines<'a>,
}

/// Finds all frames, and the error of a truncated one after them.
fn find(text: &str) -> Result<(Vec<XdatcarFrame<'_>>, Option<ParseError>), ParseError> {
    // Some programs end the file with blank lines.
    let mut lines = Lines::new(text.trim_end());
    expect_cell(&lines)?;
    let mut header = Rc::new(Header::read(&mut lines)?);
    let mut frames: Vec<XdatcarFrame<'_>> = Vec::new();
    while let Some(next) = lines.peek() {
        // VASP 5.2 heads frames with a blank line.
        if !(next.is_blank() || is_heading(next.text)) {
            match Header::read(&mut lines) {
                Ok(moved) => header = Rc::new(moved),
                Err(error) => {
                    let is_truncated = lines.clone().nth(header.nuclides.len()).is_none();
                    return if is_truncated {
                        Ok((frames, Some(error)))
                    } else {
                        Err(error)
                    };
                }
            }
        }
        let heading = match lines.next() {
            Some(heading) if heading.is_blank() || is_heading(heading.text) => heading,
            Some(other) => return Err(other.error("a heading 'Direct configuration= N'")),
            None => break,
        };
        let rows = lines.clone();
        let atoms = header.nuclides.len();
        if atoms == 0 {
            return Err(heading.error("a head with at least one atom above this frame"));
        }
        let found = lines.by_ref().take(atoms).count();
        let frame = XdatcarFrame {
            header: Rc::clone(&header),
            heading,
            rows,
        };
        let is_last = lines.peek().is_none();
        let truncation = if found < atoms {
            let expected = format!("{atoms} rows of coordinates after line {}", heading.number);
            let found = format!("the end of the file after {found}");
            Some(ParseError::at(heading.number + 1, expected, found))
        } else if is_last && !text.ends_with('\n') {
            // The last row may be a part of one.
            frame.read().err()
        } else {
            None
        };
        if truncation.is_some() {
            return Ok((frames, truncation));
        }
        frames.push(frame);
    }
    Ok((frames, None))
}

impl XdatcarFrame<'_> {
    fn read(&self) -> Result<Configuration, ParseError> {
        let header = &self.header;
        let atoms = header.nuclides.len();
        let mut positions = Vec::with_capacity(atoms);
        for (atom, row) in self.rows.clone().take(atoms).enumerate() {
            let what = || format!("three coordinates of atom {} of {atoms}", atom + 1);
            let numbers = row.reals::<3>("three coordinates");
            let point = numbers.map_err(|error| ParseError {
                expected: what(),
                ..error
            })?;
            positions.push(if is_cartesian(self.heading.text) {
                header.scale * DVec3::from(point)
            } else {
                header.cell.cartesian(point.into())
            });
        }
        let mut structure = header.structure(positions)?;
        if let Some(number) = number(self.heading.text) {
            structure.info.insert("step".into(), Value::integer(number));
        }
        let notes: Notes = header.notes.clone();
        Ok(Configuration {
            notes,
            ..Configuration::from(structure)
        })
    }
}

fn is_cartesian(heading: &str) -> bool {
    heading.trim_start().starts_with(['C', 'c'])
}

/// The number of a frame in its heading.
fn number(heading: &str) -> Option<i64> {
    heading.rsplit_once('=')?.1.trim().parse().ok()
}

/// Rejects files of VASP 4, whose header ends with `CAR` in the fourth line.
fn expect_cell(lines: &Lines<'_>) -> Result<(), ParseError> {
    match lines.clone().nth(3) {
        Some(line) if line.text.trim() == "CAR" => Err(line.error(
            "a cell vector, as VASP 5 writes it (a file of VASP 4 holds neither cell nor species)",
        )),
        _ => Ok(()),
    }
}
