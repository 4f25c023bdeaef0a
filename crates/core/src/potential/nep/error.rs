//! Errors of NEP model files.

use crate::chem::Element;

/// Why a file is not a model that can be evaluated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NepError {
    /// A model of another quantity, or with other terms.
    #[error(
        "line 1: a model of the kind {kind:?}, expected nep3, nep4 or nep5, with or without _zbl: \
         models with charges, of dipoles, polarizabilities and temperatures are not supported"
    )]
    Kind {
        /// The kind as the file states it.
        kind: String,
    },
    /// A line of the header that is not as expected.
    #[error("line {line}: expected {expected}, found {found:?}")]
    Line {
        /// Number of the line, from 1.
        line: usize,
        /// The expected text.
        expected: String,
        /// The text of the line, abridged.
        found: String,
    },
    /// A parameter that is not a number.
    #[error("line {line}: expected a finite number, found {found:?}")]
    Number {
        /// Number of the line, from 1.
        line: usize,
        /// The text, abridged.
        found: String,
    },
    /// A wrong number of parameters: the file is incomplete, or its header is of another model.
    #[error("{found} parameters after the header, expected {expected} for this header")]
    Count {
        /// The number of parameters in the file.
        found: usize,
        /// The number that the header implies.
        expected: usize,
    },
    /// Invalid cutoffs of the ZBL repulsion of a pair.
    #[error(
        "the ZBL cutoffs of {one} and {other} are {inner} and {outer} Å, expected an inner cutoff from 0 \
         on and an outer cutoff from there to 20 Å"
    )]
    Zbl {
        /// The elements.
        one: Element,
        /// The other element.
        other: Element,
        /// Inner cutoff, Å.
        inner: f64,
        /// Outer cutoff, Å.
        outer: f64,
    },
}
