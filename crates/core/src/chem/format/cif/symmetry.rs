//! Symmetry operations of a crystal, listed or of a named space group.

use super::super::{Notes, ParseError};
use super::hall;
use super::operation::Operation;
use super::space_group::{self, SpaceGroupError};
use super::syntax::{Block, Value};
use crate::chem::Cell;

/// Items of operations, each with the item of centering translations; magnetic groups first, since the
/// cell is the magnetic one. Older files use `_space_group_symop.magn_operation_xyz`.
const LISTS: [(&str, Option<&str>); 3] = [
    (
        "_space_group_symop_magn_operation_xyz",
        Some("_space_group_symop_magn_centering_xyz"),
    ),
    ("_space_group_symop_operation_xyz", None),
    ("_symmetry_equiv_pos_as_xyz", None),
];

/// Maximum number of listed operations: F m -3 m in a 2 × 2 × 2 cell.
const MAX_LISTED: usize = 8 * hall::MOST_OPERATIONS;

/// Items that name the group, most specific first.
const NAMES: [(&str, Naming); 8] = [
    ("_space_group_name_hall", Naming::Hall),
    ("_symmetry_space_group_name_hall", Naming::Hall),
    ("_space_group_name_h-m_alt", Naming::HermannMauguin),
    ("_symmetry_space_group_name_h-m", Naming::HermannMauguin),
    ("_space_group_name_h-m_full", Naming::HermannMauguin),
    ("_space_group_name_h-m_ref", Naming::HermannMauguin),
    ("_space_group_it_number", Naming::Number),
    ("_symmetry_int_tables_number", Naming::Number),
];

/// Items that state symmetry without operations.
const NOT_ENOUGH: [&str; 8] = [
    "_space_group_magn_name_bns",
    "_space_group_magn_name_og",
    "_space_group_magn_number_bns",
    "_space_group_magn_number_og",
    "_space_group_symop_ssg_operation_algebraic",
    "_space_group_symop_magn_ssg_operation_algebraic",
    "_space_group_ssg_name",
    "_space_group_name_schoenflies",
];

#[derive(Clone, Copy)]
enum Naming {
    Hall,
    HermannMauguin,
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
    for (name, centering) in LISTS {
        if let Some(operations) = listed(block, name)? {
            let translations = centering.map(|name| listed(block, name)).transpose()?;
            return product(block, translations.flatten(), operations);
        }
    }
    let mut not_known: Option<(Value<'_>, ParseError)> = None;
    for (name, naming) in NAMES {
        let Some(value) = block.value(name) else {
            continue;
        };
        match named(value, naming, cell) {
            Ok(operations) => {
                if let Some((other, _)) = not_known {
                    let (other, used) = (other.text, value.text);
                    let text = format!("the space group {other:?} is not known; {used:?} is used");
                    notes.at(value.line, text);
                }
                return Ok(operations);
            }
            Err(error) => {
                not_known.get_or_insert((value, error));
            }
        }
    }
    if let Some((_, error)) = not_known {
        return Err(error);
    }
    match NOT_ENOUGH.iter().find_map(|name| block.value(name)) {
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

/// Each operation after each translation.
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

fn named(value: Value<'_>, naming: Naming, cell: &Cell) -> Result<Vec<Operation>, ParseError> {
    let operations = match naming {
        Naming::Hall => {
            return hall::operations(value.text).ok_or_else(|| value.error("a Hall symbol"));
        }
        Naming::HermannMauguin => space_group::by_name(value.text, cell),
        Naming::Number => {
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
