//! Terms of the selection language and their evaluation.

use super::error::QueryError;
use super::near;
use crate::chem::{Bonds, Element, Structure};

/// Term of a query, optionally inverted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) inverted: bool,
    pub(super) kind: TermKind,
}

/// Condition of a term.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TermKind {
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

/// Comparison of a coordinate with a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Term {
    /// Whether each atom matches, `[atoms]`.
    pub(super) fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let mut mask = self.kind.mask(structure)?;
        mask.iter_mut()
            .for_each(|matches| *matches ^= self.inverted);
        Ok(mask)
    }
}

impl TermKind {
    fn mask(&self, structure: &Structure) -> Result<Vec<bool>, QueryError> {
        let atoms = structure.len();
        let mut mask = vec![false; atoms];
        match *self {
            TermKind::All => mask.fill(true),
            TermKind::None => {}
            TermKind::Fixed => mask.copy_from_slice(structure.fixed()),
            TermKind::Molecule(index) => {
                let molecules = Bonds::of(structure)?.molecules();
                let missing = QueryError::NoSuchMolecule {
                    index,
                    molecules: molecules.len(),
                };
                mark(&mut mask, molecules.get(index).ok_or(missing)?);
            }
            TermKind::MoleculesOf(ref of) => {
                let members = of.mask(structure)?;
                for molecule in Bonds::of(structure)?.molecules() {
                    if molecule.iter().any(|&atom| members[atom]) {
                        mark(&mut mask, &molecule);
                    }
                }
            }
            TermKind::Within { distance, ref of } => {
                mask = near::within(structure, distance, &of.mask(structure)?)?;
            }
            TermKind::Index(index) => {
                let found = from_either_end(index, atoms).filter(|&atom| atom < atoms);
                mask[found.ok_or(QueryError::NoSuchAtom { index, atoms })?] = true;
            }
            TermKind::Range { start, stop, step } => {
                // Ranges are clipped to the structure, as slices in Python.
                let clip = |bound: i64| from_either_end(bound, atoms).unwrap_or(0).min(atoms);
                let (start, stop) = (start.map_or(0, clip), stop.map_or(atoms, clip));
                (start..stop)
                    .step_by(step)
                    .for_each(|atom| mask[atom] = true);
            }
            TermKind::Element(element) => {
                let same = structure.elements().iter().map(|&other| other == element);
                mask = same.collect();
            }
            TermKind::HalfSpace {
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
