//! Selecting atoms by actions, and the selection when atoms are added or deleted.

use mlipview_core::chem::Element;
use mlipview_core::sim::{Command, Edit};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::selection::Selection;

use super::{argon_desk, built_in, still_desk};

#[test]
fn all_atoms_none_and_the_inverse_can_be_selected() {
    let mut desk = argon_desk();
    desk.ask_and_wait(Action::SelectAll);
    assert_eq!(desk.selected(), [0, 1, 2, 3]);
    desk.ask_and_wait(Action::SelectNone);
    assert!(desk.selected().is_empty());
    desk.ask_and_wait(Action::Select(vec![2, 1]));
    assert_eq!(desk.selected(), [2, 1]);
    desk.ask_and_wait(Action::InvertSelection);
    assert_eq!(desk.selected(), [0, 3]);
    desk.ask_and_wait(Action::Select(vec![4]));
    assert_eq!(desk.selected(), [0, 3]);
    assert!(
        desk.last_said().contains("no atom 4"),
        "{}",
        desk.last_said()
    );
}

#[test]
fn queries_select_atoms_and_report_errors() {
    let mut desk = still_desk(built_in("ethanol"));
    desk.ask_and_wait(Action::SelectQuery("C, 2".into()));
    assert_eq!(desk.selected(), [0, 1, 2]);
    desk.ask_and_wait(Action::SelectQuery("C, q".into()));
    assert_eq!(desk.selected(), [0, 1, 2]);
    assert!(
        desk.last_said().contains("Invalid selection 'q'"),
        "{}",
        desk.last_said()
    );
    desk.ask_and_wait(Action::SelectQuery("Cu".into()));
    assert!(desk.selected().is_empty());
    assert!(desk.last_said().contains("'Cu'"), "{}", desk.last_said());
}

#[test]
fn a_selection_expands_to_molecules_and_to_elements() {
    let mut desk = still_desk(built_in("water-dimer"));
    let elements = desk.frame().identity.elements().to_vec();
    let oxygens: Vec<usize> = (0..6)
        .filter(|atom| elements[*atom] == Element::O)
        .collect();
    desk.get_mut::<Selection>().set([oxygens[1]]);
    desk.ask_and_wait(Action::ExpandToMolecules);
    let molecule = desk.selected();
    assert_eq!((molecule.len(), molecule[0]), (3, oxygens[1]));
    assert!(!molecule.contains(&oxygens[0]));
    desk.get_mut::<Selection>().set([oxygens[1]]);
    desk.ask_and_wait(Action::ExpandToElements);
    assert_eq!(desk.selected(), [oxygens[1], oxygens[0]]);
}

#[test]
fn a_selection_is_kept_while_its_indices_stay_valid() {
    let mut desk = argon_desk();
    let edit = |desk: &mut crate::desk::Desk, edit| {
        let before = desk.frame().revision;
        desk.get::<Simulation>().send(Command::Edit(edit)).unwrap();
        desk.wait_until("the edit", |desk| desk.frame().revision != before);
    };
    desk.get_mut::<Selection>().set([3, 1]);
    edit(&mut desk, Edit::Append(Box::new(built_in("water"))));
    assert_eq!(desk.selected(), [3, 1]);
    desk.get_mut::<Selection>().set([3, 6]);
    edit(&mut desk, Edit::Remove(vec![5, 6]));
    assert_eq!(desk.selected(), [3]);
    edit(&mut desk, Edit::Remove(vec![0]));
    assert!(
        desk.selected().iter().all(|atom| *atom < 3),
        "{:?}",
        desk.selected()
    );
}
