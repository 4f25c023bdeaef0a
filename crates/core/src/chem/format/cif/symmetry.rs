//! Symmetry operations of a crystal, listed in the file or those of its space group.

use super::super::{Notes, ParseError};
use super::hall;
use super::operation::Operation;
use super::space_group::{self, SpaceGroupError};
use super::syntax::{Block, Value};
use crate::chem::Cell;

/// Items with operations, each with its item of centering translations, if any. Magnetic groups come
/// first, since the cell is the magnetic one. Older files use `_space_group_symop.magn_operation_xyz`.
const OPERATION_ITEMS: [(&str, Option<&str>); 3] = [
    (
        "_space_group_symop_magn_operation_xyz",
        Some("_space_group_symop_magn_centering_xyz"),
    ),
    ("_space_group_symop_operation_xyz", None),
    ("_symmetry_equiv_pos_as_xyz", None),
];

/// Maximum number of listed operations: F m -3 m in a 2 × 2 × 2 cell.
const MAX_LISTED: usize = 8 * hall::MAX_OPERATIONS;

/// Items with the symbol or number of the space group, most specific first.
const GROUP_ITEMS: [(&str, Notation); 8] = [
    ("_space_group_name_hall", Notation::Hall),
    ("_symmetry_space_group_name_hall", Notation::Hall),
    ("_space_group_name_h-m_alt", Notation::HermannMauguin),
    ("_symmetry_space_group_name_h-m", Notation::HermannMauguin),
    ("_space_group_name_h-m_full", Notation::HermannMauguin),
    ("_space_group_name_h-m_ref", Notation::HermannMauguin),
    ("_space_group_it_number", Notation::Number),
    ("_symmetry_int_tables_number", Notation::Number),
];

/// Items that state symmetry in notations without known operations.
const UNSUPPORTED_ITEMS: [&str; 8] = [
    "_space_group_magn_name_bns",
    "_space_group_magn_name_og",
    "_space_group_magn_number_bns",
    "_space_group_magn_number_og",
    "_space_group_symop_ssg_operation_algebraic",
    "_space_group_symop_magn_ssg_operation_algebraic",
    "_space_group_ssg_name",
    "_space_group_name_schoenflies",
];

/// Notation of a space group.
#[derive(Clone, Copy)]
enum Notation {
    Hall,
    HermannMauguin,
    /// Number of International Tables, 1 to 230, in the standard setting.
    Number,
}

/// The operations of a block; the identity by default, as in the dictionary.
///
/// # Errors
/// If the block states symmetry without operations or a known group.
pub(super) fn operations(
    block: &Block<'_>,
    cell: &Cell,
    notes: &mut Notes,
) -> Result<Vec<Operation>, ParseError> {
    for (name, centering) in OPERATION_ITEMS {
        if let Some(operations) = listed(block, name)? {
            let translations = centering.map(|name| listed(block, name)).transpose()?;
            return product(block, translations.flatten(), operations);
        }
    }
    let mut unknown: Option<(Value<'_>, ParseError)> = None;
    for (name, notation) in GROUP_ITEMS {
        let Some(value) = block.value(name) else {
            continue;
        };
        match named(value, notation, cell) {
            Ok(operations) => {
                if let Some((other, _)) = unknown {
                    let (other, used) = (other.text, value.text);
                    let text = format!("the space group {other:?} is not known; {used:?} is used");
                    notes.at(value.line, text);
                }
                return Ok(operations);
            }
            Err(error) => {
                unknown.get_or_insert((value, error));
            }
        }
    }
    if let Some((_, error)) = unknown {
        return Err(error);
    }
    match UNSUPPORTED_ITEMS.iter().find_map(|name| block.value(name)) {
        Some(value) => Err(value.error(
            "the symmetry operations, listed, or a space group of the International Tables",
        )),
        None => Ok(vec![Operation::IDENTITY]),
    }
}

/// The operations of a list, if the block has it.
fn listed(block: &Block<'_>, name: &str) -> Result<Option<Vec<Operation>>, ParseError> {
    let values: Vec<Value<'_>> = block
        .column(name)
        .into_iter()
        .flatten()
        .filter(|value| !value.is_missing())
        .collect();
    if let Some(beyond) = values.get(MAX_LISTED) {
        return Err(beyond.error(format!("at most {MAX_LISTED} symmetry operations")));
    }
    let parse = |value: &Value<'_>| {
        let expected = "a symmetry operation such as '-x, y+1/2, -z'";
        Operation::parse(value.text).ok_or_else(|| value.error(expected))
    };
    let operations: Vec<Operation> = values.iter().map(parse).collect::<Result<_, _>>()?;
    Ok((!operations.is_empty()).then_some(operations))
}

/// The compositions of each centering translation with each operation; only the operations without
/// translations.
fn product(
    block: &Block<'_>,
    translations: Option<Vec<Operation>>,
    operations: Vec<Operation>,
) -> Result<Vec<Operation>, ParseError> {
    let Some(translations) = translations else {
        return Ok(operations);
    };
    let count = translations.len() * operations.len();
    if count > MAX_LISTED {
        let expected = format!("at most {MAX_LISTED} symmetry operations with centering");
        return Err(ParseError::at(block.line, expected, count.to_string()));
    }
    let all = translations.iter().flat_map(|translation| {
        operations
            .iter()
            .map(|operation| translation.after(operation))
    });
    Ok(all.collect())
}

/// The operations of the space group with this symbol or number.
fn named(value: Value<'_>, notation: Notation, cell: &Cell) -> Result<Vec<Operation>, ParseError> {
    let operations = match notation {
        Notation::Hall => {
            return hall::operations(value.text).ok_or_else(|| value.error("a Hall symbol"));
        }
        Notation::HermannMauguin => space_group::by_name(value.text, cell),
        Notation::Number => {
            let number = value.text.parse().map_err(|_| SpaceGroupError::UnknownName);
            number.and_then(|number| space_group::by_number(number, cell))
        }
    };
    operations.map_err(|error| {
        value.error(match error {
            SpaceGroupError::UnknownName => {
                "a space group of the International Tables, or its operations listed"
            }
            SpaceGroupError::NoOrigin => {
                "a space group with its origin, as in 'F d -3 m:2' (or :1), or its operations \
                 listed"
            }
        })
    })
}
