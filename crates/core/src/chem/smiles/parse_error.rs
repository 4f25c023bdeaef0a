//! Conversion of errors of the SMILES parser.

use chematic_core::AtomIdx;

use super::error::{LOAD_A_FILE, SmilesError, whole};
use super::limits::MAX_BYTES;

impl SmilesError {
    /// A syntax error of a string.
    pub(super) fn parse(smiles: &str, error: &chematic_smiles::SmilesError) -> SmilesError {
        use chematic_smiles::SmilesError as Read;
        let at = |byte: usize, problem: String, advice: &str| SmilesError::At {
            smiles: smiles.to_owned(),
            character: smiles
                .char_indices()
                .filter(|(start, _)| *start < byte)
                .count()
                + 1,
            problem,
            advice: advice.to_owned(),
        };
        let close_ring = "write the same number at both ends of the ring, as in C1CCCCC1";
        match error {
            Read::EmptyInput => whole(smiles, "the string is empty", "write a molecule, as in CCO"),
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
                "unexpected end of the string".to_owned(),
                "finish the atom, bond or branch",
            ),
            Read::UnknownElement { symbol, pos } => at(
                *pos,
                format!("unknown element `{symbol}`"),
                "write its symbol, in brackets unless it is B C N O P S F Cl Br I",
            ),
            Read::UnmatchedRingClosure { ring_num, pos } => {
                at(*pos, format!("ring {ring_num} is not closed"), close_ring)
            }
            Read::UnmatchedExtendedRingClosure { ring_num, pos } => {
                at(*pos, format!("ring {ring_num} is not closed"), close_ring)
            }
            Read::ConflictingRingBond { ring_num, pos } => at(
                *pos,
                format!("ring {ring_num} has a different bond at either end"),
                "write the bond at one end only",
            ),
            Read::ConflictingExtendedRingBond { ring_num, pos } => at(
                *pos,
                format!("ring {ring_num} has a different bond at either end"),
                "write the bond at one end only",
            ),
            Read::MismatchedParentheses { pos } => at(
                *pos,
                "unmatched parenthesis".to_owned(),
                "close each branch, as in CC(C)O",
            ),
            Read::InvalidBracketAtom { detail, pos } => at(
                *pos,
                format!("invalid atom in brackets ({detail})"),
                "write isotope, symbol, @, hydrogens, charge in that order, as in [13C@H], [NH4+]",
            ),
            Read::NestingTooDeep { pos } => at(
                *pos,
                "branches are nested too deeply".to_owned(),
                LOAD_A_FILE,
            ),
            Read::UnsupportedChiralityClass { class, pos } => at(
                *pos,
                format!("unknown stereochemistry `@{class}`"),
                "use @, @@, @SP1 to @SP3, @TB1 to @TB20 or @OH1 to @OH30",
            ),
            Read::InvalidValence { atom, element, .. } => {
                SmilesError::valence(smiles, AtomIdx(*atom as u32), element)
            }
            Read::UnexpectedCharacter { pos } => at(
                *pos,
                "unexpected character".to_owned(),
                "elements other than B C N O P S F Cl Br I stand in brackets, as in [Na+]",
            ),
        }
    }
}
