//! Actions that select atoms.

use super::error::EditError;
use super::plan::{Plan, PlanContext, bonds};
use crate::app::notices::Severity;
use crate::interact::action::Action;
use mlipview_core::chem::query::AtomQuery;

/// Whether an action only selects atoms.
pub(super) fn is_selection(action: &Action) -> bool {
    matches!(
        action,
        Action::SelectAll
            | Action::SelectNone
            | Action::InvertSelection
            | Action::SelectQuery(_)
            | Action::Select(_)
            | Action::ExpandToMolecules
            | Action::ExpandToElements
    )
}

/// The selection; `None` for other actions.
pub(super) fn select(action: &Action, context: &PlanContext) -> Option<Result<Plan, EditError>> {
    let atoms = context.frame.positions.len();
    let selected = match action {
        Action::SelectAll => (0..atoms).collect(),
        Action::SelectNone => Vec::new(),
        Action::InvertSelection => {
            let mut others = vec![true; atoms];
            context
                .selected
                .iter()
                .for_each(|atom| others[*atom] = false);
            marked(&others)
        }
        Action::Select(list) => match list.iter().find(|atom| **atom >= atoms) {
            Some(atom) => {
                return Some(Err(EditError::NoSuchAtom { atom: *atom, atoms }));
            }
            None => list.clone(),
        },
        Action::SelectQuery(text) => return Some(query(text, context)),
        Action::ExpandToMolecules => return Some(molecules(context)),
        Action::ExpandToElements => return Some(elements(context)),
        _ => return None,
    };
    Some(Ok(Plan::select(selected)))
}

fn query(text: &str, context: &PlanContext) -> Result<Plan, EditError> {
    let mask = AtomQuery::parse(text).and_then(|query| query.mask(&context.frame.structure()))?;
    let mut plan = Plan::select(marked(&mask));
    if !mask.contains(&true) {
        let text = format!("No atom matches '{text}': the selection is empty.");
        plan.notice = Some((Severity::Info, text));
    }
    Ok(plan)
}

fn molecules(context: &PlanContext) -> Result<Plan, EditError> {
    let start = context.require_selection("expanding the selection to molecules")?;
    let mut taken = vec![false; context.frame.positions.len()];
    start.iter().for_each(|atom| taken[*atom] = true);
    let bonds = bonds(&context.frame.structure())?;
    for molecule in bonds.molecules() {
        if molecule.iter().any(|atom| taken[*atom]) {
            molecule.iter().for_each(|atom| taken[*atom] = true);
        }
    }
    Ok(Plan::select(grown(start, &taken)))
}

fn elements(context: &PlanContext) -> Result<Plan, EditError> {
    let start = context.require_selection("expanding the selection to elements")?;
    let elements = context.frame.identity.elements();
    let mut wanted = vec![false; 256];
    for atom in start {
        wanted[usize::from(elements[*atom].number())] = true;
    }
    let taken: Vec<bool> = elements
        .iter()
        .map(|element| wanted[usize::from(element.number())])
        .collect();
    Ok(Plan::select(grown(start, &taken)))
}

fn marked(mask: &[bool]) -> Vec<usize> {
    (0..mask.len()).filter(|atom| mask[*atom]).collect()
}

/// The previous selection in its order, followed by the added atoms.
fn grown(start: &[usize], taken: &[bool]) -> Vec<usize> {
    let mut grown = start.to_vec();
    grown.extend(marked(taken));
    grown
}
