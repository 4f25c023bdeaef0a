//! Learning during a simulation: who answers, what is learned, and how dynamics stay stable.

use std::sync::Arc;

use mlipview_core::chem::Structure;
use mlipview_core::files;
use mlipview_core::potential::{Catalog, Emt, Potential, Request};
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Engine, Frame};
use mlipview_training::{LabelNames, learning, read_labels};

use crate::structures::{copper, rattled};

/// A potential of a request, of the built-in ones and `learn`.
fn potential(request: &str, structure: &Structure) -> Result<Box<dyn Potential>, String> {
    let catalog = Catalog::built_in().with_last(learning::entry(Arc::new(Catalog::built_in())));
    let request: Request = request.parse().unwrap();
    let chosen = catalog.provide(&request, structure);
    chosen
        .map(|chosen| chosen.potential)
        .map_err(|error| error.to_string())
}

fn structure() -> Structure {
    copper(2)[1].structure.clone()
}

/// Frames of dynamics at 300 K.
fn frames(potential: Box<dyn Potential>, thermostat: Thermostat, steps: u64) -> Vec<Arc<Frame>> {
    let mut engine = Engine::new(structure(), Some(potential), 0);
    let settings = DynamicsSettings {
        thermostat,
        temperature: 300.0,
        ..DynamicsSettings::default()
    };
    engine.apply(0, Command::Steps(settings.task(), steps));
    (0..steps).map_while(|_| engine.step()).collect()
}

fn answered_by(frame: &Frame, who: &str) -> bool {
    frame
        .potential
        .as_deref()
        .is_some_and(|name| name.contains(who))
}

#[test]
fn the_teacher_answers_first_then_the_student_and_every_frame_says_who() {
    let folder = tempfile::tempdir().unwrap();
    let labels = folder.path().join("labels.xyz");
    let request = format!(
        "learn:teacher=emt,student=solid,error=0.1,every=20,labels={}",
        labels.display()
    );
    let learning = potential(&request, &structure()).unwrap();
    let frames = frames(learning, Thermostat::Langevin, 1500);
    assert!(
        answered_by(&frames[0], "(teacher of solid)"),
        "{:?}",
        frames[0].potential
    );
    let last = &frames[frames.len() - 200..];
    let students = last
        .iter()
        .filter(|frame| answered_by(frame, "(student of EMT)"))
        .count();
    assert!(students > 100, "{students}");
    // The teacher's energies under its own name, and no others.
    let mut teacher = Emt::new();
    for frame in frames.iter().filter(|frame| answered_by(frame, "teacher")) {
        let energy = teacher.evaluate(&frame.structure()).unwrap().energy;
        let found = frame.evaluation.as_ref().unwrap().energy;
        assert!((found - energy).abs() < 1e-9, "{found} {energy}");
    }
    let status = frames.last().unwrap().potential_status.clone().unwrap();
    assert!(
        status.contains("EMT was asked for") && status.contains("eV/Å"),
        "{status}"
    );
    // The labels are the teacher's answers.
    let read = read_labels(&labels.to_string_lossy(), &LabelNames::default()).unwrap();
    assert!(read.len() > 10, "{}", read.len());
    let label = &read[read.len() / 2];
    let expected = teacher.evaluate(&label.structure).unwrap();
    assert!((expected.energy - label.energy).abs() < 1e-6);
    drop(files::read(&labels.to_string_lossy()).unwrap());
}

#[test]
fn a_structure_that_the_student_does_not_know_is_the_teachers() {
    let argon = rattled(crate::structures::named("argon-crystal"), 0.05, 1);
    let mut learning = potential("learn:teacher=lj,student=solid", &argon).unwrap();
    let found = learning.evaluate(&argon).unwrap();
    let mut teacher = potential("lj", &argon).unwrap();
    assert_eq!(found, teacher.evaluate(&argon).unwrap());
    assert!(learning.name().contains("teacher"));
}

#[test]
fn a_missing_or_unknown_teacher_is_told() {
    let error = |request: &str| potential(request, &structure()).err().unwrap();
    assert!(
        error("learn").contains("learn:teacher=uma"),
        "{}",
        error("learn")
    );
    assert!(error("learn:teacher=emtt").contains("emtt"));
    assert!(error("learn:teacher=emt,student=none.safetensors").contains("none.safetensors"));
    assert!(error("learn:teacher=emt,error=-1").contains("expected a positive number"));
}

#[test]
fn labels_are_appended_to_files_of_labels_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let request = |path: &str| format!("learn:teacher=emt,labels={path}");
    let error = |path: &str| potential(&request(path), &structure()).err().unwrap();
    assert!(error(&path("labels.cif")).contains("ends in .xyz"));
    let foreign = path("structure.xyz");
    std::fs::write(&foreign, "1\n\nCu 0 0 0\n").unwrap();
    assert!(error(&foreign).contains("no energy and forces"));
    assert_eq!(
        std::fs::read_to_string(&foreign).unwrap(),
        "1\n\nCu 0 0 0\n"
    );
    let none = path("none/labels.xyz");
    assert!(error(&none).contains(&none), "{}", error(&none));
    // A file of labels grows.
    let labels = path("labels.xyz");
    for count in 1..=2 {
        let mut learning = potential(&request(&labels), &structure()).unwrap();
        learning.evaluate(&structure()).unwrap();
        let read = read_labels(&format!("{labels}@:"), &LabelNames::default()).unwrap();
        assert_eq!(read.len(), count);
    }
}
