//! A structure that was read from a source, and why one cannot be.

use std::path::Path;
use std::sync::Arc;

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::files::{self, FileError, Source, SourceError};
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::open_timeline;

/// Why a structure cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("{0}. Check the path and its permissions")]
    Unreadable(FileError),
    /// The contents are invalid.
    #[error("{0}. Correct the file, or open another one")]
    Invalid(FileError),
    /// The source is not a file, or its path is invalid.
    #[error(transparent)]
    Source(SourceError),
    /// There are no frames.
    #[error("{0} contains no structure")]
    Empty(String),
    /// The job was canceled.
    #[error("canceled")]
    Canceled,
    /// A custom reader failed.
    #[error("{0}")]
    Reader(Box<dyn std::error::Error + Send + Sync>),
}

impl From<mlipview_recording::OpenError> for OpenError {
    fn from(error: mlipview_recording::OpenError) -> OpenError {
        match error {
            mlipview_recording::OpenError::Trajectory(error) => SourceError::File(error).into(),
            other => OpenError::Reader(Box::new(other)),
        }
    }
}

impl From<SourceError> for OpenError {
    fn from(error: SourceError) -> OpenError {
        match error {
            SourceError::File(error @ FileError::Read { .. }) => OpenError::Unreadable(error),
            SourceError::File(error) => OpenError::Invalid(error),
            error => OpenError::Source(error),
        }
    }
}

/// A configuration that was read.
pub struct Read {
    /// The structure to show.
    pub configuration: Configuration,
    /// The frames of its file, if there are many; the configuration is the first.
    pub timeline: Option<Arc<dyn FrameSource>>,
}

impl Read {
    /// The only frame of a source.
    pub fn single(configuration: Configuration) -> Read {
        Read {
            configuration,
            timeline: None,
        }
    }

    /// The first frame of a file, whose frames are read as they are shown; `None` if it has one frame, or
    /// the source selects frames.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn of_timeline(
        source: &Source,
        topology: Option<&Structure>,
    ) -> Result<Option<Read>, OpenError> {
        let Source::File(argument) = source else {
            return Ok(None);
        };
        let (path, None) = files::split(argument) else {
            return Ok(None);
        };
        let topology = topology.map(|topology| Arc::new(topology.clone()));
        let Some(timeline) = open_timeline(Path::new(path), topology)? else {
            return Ok(None);
        };
        let first = timeline
            .read(0)
            .map_err(|error| OpenError::Reader(Box::new(error)))?;
        Ok(Some(Read {
            configuration: first.configuration(),
            timeline: Some(timeline),
        }))
    }
}
