//! Filling with molecules: prepared on a task, packed live, stirred by the mouse, relaxed, undone.

use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::Nano;
use mlipview_core::sim::{Activity, Task};
use mlipview_viewer::app::document::Document;
use mlipview_viewer::app::packing::{MoleculeRow, Packing, RegionKind};
use mlipview_viewer::interact::action::Action;

use super::has_notice;
use crate::test_viewer::TestViewer;
use mlipview_viewer::app::notices::Severity;

fn named(name: &str) -> Structure {
    library::find(name).unwrap().structure().unwrap()
}

fn viewer(name: &str) -> TestViewer {
    TestViewer::new(named(name), Some(Box::new(Nano::new())))
}

fn is_packing(viewer: &TestViewer) -> bool {
    matches!(viewer.frame().activity, Activity::Packing(_))
}

fn is_relaxing(viewer: &TestViewer) -> bool {
    let activity = &viewer.frame().activity;
    matches!(activity, Activity::Running(Task::Relaxation(_)))
}

#[test]
fn a_cube_of_waters_is_packed_live_then_relaxed_and_undone() {
    let mut viewer = viewer("benzene");
    let mut packing = viewer.get_mut::<Packing>();
    packing.settings.molecules[0].count = Some(40);
    viewer.act(Action::Fill);
    viewer.wait_until("the packing", is_packing);
    assert_eq!(viewer.frame().positions.len(), 120);
    assert_eq!(viewer.get::<Document>().name, "40 water");
    viewer.wait_until("the relaxation", is_relaxing);
    assert!(has_notice(&viewer, Severity::Info, "Packed after"));
    viewer.act(Action::Stop);
    viewer.act(Action::Undo);
    viewer.wait_until("the packed box", |viewer| !is_relaxing(viewer));
    viewer.act(Action::Undo);
    viewer.wait_until("benzene", |viewer| viewer.frame().positions.len() == 12);
}

#[test]
fn molecules_fill_a_shell_around_the_present_atoms_by_density() {
    let mut viewer = viewer("caffeine");
    let mut packing = viewer.get_mut::<Packing>();
    let settings = &mut packing.settings;
    settings.molecules = vec![MoleculeRow {
        source: "water".to_owned(),
        count: None,
    }];
    (settings.region, settings.shell) = (RegionKind::Shell, 5.0);
    settings.relaxes = false;
    viewer.act(Action::Fill);
    viewer.wait_until("the packing", is_packing);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    let frame = viewer.frame();
    assert!(frame.cell.is_none() && frame.positions.len() > 24 + 3 * 30);
    assert_eq!(
        &frame.identity.elements()[..24],
        named("caffeine").elements()
    );
}

#[test]
fn what_cannot_be_filled_is_said_and_nothing_changes() {
    let mut viewer = viewer("water");
    let mut packing = viewer.get_mut::<Packing>();
    packing.settings.molecules[0].source = "wasser".to_owned();
    viewer.act(Action::Fill);
    viewer.wait_until("the notice", |viewer| {
        has_notice(viewer, Severity::Error, "wasser")
    });
    let mut packing = viewer.get_mut::<Packing>();
    packing.settings.molecules[0].source = "water".to_owned();
    packing.settings.region = RegionKind::Cell;
    packing.settings.molecules[0].count = Some(10);
    viewer.act(Action::Fill);
    viewer.wait_until("the notice", |viewer| {
        has_notice(viewer, Severity::Error, "periodic")
    });
    assert_eq!(viewer.frame().positions.len(), 3);
}
