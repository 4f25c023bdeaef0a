//! The labels of a simulation as an extended XYZ file that grows.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use mlipview_core::chem::format::{self, Format};

use crate::label::Label;

/// A file to which labels are appended, each with one write.
pub(super) struct LabelFile(File);

impl LabelFile {
    /// Opens or creates a file.
    ///
    /// # Errors
    /// If its folder does not exist or is not writable.
    pub(super) fn open(path: &str) -> io::Result<LabelFile> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(LabelFile(file))
    }

    /// Appends a label.
    ///
    /// # Errors
    /// If the disk is full.
    pub(super) fn append(&mut self, label: &Label) -> io::Result<()> {
        let bytes = format::write_as(&[label.configuration()], Format::ExtendedXyz);
        self.0.write_all(&bytes.map_err(io::Error::other)?)
    }
}
