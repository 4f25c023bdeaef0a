//! Errors of SMILES strings, with the position in the string and advice.

use chematic_core::AtomIdx;

use super::character_index::character_index;
use super::embedding::{ATTEMPTS, EmbeddingFailure};
use super::limits::MAX_ATOMS;
use crate::chem::Element;
use crate::chem::structure::StructureError;

/// Why a SMILES string gives no structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SmilesError {
    /// An error at a character of the string.
    #[error("SMILES `{smiles}`, character {character}: {problem}; {advice}")]
    At {
        /// The string.
        smiles: String,
        /// The character, counted from 1.
        character: usize,
        /// The problem.
        problem: String,
        /// Advice on how to fix it.
        advice: String,
    },
    /// An error of the whole string.
    #[error("SMILES `{smiles}`: {problem}; {advice}")]
    Whole {
        /// The string.
        smiles: String,
        /// The problem.
        problem: String,
        /// Advice on how to fix it.
        advice: String,
    },
    /// More atoms than can be embedded in reasonable time.
    #[error(
        "this SMILES has {found} {what}, the limit is {limit}; load a file with coordinates instead"
    )]
    TooLarge {
        /// The number in the string.
        found: usize,
        /// The counted items.
        what: &'static str,
        /// The maximum number.
        limit: usize,
    },
    /// The atoms are not a valid structure.
    #[error(transparent)]
    Structure(#[from] StructureError),
}

pub(super) const LOAD_A_FILE: &str = "load a file with coordinates instead";

impl SmilesError {
    /// An error at an atom.
    pub(super) fn atom(smiles: &str, atom: AtomIdx, problem: &str, advice: &str) -> SmilesError {
        SmilesError::At {
            smiles: smiles.to_owned(),
            character: character_index(smiles, atom),
            problem: problem.to_owned(),
            advice: advice.to_owned(),
        }
    }

    /// An atom of more bonds than its element can have.
    pub(super) fn valence(smiles: &str, atom: AtomIdx, symbol: &str) -> SmilesError {
        SmilesError::atom(
            smiles,
            atom,
            &format!("too many bonds for {symbol}"),
            "remove a bond or state a charge, as in [NH4+] or C[N+](=O)[O-]",
        )
    }

    pub(super) fn too_large(atoms: usize) -> SmilesError {
        SmilesError::TooLarge {
            found: atoms,
            what: "atoms",
            limit: MAX_ATOMS,
        }
    }

    pub(super) fn aromatic(smiles: &str) -> SmilesError {
        whole(
            smiles,
            "no alternating single and double bonds fit its aromatic (lower-case) atoms",
            "write the hydrogen of a pyrrole-like nitrogen, as in c1c[nH]cn1, or write the double bonds",
        )
    }

    /// A panic of this program or of the chematic crates.
    pub(super) fn panicked(smiles: &str) -> SmilesError {
        whole(
            smiles,
            "an internal error occurred; this is a bug",
            "report this string, or load a file with coordinates",
        )
    }

    pub(super) fn embedding(smiles: &str, failure: EmbeddingFailure) -> SmilesError {
        let not_found =
            |reason: &str| format!("no 3D arrangement found in {ATTEMPTS} attempts: {reason}");
        let at = |atom: usize, reason: &str, advice: &str| {
            let atom = AtomIdx(atom as u32);
            SmilesError::atom(smiles, atom, &not_found(reason), advice)
        };
        match failure {
            EmbeddingFailure::Rejected(message) => rejected(smiles, &message),
            EmbeddingFailure::Contradiction => whole(
                smiles,
                "the bond lengths and angles of its rings contradict each other",
                "check the ring numbers, or load a file with coordinates",
            ),
            EmbeddingFailure::Distances => whole(
                smiles,
                &not_found("bond lengths, angles and contacts cannot all be met"),
                LOAD_A_FILE,
            ),
            EmbeddingFailure::Geometry(fault) => {
                whole(smiles, &not_found(&fault.to_string()), LOAD_A_FILE)
            }
            EmbeddingFailure::Handedness(atom) => at(
                atom,
                "the chirality of this atom cannot be satisfied",
                "check its `@`, or load a file with coordinates",
            ),
            EmbeddingFailure::Folded(atom) => at(
                atom,
                "the bonds of this atom all point to one side",
                LOAD_A_FILE,
            ),
            EmbeddingFailure::DoubleBond(atom) => at(
                atom,
                "cis or trans at the double bond of this atom cannot be satisfied",
                "check its `/` and `\\`, or load a file with coordinates",
            ),
            EmbeddingFailure::Plane(atom) => at(
                atom,
                "the bonds of this trigonal atom do not lie in a plane",
                LOAD_A_FILE,
            ),
        }
    }
}

/// A rejection by the chematic crates, mostly of a valence with the number of the atom.
fn rejected(smiles: &str, message: &str) -> SmilesError {
    let numbered = message.split_once("Explicit valence for atom # ");
    let fields: Vec<&str> =
        numbered.map_or(Vec::new(), |(_, rest)| rest.split_whitespace().collect());
    if let [atom, symbol, ..] = fields[..] {
        let symbol = symbol.trim_end_matches(',');
        if let (Ok(atom), Some(_)) = (atom.parse(), Element::from_symbol(symbol)) {
            return SmilesError::valence(smiles, AtomIdx(atom), symbol);
        }
    }
    let message = message.rsplit(": ").next().unwrap_or(message);
    whole(
        smiles,
        &format!("these bonds are not supported: {message}"),
        "state charges, as in C[N+](=O)[O-], or load a file with coordinates",
    )
}

pub(super) fn whole(smiles: &str, problem: &str, advice: &str) -> SmilesError {
    SmilesError::Whole {
        smiles: smiles.to_owned(),
        problem: problem.to_owned(),
        advice: advice.to_owned(),
    }
}
