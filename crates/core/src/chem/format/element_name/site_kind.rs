//! Kind of a site by its atom name.

use super::super::nuclide::Nuclide;
use crate::chem::Element;

/// Kind of a site by its atom name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::chem::format) enum SiteKind {
    /// An atom of this element, or of this isotope of hydrogen.
    Atom(Nuclide),
    /// A site that is not an atom: a massless site of a water model, a lone pair, a Drude particle, a
    /// pseudo-atom, a vacancy, an unknown atom (`X`). Readers omit it with a note.
    Dummy,
    /// Ambiguous; an error of readers.
    Unknown,
}

impl SiteKind {
    /// The nuclide, if it is an atom.
    pub(in crate::chem::format) fn atom(self) -> Option<Nuclide> {
        match self {
            SiteKind::Atom(nuclide) => Some(nuclide),
            SiteKind::Dummy | SiteKind::Unknown => None,
        }
    }

    pub(super) fn or_unknown(nuclide: Option<Nuclide>) -> SiteKind {
        nuclide.map_or(SiteKind::Unknown, SiteKind::Atom)
    }
}

impl From<Element> for SiteKind {
    fn from(element: Element) -> Self {
        SiteKind::Atom(element.into())
    }
}
