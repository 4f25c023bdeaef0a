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

use super::has_said;
use crate::desk::Desk;
use crate::touching::{argon, argon_desk};

fn request(desk: &mut Desk, request: DocumentRequest) {
    desk.app.world_mut().write_message(request);
    desk.app.update();
}

fn is_idle(desk: &Desk) -> bool {
    !desk.get::<Document>().jobs.is_busy() && !desk.get::<PotentialChoice>().is_busy()
}

fn potential(desk: &Desk) -> Option<String> {
    desk.frame().potential.as_deref().map(str::to_owned)
}

/// A unique temporary file.
fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mlipview-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

#[test]
fn a_broken_file_leaves_the_scene_and_reports_why() {
    let mut desk = argon_desk();
    desk.wait_until("the first choice", is_idle);
    let (before, name) = (desk.frame(), desk.get::<Document>().name.clone());
    let broken = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/bad/mol_unknown_symbol.mol"
    );
    request(
        &mut desk,
        DocumentRequest::Open(Source::File(broken.to_owned())),
    );
    desk.wait_until("the failure", |desk| {
        has_said(desk, Severity::Error, "mol_unknown_symbol")
    });
    assert!(has_said(&desk, Severity::Error, "Cannot open"));
    let after = desk.frame();
    assert_eq!(after.positions, before.positions);
    assert_eq!(after.potential, before.potential);
    assert_eq!(desk.get::<Document>().name, name);

    let missing = "there/is/no/such.xyz".to_owned();
    request(&mut desk, DocumentRequest::Open(Source::File(missing)));
    desk.wait_until("the failure", |desk| {
        has_said(desk, Severity::Error, "Check the path")
    });
}

#[test]
fn an_opened_structure_has_its_own_potential_from_the_first_frame() {
    let mut desk = argon_desk();
    desk.wait_until("the first choice", is_idle);
    desk.ask(Action::StartDynamics);
    desk.wait_until("a run", |desk| desk.frame().step > 3);
    request(
        &mut desk,
        DocumentRequest::Open(Source::Library("caffeine".to_owned())),
    );
    desk.wait_until("caffeine", |desk| {
        let frame = desk.frame();
        let is_new = frame.positions.len() == 24;
        let name = frame.potential.as_deref();
        assert!(!is_new || name == Some("nano"), "caffeine under {name:?}");
        assert!(!is_new || frame.activity == Activity::Idle);
        is_new && frame.evaluation.is_some()
    });
    assert_eq!(desk.get::<Document>().name, "Caffeine");
    assert!(has_said(&desk, Severity::Info, "Opened Caffeine: 24 atoms"));
    assert!(has_said(&desk, Severity::Info, "Potential: nano, because"));
}

#[test]
fn saved_structures_are_opened_unchanged() {
    let mut structure = argon();
    structure.charge = 1;
    structure.set_multiplicity(2).unwrap();
    structure.fixed_mut()[2] = true;
    let mut desk = Desk::new(structure, None);
    let path = scratch("kept.xyz");
    request(&mut desk, DocumentRequest::Save(path.clone()));
    desk.wait_until("the file", |desk| {
        has_said(desk, Severity::Info, "Saved the structure")
    });
    assert_eq!(desk.get::<Document>().name, "kept.xyz");
    let before = desk.frame().structure();

    request(
        &mut desk,
        DocumentRequest::Open(Source::Library("water".to_owned())),
    );
    desk.wait_until("water", |desk| desk.frame().positions.len() == 3);
    request(&mut desk, DocumentRequest::Open(Source::file(&path)));
    desk.wait_until("the file", |desk| desk.frame().positions.len() == 4);
    let after = desk.frame().structure();
    assert_eq!(after.elements(), before.elements());
    assert_eq!(after.fixed(), before.fixed());
    assert_eq!((after.charge, after.multiplicity()), (1, 2));
    for (place, expected) in after.positions().iter().zip(before.positions()) {
        assert!(
            place.distance(*expected) < 1e-7,
            "{place} is not {expected}"
        );
    }
    let recent = &desk.get::<Document>().recent;
    assert_eq!(recent[0], Source::file(&path));
    assert_eq!(recent[1], Source::Library("water".to_owned()));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_failed_save_is_reported_and_keeps_the_existing_file() {
    let mut desk = argon_desk();
    let path = scratch("kept.unknown");
    std::fs::write(&path, "mine").unwrap();
    request(&mut desk, DocumentRequest::Save(path.clone()));
    desk.wait_until("the failure", |desk| {
        has_said(desk, Severity::Error, "Cannot save")
    });
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn other_elements_get_another_potential_with_a_notice() {
    let mut desk = argon_desk();
    desk.wait_until("the first choice", is_idle);
    let copper = Structure::new(vec![Element::CU; 2], vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let replace = Edit::Replace(Box::new(copper), vec![DVec3::ZERO; 2]);
    desk.get::<Simulation>()
        .send(Command::Edit(replace))
        .unwrap();
    desk.wait_until("another potential", |desk| {
        potential(desk).as_deref() == Some("EMT")
    });
    assert!(has_said(&desk, Severity::Info, "Potential: EMT, because"));

    let actinides = vec![Element::from_symbol("U").unwrap(); 2];
    let uranium = Structure::new(actinides, vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let replace = Edit::Replace(Box::new(uranium), vec![DVec3::ZERO; 2]);
    desk.get::<Simulation>()
        .send(Command::Edit(replace))
        .unwrap();
    desk.wait_until("no potential", |desk| potential(desk).is_none());
    assert!(has_said(&desk, Severity::Warning, "No forces"));
    desk.ask(Action::StartDynamics);
    desk.wait_until("the refusal", |desk| {
        has_said(desk, Severity::Warning, "Not done")
    });
}

#[test]
fn a_table_of_a_run_has_a_header_with_units_and_a_line_per_sample() {
    let mut desk = argon_desk();
    desk.ask(Action::StartDynamics);
    desk.wait_until("some steps", |desk| desk.frame().step > 5);
    desk.ask(Action::Stop);
    desk.wait_until("the end", |desk| desk.frame().activity == Activity::Idle);
    let path = scratch("run.csv");
    request(&mut desk, DocumentRequest::SaveTable(path.clone()));
    desk.wait_until("the file", |desk| {
        has_said(desk, Severity::Info, "Saved the run")
    });
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    assert_eq!(
        lines.next().unwrap(),
        "frame,step,time/ps,potential/eV,kinetic/eV,total/eV,temperature/K,max_force/(eV/Å),\
         pressure/GPa"
    );
    let samples = desk.get::<History>().samples().count();
    assert!(samples > 1);
    assert_eq!(lines.clone().count(), samples);
    assert!(lines.all(|line| line.split(',').count() == 9));
    std::fs::remove_file(path).unwrap();
}
