//! The open document, and requests to it.

use std::path::{Path, PathBuf};

use bevy::prelude::*;

use super::jobs::Jobs;
use mlipview_core::chem::format::Compression;
use mlipview_core::files::Source;
use mlipview_recording::SESSION_EXTENSION;

/// Maximum number of recently opened documents.
pub const MAX_RECENT: usize = 8;

/// Purpose of a file dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialogKind {
    /// Open a structure.
    Open,
    /// Open a potential's file of parameters.
    OpenPotential,
    /// Select a file of labels for a training.
    OpenLabels,
    /// Select a file of parameters that a training starts from.
    OpenNetwork,
    /// Save the structure.
    Save,
    /// Save the session.
    SaveSession,
    /// Save the samples of a run as a table.
    SaveTable,
    /// Save a picture.
    SavePicture,
    /// Record the simulation.
    Record,
    /// Save a movie of the timeline.
    SaveMovie,
    /// Save the plot over the timeline as a table.
    SavePlotTable,
    /// Save the plot over the timeline as a picture.
    SavePlotPicture,
}

impl FileDialogKind {
    /// Title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            FileDialogKind::Open => "Open a structure",
            FileDialogKind::OpenPotential => "Open a potential",
            FileDialogKind::OpenLabels => "Select labels: structures with energies and forces",
            FileDialogKind::OpenNetwork => "Select parameters to start from",
            FileDialogKind::Save => "Save the structure",
            FileDialogKind::SaveSession => "Save the session",
            FileDialogKind::SaveTable => "Save the run as a table",
            FileDialogKind::SavePicture => "Save a picture",
            FileDialogKind::Record => "Record the simulation",
            FileDialogKind::SaveMovie => "Save a movie",
            FileDialogKind::SavePlotTable => "Save the plot as a table",
            FileDialogKind::SavePlotPicture => "Save the plot as a picture",
        }
    }
}

/// The open document and its jobs.
#[derive(Resource, Default)]
pub struct Document {
    /// Display name.
    pub name: String,
    /// File that it was read from or last saved to.
    pub path: Option<PathBuf>,
    /// The automatically saved session that it was restored from, until it is saved.
    pub restored_from: Option<PathBuf>,
    /// Recently opened sources, newest first; at most [`MAX_RECENT`].
    pub recent: Vec<Source>,
    /// Running jobs.
    pub jobs: Jobs,
    /// The path that is to be typed, because the desktop has no file dialog.
    pub typing: Option<FileDialogKind>,
    pub(super) dialog: Option<OpenDialog>,
}

/// An open file dialog.
pub(super) struct OpenDialog {
    pub(super) kind: FileDialogKind,
    pub(super) answer: bevy::tasks::Task<Option<PathBuf>>,
    /// When it was opened, seconds since program start.
    pub(super) since: f64,
    /// Rendered frames since it was opened.
    pub(super) frames: u32,
}

/// A request to the document.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum DocumentRequest {
    /// Shows a file dialog.
    ShowDialog(FileDialogKind),
    /// Opens a source in place of the document.
    Open(Source),
    /// Selects the labels of the next training: carried out by `training`.
    SelectLabels(PathBuf),
    /// Selects the parameters that the next training starts from: carried out by `training`.
    SelectNetwork(PathBuf),
    /// Opens an automatically saved session of a process that ended without saving.
    Restore(PathBuf),
    /// Writes the structure, in the format of the file name.
    Save(PathBuf),
    /// Writes a session: structure, settings, view and recorded frames.
    SaveSession(PathBuf),
    /// Writes the samples of the run as a table.
    SaveTable(PathBuf),
    /// Writes a picture without panels: carried out by `picture`.
    SavePicture(PathBuf),
    /// Records the simulation to a new file: carried out by `recording`.
    Record(PathBuf),
    /// Renders a movie of the timeline, or its range: carried out by `movie`.
    SaveMovie(PathBuf),
    /// Writes the plot over the timeline as a table: carried out by `timeline_analysis`.
    SavePlotTable(PathBuf),
    /// Writes the plot over the timeline as a picture: carried out by `panels`.
    SavePlotPicture(PathBuf),
    /// Cancels running jobs.
    Cancel,
}

impl Document {
    /// A document that is already open.
    pub fn of(source: Source) -> Document {
        Document {
            name: source.title(),
            path: source.path().map(Path::to_path_buf),
            recent: vec![source],
            ..Document::default()
        }
    }

    /// Whether a file dialog is open or a job runs.
    pub fn is_busy(&self) -> bool {
        self.dialog.is_some() || self.typing.is_some() || self.jobs.is_busy()
    }

    /// Default name of a file, with this extension.
    pub fn default_file_name(&self, extension: &str) -> String {
        let stem = self.name.split('@').next().unwrap_or_default();
        let stem = Compression::split(stem).0;
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let stem: String = stem
            .chars()
            .map(|each| {
                if each.is_alphanumeric() || "-_".contains(each) {
                    each
                } else {
                    '-'
                }
            })
            .collect();
        let stem = stem.trim_matches('-');
        let stem = if stem.is_empty() { "structure" } else { stem };
        format!("{stem}{extension}")
    }

    pub(super) fn remember(&mut self, source: Source) {
        self.recent.retain(|other| *other != source);
        self.recent.insert(0, source);
        self.recent.truncate(MAX_RECENT);
    }
}

/// File name without its folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

impl FileDialogKind {
    /// The request for a path.
    pub fn request(self, path: PathBuf) -> DocumentRequest {
        match self {
            FileDialogKind::Open | FileDialogKind::OpenPotential => {
                DocumentRequest::Open(Source::file(&path))
            }
            FileDialogKind::OpenLabels => DocumentRequest::SelectLabels(path),
            FileDialogKind::OpenNetwork => DocumentRequest::SelectNetwork(path),
            FileDialogKind::Save => DocumentRequest::Save(path),
            FileDialogKind::SaveSession => DocumentRequest::SaveSession(path),
            FileDialogKind::SaveTable => DocumentRequest::SaveTable(path),
            FileDialogKind::SavePicture => DocumentRequest::SavePicture(path),
            FileDialogKind::Record => DocumentRequest::Record(path),
            FileDialogKind::SaveMovie => DocumentRequest::SaveMovie(path),
            FileDialogKind::SavePlotTable => DocumentRequest::SavePlotTable(path),
            FileDialogKind::SavePlotPicture => DocumentRequest::SavePlotPicture(path),
        }
    }

    /// Whether it selects a file that exists.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            FileDialogKind::Open
                | FileDialogKind::OpenPotential
                | FileDialogKind::OpenLabels
                | FileDialogKind::OpenNetwork
        )
    }

    /// Extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            FileDialogKind::Open | FileDialogKind::OpenLabels | FileDialogKind::Save => ".xyz",
            FileDialogKind::OpenPotential | FileDialogKind::OpenNetwork => ".safetensors",
            FileDialogKind::SaveSession => SESSION_EXTENSION,
            FileDialogKind::SaveTable | FileDialogKind::SavePlotTable => ".csv",
            FileDialogKind::SavePicture | FileDialogKind::SavePlotPicture => ".png",
            FileDialogKind::Record => ".mcap",
            FileDialogKind::SaveMovie => ".gif",
        }
    }
}
