//! Errors of edits and selections.

use mlipview_core::chem::bonds::PeriodicNet;
use mlipview_core::chem::build::PlacementError;
use mlipview_core::chem::neighbors::TooDense;
use mlipview_core::chem::query::QueryError;
use mlipview_core::chem::structure::StructureError;

/// Why an edit or a selection is not possible.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum EditError {
    #[error(
        "no atom selected: click one, hold Shift for more, or press Ctrl+A for all, before {before}"
    )]
    NothingSelected { before: &'static str },
    #[error(
        "a past frame is shown: return to the newest frame, or continue from this one, before \
         editing"
    )]
    PastFrame,
    #[error("cannot select atom {atom}: there is no atom {atom} among {atoms}, counted from 0")]
    NoSuchAtom { atom: usize, atoms: usize },
    #[error("{name} has no atoms to add")]
    NoAtoms { name: String },
    #[error("the structure changed under the click: click again to add the atom")]
    StructureChanged,
    #[error("{action} is not an edit")]
    NotAnEdit { action: String },
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error(transparent)]
    Placement(#[from] PlacementError),
    #[error(transparent)]
    Structure(#[from] StructureError),
    #[error(transparent)]
    PeriodicNet(#[from] PeriodicNet),
    #[error(transparent)]
    TooDense(#[from] TooDense),
}
