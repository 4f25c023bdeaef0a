//! Opening and saving, and the potential of the document.

use std::path::PathBuf;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::{Activity, Command, Edit};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::document::{Document, DocumentRequest, PotentialChoice, Source};
use mlipview_viewer::app::history::History;
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::interact::action::Action;

use super::{has_notice, request};
use crate::interact::{argon, argon_viewer};
use crate::test_viewer::TestViewer;

fn is_idle(viewer: &TestViewer) -> bool {
    !viewer.get::<Document>().jobs.is_busy() && !viewer.get::<PotentialChoice>().is_busy()
}

fn potential(viewer: &TestViewer) -> Option<String> {
    viewer.frame().potential.as_deref().map(str::to_owned)
}

/// A unique temporary file.
fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mlipview-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

#[test]
fn a_broken_file_leaves_the_scene_and_reports_why() {
    let mut viewer = argon_viewer();
    viewer.wait_until("the first choice", is_idle);
    let (before, name) = (viewer.frame(), viewer.get::<Document>().name.clone());
    let broken = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/bad/mol_unknown_symbol.mol"
    );
    request(
        &mut viewer,
        DocumentRequest::Open(Source::File(broken.to_owned())),
    );
    viewer.wait_until("the failure", |viewer| {
        has_notice(viewer, Severity::Error, "mol_unknown_symbol")
    });
    assert!(has_notice(&viewer, Severity::Error, "Cannot open"));
    let after = viewer.frame();
    assert_eq!(after.positions, before.positions);
    assert_eq!(after.potential, before.potential);
    assert_eq!(viewer.get::<Document>().name, name);

    let missing = "there/is/no/such.xyz".to_owned();
    request(&mut viewer, DocumentRequest::Open(Source::File(missing)));
    viewer.wait_until("the failure", |viewer| {
        has_notice(viewer, Severity::Error, "Check the path")
    });
}

#[test]
fn an_opened_structure_has_its_own_potential_from_the_first_frame() {
    let mut viewer = argon_viewer();
    viewer.wait_until("the first choice", is_idle);
    viewer.act(Action::StartDynamics);
    viewer.wait_until("a run", |viewer| viewer.frame().step > 3);
    request(
        &mut viewer,
        DocumentRequest::Open(Source::Library("caffeine".to_owned())),
    );
    viewer.wait_until("caffeine", |viewer| {
        let frame = viewer.frame();
        let is_new = frame.positions.len() == 24;
        let name = frame.potential.as_deref();
        assert!(!is_new || name == Some("nano"), "caffeine under {name:?}");
        assert!(!is_new || frame.activity == Activity::Idle);
        is_new && frame.evaluation.is_some()
    });
    assert_eq!(viewer.get::<Document>().name, "Caffeine");
    assert!(has_notice(
        &viewer,
        Severity::Info,
        "Opened Caffeine: 24 atoms"
    ));
    assert!(has_notice(
        &viewer,
        Severity::Info,
        "Potential: nano, because"
    ));
}

