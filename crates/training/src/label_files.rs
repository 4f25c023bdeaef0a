//! Files of labels: trajectories whose frames have energies and forces.

use mlipview_core::chem::format::{FrameSelection, ParseError};
use mlipview_core::files::{self, FileError};

use crate::label::{Label, LabelError, LabelNames};

/// Most atoms of all labels together: about 2 GB.
const MAX_ATOMS: usize = 10_000_000;

/// Why labels cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LabelFileError {
    /// The file cannot be opened, or its selection is empty.
    #[error(transparent)]
    File(#[from] FileError),
    /// A frame cannot be parsed.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// A frame is no label.
    #[error("{path}, frame {frame}: {error}")]
    Frame {
        /// The file.
        path: String,
        /// The frame, from 0 among the selected ones.
        frame: usize,
        /// The reason.
        error: LabelError,
    },
    /// Too many atoms.
    #[error(
        "{path}: more than {MAX_ATOMS} atoms in all labels; select fewer frames, as in {path}@::10"
    )]
    TooMany {
        /// The file.
        path: String,
    },
}

/// Reads the labels of a file, or of some of its frames, as in `labels.xyz@::10`.
///
/// # Errors
/// If the file cannot be read, or a frame lacks its energy or forces.
pub fn read_labels(argument: &str, names: &LabelNames) -> Result<Vec<Label>, LabelFileError> {
    let (path, selection) = files::split(argument);
    let frames = files::frames(path, selection.unwrap_or(FrameSelection::ALL))?;
    let (mut labels, mut atoms) = (Vec::new(), 0);
    for (number, frame) in frames.enumerate() {
        let label = Label::of(frame?, names).map_err(|error| LabelFileError::Frame {
            path: path.to_owned(),
            frame: number,
            error,
        })?;
        atoms += label.forces.len();
        if atoms > MAX_ATOMS {
            return Err(LabelFileError::TooMany {
                path: path.to_owned(),
            });
        }
        labels.push(label);
    }
    Ok(labels)
}
