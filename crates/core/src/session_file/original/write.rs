//! Writer of sessions of the original, schema 6.

use serde_json::{Value, json};

use super::write_frames::{energies, frames, velocities};
use super::{CAPACITY, FRICTION, WRITTEN};
use crate::chem::{Bonds, Structure};
use crate::json::lay_out;
use crate::script::original::{write as control_messages, write_reference};
use crate::session_file::{
    EmbeddedFrames, Playback, Repetition, RunKind, Session, SessionError, StructureRecord, check,
};

/// A session of the original, and notes about what it cannot hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The content of the file.
    pub text: String,
    /// One sentence for each thing that is left out or changed.
    pub notes: Vec<String>,
}

/// Writes a session in schema 6 of the original.
///
/// # Errors
/// If a value of the session is not allowed.
pub fn write(session: &Session) -> Result<Written, SessionError> {
    check::check(session)?;
    let structure = session.structure.structure()?;
    let none = EmbeddedFrames::default();
    let embedded = session.timeline.contents.embedded().unwrap_or(&none);
    let file = json!({
        "schemaVersion": WRITTEN,
        "savedAt": session.saved,
        "source": { "kind": "session", "label": session.title },
        "viewer": viewer(session, &structure),
        "energyPlot": energies(embedded),
        "timeline": timeline(session, embedded),
        "websocket": {
            "seq": 0,
            "nextSeq": 1,
            "clientAck": 0,
            "userInteractionCount": 0,
            "totalInteractionCount": 0,
            "simStep": embedded.frames.last().map_or(0, |frame| frame.step),
        },
    });
    Ok(Written {
        text: lay_out(&file.to_string()),
        notes: notes(session, embedded),
    })
}

fn viewer(session: &Session, structure: &Structure) -> Value {
    let record = &session.structure;
    let elements = record.elements.iter().map(|element| element.symbol());
    let bonds = bonds(structure);
    let solid = |count: usize| vec!["solid"; count];
    let mut viewer = json!({
        "elements": elements.collect::<Vec<&str>>(),
        "positions": record.positions,
        "cell": record.cell.map(|cell| cell.vectors),
        "showCell": session.appearance.cell_box && record.cell.is_some(),
        "showGhostCells": false,
        "ghostAtoms": [],
        "ghostBondMeta": [],
        "meshAssignments": { "atoms": solid(record.len()), "bonds": solid(bonds.len()) },
        "bonds": bonds,
    });
    if let Some(rows) = record.velocities.as_deref().and_then(velocities) {
        viewer["velocities"] = rows;
    }
    viewer
}

/// The bonds as the original draws them; none if atoms overlap.
fn bonds(structure: &Structure) -> Vec<Value> {
    let perceived = Bonds::of(structure);
    let perceived = perceived.as_ref().map_or(&[][..], |bonds| bonds.list());
    let bond = |bond: &crate::chem::bonds::Bond| {
        let shift = bond.shift.to_array();
        let crosses = shift != [0; 3];
        json!({
            "i": bond.atoms[0],
            "j": bond.atoms[1],
            "length": bond.length(structure),
            "weight": bond.strength,
            "opacity": if crosses { 0.0 } else { 1.0 },
            "inRing": false,
            "crossing": crosses,
            "imageDelta": shift,
            "cellOffsetA": [0, 0, 0],
            "cellOffsetB": shift,
        })
    };
    perceived.iter().map(bond).collect()
}

fn timeline(session: &Session, embedded: &EmbeddedFrames) -> Value {
    let run = &session.run;
    let mode = match run.kind {
        _ if !run.running => "idle",
        RunKind::Dynamics => "md",
        RunKind::Relaxation => "relax",
    };
    let mut timeline = json!({
        "capacity": CAPACITY,
        "frames": frames(embedded),
        "lastLiveMode": mode,
        "wasRunning": run.running,
        "playback": playback(&session.timeline.playback),
        "controlMessages": control_messages(&session.script),
    });
    let dynamics = &run.dynamics;
    if run.running {
        timeline["pendingSimParams"] = match run.kind {
            RunKind::Dynamics => json!({
                "temperature": dynamics.temperature,
                "timestep_fs": dynamics.timestep,
                "friction": dynamics.friction / FRICTION,
            }),
            RunKind::Relaxation => json!({
                "fmax": run.relaxation.fmax,
                "max_step": run.relaxation.max_step,
            }),
        };
    }
    timeline
}

fn playback(playback: &Playback) -> Value {
    let mut written = json!({
        "defaultFps": playback.rate.abs().round().max(1.0),
        "autoPlay": playback.starts,
        "loop": playback.repeat != Repetition::Once,
    });
    if let Some(first) = &playback.first {
        written["startFrame"] = write_reference(first);
    }
    if let Some(range) = &playback.range {
        let ends = [("start", &range.start), ("end", &range.end)];
        for (key, frame) in ends {
            if let Some(frame) = frame {
                written["loopRange"][key] = write_reference(frame);
            }
        }
    }
    written
}

/// Notes about everything that the original cannot hold.
fn notes(session: &Session, embedded: &EmbeddedFrames) -> Vec<String> {
    let default = Session::default();
    let record = &session.structure;
    let partly_periodic = record.cell.is_some_and(|cell| cell.periodic != [true; 3]);
    let bare = StructureRecord {
        charge: 0,
        multiplicity: 1,
        fixed: Vec::new(),
        masses: None,
        labels: None,
        bonds: Vec::new(),
        properties: Default::default(),
        arrays: Default::default(),
        ..record.clone()
    };
    let playback = &session.timeline.playback;
    let has_file = session.timeline.contents.file().is_some();
    let mut frames = embedded.frames.iter();
    let changes = frames.any(|frame| frame.structure.is_some() || frame.cell.is_some());
    let of_frames = embedded.frames.iter().map(|frame| &frame.velocities);
    let mut moving = of_frames.chain([&record.velocities]).flatten();
    let too_fast = moving.any(|rows| velocities(rows).is_none());
    let left_out = [
        (
            too_fast,
            "velocities of frames with an atom faster than 1.7e307 Å/fs",
        ),
        (
            bare != *record,
            "charge, multiplicity, fixed atoms, masses, labels, stated bonds and other properties",
        ),
        (
            partly_periodic,
            "directions without periodicity: all are periodic",
        ),
        (
            session.potential.is_some(),
            "the potential: the original has UMA only",
        ),
        (session.view.is_some(), "the camera"),
        (
            session.appearance != default.appearance,
            "the drawing options, except the cell",
        ),
        (!session.selection.is_empty(), "the selection"),
        (!session.selection_sets.is_empty(), "selection sets"),
        (!session.measurements.is_empty(), "measurements"),
        (!session.notes.is_empty(), "the notes"),
        (has_file, "the frames, which are in another file"),
        (
            changes,
            "other atoms or cells of frames: the original shows the positions of the frame before",
        ),
        (
            embedded.frames.len() > CAPACITY,
            "all but the last 500 frames, when it is opened",
        ),
        (
            playback.interpolate
                || playback.rate < 0.0
                || playback.repeat == Repetition::BackAndForth,
            "backward playback and interpolation",
        ),
    ];
    let note = |(_, what): (bool, &str)| format!("left out: {what}");
    left_out
        .into_iter()
        .filter(|(is, _)| *is)
        .map(note)
        .collect()
}
