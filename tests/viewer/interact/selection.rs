//! Selecting atoms by actions, and the selection when atoms are added or deleted.

use mlipview_core::chem::Element;
use mlipview_core::sim::{Command, Edit};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::selection::Selection;

use super::{argon_viewer, built_in, still_viewer};

#[test]
fn all_atoms_none_and_the_inverse_can_be_selected() {
    let mut viewer = argon_viewer();
    viewer.act_and_wait(Action::SelectAll);
    assert_eq!(viewer.selected(), [0, 1, 2, 3]);
    viewer.act_and_wait(Action::SelectNone);
    assert!(viewer.selected().is_empty());
    viewer.act_and_wait(Action::Select(vec![2, 1]));
    assert_eq!(viewer.selected(), [2, 1]);
    viewer.act_and_wait(Action::InvertSelection);
    assert_eq!(viewer.selected(), [0, 3]);
    viewer.act_and_wait(Action::Select(vec![4]));
    assert_eq!(viewer.selected(), [0, 3]);
    assert!(
        viewer.last_notice().contains("no atom 4"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn queries_select_atoms_and_report_errors() {
    let mut viewer = still_viewer(built_in("ethanol"));
    viewer.act_and_wait(Action::SelectQuery("C, 2".into()));
    assert_eq!(viewer.selected(), [0, 1, 2]);
    viewer.act_and_wait(Action::SelectQuery("C, q".into()));
    assert_eq!(viewer.selected(), [0, 1, 2]);
    assert!(
        viewer.last_notice().contains("Invalid selection 'q'"),
        "{}",
        viewer.last_notice()
    );
    viewer.act_and_wait(Action::SelectQuery("Cu".into()));
    assert!(viewer.selected().is_empty());
    assert!(
        viewer.last_notice().contains("'Cu'"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn a_selection_expands_to_molecules_and_to_elements() {
    let mut viewer = still_viewer(built_in("water-dimer"));
    let elements = viewer.frame().identity.elements().to_vec();
    let oxygens: Vec<usize> = (0..6)
        .filter(|atom| elements[*atom] == Element::O)
        .collect();
    viewer.get_mut::<Selection>().set([oxygens[1]]);
    viewer.act_and_wait(Action::ExpandToMolecules);
    let molecule = viewer.selected();
    assert_eq!((molecule.len(), molecule[0]), (3, oxygens[1]));
    assert!(!molecule.contains(&oxygens[0]));
    viewer.get_mut::<Selection>().set([oxygens[1]]);
    viewer.act_and_wait(Action::ExpandToElements);
    assert_eq!(viewer.selected(), [oxygens[1], oxygens[0]]);
}

#[test]
fn a_selection_is_kept_while_its_indices_stay_valid() {
    let mut viewer = argon_viewer();
    let edit = |viewer: &mut crate::test_viewer::TestViewer, edit| {
        let before = viewer.frame().revision;
        viewer
            .get::<Simulation>()
            .send(Command::Edit(edit))
            .unwrap();
        viewer.wait_until("the edit", |viewer| viewer.frame().revision != before);
    };
    viewer.get_mut::<Selection>().set([3, 1]);
    edit(&mut viewer, Edit::Append(Box::new(built_in("water"))));
    assert_eq!(viewer.selected(), [3, 1]);
    viewer.get_mut::<Selection>().set([3, 6]);
    edit(&mut viewer, Edit::Remove(vec![5, 6]));
    assert_eq!(viewer.selected(), [3]);
    edit(&mut viewer, Edit::Remove(vec![0]));
    assert!(
        viewer.selected().iter().all(|atom| *atom < 3),
        "{:?}",
        viewer.selected()
    );
}
