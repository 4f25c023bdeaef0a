//! Opening a file, a library entry or a SMILES string, with a potential.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::DVec3;

use super::jobs::{JobProgress, Jobs, Outcome};
use super::opened::Opened;
use super::potential_choice::{PotentialChoice, automatic};
use super::read::{OpenError, Read};
use super::state::Document;
use crate::app::notices::Severity;
use crate::simulation::Simulation;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, Format, FrameSelection};
use mlipview_core::files::{Source, SourceError};
use mlipview_core::potential::{Catalog, Request};
use mlipview_core::session_file::Session;
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::{Command, Edit, Frame, FrameAddress};
use mlipview_recording::{is_session, open_session};

/// Result of showing a structure.
pub(super) struct ShowResult {
    pub(super) notices: Vec<(Severity, String)>,
    /// The session to apply to the window, and the names of its frames.
    pub(super) session: Option<(Box<Session>, HashMap<String, u64>)>,
    /// The command whose first frame has the structure, if it was sent.
    pub(super) ticket: Option<Ticket>,
    /// Whether the session has a view; otherwise the camera is to frame the structure.
    pub(super) has_view: bool,
}

/// Starts to open a source. A trajectory without elements uses the atoms of the displayed frame.
pub(super) fn begin(
    jobs: &mut Jobs,
    source: Source,
    catalog: Arc<Catalog>,
    request: Request,
    displayed: &Frame,
) {
    if let Some(path) = session_path(&source) {
        return begin_session(jobs, path, false, catalog);
    }
    let topology = is_trajectory(&source).then(|| displayed.structure());
    let from = source.clone();
    begin_reading(jobs, source, catalog, request, move |progress| {
        read(&from, topology.as_ref(), progress)
    });
}

/// The path of a source, if it is a session file.
fn session_path(source: &Source) -> Option<PathBuf> {
    let path = source.path();
    let path = path.filter(|path| is_session(&path.to_string_lossy()));
    path.map(Path::to_path_buf)
}

/// Starts to open a session, with its potential; `is_restored` if it was saved automatically.
pub(super) fn begin_session(
    jobs: &mut Jobs,
    path: PathBuf,
    is_restored: bool,
    catalog: Arc<Catalog>,
) {
    let source = Source::file(&path);
    let label = format!("opening {}", source.title());
    jobs.open(label, move |_| match open_session(&path) {
        Ok(opened) => {
            let session = opened.session;
            // A session of somebody else appends to no file.
            let request = session.potential.clone().unwrap_or_else(automatic);
            let request = request.with("labels", None);
            Outcome::Opened(Box::new(Opened {
                chosen: catalog.provide(&request, &opened.configuration.structure),
                source,
                configuration: opened.configuration,
                timeline: opened.timeline,
                session: Some(Box::new(session)),
                frame_ids: opened.names,
                session_notes: opened.notes,
                is_restored,
                request,
            }))
        }
        Err(reason) => Outcome::Failed(format!("Cannot open {}: {reason}", source.title())),
    });
}

/// Starts to open a structure with a custom reader.
pub(super) fn begin_reading(
    jobs: &mut Jobs,
    source: Source,
    catalog: Arc<Catalog>,
    request: Request,
    read: impl FnOnce(&JobProgress) -> Result<Read, OpenError> + Send + 'static,
) {
    let label = format!("opening {}", source.title());
    jobs.open(label, move |progress| match read(progress) {
        Ok(Read {
            configuration,
            timeline,
        }) => Outcome::Opened(Box::new(Opened {
            chosen: catalog.provide(&request, &configuration.structure),
            source,
            configuration,
            timeline,
            session: None,
            frame_ids: HashMap::new(),
            session_notes: Vec::new(),
            is_restored: false,
            request,
        })),
        Err(reason) => Outcome::Failed(format!("Cannot open {}: {reason}", source.title())),
    });
}

fn is_trajectory(source: &Source) -> bool {
    let path = source.path().map(Path::to_string_lossy);
    let format = path.and_then(|path| Format::of_name(&path));
    format.is_some_and(|format| format.info().needs_topology())
}

