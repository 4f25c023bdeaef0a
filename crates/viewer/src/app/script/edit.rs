//! Edits of a script: messages added, changed, copied and deleted.

use glam::DVec3;
use mlipview_core::script::{
    Action, Anchor, FrameRange, FrameReference, Message, Script, ScriptError,
};

/// An edit of a script.
#[derive(Clone, Debug, PartialEq)]
pub enum ScriptEdit {
    /// Adds a message with one action after all others.
    Add(Action, FrameRange),
    /// Replaces a message.
    Replace(usize, Message),
    /// Adds a copy of a message after it.
    Duplicate(usize),
    /// Deletes a message.
    Delete(usize),
}

/// Why an edit is not possible.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScriptEditError {
    /// The message does not exist.
    #[error("no message {index}: the script has {count}")]
    NoMessage {
        /// Index of the message.
        index: usize,
        /// Number of messages.
        count: usize,
    },
    /// The range ends before it starts.
    #[error("invalid range: the last frame {last} is before the first, {first}; exchange them")]
    Range {
        /// The first frame.
        first: i64,
        /// The last frame.
        last: i64,
    },
    /// A value is out of bounds.
    #[error(transparent)]
    Value(#[from] ScriptError),
}

impl ScriptEdit {
    /// The script after the edit, for a structure of this number of atoms.
    ///
    /// # Errors
    /// If the message does not exist, or a value is out of bounds.
    pub fn apply(&self, script: &Script, atoms: usize) -> Result<Script, ScriptEditError> {
        let mut edited = script.clone();
        let messages = &mut edited.messages;
        let count = messages.len();
        let exists = |index: usize| match index < count {
            true => Ok(index),
            false => Err(ScriptEditError::NoMessage { index, count }),
        };
        match self {
            ScriptEdit::Add(action, range) => messages.push(Message {
                range: range.clone(),
                actions: vec![action.clone()],
                ..Message::new(free_id(script))
            }),
            ScriptEdit::Replace(index, message) => {
                check_range(&message.range)?;
                messages[exists(*index)?] = message.clone();
            }
            ScriptEdit::Duplicate(index) => {
                let copy = Message {
                    id: free_id(script),
                    ..messages[exists(*index)?].clone()
                };
                messages.insert(index + 1, copy);
            }
            ScriptEdit::Delete(index) => {
                messages.remove(exists(*index)?);
            }
        }
        edited.check(Some(atoms))?;
        Ok(edited)
    }

    /// The message that the edit changes, if it may be one step of undo with the next edit of that message.
    pub(super) fn continues(&self) -> Option<usize> {
        match self {
            ScriptEdit::Replace(index, _) => Some(*index),
            _ => None,
        }
    }
}

fn check_range(range: &FrameRange) -> Result<(), ScriptEditError> {
    let index = |end: &Option<FrameReference>| end.as_ref()?.index;
    match (index(&range.start), index(&range.end)) {
        (Some(first), Some(last)) if last < first => Err(ScriptEditError::Range { first, last }),
        _ => Ok(()),
    }
}

/// An id that no message has: `message 1` and so on.
fn free_id(script: &Script) -> String {
    let is_free = |id: &String| script.messages.iter().all(|message| message.id != *id);
    let mut ids = (1..=script.messages.len() + 1).map(|number| format!("message {number}"));
    // One of as many ids as there are messages, and one more, is free.
    ids.find(is_free).unwrap_or_default()
}

/// The anchor of selected atoms: an atom, the middle of two, or the center of more. `None` without atoms
/// that exist.
pub fn anchor_of(selected: &[usize], positions: &[DVec3]) -> Option<Anchor> {
    match *selected {
        [] => None,
        [atom] => (atom < positions.len()).then_some(Anchor::Atom(atom)),
        [one, other] => (one.max(other) < positions.len()).then_some(Anchor::Bond([one, other])),
        _ => {
            let found = selected.iter().filter_map(|atom| positions.get(*atom));
            let sum: DVec3 = found.clone().sum();
            let count = found.count();
            (count > 0).then(|| Anchor::Point((sum / count as f64).to_array()))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use mlipview_core::script::{Callout, OpacityFocus, ScreenText, Speed};

    const ATOMS: usize = 5;

    fn text(words: &str) -> ScriptEdit {
        let action = Action::Text(ScreenText::caption(words));
        ScriptEdit::Add(action, FrameRange::between(2, 4))
    }

    fn apply(edits: &[ScriptEdit]) -> Script {
        let apply = |script: Script, edit: &ScriptEdit| edit.apply(&script, ATOMS).unwrap();
        edits.iter().fold(Script::default(), apply)
    }

    #[test]
    fn added_and_copied_messages_have_ids_of_their_own_and_copies_follow_their_originals() {
        let script = apply(&[
            text("a"),
            text("b"),
            ScriptEdit::Duplicate(0),
            ScriptEdit::Delete(0),
            text("c"),
        ]);
        script.check(Some(ATOMS)).unwrap();
        let words: Vec<&str> = script
            .messages
            .iter()
            .map(|message| match &message.actions[..] {
                [Action::Text(text)] => text.text.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(words, ["a", "b", "c"]);
        let range = |message: &Message| message.range.resolve(&10);
        assert!(script.messages.iter().all(|it| range(it) == Some([2, 4])));
    }

    #[test]
    fn an_invalid_edit_is_an_error_that_names_the_value() {
        let script = apply(&[text("a")]);
        let missing = ScriptEdit::Delete(1).apply(&script, ATOMS);
        let expected = ScriptEditError::NoMessage { index: 1, count: 1 };
        assert_eq!(missing, Err(expected));
        let backward = Message {
            range: FrameRange::between(9, 4),
            ..script.messages[0].clone()
        };
        let error = ScriptEdit::Replace(0, backward).apply(&script, ATOMS);
        assert_eq!(error, Err(ScriptEditError::Range { first: 9, last: 4 }));
        for action in [
            Action::Speed(Speed::frames_per_second(-1.0)),
            Action::Callout(Callout::new("far", Anchor::Atom(ATOMS))),
            Action::OpacityFocus(OpacityFocus {
                atoms: vec![ATOMS],
                ..OpacityFocus::default()
            }),
        ] {
            let name = action.name();
            let edit = ScriptEdit::Add(action, FrameRange::default());
            let error = edit.apply(&script, ATOMS).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn callouts_anchor_at_an_atom_at_a_bond_or_at_the_center_of_more_atoms() {
        let positions = [DVec3::ZERO, DVec3::X, DVec3::new(2.0, 3.0, 0.0)];
        let anchor = |atoms: &[usize]| anchor_of(atoms, &positions);
        assert_eq!(anchor(&[]), None);
        assert_eq!(anchor(&[2]), Some(Anchor::Atom(2)));
        assert_eq!(anchor(&[3]), None);
        assert_eq!(anchor(&[2, 0]), Some(Anchor::Bond([2, 0])));
        assert_eq!(anchor(&[0, 1, 2]), Some(Anchor::Point([1.0, 1.0, 0.0])));
    }
}
