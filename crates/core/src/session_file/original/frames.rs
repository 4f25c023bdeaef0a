//! Reader of the frames of a session of the original.

use std::collections::HashMap;

use super::structure::velocities_of;
use crate::json::{Cursor, JsonError};
use crate::script::original::Notes;
use crate::session_file::{
    EmbeddedFrame, EmbeddedFrames, FrameKind, MAX_ATOMS, MAX_FRAMES, MAX_NAME, StructureRecord,
};

/// The frames of `timeline.frames` with these atoms; `timestep` (fs) turns steps into time.
pub(super) fn frames(
    list: &Cursor,
    structure: &StructureRecord,
    timestep: f64,
    notes: &mut Notes,
) -> Result<EmbeddedFrames, JsonError> {
    let mut reader = FrameReader {
        structure,
        timestep,
        frames: Vec::new(),
        unfit: 0,
        empty: 0,
    };
    for item in list.items(MAX_FRAMES)? {
        reader.read(&item, notes)?;
    }
    let FrameReader {
        mut frames,
        unfit,
        empty,
        ..
    } = reader;
    let atoms = structure.len();
    if unfit > 0 {
        notes.add(format!(
            "timeline.frames: {unfit} frames have positions of other than {atoms} atoms; they show the \
             positions of the frame before, as in the original"
        ));
    }
    if empty > 0 {
        notes.add(format!(
            "timeline.frames: {empty} frames without positions are left out"
        ));
    }
    name_once(&mut frames, notes);
    Ok(EmbeddedFrames {
        structures: Vec::new(),
        frames,
    })
}

/// The frames read so far.
struct FrameReader<'a> {
    structure: &'a StructureRecord,
    timestep: f64,
    frames: Vec<EmbeddedFrame>,
    /// Number of frames with another number of atoms.
    unfit: usize,
    /// Number of frames without positions.
    empty: usize,
}

impl FrameReader<'_> {
    fn read(&mut self, item: &Cursor, notes: &mut Notes) -> Result<(), JsonError> {
        let atoms = self.structure.len();
        let rows = |key: &str| item.get(key).map(|it| it.vectors(MAX_ATOMS)).transpose();
        let positions = rows("positions")?.filter(|rows| !rows.is_empty());
        let Some(mut positions) = positions else {
            item.object()?;
            self.empty += 1;
            return Ok(());
        };
        if positions.len() != atoms {
            self.unfit += 1;
            let before = self.frames.last().map(|frame| &frame.positions);
            positions.clone_from(before.unwrap_or(&self.structure.positions));
        }
        let number = |key: &str| item.get(key).map(|it| it.number()).transpose();
        let kind = item.get("kind").map(|it| it.text(MAX_NAME)).transpose()?;
        let kind = match kind {
            Some("md") => FrameKind::Dynamics,
            Some("relax") => FrameKind::Relaxation,
            _ => FrameKind::Idle,
        };
        let step = number("simStep")?.unwrap_or(0.0).max(0.0) as u64;
        self.frames.push(EmbeddedFrame {
            id: Some(id(item, self.frames.len())?),
            structure: None,
            kind,
            step,
            time: match kind {
                FrameKind::Dynamics => step as f64 * self.timestep,
                _ => 0.0,
            },
            energy: number("energy")?,
            temperature: number("temperature")?,
            cell: None,
            stress: match item.get("stress") {
                Some(stress) => <[[f64; 3]; 3]>::try_from(stress.vectors(3)?).ok(),
                None => None,
            },
            positions,
            velocities: match item.get("velocities") {
                Some(velocities) => velocities_of(&velocities, atoms, notes)?,
                None => None,
            },
            forces: rows("forces")?.filter(|rows| rows.len() == atoms),
        });
        Ok(())
    }
}

/// The id of a frame, or the one that the original gives it.
fn id(item: &Cursor, index: usize) -> Result<String, JsonError> {
    for key in ["id", "frameId"] {
        let id = item.get(key).filter(|it| it.value().is_string());
        let id = id.map(|it| it.text(MAX_NAME)).transpose()?;
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            return Ok(id.to_owned());
        }
    }
    let number = item.get("numericId").map(|it| it.floor()).transpose()?;
    let number = number.unwrap_or(index as i64 + 1).max(0);
    Ok(format!("frame-{number:05}"))
}

/// Leaves an id to the last frame that has it, as the original does.
fn name_once(frames: &mut [EmbeddedFrame], notes: &mut Notes) {
    let mut last: HashMap<String, usize> = HashMap::new();
    for index in 0..frames.len() {
        let Some(id) = frames[index].id.clone() else {
            continue;
        };
        if let Some(before) = last.insert(id.clone(), index) {
            frames[before].id = None;
            notes.add(format!(
                "timeline.frames: two frames have the id {id:?}; the later keeps it"
            ));
        }
    }
}
