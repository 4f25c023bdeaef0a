//! What an action makes of a structure: an edit, which atoms are chosen behind it, and what to say.

use std::sync::Arc;

use glam::DVec3;

use super::selection::choose;
use super::{Site, Wish};
use crate::app::notices::Severity;
use crate::interact::action::Action;
use mlipview_core::chem::build::{
    PlacementError, attach, duplicate, hydrogens, place_at, place_beside,
};
use mlipview_core::chem::{Bonds, Element, Structure};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::{Command, Edit, Frame};

/// What a plan is made from.
#[derive(Clone)]
pub(super) struct Basis {
    /// The newest frame.
    pub(super) frame: Arc<Frame>,
    /// The chosen atoms, all of them in the frame.
    pub(super) chosen: Vec<usize>,
    /// What is to the right on the picture.
    pub(super) right: DVec3,
    /// What the camera turns about, Å.
    pub(super) middle: DVec3,
}

impl Basis {
    /// The chosen atoms, or that there are none, which `what` needs.
    pub(super) fn some_chosen(&self, what: &str) -> Result<&[usize], String> {
        if self.chosen.is_empty() {
            return Err(format!(
                "No atom is chosen: click one, hold Shift for more, or press Ctrl+A for all, before \
                 {what}."
            ));
        }
        Ok(&self.chosen)
    }
}

/// A change of the simulation's structure.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Edit(Edit),
    Undo,
    Redo,
}

impl Change {
    pub(super) fn command(&self) -> Command {
        match self {
            Change::Edit(edit) => Command::Edit(edit.clone()),
            Change::Undo => Command::Undo,
            Change::Redo => Command::Redo,
        }
    }
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) change: Option<Change>,
    /// What is chosen behind it.
    pub(super) choose: Option<Vec<usize>>,
    /// How many atoms there are then.
    pub(super) atoms: usize,
    pub(super) say: Option<(Severity, String)>,
}

impl Plan {
    pub(super) fn choose(atoms: Vec<usize>) -> Plan {
        Plan {
            choose: Some(atoms),
            ..Plan::default()
        }
    }

    fn say(text: String) -> Plan {
        Plan {
            say: Some((Severity::Info, text)),
            ..Plan::default()
        }
    }

    fn edit(edit: Edit) -> Plan {
        Plan {
            change: Some(Change::Edit(edit)),
            ..Plan::default()
        }
    }

    /// Adds atoms, which are chosen then.
    fn append(frame: &Frame, added: Structure) -> Plan {
        let before = frame.positions.len();
        let atoms = before + added.len();
        Plan {
            choose: Some((before..atoms).collect()),
            atoms,
            ..Plan::edit(Edit::Append(Box::new(added)))
        }
    }
}

/// Whether it changes the structure.
pub(super) fn is_change(action: &Action) -> bool {
    matches!(
        action,
        Action::Delete
            | Action::SetElement(_)
            | Action::AddHydrogens
            | Action::Duplicate
            | Action::Merge { .. }
            | Action::Fix
            | Action::Free
            | Action::ToggleFixed
            | Action::Undo
            | Action::Redo
    )
}

/// Whether it may take longer than a rendered frame.
pub(super) fn takes_long(wish: &Wish) -> bool {
    match wish {
        Wish::AddAtom(_, site) => matches!(site, Site::On { .. }),
        Wish::Action(action) => matches!(
            action,
            Action::SelectQuery(_)
                | Action::GrowToMolecules
                | Action::AddHydrogens
                | Action::Duplicate
                | Action::Merge { .. }
        ),
    }
}

/// What is to be done, or why it cannot be done.
pub(super) fn plan(wish: &Wish, basis: &Basis) -> Result<Plan, String> {
    let action = match wish {
        Wish::AddAtom(element, site) => {
            is_present(&basis.frame)?;
            return add_atom(*element, *site, basis);
        }
        Wish::Action(action) => action,
    };
    if let Some(choice) = choose(action, basis) {
        return choice;
    }
    let back = |change| Plan {
        change: Some(change),
        ..Plan::default()
    };
    match action {
        Action::Undo => return Ok(back(Change::Undo)),
        Action::Redo => return Ok(back(Change::Redo)),
        _ => is_present(&basis.frame)?,
    }
    match action {
        Action::Delete => delete(basis),
        Action::SetElement(element) => set_element(*element, basis),
        Action::AddHydrogens => add_hydrogens(basis),
        Action::Duplicate => {
            let chosen = basis.some_chosen("duplicating")?;
            let copy = duplicate(&basis.frame.structure(), chosen).map_err(in_words)?;
            Ok(Plan::append(&basis.frame, copy))
        }
        Action::Merge { name, structure } => merge(name, structure, basis),
        Action::Fix => set_fixed(basis, "fixing", |_| true),
        Action::Free => set_fixed(basis, "freeing", |_| false),
        Action::ToggleFixed => set_fixed(basis, "fixing", |all_fixed| !all_fixed),
        other => Err(format!("{other:?} changes no structure.")),
    }
}

