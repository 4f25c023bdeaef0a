//! Selection language for atoms: `0:4, 7, Cu, z<3, molecule of 5`.

mod near;
mod parse;

use super::neighbors::TooDense;
use super::{Bonds, Element, Structure};

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

/// Why a query is invalid or cannot be evaluated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// A term that cannot be parsed.
    #[error(
        "invalid selection '{0}': expected an index (7, -1), a range (0:4), an element (Cu), a half \
         space (z<3), 'molecule 2', 'molecule of 5', 'within 3 of 17', 'fixed', 'all', 'none', or \
         'not' or '!' before one of these"
    )]
    Term(String),
    /// An atom index out of range.
    #[error("there is no atom {index}: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The requested index.
        index: i64,
        /// Number of atoms.
        atoms: usize,
    },
    /// A molecule index out of range.
    #[error("there is no molecule {index}: the structure has {molecules}, counted from 0")]
    NoSuchMolecule {
        /// The requested index.
        index: usize,
        /// Number of molecules.
        molecules: usize,
    },
    /// Too many neighbors to evaluate bonds or distances.
    #[error(transparent)]
    TooDense(#[from] TooDense),
}

#[derive(Clone, Debug, PartialEq)]
struct Term {
    inverted: bool,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    All,
    None,
    Fixed,
    /// By molecule index.
    Molecule(usize),
    MoleculesOf(Box<Term>),
    Within {
        /// Maximum distance, Å.
        distance: f64,
        of: Box<Term>,
    },
    Index(i64),
    Range {
        start: Option<i64>,
        stop: Option<i64>,
        step: usize,
    },
    Element(Element),
    HalfSpace {
        axis: usize,
        comparison: Comparison,
        bound: f64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
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

impl Term {
    fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let mut mask = self.kind.mask(structure)?;
        mask.iter_mut()
            .for_each(|matches| *matches ^= self.inverted);
        Ok(mask)
    }
}

impl Kind {
    fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let atoms = structure.len();
        let mut mask = vec![false; atoms];
        match *self {
            Kind::All => mask.fill(true),
            Kind::None => {}
            Kind::Fixed => mask.copy_from_slice(structure.fixed()),
            Kind::Molecule(index) => {
                let molecules = Bonds::of(structure)?.molecules();
                let missing = QueryError::NoSuchMolecule {
                    index,
                    molecules: molecules.len(),
                };
                mark(&mut mask, molecules.get(index).ok_or(missing)?);
            }
            Kind::MoleculesOf(ref of) => {
                let members = of.mask(structure)?;
                for molecule in Bonds::of(structure)?.molecules() {
                    if molecule.iter().any(|&atom| members[atom]) {
                        mark(&mut mask, &molecule);
                    }
                }
            }
            Kind::Within { distance, ref of } => {
                mask = near::within(structure, distance, &of.mask(structure)?)?;
            }
            Kind::Index(index) => {
                let found = from_either_end(index, atoms).filter(|&atom| atom < atoms);
                mask[found.ok_or(QueryError::NoSuchAtom { index, atoms })?] = true;
            }
            Kind::Range { start, stop, step } => {
                // Ranges are clipped to the structure, as slices in Python.
                let clip = |bound: i64| from_either_end(bound, atoms).unwrap_or(0).min(atoms);
                let (start, stop) = (start.map_or(0, clip), stop.map_or(atoms, clip));
                (start..stop)
                    .step_by(step)
                    .for_each(|atom| mask[atom] = true);
            }
            Kind::Element(element) => {
                let same = structure.elements().iter().map(|&other| other == element);
                mask = same.collect();
            }
            Kind::HalfSpace {
                axis,
                comparison,
                bound,
            } => {
                let matches = |value: f64| match comparison {
                    Comparison::Less => value < bound,
                    Comparison::LessOrEqual => value <= bound,
                    Comparison::Greater => value > bound,
                    Comparison::GreaterOrEqual => value >= bound,
                };
                mask = structure
                    .positions()
                    .iter()
                    .map(|position| matches(position[axis]))
                    .collect();
            }
        }
        Ok(mask)
    }
}

fn mark(mask: &mut [bool], atoms: &[usize]) {
    atoms.iter().for_each(|&atom| mask[atom] = true);
}

fn from_either_end(index: i64, atoms: usize) -> Option<usize> {
    let counted = if index < 0 {
        index.checked_add_unsigned(atoms as u64)?
    } else {
        index
    };
    usize::try_from(counted).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use glam::DVec3;

    use super::*;

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
