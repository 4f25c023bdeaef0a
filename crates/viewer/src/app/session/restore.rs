//! Restorer of a session file: read on a task, then applied to the window.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::kept::KeptFields;
use super::{appearance, run_settings, view};
use crate::app::document::{OpenError, Read};
use crate::app::run::RunSettings;
use crate::app::script::EditedScript;
use crate::app::timeline::{PlaybackOptions, TimelineView};
use crate::scene::camera::Orbit;
use crate::scene::selection::Selection;
use crate::scene::style::Style;
use mlipview_core::script::Script;
use mlipview_core::session_file::{
    EmbeddedSource, Repetition, Session, TimelineContents, read_any,
};
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::open_timeline;

/// A session that was read, and its structure.
pub struct OpenedSession {
    /// The session; its structure and frames are in `read`.
    pub session: Session,
    /// The structure and the recorded frames.
    pub read: Read,
    /// Names of frames, with their positions in the timeline.
    pub ids: HashMap<String, u64>,
    /// Sentences about what of the file is left out.
    pub notes: Vec<String>,
}

/// Reads a session file of this program or of the browser original.
///
/// # Errors
/// If it cannot be read or is no session. A linked recording that cannot be opened is a note.
pub fn read(path: &Path) -> Result<OpenedSession, OpenError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| OpenError::Reader(error);
    let text = std::fs::read_to_string(path).map_err(|error| failed(Box::new(error)))?;
    let loaded = read_any(&text).map_err(|error| failed(Box::new(error)))?;
    let (mut session, mut notes) = (loaded.session, loaded.notes);
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    let timeline = match &session.timeline.contents {
        TimelineContents::Empty => None,
        TimelineContents::File(link) => linked(path, link).unwrap_or_else(|reason| {
            notes.push(format!("its recording {link} is missing: {reason}"));
            None
        }),
        TimelineContents::Embedded(_) => EmbeddedSource::new(&name, &session)
            .map_err(|error| failed(Box::new(error)))?
            .map(|source| Arc::new(source) as Arc<dyn FrameSource>),
    };
    let ids = match std::mem::take(&mut session.timeline.contents) {
        TimelineContents::Embedded(frames) => {
            let named = frames.frames.into_iter().map(|frame| frame.id).zip(0..);
            named.filter_map(|(id, index)| Some((id?, index))).collect()
        }
        _ => HashMap::new(),
    };
    let structure = session.structure.structure();
    let structure = structure.map_err(|error| failed(Box::new(error)))?;
    let read = Read {
        configuration: mlipview_core::chem::format::Configuration {
            velocities: session.structure.velocities(),
            ..structure.into()
        },
        timeline,
    };
    Ok(OpenedSession {
        session,
        read,
        ids,
        notes,
    })
}

/// The recording or trajectory that a session links to.
fn linked(session: &Path, link: &str) -> Result<Option<Arc<dyn FrameSource>>, OpenError> {
    let folder = session.parent().unwrap_or(Path::new("."));
    Ok(open_timeline(&folder.join(link), None)?)
}

/// Everything of the window that a session brings back.
#[derive(SystemParam)]
pub struct RestoreParams<'w> {
    style: ResMut<'w, Style>,
    run: ResMut<'w, RunSettings>,
    orbit: ResMut<'w, Orbit>,
    selection: ResMut<'w, Selection>,
    timeline: ResMut<'w, TimelineView>,
    script: ResMut<'w, EditedScript>,
    kept: ResMut<'w, KeptFields>,
}

impl RestoreParams<'_> {
    /// Forgets the script and the kept fields of the session before.
    pub fn forget(&mut self) {
        self.script.set(Script::default(), HashMap::new());
        *self.kept = KeptFields::default();
    }

    /// Applies a session, except its structure, potential and frames.
    pub fn apply(&mut self, session: &Session, ids: HashMap<String, u64>) {
        self.script.set(session.script.clone(), ids);
        *self.kept = KeptFields::of(session);
        *self.style = appearance::style(&session.appearance);
        *self.run = run_settings::settings(&session.run);
        if let Some(view) = &session.view {
            *self.orbit = view::orbit(view, &self.orbit);
        }
        self.selection.set(session.selection.iter().copied());
        let playback = &session.timeline.playback;
        self.timeline.options = PlaybackOptions {
            rate: playback.rate.abs(),
            range: None,
            repeat: match playback.repeat {
                Repetition::Once => Repeat::Once,
                Repetition::Loop => Repeat::Loop,
                Repetition::BackAndForth => Repeat::BackAndForth,
            },
            interpolate: playback.interpolate,
        };
    }
}
