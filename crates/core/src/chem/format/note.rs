//! Notes of a reader about content that it ignored or changed.
//!
//! Only problems with atoms, cell, charge or symmetry are errors; others become notes, which
//! `mlipview info`, the log and the window show.

use std::fmt;

use crate::chem::Structure;

/// Name of the per-atom array of three flags, true where an atom may move along a cell vector; present if
/// some atom is fixed along one or two of them. The name is that of ASE.
pub(super) const MOVE_MASK: &str = "move_mask";

/// A note about a file that was read successfully.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line number from 1; `None` for binary files and notes about the whole file.
    pub line: Option<usize>,
    /// A sentence without a full stop: the content, and how it was treated.
    pub text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}: ")?;
        }
        formatter.write_str(&self.text)
    }
}

/// The notes of one configuration, at most [`MAX`](Self::MAX) of them; further ones are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    omitted: usize,
}

impl Notes {
    /// Maximum number of stored notes.
    pub const MAX: usize = 20;

    /// Whether there are no notes.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The stored notes, in the order of the file.
    pub fn list(&self) -> &[Note] {
        &self.list
    }

    /// Number of notes beyond the stored ones.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// The notes as sentences; the last one counts the omitted notes.
    ///
    /// ```
    /// use mlipview_core::chem::format::{FrameSelection, read};
    ///
    /// let file = b"1\nargon\nAr 0 0 0\n";
    /// let frames = read(file, "argon.xyz", FrameSelection::LAST)?;
    /// for sentence in frames[0].notes.sentences() {
    ///     println!("{sentence}");
    /// }
    /// # Ok::<(), mlipview_core::chem::format::ParseError>(())
    /// ```
    pub fn sentences(&self) -> impl Iterator<Item = String> + '_ {
        let rest = (self.omitted > 0).then(|| format!("{} more notes like these", self.omitted));
        self.list.iter().map(Note::to_string).chain(rest)
    }

    /// Adds a note about a line, counted from 1.
    pub(in crate::chem) fn at(&mut self, line: usize, text: impl Into<String>) {
        self.push(Note {
            line: Some(line),
            text: text.into(),
        });
    }

    /// Adds a note about the file as a whole.
    pub(in crate::chem) fn whole(&mut self, text: impl Into<String>) {
        self.push(Note {
            line: None,
            text: text.into(),
        });
    }

    /// Adds all notes of another list.
    pub(in crate::chem) fn extend(&mut self, other: Notes) {
        other.list.into_iter().for_each(|note| self.push(note));
        self.omitted += other.omitted;
    }

    fn push(&mut self, note: Note) {
        if self.list.contains(&note) {
            return;
        }
        if self.list.len() < Self::MAX {
            self.list.push(note);
        } else {
            self.omitted += 1;
        }
    }
}

/// Notes that partially fixed atoms move freely, since a structure only stores fixed atoms.
pub(super) fn note_partial_motion(structure: &Structure, notes: &mut Notes) {
    if structure.arrays().contains_key(MOVE_MASK) {
        notes.whole(
            "some atoms are fixed along some axes only; here they move freely (fix whole atoms \
             instead)",
        );
    }
}
