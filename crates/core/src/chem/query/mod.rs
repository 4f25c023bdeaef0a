//! Atoms named in words: `0:4, 7, Cu, z<3, molecule of 5`.

mod near;
mod parse;

use super::neighbors::TooDense;
use super::{Bonds, Element, Structure};

/// A choice of atoms: those that meet any of its terms.
///
/// Terms stand between commas. `7` is an atom, counted from 0, and `-1` the last; `0:4` is a range
/// without its end and `0:12:3` every third of one, as in Python; `Cu` is an element; `x`, `y` or `z`
/// with `<`, `<=`, `>` or `>=` and a number in Å is a half space; `fixed` are the atoms fixed in space;
/// `all` is all and `none` is none.
///
/// `molecule 2` (or `mol 2`) is the third molecule, `molecule of 5` the one that atom 5 belongs to, as
/// bonds are seen; `within 3 of 17` are the atoms at most 3 Å from atom 17, itself included, through
/// the faces of a cell too. Behind `of` any term may stand, as in `molecule of O` or
/// `within 2.5 of fixed`. A `!` or `not` in front of a term means all other atoms.
#[derive(Clone, Debug, PartialEq)]
pub struct AtomQuery {
    terms: Vec<Term>,
}

/// Why a text names no atoms.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// The text is not a term.
    #[error(
        "'{0}' names no atoms: expected an index (7, -1), a range (0:4), an element (Cu), a half \
         space (z<3), 'molecule 2', 'molecule of 5', 'within 3 of 17', 'fixed', 'all', 'none', or \
         one of these behind 'not' or '!'"
    )]
    Term(String),
    /// An index outside the structure.
    #[error("there is no atom {index}: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The index asked for.
        index: i64,
        /// Number of atoms.
        atoms: usize,
    },
    /// A molecule that is not there.
    #[error("there is no molecule {index}: there are {molecules}, counted from 0")]
    NoSuchMolecule {
        /// The index asked for.
        index: usize,
        /// Number of molecules.
        molecules: usize,
    },
    /// Atoms so dense that neither bonds nor distances can be looked at.
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
    /// By its place among the molecules.
    Molecule(usize),
    MoleculesOf(Box<Term>),
    Within {
        /// Å.
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
    /// Reads a choice of atoms.
    ///
    /// # Errors
    /// If a term is not understood; says which.
    pub fn parse(text: &str) -> Result<AtomQuery, QueryError> {
        let terms = text.split(',').map(|term| {
            let term: String = term.split_whitespace().collect();
            parse::parse_term(&term).ok_or(QueryError::Term(term))
        });
        Ok(AtomQuery {
            terms: terms.collect::<Result<_, _>>()?,
        })
    }

    /// Whether each atom is chosen.
    ///
    /// # Errors
    /// If an index is outside the structure, or atoms lie so dense that bonds or distances cannot be
    /// looked at.
    pub fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let mut chosen = vec![false; structure.len()];
        for term in &self.terms {
            for (chosen, meets) in chosen.iter_mut().zip(term.mask(structure)?) {
                *chosen |= meets;
            }
        }
        Ok(chosen)
    }
}

impl Term {
    fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let mut mask = self.kind.mask(structure)?;
        mask.iter_mut().for_each(|meets| *meets ^= self.inverted);
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
                let named = of.mask(structure)?;
                for molecule in Bonds::of(structure)?.molecules() {
                    if molecule.iter().any(|&atom| named[atom]) {
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
                // As a slice of Python, a range is cut to what there is.
                let place = |bound: i64| from_either_end(bound, atoms).unwrap_or(0).min(atoms);
                let (start, stop) = (start.map_or(0, place), stop.map_or(atoms, place));
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
                let meets = |value: f64| match comparison {
                    Comparison::Less => value < bound,
                    Comparison::LessOrEqual => value <= bound,
                    Comparison::Greater => value > bound,
                    Comparison::GreaterOrEqual => value >= bound,
                };
                mask = structure
                    .positions()
                    .iter()
                    .map(|position| meets(position[axis]))
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

    fn chosen(text: &str) -> Vec<usize> {
        let mask = AtomQuery::parse(text).unwrap().mask(&column()).unwrap();
        (0..mask.len()).filter(|&atom| mask[atom]).collect()
    }

    #[test]
    fn atoms_are_chosen_by_index_range_element_and_place() {
        assert_eq!(chosen("2"), [2]);
        assert_eq!(chosen("-1, 0"), [0, 5]);
        assert_eq!(chosen("1:3"), [1, 2]);
        assert_eq!(chosen("::2"), [0, 2, 4]);
        assert_eq!(chosen("-2:"), [4, 5]);
        assert_eq!(chosen("O,h"), [4, 5]);
        assert_eq!(chosen("z<1.5"), [0, 1]);
        assert_eq!(chosen("z >= 4"), [4, 5]);
        assert_eq!(chosen("!Cu"), [4, 5]);
        assert_eq!(chosen("all").len(), 6);
        assert_eq!(chosen("2:99"), [2, 3, 4, 5]);
        assert!(chosen("none").is_empty());
        assert_eq!(chosen("not Cu, none"), [4, 5]);
        assert!(chosen("not all").is_empty());
    }

    #[test]
    fn what_names_no_atom_is_refused_with_the_term() {
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