/// Reads the first frame of a file with many, or else the last of the selected frames.
fn read(
    source: &Source,
    topology: Option<&Structure>,
    progress: &JobProgress,
) -> Result<Read, OpenError> {
    if let Some(read) = Read::of_timeline(source, topology)? {
        return Ok(read);
    }
    let mut last = None;
    for frame in source.frames(FrameSelection::ALL, topology)? {
        last = Some(frame.map_err(SourceError::from)?);
        if !progress.step() {
            return Err(OpenError::Canceled);
        }
    }
    let last = last.ok_or_else(|| OpenError::Empty(source.title()))?;
    Ok(Read::single(last))
}

/// Replaces the structure and its potential.
pub(super) fn show(
    opened: Opened,
    document: &mut Document,
    choice: &mut PotentialChoice,
    simulation: &Simulation,
) -> ShowResult {
    let Opened {
        source,
        configuration,
        timeline,
        session,
        frame_ids,
        session_notes,
        is_restored,
        request,
        chosen,
    } = opened;
    let Configuration {
        structure,
        velocities,
        notes,
        ..
    } = configuration;
    let mut notices = Vec::new();
    let title = session.as_ref().map(|session| session.title.clone());
    let name = match title.filter(|title| is_restored && !title.is_empty()) {
        Some(title) => title,
        None => source.title(),
    };
    let atoms = structure.len();
    let verb = if is_restored { "Restored" } else { "Opened" };
    let which = match (&timeline, &session) {
        (Some(_), None) => " The timeline shows its frames; this is the first.",
        (Some(_), Some(_)) => " The timeline shows its frames.",
        (None, _) => "",
    };
    notices.push((
        Severity::Info,
        format!("{verb} {name}: {atoms} atoms.{which}"),
    ));
    notices.extend(
        notes
            .sentences()
            .map(|note| (Severity::Warning, format!("{name}: {note}."))),
    );
    let left_out = session_notes.into_iter();
    notices.extend(left_out.map(|note| (Severity::Warning, format!("{name}: {note}."))));
    let velocities = velocities.unwrap_or_else(|| vec![DVec3::ZERO; atoms]);
    let key = super::structure_key::StructureKey::of(&structure);
    let potential = choice.apply(request, key, chosen, &mut notices);
    let replace = Edit::Replace(Box::new(structure), velocities);
    let commands = vec![
        Command::Stop,
        Command::Edit(replace),
        Command::RestartClock,
        potential,
        Command::RestartTimeline(timeline.clone()),
    ];
    // A session returns to the simulation unless it was saved in the past.
    let shown = session
        .as_ref()
        .map_or(Some(0), |session| session.timeline.shown);
    let shown = timeline.as_ref().and(shown);
    let first = shown.map(|index| Command::ShowFrame(FrameAddress::File(index)));
    let commands = commands.into_iter().chain(first).collect();
    let title = simulation.title();
    // Before anyone can see the new atoms.
    simulation.set_title(&name);
    let sent = simulation.send(Command::Batch(commands));
    if let Err(full) = &sent {
        simulation.set_title(&title);
        choice.invalidate();
        notices = vec![(Severity::Error, format!("Cannot open {name}: {full}"))];
    } else {
        document.name = name;
        let path = source.path().map(PathBuf::from);
        if is_restored {
            (document.path, document.restored_from) = (None, path);
        } else {
            (document.path, document.restored_from) = (path, None);
            document.remember(source);
        }
    }
    let has_view = session
        .as_ref()
        .is_some_and(|session| session.view.is_some());
    ShowResult {
        notices,
        session: session
            .filter(|_| sent.is_ok())
            .map(|session| (session, frame_ids)),
        ticket: sent.ok(),
        has_view,
    }
}

impl Document {
    /// Opens a structure with a custom reader, or a session, on a task; read errors become notices.
    pub fn open(
        &mut self,
        source: Source,
        catalog: Arc<Catalog>,
        request: Request,
        read: impl FnOnce() -> Result<Read, OpenError> + Send + 'static,
    ) {
        match session_path(&source) {
            Some(path) => begin_session(&mut self.jobs, path, false, catalog),
            None => begin_reading(&mut self.jobs, source, catalog, request, |_| read()),
        }
    }
}
