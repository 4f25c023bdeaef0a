//! Planning: the edit, selection and notice of each request.

use super::error::EditError;
use super::plan::{Plan, PlanContext, StructureChange, bonds};
use super::selection::select;
use super::{AtomSite, EditRequest};
use crate::app::notices::Severity;
use crate::interact::action::Action;
use mlipview_core::chem::build::{
    PlacementError, attach, duplicate, hydrogens, place_at, place_beside,
};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::{Edit, Frame};

/// Whether an action changes the structure.
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
            | Action::MakeRigid
            | Action::MakeFlexible
            | Action::Undo
            | Action::Redo
    )
}

/// Whether planning may take longer than a rendered frame.
pub(super) fn takes_long(request: &EditRequest) -> bool {
    match request {
        EditRequest::AddAtom(_, site) => matches!(site, AtomSite::BondedTo { .. }),
        EditRequest::Action(action) => matches!(
            action,
            Action::SelectQuery(_)
                | Action::ExpandToMolecules
                | Action::AddHydrogens
                | Action::Duplicate
                | Action::Merge { .. }
                | Action::MakeRigid
        ),
    }
}

/// Plans a request.
pub(super) fn plan(request: &EditRequest, context: &PlanContext) -> Result<Plan, EditError> {
    let action = match request {
        EditRequest::AddAtom(element, site) => {
            is_present(&context.frame)?;
            return add_atom(*element, *site, context);
        }
        EditRequest::Action(action) => action,
    };
    if let Some(choice) = select(action, context) {
        return choice;
    }
    let back = |change| Plan {
        change: Some(change),
        ..Plan::default()
    };
    match action {
        Action::Undo => return Ok(back(StructureChange::Undo)),
        Action::Redo => return Ok(back(StructureChange::Redo)),
        _ => is_present(&context.frame)?,
    }
    match action {
        Action::Delete => delete(context),
        Action::SetElement(element) => set_element(*element, context),
        Action::AddHydrogens => add_hydrogens(context),
        Action::Duplicate => {
            let selected = context.require_selection("duplicating")?;
            let copy = duplicate(&context.frame.structure(), selected)?;
            Ok(Plan::append(&context.frame, copy))
        }
        Action::Merge { name, structure } => merge(name, structure, context),
        Action::Fix => set_fixed(context, "fixing", |_| true),
        Action::Free => set_fixed(context, "freeing", |_| false),
        Action::ToggleFixed => set_fixed(context, "fixing", |all_fixed| !all_fixed),
        Action::MakeRigid => make_rigid(context),
        Action::MakeFlexible => make_flexible(context),
        other => Err(EditError::NotAnEdit {
            action: format!("{other:?}"),
        }),
    }
}

/// Rejects edits while a past frame is shown.
fn is_present(frame: &Frame) -> Result<(), EditError> {
    if frame.activity == Activity::Playback {
        return Err(EditError::PastFrame);
    }
    Ok(())
}

fn delete(context: &PlanContext) -> Result<Plan, EditError> {
    let selected = context.require_selection("deleting")?;
    Ok(Plan {
        select: Some(Vec::new()),
        atoms: context.frame.positions.len() - selected.len(),
        ..Plan::edit(Edit::Remove(selected.to_vec()))
    })
}

fn set_element(element: Element, context: &PlanContext) -> Result<Plan, EditError> {
    let selected = context.require_selection("changing its element")?;
    let elements = context.frame.identity.elements();
    let others = selected.iter().filter(|atom| elements[**atom] != element);
    let edits: Vec<Edit> = others
        .map(|atom| Edit::SetElement(*atom, element))
        .collect();
    if edits.is_empty() {
        return Ok(Plan::notice(format!(
            "The selected atoms are already {}.",
            element.name()
        )));
    }
    Ok(Plan::edit(Edit::Batch(edits)))
}

fn add_hydrogens(context: &PlanContext) -> Result<Plan, EditError> {
    let structure = context.frame.structure();
    let bonds = bonds(&structure)?;
    let selected = (!context.selected.is_empty()).then_some(&context.selected[..]);
    let added = hydrogens(&structure, &bonds, selected)?;
    if added.is_empty() {
        return Ok(Plan::notice("No hydrogens are missing.".to_owned()));
    }
    let text = match added.len() {
        1 => "Added 1 hydrogen.".into(),
        count => format!("Added {count} hydrogens."),
    };
    Ok(Plan {
        notice: Some((Severity::Info, text)),
        ..Plan::append(&context.frame, added)
    })
}

