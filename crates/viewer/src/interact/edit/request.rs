//! Requests for edits.

use glam::DVec3;

use crate::interact::action::Action;
use mlipview_core::chem::Element;

/// A request for an edit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EditRequest {
    /// One of the actions.
    Action(Action),
    /// Adds an atom at the site of a click.
    AddAtom(Element, AtomSite),
}

/// Where an atom is added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AtomSite {
    /// Bonded to an atom of this revision of the structure.
    BondedTo {
        /// The atom.
        atom: usize,
        /// The revision.
        revision: u64,
    },
    /// At a position, Å.
    At(DVec3),
}
