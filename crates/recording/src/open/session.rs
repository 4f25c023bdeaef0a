//! Session files, opened with the recordings and trajectories that they link to.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::script::PlayedScript;
use mlipview_core::session_file::{
    EmbeddedSource, LinkedSource, Session, SessionError, TimelineContents, read_any,
};
use mlipview_core::sim::timeline::FrameSource;

use super::{OpenError, open_timeline, wait_for_frames};

/// Extension of session files.
pub const SESSION_EXTENSION: &str = ".json";

/// A session that was opened.
#[derive(Debug)]
pub struct OpenedSession {
    /// The session, without the contents of its timeline.
    pub session: Session,
    /// Its structure.
    pub configuration: Configuration,
    /// Its recorded frames.
    pub timeline: Option<Arc<dyn FrameSource>>,
    /// Ids of frames, with their positions in the timeline.
    pub names: HashMap<String, u64>,
    /// Sentences about what of the file is left out.
    pub notes: Vec<String>,
}

/// Why a session cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenSessionError {
    /// The file cannot be read.
    #[error("{path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        reason: std::io::Error,
    },
    /// The contents are no session.
    #[error(transparent)]
    Invalid(#[from] SessionError),
}

impl OpenedSession {
    /// The script of the session, for its frames.
    pub fn script(&self) -> PlayedScript {
        PlayedScript::new(self.session.script.clone(), self.names.clone())
    }
}

/// Whether a path names a session file.
pub fn is_session(path: &str) -> bool {
    path.to_lowercase().ends_with(SESSION_EXTENSION)
}

/// Opens a session file of this program or of the browser original.
///
/// # Errors
/// If it cannot be read or is no session. A linked recording that cannot be opened is a note.
pub fn open_session(path: &Path) -> Result<OpenedSession, OpenSessionError> {
    let text = std::fs::read_to_string(path).map_err(|reason| OpenSessionError::Read {
        path: path.display().to_string(),
        reason,
    })?;
    let loaded = read_any(&text)?;
    let (mut session, mut notes) = (loaded.session, loaded.notes);
    let name = path.file_name().unwrap_or(path.as_os_str());
    let structure = session.structure.structure()?;
    let embedded = EmbeddedSource::new(&name.to_string_lossy(), &session)?;
    let contents = std::mem::take(&mut session.timeline.contents);
    let file = contents.file().and_then(|link| {
        let file = linked(path, link, Arc::new(structure.clone()));
        match file {
            Ok(Some(file)) => return Some(file),
            Ok(None) => notes.push(format!("its recording {link} has less than two frames")),
            Err(reason) => notes.push(format!("its recording {link} is missing: {reason}")),
        }
        None
    });
    let first = file
        .as_ref()
        .map_or(0, |file| linked_count(file.as_ref(), &contents));
    if let (TimelineContents::Linked(linked), Some(_)) = (&contents, &file)
        && let Some(count) = linked.count.filter(|count| *count > first)
    {
        let link = &linked.file;
        notes.push(format!(
            "its recording {link} has {first} of {count} frames"
        ));
    }
    let timeline = match (file, embedded) {
        (Some(file), Some(continued)) => {
            Some(Arc::new(LinkedSource::new(file, first, continued)) as Arc<dyn FrameSource>)
        }
        (Some(file), None) => Some(file),
        (None, embedded) => embedded.map(|source| Arc::new(source) as Arc<dyn FrameSource>),
    };
    Ok(OpenedSession {
        configuration: Configuration {
            velocities: session.structure.velocities(),
            ..structure.into()
        },
        session,
        timeline,
        names: names(&contents, first),
        notes,
    })
}

/// The recording or trajectory that a session links to; `atoms` are those of formats without elements.
fn linked(
    session: &Path,
    link: &str,
    atoms: Arc<Structure>,
) -> Result<Option<Arc<dyn FrameSource>>, OpenError> {
    let folder = session.parent().unwrap_or(Path::new("."));
    open_timeline(&folder.join(link), Some(atoms))
}

/// Number of frames of a linked file before the others, once so many are found.
fn linked_count(file: &dyn FrameSource, contents: &TimelineContents) -> u64 {
    let TimelineContents::Linked(linked) = contents else {
        return 0;
    };
    let wanted = linked.count.unwrap_or(u64::MAX);
    wait_for_frames(file, wanted);
    file.len().min(wanted)
}

/// Ids of frames in the session, with their positions after the frames of a linked file.
fn names(contents: &TimelineContents, first: u64) -> HashMap<String, u64> {
    let frames = contents.embedded().into_iter().flat_map(|it| &it.frames);
    let named = frames.map(|frame| frame.id.clone()).zip(first..);
    named
        .filter_map(|(id, position)| Some((id?, position)))
        .collect()
}
