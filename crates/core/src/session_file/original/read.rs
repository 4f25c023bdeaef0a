//! Reader of sessions of the original.

use serde_json::Value;

use super::frames::frames;
use super::playback::{playback, run};
use super::structure::structure;
use super::{MAX_FILE, SCHEMAS};
use crate::json::{Cursor, JsonError, parse};
use crate::script::{FrameNames, original};
use crate::session_file::{
    EmbeddedFrames, Loaded, MAX_NAME, Session, SessionError, TimelineContents, check,
};

/// Fields at the top of a file.
const KNOWN: [&str; 8] = [
    "schemaVersion",
    "savedAt",
    "source",
    "viewer",
    "render",
    "timeline",
    "energyPlot",
    "websocket",
];

/// Reads a session of the original, of schema 3 to 7. Notes say what of it is not in the session.
///
/// # Errors
/// If the text is no such session, or a value is not allowed; the error names its path.
pub fn read(text: &str) -> Result<Loaded, SessionError> {
    let file = parse(text, MAX_FILE)?;
    let root = Cursor::new(&file, "");
    root.object()?;
    let schema = schema(&file)?;
    let mut notes = original::Notes::new();
    for key in root.keys()?.filter(|key| !KNOWN.contains(key)) {
        notes.add(format!("{key}: unknown field is left out"));
    }
    if schema > 6 {
        notes.add(format!(
            "schema {schema} is read as schema 6, whose layout it has"
        ));
    }
    let viewer = root.require("viewer", "an object with elements and positions")?;
    let mut session = Session {
        program: format!("mlipview in the browser, schema {schema}"),
        structure: structure(&viewer, &mut notes)?,
        ..Session::default()
    };
    head(&root, &mut session)?;
    drawing(&viewer, &root, &mut session, &mut notes)?;
    if let Some(timeline) = root.get("timeline") {
        read_timeline(timeline.object()?, &mut session, &mut notes)?;
    }
    check::check(&session)?;
    Ok(Loaded {
        session,
        notes: notes.list,
    })
}

fn schema(file: &Value) -> Result<u64, SessionError> {
    let stated = file.get("schemaVersion").unwrap_or(&Value::Null);
    let schema = stated.as_u64().filter(|schema| SCHEMAS.contains(schema));
    schema.ok_or_else(|| SessionError::OriginalSchema {
        found: crate::chem::excerpt(&stated.to_string()).into_owned(),
    })
}

fn head(root: &Cursor, session: &mut Session) -> Result<(), JsonError> {
    if let Some(saved) = root.get("savedAt") {
        saved.text(MAX_NAME)?.clone_into(&mut session.saved);
    }
    let label = root.get("source").and_then(|source| source.get("label"));
    if let Some(label) = label {
        label.text(MAX_NAME)?.clone_into(&mut session.title);
    }
    Ok(())
}

/// Drawing options, and notes about those that we do not have.
fn drawing(
    viewer: &Cursor,
    root: &Cursor,
    session: &mut Session,
    notes: &mut original::Notes,
) -> Result<(), JsonError> {
    let shown = viewer.get("showCell").map(|it| it.flag()).transpose()?;
    if session.structure.cell.is_some() {
        session.appearance.cell_box = shown.unwrap_or(true);
    }
    if let Some(ghosts) = viewer.get("showGhostCells")
        && ghosts.flag()?
    {
        notes.add(format!("{}: ghost cells are left out", ghosts.path()));
    }
    let overrides = root.get("render").and_then(|it| it.get("overrides"));
    let meshes = viewer.get("meshAssignments");
    let is_soft = |it: &Cursor| it.value().to_string().contains("\"soft\"");
    for part in [overrides, meshes].into_iter().flatten().filter(is_soft) {
        let path = part.path();
        notes.add(format!(
            "{path}: atoms and bonds that are always translucent are opaque"
        ));
    }
    Ok(())
}

fn read_timeline(
    timeline: &Cursor,
    session: &mut Session,
    notes: &mut original::Notes,
) -> Result<(), JsonError> {
    (session.run, session.potential) = run(timeline)?;
    if let Some(settings) = timeline.get("playback") {
        session.timeline.playback = playback(&settings, notes)?;
    }
    let embedded = match timeline.get("frames") {
        Some(list) => {
            let timestep = session.run.dynamics.timestep;
            frames(&list, &session.structure, timestep, notes)?
        }
        None => EmbeddedFrames::default(),
    };
    // The original shows the newest frame, or the first when it plays at once.
    let playback = &session.timeline.playback;
    let first = playback.first.as_ref().filter(|_| playback.starts);
    let first = first.and_then(|first| first.resolve(&embedded));
    session.timeline.shown = first.or_else(|| embedded.count().checked_sub(1));
    if !embedded.frames.is_empty() {
        session.timeline.contents = TimelineContents::Embedded(embedded);
    }
    if let Some(messages) = timeline.get("controlMessages") {
        let atoms = session.structure.len();
        let (script, more) = original::read(messages.value(), messages.path(), atoms)?;
        session.script = script;
        more.into_iter().for_each(|note| notes.add(note));
    }
    Ok(())
}
