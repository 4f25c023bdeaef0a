//! Plans: the edit, selection and notice that a request leads to.

use std::sync::Arc;

use glam::DVec3;

use super::error::EditError;
use crate::app::notices::Severity;
use mlipview_core::chem::{Bonds, Structure};
use mlipview_core::sim::{Command, Edit, Frame};

/// Input of a plan.
#[derive(Clone)]
pub(super) struct PlanContext {
    /// The newest frame.
    pub(super) frame: Arc<Frame>,
    /// Selected atoms, all of them in the frame.
    pub(super) selected: Vec<usize>,
    /// Direction to the right of the image.
    pub(super) right: DVec3,
    /// Target of the camera, Å.
    pub(super) middle: DVec3,
}

impl PlanContext {
    /// The selected atoms, or an error that they are needed before an action.
    pub(super) fn require_selection(&self, before: &'static str) -> Result<&[usize], EditError> {
        if self.selected.is_empty() {
            return Err(EditError::NothingSelected { before });
        }
        Ok(&self.selected)
    }
}

/// A change of the simulated structure.
#[derive(Clone, Debug)]
pub(super) enum StructureChange {
    Edit(Edit),
    Undo,
    Redo,
}

impl StructureChange {
    pub(super) fn command(&self) -> Command {
        match self {
            StructureChange::Edit(edit) => Command::Edit(edit.clone()),
            StructureChange::Undo => Command::Undo,
            StructureChange::Redo => Command::Redo,
        }
    }
}

/// The outcome of a request.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) change: Option<StructureChange>,
    /// Selection after the change.
    pub(super) select: Option<Vec<usize>>,
    /// Number of atoms after the change.
    pub(super) atoms: usize,
    pub(super) notice: Option<(Severity, String)>,
}

impl Plan {
    pub(super) fn select(atoms: Vec<usize>) -> Plan {
        Plan {
            select: Some(atoms),
            ..Plan::default()
        }
    }

    pub(super) fn notice(text: String) -> Plan {
        Plan {
            notice: Some((Severity::Info, text)),
            ..Plan::default()
        }
    }

    pub(super) fn edit(edit: Edit) -> Plan {
        Plan {
            change: Some(StructureChange::Edit(edit)),
            ..Plan::default()
        }
    }

    /// Appends atoms and selects them.
    pub(super) fn append(frame: &Frame, added: Structure) -> Plan {
        let before = frame.positions.len();
        let atoms = before + added.len();
        Plan {
            select: Some((before..atoms).collect()),
            atoms,
            ..Plan::edit(Edit::Append(Box::new(added)))
        }
    }
}

/// Bonds of a structure.
pub(super) fn bonds(structure: &Structure) -> Result<Bonds, EditError> {
    Ok(Bonds::of(structure)?)
}
