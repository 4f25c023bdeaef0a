//! Opening: from a file, the library or a line of SMILES to a structure with a potential.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::DVec3;

use super::jobs::{Outcome, Progress, Work};
use super::potential_choice::Choice;
use super::{Document, Severity};
use crate::simulation::Simulation;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, Format, Selection};
use mlipview_core::files::{FileError, Source, SourceError};
use mlipview_core::potential::catalog::CatalogError;
use mlipview_core::potential::{Catalog, Chosen, Request};
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::{Command, Edit, Frame};

/// A structure that is ready to be shown.
pub struct Opened {
    source: Source,
    configuration: Configuration,
    /// Which frame of how many.
    frame: Option<[usize; 2]>,
    request: Request,
    chosen: Result<Chosen, CatalogError>,
}

/// What came of showing it.
pub(super) struct Shown {
    pub(super) said: Vec<(Severity, String)>,
    pub(super) ticket: Option<Ticket>,
}

/// Begins to open something. A trajectory that holds positions only is read over the atoms that are
/// shown.
pub(super) fn begin(
    work: &mut Work,
    source: Source,
    catalog: Arc<Catalog>,
    request: Request,
    shown: &Frame,
) {
    let topology = is_trajectory(&source).then(|| shown.structure());
    let from = source.clone();
    begin_reading(work, source, catalog, request, move |progress| {
        read(&from, topology.as_ref(), progress)
    });
}

/// Begins to open what someone knows how to read.
pub(super) fn begin_reading(
    work: &mut Work,
    source: Source,
    catalog: Arc<Catalog>,
    request: Request,
    read: impl FnOnce(&Progress) -> Result<Read, String> + Send + 'static,
) {
    let label = format!("opening {}", source.title());
    work.open(label, move |progress| match read(progress) {
        Ok((configuration, frame)) => Outcome::Opened(Box::new(Opened {
            chosen: catalog.provide(&request, &configuration.structure),
            source,
            configuration,
            frame,
            request,
        })),
        Err(reason) => Outcome::Failed(format!(
            "{} was not opened, and nothing was changed: {reason}",
            source.title()
        )),
    });
}

fn is_trajectory(source: &Source) -> bool {
    let path = source.path().map(Path::to_string_lossy);
    let format = path.and_then(|path| Format::of_name(&path));
    format.is_some_and(|format| format.info().needs_topology())
}

/// What was read, and which frame of how many it is.
pub(super) type Read = (Configuration, Option<[usize; 2]>);

/// Reads the last of the selected frames, and how many there are.
fn read(
    source: &Source,
    topology: Option<&Structure>,
    progress: &Progress,
) -> Result<Read, String> {
    let mut last = None;
    let mut count = 0;
    for frame in source.frames(Selection::ALL, topology).map_err(advice)? {
        last = Some(frame.map_err(|error| advice(error.into()))?);
        count += 1;
        if !progress.step() {
            return Err("it was given up.".to_owned());
        }
    }
    let last = last.ok_or_else(|| format!("{} holds no structure.", source.title()))?;
    Ok((last, (count > 1).then_some([count, count])))
}

/// The error, and what the user can do about it.
fn advice(error: SourceError) -> String {
    match &error {
        SourceError::File(FileError::Read { .. }) => {
            format!("{error}. Check the path, and whether it may be read.")
        }
        SourceError::File(_) => format!("{error}. Correct the file, or open another."),
        _ => format!("{error}."),
    }
}

/// Puts the structure in place of the one that is there, together with its potential.
pub(super) fn show(
    opened: Opened,
    document: &mut Document,
    choice: &mut Choice,
    simulation: &Simulation,
) -> Shown {
    let Opened {
        source,
        configuration,
        frame,
        request,
        chosen,
    } = opened;
    let Configuration {
        structure,
        velocities,
        notes,
        ..
    } = configuration;
    let mut said = Vec::new();
    let (atoms, name) = (structure.len(), source.title());
    let which = frame.map_or(String::new(), |[number, count]| {
        format!(
            " It holds {count} frames; this is the last, number {}.",
            number - 1
        )
    });
    said.push((
        Severity::Info,
        format!("Opened {name}: {atoms} atoms.{which}"),
    ));
    said.extend(
        notes
            .sentences()
            .map(|note| (Severity::Warning, format!("{name}: {note}."))),
    );
    let velocities = velocities.unwrap_or_else(|| vec![DVec3::ZERO; atoms]);
    let subject = super::potential_choice::Subject::of(&structure);
    let potential = choice.settle(request, subject, chosen, &mut said);
    let replace = Edit::Replace(Box::new(structure), velocities);
    let commands = vec![
        Command::Stop,
        Command::Edit(replace),
        Command::RestartClock,
        potential,
    ];
    let title = simulation.title();
    // Before anyone can see the new atoms.
    simulation.set_title(&name);
    let sent = simulation.send(Command::Several(commands));
    if let Err(full) = &sent {
        simulation.set_title(&title);
        choice.forget();
        said = vec![(Severity::Error, format!("{name} was not opened: {full}"))];
    } else {
        document.name = name;
        document.path = source.path().map(PathBuf::from);
        document.remember(source);
    }
    Shown {
        said,
        ticket: sent.ok(),
    }
}