#[test]
fn saved_structures_are_opened_unchanged() {
    let mut structure = argon();
    structure.charge = 1;
    structure.set_multiplicity(2).unwrap();
    structure.fixed_mut()[2] = true;
    let mut viewer = TestViewer::new(structure, None);
    let path = scratch("kept.xyz");
    request(&mut viewer, DocumentRequest::Save(path.clone()));
    viewer.wait_until("the file", |viewer| {
        has_notice(viewer, Severity::Info, "Saved the structure")
    });
    assert_eq!(viewer.get::<Document>().name, "kept.xyz");
    let before = viewer.frame().structure();

    request(
        &mut viewer,
        DocumentRequest::Open(Source::Library("water".to_owned())),
    );
    viewer.wait_until("water", |viewer| viewer.frame().positions.len() == 3);
    request(&mut viewer, DocumentRequest::Open(Source::file(&path)));
    viewer.wait_until("the file", |viewer| viewer.frame().positions.len() == 4);
    let after = viewer.frame().structure();
    assert_eq!(after.elements(), before.elements());
    assert_eq!(after.fixed(), before.fixed());
    assert_eq!((after.charge, after.multiplicity()), (1, 2));
    for (position, expected) in after.positions().iter().zip(before.positions()) {
        assert!(
            position.distance(*expected) < 1e-7,
            "{position} is not {expected}"
        );
    }
    let recent = &viewer.get::<Document>().recent;
    assert_eq!(recent[0], Source::file(&path));
    assert_eq!(recent[1], Source::Library("water".to_owned()));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_failed_save_is_reported_and_keeps_the_existing_file() {
    let mut viewer = argon_viewer();
    let path = scratch("kept.unknown");
    std::fs::write(&path, "mine").unwrap();
    request(&mut viewer, DocumentRequest::Save(path.clone()));
    viewer.wait_until("the failure", |viewer| {
        has_notice(viewer, Severity::Error, "Cannot save")
    });
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn other_elements_get_another_potential_with_a_notice() {
    let mut viewer = argon_viewer();
    viewer.wait_until("the first choice", is_idle);
    let copper = Structure::new(vec![Element::CU; 2], vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let replace = Edit::Replace(Box::new(copper), vec![DVec3::ZERO; 2]);
    viewer
        .get::<Simulation>()
        .send(Command::Edit(replace))
        .unwrap();
    viewer.wait_until("another potential", |viewer| {
        potential(viewer).as_deref() == Some("EMT")
    });
    assert!(has_notice(
        &viewer,
        Severity::Info,
        "Potential: EMT, because"
    ));

    let atoms = vec![Element::from_symbol("Po").unwrap(); 2];
    let polonium = Structure::new(atoms, vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let replace = Edit::Replace(Box::new(polonium), vec![DVec3::ZERO; 2]);
    viewer
        .get::<Simulation>()
        .send(Command::Edit(replace))
        .unwrap();
    viewer.wait_until("no potential", |viewer| potential(viewer).is_none());
    assert!(has_notice(&viewer, Severity::Warning, "No forces"));
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the refusal", |viewer| {
        has_notice(viewer, Severity::Warning, "Command rejected")
    });
}

#[test]
fn a_parameter_file_changes_the_potential_of_the_open_structure() {
    let mut viewer = argon_viewer();
    viewer.wait_until("the first choice", is_idle);
    let copper = Structure::new(vec![Element::CU; 2], vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let replace = Edit::Replace(Box::new(copper), vec![DVec3::ZERO; 2]);
    viewer
        .get::<Simulation>()
        .send(Command::Edit(replace))
        .unwrap();
    viewer.wait_until("another potential", |viewer| {
        potential(viewer).as_deref() == Some("EMT")
    });
    let parameters = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/potentials/cu-zr.eam.alloy"
    );
    request(
        &mut viewer,
        DocumentRequest::Open(Source::File(parameters.to_owned())),
    );
    viewer.wait_until("the potential of the file", |viewer| {
        potential(viewer).is_some_and(|name| name.contains("EAM"))
    });
    assert_eq!(viewer.frame().positions.len(), 2);
}

#[test]
fn a_table_of_a_run_has_a_header_with_units_and_a_line_per_sample() {
    let mut viewer = argon_viewer();
    viewer.act(Action::StartDynamics);
    viewer.wait_until("some steps", |viewer| viewer.frame().step > 5);
    viewer.act(Action::Stop);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
    let path = scratch("run.csv");
    request(&mut viewer, DocumentRequest::SaveTable(path.clone()));
    viewer.wait_until("the file", |viewer| {
        has_notice(viewer, Severity::Info, "Saved the run")
    });
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    assert_eq!(
        lines.next().unwrap(),
        "frame,step,time/ps,potential/eV,kinetic/eV,total/eV,temperature/K,max_force/(eV/Å),\
         pressure/GPa"
    );
    let samples = viewer.get::<History>().samples().count();
    assert!(samples > 1);
    assert_eq!(lines.clone().count(), samples);
    assert!(lines.all(|line| line.split(',').count() == 9));
    std::fs::remove_file(path).unwrap();
}
