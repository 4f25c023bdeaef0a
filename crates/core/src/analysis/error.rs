//! Errors of analyses.

use crate::chem::neighbors::TooDense;

/// Why an analysis cannot take a frame or settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnalysisError {
    /// A frame has another number of atoms than the frames before.
    #[error("the frame has {found} atoms, expected {expected} as in the frames before")]
    Atoms {
        /// Number of atoms of the frames before.
        expected: usize,
        /// Number of atoms of this frame.
        found: usize,
    },
    /// A frame has as many atoms as the frames before, but others.
    #[error("the frame has atoms of other elements than the frames before")]
    Elements,
    /// There is no atom of an element.
    #[error("there are no atoms of the element {0}")]
    NoSuchElement(&'static str),
    /// A selection names an atom that the frame lacks.
    #[error("there is no atom {atom}: expected 0 to {}", .atoms.saturating_sub(1))]
    NoSuchAtom {
        /// Index of the atom, from 0.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// Only some of the frames are periodic along all three axes.
    #[error(
        "some frames are periodic along all three axes and some are not: analyze them separately"
    )]
    Periodicity,
    /// Coordinates that are not numbers.
    #[error("the position of atom {0} (counted from 0) is not finite")]
    NotFinite(usize),
    /// A setting out of range.
    #[error("invalid {what} {found}: expected {expected}")]
    Setting {
        /// Name of the setting.
        what: &'static str,
        /// Its value.
        found: String,
        /// Its range.
        expected: String,
    },
    /// Too many pairs of atoms.
    #[error(transparent)]
    TooDense(#[from] TooDense),
}

impl AnalysisError {
    /// A setting out of range.
    pub(super) fn setting(
        what: &'static str,
        found: impl ToString,
        expected: impl Into<String>,
    ) -> AnalysisError {
        AnalysisError::Setting {
            what,
            found: found.to_string(),
            expected: expected.into(),
        }
    }
}
