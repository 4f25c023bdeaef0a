//! Errors of the selection language.

use crate::chem::neighbors::TooDense;

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
