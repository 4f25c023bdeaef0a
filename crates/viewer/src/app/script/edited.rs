//! The script of the open document, edited with undo, and shared with the timeline.

use std::collections::HashMap;
use std::sync::Arc;

use bevy::prelude::*;

use super::edit::{ScriptEdit, ScriptEditError};
use mlipview_core::script::{PlayedScript, Script, TimelineExtent};

/// The script of the open document, with the steps of its editing.
#[derive(Resource, Clone, Debug, Default)]
pub struct EditedScript {
    played: Arc<PlayedScript>,
    /// Scripts before the last edits, for undo.
    before: Vec<Arc<PlayedScript>>,
    /// The message of the last edit, if the next edit of it is the same step of undo.
    continued: Option<usize>,
}

/// Maximum number of steps that can be undone; older ones are forgotten.
const MAX_UNDO: usize = 100;

impl EditedScript {
    /// The script.
    pub fn script(&self) -> &Script {
        self.played.script()
    }

    /// Ids of frames, with their positions in the timeline.
    pub fn names(&self) -> &HashMap<String, u64> {
        self.played.names()
    }

    /// The script for playback.
    pub(super) fn played(&self) -> Arc<PlayedScript> {
        Arc::clone(&self.played)
    }

    /// Replaces the script; `ids` are the names of frames with their positions.
    pub fn set(&mut self, script: Script, ids: HashMap<String, u64>) {
        *self = EditedScript {
            played: Arc::new(PlayedScript::new(script, ids)),
            ..EditedScript::default()
        };
    }

    /// Edits the script of a structure with this number of atoms. Edits of one message after another are
    /// one step of undo.
    ///
    /// # Errors
    /// If the edit is not possible; the script stays as it was.
    pub fn edit(&mut self, edit: &ScriptEdit, atoms: usize) -> Result<(), ScriptEditError> {
        let edited = edit.apply(self.script(), atoms)?;
        let edited = Arc::new(self.played.with_script(edited));
        let before = std::mem::replace(&mut self.played, edited);
        if self.continued.is_none() || self.continued != edit.continues() {
            if self.before.len() == MAX_UNDO {
                self.before.remove(0);
            }
            self.before.push(before);
        }
        self.continued = edit.continues();
        Ok(())
    }

    /// Takes back the last step of editing, if there is one.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.played = before;
            self.continued = None;
        }
    }

    /// Whether there is a step of editing to take back.
    pub fn has_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// First and last frame of each message, `[messages]`; `None` for those that no frame shows.
    pub fn ranges(&self, extent: TimelineExtent) -> Vec<Option<[u64; 2]>> {
        self.played.ranges(extent)
    }
}
