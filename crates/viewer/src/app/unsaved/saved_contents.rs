//! The contents of the document when it was last opened or saved.

use std::sync::Arc;

use bevy::prelude::*;

use mlipview_core::script::Script;
use mlipview_core::sim::Frame;
use mlipview_core::sim::inbox::Ticket;

/// The contents of the document when it was last opened or saved.
#[derive(Resource, Default)]
pub struct SavedContents {
    atoms: SavedAtoms,
    script: Script,
}

/// The atoms when they were last opened or saved.
#[derive(Default)]
enum SavedAtoms {
    /// No file has them, as after a crash.
    Unsaved,
    /// Nothing is open.
    #[default]
    Empty,
    /// They were opened, by this command, and are not on screen yet.
    Opening(Ticket),
    /// The atoms of this frame.
    Frame(Arc<Frame>),
}

impl SavedContents {
    /// Remembers a document that the command opens.
    pub fn on_opened(&mut self, ticket: Ticket, script: Script) {
        self.atoms = SavedAtoms::Opening(ticket);
        self.script = script;
    }

    /// Remembers a document that no file has.
    pub fn on_restored(&mut self) {
        self.atoms = SavedAtoms::Unsaved;
    }

    /// Remembers a saved frame, and the script that was saved with it.
    pub fn on_saved(&mut self, frame: Arc<Frame>, script: Option<Script>) {
        self.atoms = SavedAtoms::Frame(frame);
        if let Some(script) = script {
            self.script = script;
        }
    }

    /// Takes the frame of the simulation as the opened one, once it has the opened atoms.
    pub(super) fn on_frame(&mut self, live: &Arc<Frame>) {
        if let SavedAtoms::Opening(ticket) = self.atoms
            && live.ticket >= ticket
        {
            self.atoms = SavedAtoms::Frame(Arc::clone(live));
        }
    }

    /// Whether the document differs: its elements, positions, cell, charges or labels, or its script.
    pub(super) fn differ(&self, live: &Frame, script: &Script) -> bool {
        let atoms = match &self.atoms {
            SavedAtoms::Unsaved => true,
            SavedAtoms::Empty => !live.positions.is_empty(),
            SavedAtoms::Opening(_) => false,
            SavedAtoms::Frame(saved) => {
                saved.positions != live.positions
                    || saved.cell != live.cell
                    || !is_same_matter(saved, live)
            }
        };
        atoms || *script != self.script
    }
}

/// Whether two frames have the same structure but for positions and cell.
fn is_same_matter(one: &Frame, other: &Frame) -> bool {
    Arc::ptr_eq(&one.identity, &other.identity) || one.structure() == other.structure()
}
