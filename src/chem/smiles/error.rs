//! Why a SMILES string gives no structure, where, and what would.

use chematic_core::AtomIdx;

use super::{MAX_ATOMS, MAX_BYTES, place_of};
use crate::chem::structure::StructureError;

/// Why a SMILES string gives no structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SmilesError {
    /// Something in the string is wrong.
    #[error("SMILES `{smiles}`, character {place}: {problem}; {advice}")]
    At {
        /// The string.
        smiles: String,
        /// The character, counted from 1.
        place: usize,
        /// What is wrong there.
        problem: String,
        /// What to do about it.
        advice: String,
    },
    /// The string as a whole gives nothing.
    #[error("SMILES `{smiles}`: {problem}; {advice}")]
    Whole {
        /// The string.
        smiles: String,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        advice: String,
    },
    /// More atoms than can be embedded in reasonable time.
    #[error(
        "this SMILES has {found} {what}, and at most {limit} are embedded; load a file with coordinates instead"
    )]
    TooLarge {
        /// How many there are.
        found: usize,
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// The atoms do not make a structure.
    #[error(transparent)]
    Structure(#[from] StructureError),
}

impl SmilesError {
    /// Something wrong with an atom.
    pub(super) fn atom(smiles: &str, atom: AtomIdx, problem: &str, advice: &str) -> SmilesError {
        SmilesError::At {
            smiles: smiles.to_owned(),
            place: place_of(smiles, atom),
            problem: problem.to_owned(),
            advice: advice.to_owned(),
        }
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
            "the small-letter (aromatic) atoms admit no alternation of single and double bonds",
            "write the hydrogen of a pyrrole-like nitrogen, as in c1c[nH]cn1, or the double bonds",
        )
    }

    pub(super) fn embedding(smiles: &str) -> SmilesError {
        whole(
            smiles,
            "no arrangement in space was found that has these bonds and this stereochemistry",
            "check rings and `@` for a contradiction, or load a file with coordinates",
        )
    }

    pub(super) fn unsupported(smiles: &str, problem: &str) -> SmilesError {
        let problem = problem.rsplit(": ").next().unwrap_or(problem);
        whole(
            smiles,
            &format!("it cannot be embedded: {problem}"),
            "where a valence is at fault state charges, as in C[N+](=O)[O-]",
        )
    }

    pub(super) fn geometry(smiles: &str, fault: &str) -> SmilesError {
        whole(
            smiles,
            &format!("the arrangement found is unsound: {fault}"),
            "try another seed, or load a file with coordinates",
        )
    }

    pub(super) fn parse(smiles: &str, error: &chematic_smiles::SmilesError) -> SmilesError {
        use chematic_smiles::SmilesError as Read;
        let at = |byte: usize, problem: String, advice: &str| SmilesError::At {
            smiles: smiles.to_owned(),
            place: smiles.char_indices().filter(|(at, _)| *at < byte).count() + 1,
            problem,
            advice: advice.to_owned(),
        };
        let close_ring = "write the same number at both ends of the ring, as in C1CCCCC1";
        match error {
            Read::EmptyInput => whole(smiles, "nothing is there", "write a molecule, as in CCO"),
            Read::ResourceLimit {
                resource: "input bytes",
                actual,
                ..
            } => SmilesError::TooLarge {
                found: *actual,
                what: "bytes",
                limit: MAX_BYTES,
            },
            Read::ResourceLimit {
                resource: "bonds",
                actual,
                limit,
            } => SmilesError::TooLarge {
                found: *actual,
                what: "bonds",
                limit: *limit,
            },
            Read::ResourceLimit { actual, .. } => SmilesError::too_large(*actual),
            Read::UnexpectedEnd { pos } => at(
                *pos,
                "the string ends here".to_owned(),
                "finish the atom, bond or branch",
            ),
            Read::UnknownElement { symbol, pos } => at(
                *pos,
                format!("`{symbol}` is no element"),
                "use its symbol, in brackets unless it is B C N O P S F Cl Br I",
            ),
            Read::UnmatchedRingClosure { ring_num, pos } => {
                at(*pos, format!("ring {ring_num} has one end"), close_ring)
            }
            Read::UnmatchedExtendedRingClosure { ring_num, pos } => {
                at(*pos, format!("ring {ring_num} has one end"), close_ring)
            }
            Read::ConflictingRingBond { ring_num, pos } => at(
                *pos,
                format!("the ends of ring {ring_num} state different bonds"),
                "state the bond at one end",
            ),
            Read::ConflictingExtendedRingBond { ring_num, pos } => at(
                *pos,
                format!("the ends of ring {ring_num} state different bonds"),
                "state the bond at one end",
            ),
            Read::MismatchedParentheses { pos } => at(
                *pos,
                "a parenthesis has no partner".to_owned(),
                "close each branch, as in CC(C)O",
            ),
            Read::InvalidBracketAtom { detail, pos } => at(
                *pos,
                format!("this is no atom in brackets ({detail})"),
                "write isotope, symbol, @, hydrogens, charge in that order, as in [13C@H], [NH4+]",
            ),
            Read::NestingTooDeep { pos } => at(
                *pos,
                "branches are nested too deep".to_owned(),
                "load a file with coordinates",
            ),
            Read::UnsupportedChiralityClass { class, pos } => at(
                *pos,
                format!("there is no stereochemistry `@{class}`"),
                "use @ or @@",
            ),
            Read::InvalidValence { atom, element, .. } => SmilesError::atom(
                smiles,
                AtomIdx(*atom as u32),
                &format!("this {element} has more bonds than its electrons allow"),
                "take a bond away or state a charge, as in [NH4+]",
            ),
            Read::UnexpectedCharacter { pos } => at(
                *pos,
                "this is not SMILES".to_owned(),
                "elements other than B C N O P S F Cl Br I stand in brackets, as in [Na+]",
            ),
        }
    }
}

fn whole(smiles: &str, problem: &str, advice: &str) -> SmilesError {
    SmilesError::Whole {
        smiles: smiles.to_owned(),
        problem: problem.to_owned(),
        advice: advice.to_owned(),
    }
}
