//! Checks of sessions: bounds, finite numbers, and indices of atoms that exist.

use std::collections::HashSet;

use super::structure_check::check_rows;
use super::{
    EmbeddedFrame, EmbeddedFrames, MAX_FRAMES, MAX_LIST, MAX_NAME, MAX_NOTES, MAX_ROWS,
    Measurement, Session, SessionError, StructureRecord, TimelineContents,
};
use crate::json::JsonError;
use crate::script::FrameNames;
use crate::sim::propagate::Ensemble;

/// Checks all values of a session.
pub(super) fn check(session: &Session) -> Result<(), SessionError> {
    session.structure.structure_at("structure")?;
    let atoms = session.structure.len();
    text("title", &session.title, MAX_NAME)?;
    text("program", &session.program, MAX_NAME)?;
    text("saved", &session.saved, MAX_NAME)?;
    text("notes", &session.notes, MAX_NOTES)?;
    run(session)?;
    view(session)?;
    appearance(session)?;
    indices("selection", &session.selection, atoms)?;
    lists(session, atoms)?;
    playback(session)?;
    match &session.timeline.contents {
        TimelineContents::Empty => {}
        TimelineContents::File(path) => {
            if path.is_empty() {
                return Err(invalid(
                    "timeline.contents.file",
                    "an empty string",
                    "a path",
                ));
            }
            text("timeline.contents.file", path, MAX_NAME)?;
        }
        TimelineContents::Embedded(frames) => {
            embedded(frames, &session.structure)?;
            if let Some(shown) = session.timeline.shown.filter(|it| *it >= frames.count()) {
                let expected = format!("the index of one of {} frames", frames.count());
                return Err(invalid("timeline.shown", shown, expected));
            }
        }
    }
    Ok(session.script.check(Some(atoms))?)
}

fn invalid(
    path: impl Into<String>,
    found: impl std::fmt::Display,
    expected: impl Into<String>,
) -> SessionError {
    JsonError::value(path, found, expected).into()
}

fn text(path: &str, text: &str, max: usize) -> Result<(), SessionError> {
    if text.len() > max {
        let found = format!("{} bytes", text.len());
        return Err(invalid(path, found, format!("at most {max} bytes")));
    }
    Ok(())
}

fn count(path: &str, found: usize, max: usize) -> Result<(), SessionError> {
    if found > max {
        return Err(invalid(
            path,
            format!("{found} entries"),
            format!("at most {max}"),
        ));
    }
    Ok(())
}

fn finite(path: impl Into<String>, value: f64) -> Result<(), SessionError> {
    if !value.is_finite() {
        return Err(invalid(path, value, "a finite number"));
    }
    Ok(())
}

/// A number within bounds, both included.
fn within(path: &str, value: f64, [low, high]: [f64; 2]) -> Result<(), SessionError> {
    if !(low..=high).contains(&value) {
        return Err(invalid(
            path,
            value,
            format!("a number from {low} to {high}"),
        ));
    }
    Ok(())
}

/// Different indices of atoms that exist.
fn indices(path: &str, list: &[usize], atoms: usize) -> Result<(), SessionError> {
    let mut seen = HashSet::new();
    for (index, &atom) in list.iter().enumerate() {
        if atom >= atoms || !seen.insert(atom) {
            let expected = format!("different indices of {atoms} atoms");
            return Err(invalid(format!("{path}[{index}]"), atom, expected));
        }
    }
    Ok(())
}

