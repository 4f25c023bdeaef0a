//! Which atoms an action chooses.

use super::plan::{Basis, Plan, bonds};
use crate::app::notices::Severity;
use crate::interact::action::Action;
use mlipview_core::chem::query::AtomQuery;

/// Whether it only chooses atoms.
pub(super) fn is_choice(action: &Action) -> bool {
    matches!(
        action,
        Action::SelectAll
            | Action::SelectNone
            | Action::Invert
            | Action::SelectQuery(_)
            | Action::Select(_)
            | Action::GrowToMolecules
            | Action::GrowToElements
    )
}

/// The choice; `None` for actions that are none.
pub(super) fn choose(action: &Action, basis: &Basis) -> Option<Result<Plan, String>> {
    let atoms = basis.frame.positions.len();
    let chosen = match action {
        Action::SelectAll => (0..atoms).collect(),
        Action::SelectNone => Vec::new(),
        Action::Invert => {
            let mut others = vec![true; atoms];
            basis.chosen.iter().for_each(|atom| others[*atom] = false);
            marked(&others)
        }
        Action::Select(list) => match list.iter().find(|atom| **atom >= atoms) {
            Some(atom) => {
                return Some(Err(format!(
                    "There is no atom {atom} to choose: the structure has {atoms}, counted from 0."
                )));
            }
            None => list.clone(),
        },
        Action::SelectQuery(text) => return Some(query(text, basis)),
        Action::GrowToMolecules => return Some(molecules(basis)),
        Action::GrowToElements => return Some(elements(basis)),
        _ => return None,
    };
    Some(Ok(Plan::choose(chosen)))
}

fn query(text: &str, basis: &Basis) -> Result<Plan, String> {
    let mask = AtomQuery::parse(text)
        .and_then(|query| query.mask(&basis.frame.structure()))
        .map_err(|error| format!("No atoms were chosen: {error}."))?;
    let mut plan = Plan::choose(marked(&mask));
    if !mask.contains(&true) {
        let text = format!("None of the atoms is '{text}': nothing is chosen now.");
        plan.say = Some((Severity::Info, text));
    }
    Ok(plan)
}

fn molecules(basis: &Basis) -> Result<Plan, String> {
    let start = basis.some_chosen("choosing their molecules")?;
    let mut taken = vec![false; basis.frame.positions.len()];
    start.iter().for_each(|atom| taken[*atom] = true);
    let bonds = bonds(&basis.frame.structure())?;
    for molecule in bonds.molecules() {
        if molecule.iter().any(|atom| taken[*atom]) {
            molecule.iter().for_each(|atom| taken[*atom] = true);
        }
    }
    Ok(Plan::choose(grown(start, &taken)))
}

fn elements(basis: &Basis) -> Result<Plan, String> {
    let start = basis.some_chosen("choosing all of their elements")?;
    let elements = basis.frame.identity.elements();
    let mut wanted = vec![false; 256];
    for atom in start {
        wanted[usize::from(elements[*atom].number())] = true;
    }
    let taken: Vec<bool> = elements
        .iter()
        .map(|element| wanted[usize::from(element.number())])
        .collect();
    Ok(Plan::choose(grown(start, &taken)))
}

fn marked(mask: &[bool]) -> Vec<usize> {
    (0..mask.len()).filter(|atom| mask[*atom]).collect()
}

/// What was chosen before, in its order, then the others that are taken.
fn grown(start: &[usize], taken: &[bool]) -> Vec<usize> {
    let mut grown = start.to_vec();
    grown.extend(marked(taken));
    grown
}
