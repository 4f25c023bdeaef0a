//! Space groups: their symmetry operations by Hermann–Mauguin symbol or number.

use super::hall;
use super::operation::Operation;
use crate::chem::Cell;

/// The 530 settings of International Tables for Crystallography B (2010), table A1.4.2.7, one per line:
/// number, choice of axes or origin, Hall symbol, short and full Hermann–Mauguin symbol.
const SETTINGS: &str = include_str!("space_groups.txt");

/// Symbols of five groups before and after the introduction of the glide plane e
/// (P. M. de Wolff et al., Acta Cryst. A48, 727 (1992)).
const FORMER_SYMBOLS: [(&str, &str); 5] = [
    ("abm2", "aem2"),
    ("aba2", "aea2"),
    ("cmca", "cmce"),
    ("cmma", "cmme"),
    ("ccca", "ccce"),
];

/// Why the operations of a space group are unknown.
#[derive(Debug, PartialEq)]
pub(super) enum SpaceGroupError {
    /// No space group has this name or number.
    UnknownName,
    /// The group has two origin choices, 1 and 2, and none is stated.
    NoOrigin,
}

/// Setting of a space group: a choice of axes and origin.
#[derive(Clone, Copy)]
struct Setting {
    /// Number of the group, 1 to 230.
    number: &'static str,
    /// Choice of axes or origin, such as `b1`, `2` and `H`; empty if there is only one.
    choice: &'static str,
    /// Hall symbol.
    hall: &'static str,
    /// Short Hermann–Mauguin symbol.
    short: &'static str,
    /// Full Hermann–Mauguin symbol.
    full: &'static str,
}

/// The rows of [`SETTINGS`].
fn settings() -> impl Iterator<Item = Setting> {
    SETTINGS.lines().filter_map(|line| {
        let mut fields = line.split('|');
        Some(Setting {
            number: fields.next()?,
            choice: fields.next()?,
            hall: fields.next()?,
            short: fields.next()?,
            full: fields.next()?,
        })
    })
}

/// The operations of a group by its short or full Hermann–Mauguin symbol, with or without blanks, and an
/// optional origin or axes `:1`, `:2`, `:H`, `:R`, `:b1` (or S, Z, H, R after a blank).
pub(super) fn by_name(name: &str, cell: &Cell) -> Result<Vec<Operation>, SpaceGroupError> {
    let (symbol, choice) = split_choice(name.trim());
    let key = key(symbol);
    let former = FORMER_SYMBOLS.iter().find(|(former, _)| *former == key);
    let key = former.map_or(key.as_str(), |(_, current)| current);
    operations_of(
        settings().filter(|setting| has_name(setting, key)),
        choice,
        cell,
    )
}

/// The operations of a group by its number, in the standard setting.
pub(super) fn by_number(number: u8, cell: &Cell) -> Result<Vec<Operation>, SpaceGroupError> {
    let number = number.to_string();
    operations_of(
        settings().filter(|setting| setting.number == number),
        None,
        cell,
    )
}

/// Splits a name into symbol and choice of axes or origin.
fn split_choice(name: &str) -> (&str, Option<String>) {
    let split = name.rsplit_once(':').or_else(|| {
        name.rsplit_once(' ')
            .filter(|(_, last)| matches!(*last, "H" | "R" | "S" | "Z"))
    });
    match split {
        Some((symbol, choice)) => {
            let choice = choice.trim().to_ascii_lowercase();
            let choice = match &*choice {
                "" => None,
                "s" => Some("1".to_owned()),
                "z" => Some("2".to_owned()),
                _ => Some(choice),
            };
            (symbol, choice)
        }
        None => (name, None),
    }
}

/// The symbol in lower case, without blanks and underscores, for comparison.
fn key(symbol: &str) -> String {
    let letters = symbol
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '_');
    letters.collect::<String>().to_ascii_lowercase()
}

/// Whether a setting has this short, full or common abbreviated symbol, given as a [`key`].
fn has_name(setting: &Setting, name: &str) -> bool {
    let number: u8 = setting.number.parse().unwrap_or(0);
    if key(setting.short) == name || key(setting.full) == name {
        return true;
    }
    match number {
        // Monoclinic: "P 21/n" is short for "P 1 21/n 1".
        3..=15 => {
            let short: String = setting
                .full
                .split(' ')
                .filter(|part| *part != "1")
                .collect();
            key(&short) == name
        }
        // Cubic: older files write "F d 3 m" for "F d -3 m".
        200..=206 | 221..=230 => key(setting.short).replace("-3", "3") == name,
        _ => false,
    }
}

/// The operations of the setting with a choice of axes or origin, or of the first setting. Without a
/// choice, the cell determines the axes of a rhombohedral group.
///
/// # Errors
/// If no setting has the choice, or an origin choice is missing.
fn operations_of(
    candidates: impl Iterator<Item = Setting>,
    choice: Option<String>,
    cell: &Cell,
) -> Result<Vec<Operation>, SpaceGroupError> {
    let candidates: Vec<Setting> = candidates.collect();
    let chosen = |wanted: &str| {
        let start = |setting: &&Setting| {
            let start = setting.choice.get(..wanted.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(wanted))
        };
        candidates.iter().find(start)
    };
    let first = candidates.first().ok_or(SpaceGroupError::UnknownName)?;
    let setting = match (choice, first.choice.chars().next()) {
        (Some(choice), _) => chosen(&choice).ok_or(SpaceGroupError::UnknownName)?,
        (None, Some('1' | '2')) => return Err(SpaceGroupError::NoOrigin),
        // γ is 120° with hexagonal axes.
        (None, Some('H' | 'R')) => {
            let hexagonal = (cell.angles()[2] - 120.0).abs() < 0.1;
            chosen(if hexagonal { "h" } else { "r" }).ok_or(SpaceGroupError::UnknownName)?
        }
        (None, _) => first,
    };
    hall::operations(setting.hall).ok_or(SpaceGroupError::UnknownName)
}