/// What is shown is what is, not what was.
fn is_present(frame: &Frame) -> Result<(), String> {
    if frame.activity == Activity::Playback {
        return Err(
            "What is shown is past and cannot be changed: return to the newest frame, or continue \
             from this one, before editing."
                .into(),
        );
    }
    Ok(())
}

/// The bonds of a structure.
pub(super) fn bonds(structure: &Structure) -> Result<Bonds, String> {
    Bonds::of(structure).map_err(in_words)
}

/// An error as a sentence.
fn in_words(error: impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.map_or_else(String::new, |first| {
        format!("{}{}.", first, letters.as_str())
    })
}

fn delete(basis: &Basis) -> Result<Plan, String> {
    let chosen = basis.some_chosen("taking it out")?;
    Ok(Plan {
        choose: Some(Vec::new()),
        atoms: basis.frame.positions.len() - chosen.len(),
        ..Plan::edit(Edit::Remove(chosen.to_vec()))
    })
}

fn set_element(element: Element, basis: &Basis) -> Result<Plan, String> {
    let chosen = basis.some_chosen("making it another element")?;
    let elements = basis.frame.identity.elements();
    let others = chosen.iter().filter(|atom| elements[**atom] != element);
    let edits: Vec<Edit> = others
        .map(|atom| Edit::SetElement(*atom, element))
        .collect();
    if edits.is_empty() {
        return Ok(Plan::say(format!(
            "The chosen atoms are {} already.",
            element.name()
        )));
    }
    Ok(Plan::edit(Edit::Several(edits)))
}

fn add_hydrogens(basis: &Basis) -> Result<Plan, String> {
    let structure = basis.frame.structure();
    let bonds = bonds(&structure)?;
    let chosen = (!basis.chosen.is_empty()).then_some(&basis.chosen[..]);
    let added = hydrogens(&structure, &bonds, chosen).map_err(in_words)?;
    if added.is_empty() {
        let whose = if chosen.is_some() {
            "the chosen atoms lack"
        } else {
            "the atoms lack"
        };
        return Ok(Plan::say(format!(
            "None of the hydrogens that {whose} is missing."
        )));
    }
    let text = match added.len() {
        1 => "Added 1 hydrogen.".into(),
        count => format!("Added {count} hydrogens."),
    };
    Ok(Plan {
        say: Some((Severity::Info, text)),
        ..Plan::append(&basis.frame, added)
    })
}

fn merge(name: &str, molecule: &Structure, basis: &Basis) -> Result<Plan, String> {
    if molecule.is_empty() {
        return Err(format!("{name} has no atoms that could be added."));
    }
    let structure = basis.frame.structure();
    let placed = if structure.is_empty() {
        place_at(molecule, basis.middle)
    } else {
        place_beside(&structure, molecule, basis.right)
    };
    let (added, note) = match placed {
        Err(reason @ (PlacementError::NoSpace | PlacementError::TooMany { .. })) => {
            let note = format!(
                "{name} is put into the middle of the picture, upon what is there: {reason}. Drag it \
                 to where it belongs, or undo."
            );
            (
                place_at(molecule, basis.middle).map_err(in_words)?,
                (Severity::Warning, note),
            )
        }
        placed => {
            let added = placed.map_err(in_words)?;
            let note = format!("Added {name}, {} atoms.", added.len());
            (added, (Severity::Info, note))
        }
    };
    Ok(Plan {
        say: Some(note),
        ..Plan::append(&basis.frame, added)
    })
}

fn set_fixed(basis: &Basis, what: &str, wanted: impl Fn(bool) -> bool) -> Result<Plan, String> {
    let chosen = basis.some_chosen(what)?;
    let fixed = basis.frame.identity.fixed();
    let wanted = wanted(chosen.iter().all(|atom| fixed[*atom]));
    let others = chosen.iter().filter(|atom| fixed[**atom] != wanted);
    let marks: Vec<(usize, bool)> = others.map(|atom| (*atom, wanted)).collect();
    if marks.is_empty() {
        let state = if wanted { "fixed" } else { "free" };
        return Ok(Plan::say(format!("The chosen atoms are {state} already.")));
    }
    Ok(Plan::edit(Edit::SetFixed(marks)))
}

fn add_atom(element: Element, site: Site, basis: &Basis) -> Result<Plan, String> {
    let frame = &basis.frame;
    let atom = match site {
        Site::At(place) => {
            let added = Structure::new(vec![element], vec![place]).map_err(in_words)?;
            return Ok(Plan::append(frame, added));
        }
        Site::On { atom, revision } if revision == frame.revision => atom,
        Site::On { .. } => {
            return Err(
                "The structure changed under the click: click once more to add the atom.".into(),
            );
        }
    };
    let structure = frame.structure();
    let attached = attach(&structure, &bonds(&structure)?, atom, element).map_err(in_words)?;
    let mut plan = Plan::append(frame, attached.structure().map_err(in_words)?);
    if attached.exceeds_valence {
        let host = structure.elements()[atom];
        let text = format!(
            "{host}{atom} had no valence left: with the new {} it has a bond more than usual.",
            element.name()
        );
        plan.say = Some((Severity::Warning, text));
    }
    Ok(plan)
}
