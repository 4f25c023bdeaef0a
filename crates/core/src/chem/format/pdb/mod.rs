//! Protein Data Bank files with fixed columns
//! (<https://www.wwpdb.org/documentation/file-format>, version 3.3).
//!
//! Models are frames. One alternate location per atom is kept. `CRYST1` with lengths of 1 or 0 Å, or
//! without lengths, means no cell. `CONECT` records are bonds; a repeated neighbor is a double bond. Bonds
//! to missing atoms are ignored.
//!
//! Total charges without formal charges, and spin multiplicities, use a remark:
//! `REMARK  99 MODEL 1: TOTAL CHARGE -1, SPIN MULTIPLICITY 2`.

mod atom;
mod cell;
mod conect;
mod layout;
mod too_wide;
mod write;

use super::beginning::Beginning;
use super::lines::{Line, Lines, text};
use super::residues::ModelBuilder;
use super::total_charge::StatedCharge;
use super::{Configuration, Notes, ParseError};
use crate::chem::Cell;
use crate::chem::properties::Value;
use atom::read_atom;
use cell::read_cell;
use conect::ConectRecords;
use layout::Layout;

pub(super) use write::write;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let layout = Layout::of(&text);
    let mut frames: Vec<PdbFrame> = Vec::new();
    let mut frame = PdbFrame::default();
    let mut title = String::new();
    let mut bonds = ConectRecords::default();
    let mut notes = Notes::default();
    let mut stated: Vec<(usize, StatedCharge)> = Vec::new();
    for line in Lines::new(&text) {
        match &*line.columns(1, 6) {
            "ATOM" | "HETATM" => frame.add(line, &layout)?,
            "CRYST1" => frame.cell = read_cell(line, &mut notes)?,
            "CONECT" => bonds.read(line, &mut notes),
            "TITLE" => {
                title.push_str(if title.is_empty() { "" } else { " " });
                title.push_str(&line.columns(11, 80));
            }
            "REMARK" => stated.extend(read_remark(&line.columns(7, 80))),
            "MODEL" | "ENDMDL" | "END" => frame.end(&mut frames),
            _ => {}
        }
    }
    frame.end(&mut frames);
    if frames.is_empty() {
        return Err(ParseError::whole("ATOM or HETATM records", "none"));
    }
    let configuration = |(index, mut frame): (usize, PdbFrame)| {
        frame.model.notes.extend(notes.clone());
        let (mut configuration, serials) = frame.model.assemble(frame.cell)?;
        let structure = &mut configuration.structure;
        for (_, stated) in stated.iter().filter(|(model, _)| *model == index + 1) {
            stated.set(structure, &mut configuration.notes);
        }
        bonds.set_bonds(structure, &serials)?;
        if !title.is_empty() {
            let title = Value::text(title.as_str());
            structure.info.insert("title".into(), title);
        }
        Ok(configuration)
    };
    frames.into_iter().enumerate().map(configuration).collect()
}

/// The model, counted from 1, and its charge and multiplicity in a remark; `None` for other remarks.
fn read_remark(text: &str) -> Option<(usize, StatedCharge)> {
    let (number, text) = text.trim().split_once(' ')?;
    let (model, words) = text.split_once(": ")?;
    let model = model.trim().strip_prefix("MODEL ")?.parse().ok()?;
    (number == write::REMARK).then_some((model, StatedCharge::read(words)?))
}

/// The atoms since the last frame.
#[derive(Default)]
struct PdbFrame {
    model: ModelBuilder,
    cell: Option<Cell>,
}

impl PdbFrame {
    fn add(&mut self, line: Line<'_>, layout: &Layout) -> Result<(), ParseError> {
        match read_atom(line, layout, &mut self.model.notes)? {
            Some(site) => self.model.add(site),
            None => {
                let [name, residue] = [line.columns(13, 16), line.columns(18, 21)];
                self.model.skip(&name, &residue);
            }
        }
        Ok(())
    }

    /// Stores the frame if it has atoms. The cell applies until another one is stated.
    fn end(&mut self, frames: &mut Vec<PdbFrame>) {
        if !self.model.is_empty() {
            let model = std::mem::take(&mut self.model);
            let cell = self.cell.clone();
            frames.push(PdbFrame { model, cell });
        }
    }
}

/// Whether the content looks like PDB: it has a record that most files have.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    const RECORDS: [&str; 8] = [
        "ATOM  ", "HETATM", "CRYST1", "HEADER", "MODEL ", "REMARK", "TITLE ", "COMPND",
    ];
    let is_record = |line: &str| RECORDS.iter().any(|record| line.starts_with(record));
    beginning.lines().any(is_record)
}
