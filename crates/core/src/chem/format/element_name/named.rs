//! Meaning of an atom name.

use super::super::nuclide::Nuclide;
use crate::chem::Element;

/// Meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::chem::format) enum Named {
    /// An atom of this element, or of this isotope of hydrogen.
    Atom(Nuclide),
    /// A site that is not an atom: a massless site of a water model, a lone pair, a Drude particle, a
    /// pseudo-atom, a vacancy, an unknown atom (`X`). Readers omit it with a note.
    Dummy,
    /// Ambiguous; an error of readers.
    Unknown,
}

impl Named {
    /// The nuclide, if it is an atom.
    pub(in crate::chem::format) fn atom(self) -> Option<Nuclide> {
        match self {
            Named::Atom(nuclide) => Some(nuclide),
            Named::Dummy | Named::Unknown => None,
        }
    }

    pub(super) fn or_unknown(nuclide: Option<Nuclide>) -> Named {
        nuclide.map_or(Named::Unknown, Named::Atom)
    }
}

impl From<Element> for Named {
    fn from(element: Element) -> Self {
        Named::Atom(element.into())
    }
}
