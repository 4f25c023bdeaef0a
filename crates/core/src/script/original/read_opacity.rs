//! Reader of the opacity focus of control messages.

use super::read_transition::{timing, transition};
use super::{Notes, OPAQUE, Read};
use crate::json::Cursor;
use crate::script::{Action, MAX_FOCUS, MAX_TEXT, Opacities, OpacityFocus};

/// An opacity focus; atoms that do not exist are left out with a note.
pub(super) fn opacity_focus(item: &Cursor, atoms: usize, notes: &mut Notes) -> Read<Action> {
    let focus = item.require("focus", "the atoms or bonds in focus")?;
    let (mut in_focus, mut bonds) = (Vec::new(), Vec::new());
    if let Some(list) = focus.object()?.get("atoms") {
        for atom in list.items(MAX_FOCUS)? {
            in_focus.push(atom.index()?);
        }
    }
    if let Some(atom) = focus.get("atom") {
        in_focus.push(atom.index()?);
    }
    if let Some(list) = focus.get("bonds") {
        for bond in list.items(MAX_FOCUS)? {
            bonds.push(bond_of(&bond)?);
        }
    }
    let count = in_focus.len() + bonds.len();
    in_focus.retain(|atom| *atom < atoms);
    bonds.retain(|bond| bond.iter().all(|atom| *atom < atoms));
    if in_focus.len() + bonds.len() < count {
        notes.add(format!(
            "{}: atoms that do not exist are left out",
            focus.path()
        ));
    }
    let include = focus.get("includeBonds").map(|it| it.text(MAX_TEXT));
    let applies = |key: &str| -> Read<bool> {
        let flag = item.get("applyTo").and_then(|it| it.get(key));
        flag.map_or(Ok(true), |flag| flag.flag())
    };
    Ok(Action::OpacityFocus(OpacityFocus {
        atoms: in_focus,
        bonds,
        bonds_between: include.transpose()? != Some("none"),
        focus: opacities(item, "focus", Opacities::opaque())?,
        background: opacities(item, "background", Opacities::faded())?,
        fades_atoms: applies("primaryAtoms")?,
        fades_bonds: applies("primaryBonds")?,
        transition: transition(item)?,
        timing: timing(item, notes)?,
    }))
}

/// A bond as `[i, j]` or `{ i, j }`.
fn bond_of(bond: &Cursor) -> Read<[usize; 2]> {
    if let (Some(one), Some(other)) = (bond.get("i"), bond.get("j")) {
        return Ok([one.index()?, other.index()?]);
    }
    let atoms: Read<Vec<usize>> = bond.items(MAX_FOCUS)?.map(|atom| atom.index()).collect();
    match atoms?.as_slice() {
        [one, other, ..] => Ok([*one, *other]),
        _ => Err(bond.error("two atoms")),
    }
}

/// Opacities in focus or of the background. The original knows opaque (solid) and translucent (soft) only;
/// the stated number is taken where it fits the mode.
fn opacities(item: &Cursor, part: &str, default: Opacities) -> Read<Opacities> {
    let stated = item.get(&format!("{part}Opacity"));
    let mode = |of: &str| -> Read<Option<&str>> {
        let Some(mode) = item.get("mode") else {
            return Ok(None);
        };
        // One word for everything, or words by key.
        if let Ok(word) = mode.text(MAX_TEXT) {
            return Ok(Some(word));
        }
        let word = mode.object()?.get(&format!("{part}{of}"));
        let word = word.or_else(|| mode.get(part));
        word.map(|word| word.text(MAX_TEXT)).transpose()
    };
    let opacity = |of: &str, keys: [&str; 2], default: f64, faded: f64| -> Read<f64> {
        let number = stated
            .as_ref()
            .and_then(|stated| keys.into_iter().find_map(|key| stated.get(key)));
        let number = number.map(|it| it.number()).transpose()?;
        let number = number.map(|it| it.clamp(0.0, 1.0));
        Ok(match (mode(of)?, number) {
            (Some("solid"), Some(number)) if number >= OPAQUE => number,
            (Some("solid"), _) => 1.0,
            (Some("soft"), Some(number)) if number < OPAQUE => number,
            (Some("soft"), _) => faded,
            (_, number) => number.unwrap_or(default),
        })
    };
    let faded = Opacities::faded();
    Ok(Opacities {
        atoms: opacity("Atoms", ["atoms", "atom"], default.atoms, faded.atoms)?,
        bonds: opacity("Bonds", ["bonds", "bond"], default.bonds, faded.bonds)?,
    })
}
