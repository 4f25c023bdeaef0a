//! Fields of a session that the window has no editor for, kept for the next file.

use bevy::prelude::Resource;

use mlipview_core::session_file::{Measurement, SelectionSet, Session};

/// Fields that are saved as they were opened.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct KeptFields {
    /// Notes of the user.
    pub notes: String,
    /// Named sets of atoms.
    pub selection_sets: Vec<SelectionSet>,
    /// Measurements.
    pub measurements: Vec<Measurement>,
}

impl KeptFields {
    /// The fields of a session.
    pub(super) fn of(session: &Session) -> KeptFields {
        KeptFields {
            notes: session.notes.clone(),
            selection_sets: session.selection_sets.clone(),
            measurements: session.measurements.clone(),
        }
    }
}
