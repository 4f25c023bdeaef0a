//! Checks of sessions: bounds, finite numbers, and indices of atoms that exist.

mod settings;
mod timeline;
mod values;

use std::collections::HashSet;

use super::{MAX_LIST, MAX_NAME, MAX_NOTES, Measurement, Session, SessionError};

pub(super) use timeline::{embedded, frame};
use values::{count, indices, invalid, text};

/// Checks all values of a session.
pub(super) fn check(session: &Session) -> Result<(), SessionError> {
    session.structure.structure_at("structure")?;
    let atoms = session.structure.len();
    text("title", &session.title, MAX_NAME)?;
    text("program", &session.program, MAX_NAME)?;
    text("saved", &session.saved, MAX_NAME)?;
    text("notes", &session.notes, MAX_NOTES)?;
    settings::run(session)?;
    settings::view(session)?;
    settings::appearance(session)?;
    indices("selection", &session.selection, atoms)?;
    lists(session, atoms)?;
    timeline::timeline(session)?;
    Ok(session.script.check(Some(atoms))?)
}

fn lists(session: &Session, atoms: usize) -> Result<(), SessionError> {
    count("selection_sets", session.selection_sets.len(), MAX_LIST)?;
    let mut names = HashSet::new();
    for (index, set) in session.selection_sets.iter().enumerate() {
        let path = format!("selection_sets[{index}]");
        text(&format!("{path}.name"), &set.name, MAX_NAME)?;
        if set.name.is_empty() || !names.insert(&set.name) {
            let found = format!("{:?}", set.name);
            return Err(invalid(format!("{path}.name"), found, "another name"));
        }
        indices(&format!("{path}.atoms"), &set.atoms, atoms)?;
    }
    count("measurements", session.measurements.len(), MAX_LIST)?;
    for (index, Measurement(measured)) in session.measurements.iter().enumerate() {
        let path = format!("measurements[{index}]");
        if !(2..=4).contains(&measured.len()) {
            let found = format!("{} atoms", measured.len());
            return Err(invalid(path, found, "two to four atoms"));
        }
        indices(&path, measured, atoms)?;
    }
    Ok(())
}
