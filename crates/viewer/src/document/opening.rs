//! Opening: from a file, the library or a line of SMILES to a structure with a potential.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::DVec3;

use super::choosing::Choice;
use super::work::{Outcome, Progress, Work};
use super::{Document, Severity};
use crate::bridge::Simulation;
use mlipview_core::chem::format::{Configuration, Format, Selection};
use mlipview_core::chem::{Structure, library};
use mlipview_core::files;
use mlipview_core::potential::catalog::CatalogError;
use mlipview_core::potential::{Catalog, Chosen, Request};
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::{Command, Edit, Frame};

/// Where a structure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or one of its frames: `PATH` or `PATH@SELECTION`.
    File(String),
    /// A built-in structure, by its key.
    Library(String),
    /// A molecule, by its SMILES.
    #[cfg(feature = "smiles")]
    Smiles(String),
}

impl Source {
    /// A file.
    pub fn file(path: &Path) -> Source {
        Source::File(path.to_string_lossy().into_owned())
    }

    /// What the command line means by an argument: `library:KEY`, `smiles:TEXT`, else a file, unless
    /// only a built-in structure is called so.
    pub fn of_argument(argument: &str) -> Source {
        if let Some(key) = argument.strip_prefix("library:") {
            return Source::Library(key.to_owned());
        }
        #[cfg(feature = "smiles")]
        if let Some(text) = argument.strip_prefix("smiles:") {
            return Source::Smiles(text.to_owned());
        }
        if library::find(argument).is_some() && !Path::new(argument).exists() {
            return Source::Library(argument.to_owned());
        }
        Source::File(argument.to_owned())
    }

    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Source::File(argument) => super::name_of(Path::new(argument)),
            Source::Library(key) => {
                library::find(key).map_or_else(|| key.clone(), |entry| entry.title.clone())
            }
            #[cfg(feature = "smiles")]
            Source::Smiles(text) => text.clone(),
        }
    }

    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Source::File(argument) => Some(Path::new(files::split(argument).0)),
            _ => None,
        }
    }
}

/// As it is typed.
impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File(argument) => formatter.write_str(argument),
            Source::Library(key) => write!(formatter, "library:{key}"),
            #[cfg(feature = "smiles")]
            Source::Smiles(text) => write!(formatter, "smiles:{text}"),
        }
    }
}

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
    let label = format!("opening {}", source.name());
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
            source.name()
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

fn read(
    source: &Source,
    topology: Option<&Structure>,
    progress: &Progress,
) -> Result<Read, String> {
    match source {
        Source::File(argument) => file(argument, topology, progress),
        Source::Library(key) => {
            let entry = library::find(key).ok_or_else(|| {
                format!("there is no built-in structure '{key}'; the library lists them.")
            })?;
            let structure = entry.structure().map_err(|error| error.to_string())?;
            Ok((structure.into(), None))
        }
        #[cfg(feature = "smiles")]
        Source::Smiles(text) => {
            let structure = mlipview_core::chem::smiles::structure(text, 0);
            let structure = structure.map_err(|error| format!("{error}."))?;
            Ok((structure.into(), None))
        }
    }
}

/// The last of the selected frames of a file, and which of how many it is.
fn file(argument: &str, topology: Option<&Structure>, progress: &Progress) -> Result<Read, String> {
    let (path, selection) = files::split(argument);
    let selection = selection.unwrap_or(Selection::ALL);
    let advice = |error: files::FileError| {
        let what_next = match &error {
            files::FileError::Read { .. } => "Check the path, and whether it may be read.",
            _ => "Mend the file there, or open another.",
        };
        format!("{error}. {what_next}")
    };
    let mut last = None;
    let mut count = 0;
    let frames: Box<dyn Iterator<Item = Result<Configuration, files::FileError>>> = match topology {
        Some(topology) => {
            let frames = files::trajectory(path, topology, selection).map_err(advice)?;
            Box::new(frames.into_iter().map(Ok))
        }
        None => {
            let frames = files::frames(path, selection).map_err(advice)?;
            Box::new(frames.map(|frame| frame.map_err(files::FileError::from)))
        }
    };
    for frame in frames {
        last = Some(frame.map_err(advice)?);
        count += 1;
        if !progress.step() {
            return Err("it was given up.".to_owned());
        }
    }
    let last = last.ok_or_else(|| format!("{path} holds no structure."))?;
    Ok((last, (count > 1).then_some([count, count])))
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
    let (atoms, name) = (structure.len(), source.name());
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
    let subject = super::choosing::Subject::of(&structure);
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
