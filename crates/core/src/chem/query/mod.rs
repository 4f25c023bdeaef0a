//! Selection language for atoms: `0:4, 7, Cu, z<3, molecule of 5`.

mod error;
mod near;
mod parse;
mod term;

use super::Structure;
pub use error::QueryError;
use term::Term;

/// Selection of atoms: the union of its comma-separated terms.
///
/// | term | atoms |
/// |---|---|
/// | `7`, `-1` | by index from 0; negative from the end |
/// | `0:4`, `0:12:3` | a range as in Python, without its end |
/// | `Cu` | by element |
/// | `z<3`, `x>=0.5` | a half space, Å |
/// | `molecule 2`, `mol 2` | the third molecule, by perceived bonds |
/// | `molecule of 5` | the molecules that contain any atom of a term |
/// | `within 3 of 17` | within 3 Å of any atom of a term, across periodic boundaries |
/// | `fixed`, `all`, `none` | atoms fixed in space, all atoms, no atom |
///
/// `of` takes any simple term, as in `molecule of O` or `within 2.5 of fixed`; a leading `!` or `not`
/// inverts a term.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::query::AtomQuery;
/// use mlipview_core::chem::{Element, Structure};
///
/// let positions = vec![DVec3::ZERO, 0.96 * DVec3::X, 0.96 * DVec3::Y];
/// let water = Structure::new(vec![Element::O, Element::H, Element::H], positions)?;
/// let mask = AtomQuery::parse("O, -1")?.mask(&water)?;
/// assert_eq!(mask, [true, false, true]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AtomQuery {
    terms: Vec<Term>,
}

impl AtomQuery {
    /// Parses a selection.
    ///
    /// # Errors
    /// If a term is invalid.
    pub fn parse(text: &str) -> Result<AtomQuery, QueryError> {
        let terms = text.split(',').map(|term| {
            let term: String = term.split_whitespace().collect();
            parse::parse_term(&term).ok_or(QueryError::Term(term))
        });
        Ok(AtomQuery {
            terms: terms.collect::<Result<_, _>>()?,
        })
    }

    /// Evaluates the selection: whether each atom is selected, `[atoms]`.
    ///
    /// # Errors
    /// If an index is out of range, or there are too many neighbors to evaluate bonds or distances.
    pub fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let mut mask = vec![false; structure.len()];
        for term in &self.terms {
            for (selected, matches) in mask.iter_mut().zip(term.mask(structure)?) {
                *selected |= matches;
            }
        }
        Ok(mask)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use glam::DVec3;

    use super::*;
    use crate::chem::Element;

    /// Six atoms in a column, 1 Å apart: Cu Cu Cu Cu O H.
    fn column() -> Structure {
        let elements = ["Cu", "Cu", "Cu", "Cu", "O", "H"];
        let elements = elements
            .map(|symbol| Element::from_symbol(symbol).unwrap())
            .to_vec();
        let positions = (0..6).map(|z| f64::from(z) * DVec3::Z).collect();
        Structure::new(elements, positions).unwrap()
    }

    fn selected(text: &str) -> Vec<usize> {
        let mask = AtomQuery::parse(text).unwrap().mask(&column()).unwrap();
        (0..mask.len()).filter(|&atom| mask[atom]).collect()
    }

    #[test]
    fn atoms_are_selected_by_index_range_element_and_half_space() {
        assert_eq!(selected("2"), [2]);
        assert_eq!(selected("-1, 0"), [0, 5]);
        assert_eq!(selected("1:3"), [1, 2]);
        assert_eq!(selected("::2"), [0, 2, 4]);
        assert_eq!(selected("-2:"), [4, 5]);
        assert_eq!(selected("O,h"), [4, 5]);
        assert_eq!(selected("z<1.5"), [0, 1]);
        assert_eq!(selected("z >= 4"), [4, 5]);
        assert_eq!(selected("!Cu"), [4, 5]);
        assert_eq!(selected("all").len(), 6);
        assert_eq!(selected("2:99"), [2, 3, 4, 5]);
        assert!(selected("none").is_empty());
        assert_eq!(selected("not Cu, none"), [4, 5]);
        assert!(selected("not all").is_empty());
    }

    #[test]
    fn an_invalid_term_is_an_error_that_quotes_it() {
        for text in [
            "",
            "1;2",
            "z=3",
            "Xx",
            "1:2:0",
            "1:2:3:4",
            "z<x",
            "!",
            "not",
            "molecule",
            "mol -1",
            "mol of",
            "within of 1",
            "within -1 of 1",
            "within 3",
            "within nan of 1",
            "not not Cu",
        ] {
            assert!(
                matches!(AtomQuery::parse(text), Err(QueryError::Term(_))),
                "{text}"
            );
        }
        let beyond = AtomQuery::parse("6").unwrap().mask(&column());
        assert_eq!(beyond, Err(QueryError::NoSuchAtom { index: 6, atoms: 6 }));
    }
}