fn merge(name: &str, molecule: &Structure, context: &PlanContext) -> Result<Plan, EditError> {
    if molecule.is_empty() {
        return Err(EditError::NoAtoms {
            name: name.to_owned(),
        });
    }
    let structure = context.frame.structure();
    let placed = if structure.is_empty() {
        place_at(molecule, context.middle)
    } else {
        place_beside(&structure, molecule, context.right)
    };
    let (added, note) = match placed {
        Err(reason @ (PlacementError::NoSpace | PlacementError::TooMany { .. })) => {
            let note = format!(
                "{name} is placed at the center of the view, over other atoms: {reason}. Drag it to its \
                 place, or undo."
            );
            (
                place_at(molecule, context.middle)?,
                (Severity::Warning, note),
            )
        }
        placed => {
            let added = placed?;
            let note = format!("Added {name}, {} atoms.", added.len());
            (added, (Severity::Info, note))
        }
    };
    Ok(Plan {
        notice: Some(note),
        ..Plan::append(&context.frame, added)
    })
}

fn set_fixed(
    context: &PlanContext,
    before: &'static str,
    wanted: impl Fn(bool) -> bool,
) -> Result<Plan, EditError> {
    let selected = context.require_selection(before)?;
    let fixed = context.frame.identity.fixed();
    let wanted = wanted(selected.iter().all(|atom| fixed[*atom]));
    let others = selected.iter().filter(|atom| fixed[**atom] != wanted);
    let marks: Vec<(usize, bool)> = others.map(|atom| (*atom, wanted)).collect();
    if marks.is_empty() {
        let state = if wanted { "fixed" } else { "free" };
        return Ok(Plan::notice(format!(
            "The selected atoms are already {state}."
        )));
    }
    Ok(Plan::edit(Edit::SetFixed(marks)))
}

/// Makes the molecules of the selected atoms rigid.
fn make_rigid(context: &PlanContext) -> Result<Plan, EditError> {
    let selected = context.require_selection("making its molecule rigid")?;
    let structure = context.frame.structure();
    let mut marked = vec![false; structure.len()];
    selected.iter().for_each(|atom| marked[*atom] = true);
    let groups = bonds(&structure)?.molecules_with(&marked)?;
    let present = structure.rigid_groups();
    if groups.iter().all(|group| present.contains(group)) {
        return Ok(Plan::notice("The molecules are already rigid.".to_owned()));
    }
    let text = match groups.len() {
        1 => "1 molecule moves as a rigid body.".to_owned(),
        count => format!("{count} molecules move as rigid bodies."),
    };
    Ok(Plan {
        notice: Some((Severity::Info, text)),
        ..Plan::edit(Edit::SetRigid {
            groups,
            rigid: true,
        })
    })
}

/// Dissolves the rigid groups of the selected atoms.
fn make_flexible(context: &PlanContext) -> Result<Plan, EditError> {
    let selected = context.require_selection("making its molecule flexible")?;
    let groups = context.frame.identity.rigid_groups().iter();
    let touched = groups.filter(|group| selected.iter().any(|atom| group.contains(atom)));
    let groups: Vec<Vec<usize>> = touched.cloned().collect();
    if groups.is_empty() {
        return Ok(Plan::notice("The selected atoms are not rigid.".to_owned()));
    }
    Ok(Plan::edit(Edit::SetRigid {
        groups,
        rigid: false,
    }))
}

fn add_atom(element: Element, site: AtomSite, context: &PlanContext) -> Result<Plan, EditError> {
    let frame = &context.frame;
    let atom = match site {
        AtomSite::At(position) => {
            let added = Structure::new(vec![element], vec![position])?;
            return Ok(Plan::append(frame, added));
        }
        AtomSite::BondedTo { atom, revision } if revision == frame.revision => atom,
        AtomSite::BondedTo { .. } => {
            return Err(EditError::StructureChanged);
        }
    };
    let structure = frame.structure();
    let attached = attach(&structure, &bonds(&structure)?, atom, element)?;
    let mut plan = Plan::append(frame, attached.structure()?);
    if attached.exceeds_valence {
        let host = structure.elements()[atom];
        let text = format!(
            "{host}{atom} has more bonds than its valence allows, with the added {}.",
            element.name()
        );
        plan.notice = Some((Severity::Warning, text));
    }
    Ok(plan)
}
