//! The labels of a simulation as an extended XYZ file that grows.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use mlipview_core::chem::format::{self, Format};
use mlipview_core::files;

use crate::label::{Label, LabelNames};

/// Why labels cannot be saved.
#[derive(Debug, thiserror::Error)]
pub(super) enum LabelFileError {
    /// Another extension.
    #[error("cannot save labels as {0}: expected a name that ends in .xyz or .extxyz")]
    Name(String),
    /// A file with something else.
    #[error(
        "cannot append labels to {0}: its last frame has no energy and forces; give another name"
    )]
    Foreign(String),
    /// The file cannot be opened.
    #[error("cannot save labels as {path}: {error}; check that its folder exists and is writable")]
    Open {
        /// The path as given.
        path: String,
        /// The cause.
        error: io::Error,
    },
}

/// A file to which labels are appended, each with one write.
pub(super) struct LabelFile {
    path: String,
    file: File,
}

impl LabelFile {
    /// Opens or creates a file; an existing one must end with a label.
    ///
    /// # Errors
    /// If it has another extension or content, or its folder does not exist or is not writable.
    pub(super) fn open(path: &str) -> Result<LabelFile, LabelFileError> {
        if !path.ends_with(".xyz") && !path.ends_with(".extxyz") {
            return Err(LabelFileError::Name(path.to_owned()));
        }
        let opened = OpenOptions::new().create(true).append(true).open(path);
        let opened = opened.and_then(|file| Ok((file.metadata()?.len(), file)));
        let (size, file) = opened.map_err(|error| LabelFileError::Open {
            path: path.to_owned(),
            error,
        })?;
        if size > 0 {
            let last = files::read(path).ok().and_then(|mut frames| frames.pop());
            let label = last.and_then(|frame| Label::of(frame, &LabelNames::default()).ok());
            label.ok_or_else(|| LabelFileError::Foreign(path.to_owned()))?;
        }
        Ok(LabelFile {
            path: path.to_owned(),
            file,
        })
    }

    /// Path of the file.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Appends a label.
    ///
    /// # Errors
    /// If the disk is full.
    pub(super) fn append(&mut self, label: &Label) -> io::Result<()> {
        let bytes = format::write_as(&[label.configuration()], Format::ExtendedXyz);
        self.file.write_all(&bytes.map_err(io::Error::other)?)
    }
}
