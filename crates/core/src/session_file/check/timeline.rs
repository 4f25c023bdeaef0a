//! Bounds of the timeline: playback and frames.

use std::collections::HashSet;

use super::values::{count, finite, invalid, text, within};
use crate::script::FrameNames;
use crate::session_file::structure_check::check_rows;
use crate::session_file::{
    EmbeddedFrame, EmbeddedFrames, MAX_FRAMES, MAX_NAME, MAX_ROWS, Session, SessionError,
    StructureRecord, TimelineContents,
};

/// Checks the timeline of a session.
pub(super) fn timeline(session: &Session) -> Result<(), SessionError> {
    playback(session)?;
    match &session.timeline.contents {
        TimelineContents::Empty => Ok(()),
        TimelineContents::File(path) => file("timeline.contents.file", path),
        TimelineContents::Linked(linked) => {
            file("timeline.contents.linked.file", &linked.file)?;
            let path = "timeline.contents.linked.continued";
            frames_at(path, &linked.continued, &session.structure)
        }
        TimelineContents::Embedded(frames) => {
            embedded(frames, &session.structure)?;
            if let Some(shown) = session.timeline.shown.filter(|it| *it >= frames.count()) {
                let expected = format!("the index of one of {} frames", frames.count());
                return Err(invalid("timeline.shown", shown, expected));
            }
            Ok(())
        }
    }
}

fn file(field: &str, path: &str) -> Result<(), SessionError> {
    if path.is_empty() {
        return Err(invalid(field, "an empty string", "a path"));
    }
    text(field, path, MAX_NAME)
}

fn playback(session: &Session) -> Result<(), SessionError> {
    let playback = &session.timeline.playback;
    within(
        "timeline.playback.rate",
        playback.rate.abs(),
        [0.01, 1000.0],
    )?;
    let range = playback.range.as_ref();
    let ends = range.map(|range| [range.start.as_ref(), range.end.as_ref()]);
    let ends = ends.into_iter().flatten().chain([playback.first.as_ref()]);
    for id in ends.flatten().filter_map(|frame| frame.id.as_ref()) {
        text("timeline.playback", id, MAX_NAME)?;
    }
    Ok(())
}

/// Checks the frames of a timeline.
pub(in crate::session_file) fn embedded(
    frames: &EmbeddedFrames,
    session: &StructureRecord,
) -> Result<(), SessionError> {
    frames_at("timeline.contents.embedded", frames, session)
}

fn frames_at(
    path: &str,
    frames: &EmbeddedFrames,
    session: &StructureRecord,
) -> Result<(), SessionError> {
    count(&format!("{path}.frames"), frames.frames.len(), MAX_FRAMES)?;
    count(
        &format!("{path}.structures"),
        frames.structures.len(),
        MAX_FRAMES,
    )?;
    let rows: usize = frames
        .frames
        .iter()
        .map(|frame| frame.positions.len())
        .sum();
    if rows > MAX_ROWS {
        let expected = format!("at most {MAX_ROWS} in all frames");
        return Err(invalid(path, format!("{rows} positions"), expected));
    }
    for (index, structure) in frames.structures.iter().enumerate() {
        structure.structure_at(&format!("{path}.structures[{index}]"))?;
    }
    let mut ids = HashSet::new();
    for (index, it) in frames.frames.iter().enumerate() {
        let path = format!("{path}.frames[{index}]");
        let structure = match it.structure {
            None => Some(session),
            Some(structure) => frames.structures.get(structure),
        };
        let Some(structure) = structure else {
            let expected = format!("the index of one of {} structures", frames.structures.len());
            let found = it.structure.unwrap_or_default();
            return Err(invalid(format!("{path}.structure"), found, expected));
        };
        if let Some(id) = &it.id {
            text(&format!("{path}.id"), id, MAX_NAME)?;
            if !ids.insert(id) {
                let expected = "another id than the frames before";
                return Err(invalid(format!("{path}.id"), format!("{id:?}"), expected));
            }
        }
        frame(it, structure.len(), &path)?;
    }
    Ok(())
}

/// Checks a frame of a number of atoms; `path` is that of the frame.
pub(in crate::session_file) fn frame(
    frame: &EmbeddedFrame,
    atoms: usize,
    path: &str,
) -> Result<(), SessionError> {
    check_rows(&format!("{path}.positions"), &frame.positions, atoms)?;
    let lists = [("velocities", &frame.velocities), ("forces", &frame.forces)];
    for (name, rows) in lists {
        if let Some(rows) = rows {
            check_rows(&format!("{path}.{name}"), rows, atoms)?;
        }
    }
    let numbers = [
        ("time", Some(frame.time)),
        ("energy", frame.energy),
        ("temperature", frame.temperature),
    ];
    for (name, number) in numbers {
        finite(format!("{path}.{name}"), number.unwrap_or(0.0))?;
    }
    if let Some(stress) = &frame.stress {
        check_rows(&format!("{path}.stress"), stress, 3)?;
    }
    if let Some(cell) = &frame.cell {
        cell.cell(&format!("{path}.cell"))?;
    }
    Ok(())
}