fn run(session: &Session) -> Result<(), SessionError> {
    let run = &session.run;
    let dynamics = &run.dynamics;
    let refused = |path: &str, error: &dyn std::error::Error| {
        invalid(path, "invalid settings", format!("valid ones ({error})"))
    };
    within("run.dynamics.timestep", dynamics.timestep, [1e-6, 1e6])?;
    // Settings of other thermostats than the chosen one must be finite too, or JSON cannot hold them.
    finite("run.dynamics.friction", dynamics.friction)?;
    finite("run.dynamics.relaxation_time", dynamics.relaxation_time)?;
    if let Some(barostat) = dynamics.barostat {
        finite("run.dynamics.barostat.pressure", barostat.pressure)?;
        finite(
            "run.dynamics.barostat.relaxation_time",
            barostat.relaxation_time,
        )?;
        finite(
            "run.dynamics.barostat.compressibility",
            barostat.compressibility,
        )?;
    }
    let ensemble: Ensemble = dynamics.dynamics().ensemble;
    ensemble
        .check()
        .map_err(|error| refused("run.dynamics", &error))?;
    let relaxation = &run.relaxation;
    finite("run.relaxation.fmax", relaxation.fmax)?;
    within("run.relaxation.max_step", relaxation.max_step, [1e-9, 1e6])?;
    if let Some(cell) = relaxation.cell {
        finite("run.relaxation.cell.pressure", cell.pressure)?;
        let smax = cell.smax.unwrap_or(1.0);
        within(
            "run.relaxation.cell.smax",
            smax,
            [f64::MIN_POSITIVE, f64::MAX],
        )?;
    }
    let limit = run.speed_limit.unwrap_or(1.0);
    within("run.speed_limit", limit, [f64::MIN_POSITIVE, f64::MAX])
}

fn view(session: &Session) -> Result<(), SessionError> {
    let Some(view) = &session.view else {
        return Ok(());
    };
    if let Some((field, found, expected)) = view.camera.invalid() {
        return Err(invalid(format!("view.camera.{field}"), found, expected));
    }
    let angle = view.field_of_view.unwrap_or(45.0);
    within("view.field_of_view", angle, [1.0, 170.0])
}

fn appearance(session: &Session) -> Result<(), SessionError> {
    let it = &session.appearance;
    let fractions = [
        ("ambient_occlusion", it.ambient_occlusion),
        ("outlines", it.outlines),
        ("depth_cue", it.depth_cue),
    ];
    for (name, value) in fractions {
        within(&format!("appearance.{name}"), value.into(), [0.0, 1.0])?;
    }
    let sizes = [
        ("ball", it.ball.into()),
        ("stick", it.stick.into()),
        ("arrows.force_scale", it.arrows.force_scale.into()),
        ("arrows.velocity_scale", it.arrows.velocity_scale.into()),
        ("color_limits.force", it.color_limits.force),
        ("color_limits.speed", it.color_limits.speed),
        ("color_limits.charge", it.color_limits.charge),
    ];
    for (name, value) in sizes {
        within(&format!("appearance.{name}"), value, [0.0, 1e9])?;
    }
    for images in it.images {
        within("appearance.images", images.into(), [1.0, 1000.0])?;
    }
    Ok(())
}

fn lists(session: &Session, atoms: usize) -> Result<(), SessionError> {
    count("selection_sets", session.selection_sets.len(), MAX_LIST)?;
    let mut names = HashSet::new();
    for (index, set) in session.selection_sets.iter().enumerate() {
        let path = format!("selection_sets[{index}]");
        text(&format!("{path}.name"), &set.name, MAX_NAME)?;
        if set.name.is_empty() || !names.insert(&set.name) {
            let found = format!("{:?}", set.name);
            return Err(invalid(format!("{path}.name"), found, "another name"));
        }
        indices(&format!("{path}.atoms"), &set.atoms, atoms)?;
    }
    count("measurements", session.measurements.len(), MAX_LIST)?;
    for (index, Measurement(measured)) in session.measurements.iter().enumerate() {
        let path = format!("measurements[{index}]");
        if !(2..=4).contains(&measured.len()) {
            let found = format!("{} atoms", measured.len());
            return Err(invalid(path, found, "two to four atoms"));
        }
        indices(&path, measured, atoms)?;
    }
    Ok(())
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
pub(super) fn embedded(
    frames: &EmbeddedFrames,
    session: &StructureRecord,
) -> Result<(), SessionError> {
    let path = "timeline.contents.embedded";
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
pub(super) fn frame(frame: &EmbeddedFrame, atoms: usize, path: &str) -> Result<(), SessionError> {
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
