//! Sessions written for the browser original.

use mlipview_core::chem::library;
use mlipview_core::session_file::{
    EmbeddedFrames, Loaded, Session, StructureRecord, TimelineContents, original,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::arbitrary;
use super::original::{frames, text};

fn close(one: &Option<Vec<[f64; 3]>>, other: &Option<Vec<[f64; 3]>>) -> bool {
    let numbers = |it: &Option<Vec<[f64; 3]>>| it.clone().map(|rows| rows.concat());
    match (numbers(one), numbers(other)) {
        (Some(one), Some(other)) => one
            .iter()
            .zip(&other)
            .all(|(one, other)| (one - other).abs() <= 1e-15 * one.abs()),
        (one, other) => one == other,
    }
}

/// Compares without velocities, which take the digits of two units, and without the time, which the
/// original does not have.
fn without_velocities(loaded: &Loaded) -> Session {
    let mut session = loaded.session.clone();
    session.structure.velocities = None;
    session.program = String::new();
    session.run.dynamics.friction = 0.0;
    if let TimelineContents::Embedded(frames) = &mut session.timeline.contents {
        frames.frames.iter_mut().for_each(|it| it.velocities = None);
    }
    session
}

#[test]
fn a_session_of_the_original_comes_back_after_writing_it() {
    for schema in 3..=7 {
        let loaded = original::read(&text(schema)).unwrap();
        let written = original::write(&loaded.session).unwrap();
        let again = original::read(&written.text).unwrap();
        assert_eq!(without_velocities(&again), without_velocities(&loaded));
        assert_eq!(again.notes, Vec::<String>::new());
        let (one, other) = (&again.session.structure, &loaded.session.structure);
        assert!(close(&one.velocities, &other.velocities));
        for (one, other) in frames(&again).frames.iter().zip(&frames(&loaded).frames) {
            assert!(close(&one.velocities, &other.velocities));
        }
        let (one, other) = (again.session.run.dynamics, loaded.session.run.dynamics);
        assert!((one.friction - other.friction).abs() < 1e-12);
    }
}

#[test]
fn a_written_file_has_every_field_that_the_original_writes() {
    let loaded = original::read(&text(6)).unwrap();
    let written = original::write(&loaded.session).unwrap();
    let file: Value = serde_json::from_str(&written.text).unwrap();
    let expected: Value = serde_json::from_str(&text(6)).unwrap();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(file["schemaVersion"], 6);
    for pointer in [
        "",
        "/viewer",
        "/viewer/bonds/0",
        "/timeline",
        "/timeline/frames/0",
        "/websocket",
    ] {
        let (ours, theirs) = (
            file.pointer(pointer).unwrap(),
            expected.pointer(pointer).unwrap(),
        );
        for key in keys(theirs) {
            assert!(ours.get(&key).is_some(), "{pointer}/{key}");
        }
    }
    assert_eq!(
        file["viewer"]["meshAssignments"],
        expected["viewer"]["meshAssignments"]
    );
    assert_eq!(
        file["energyPlot"]["series"],
        expected["energyPlot"]["series"]
    );
}

#[test]
fn a_bond_that_crosses_the_cell_names_the_image_of_its_second_atom() {
    let copper = library::find("copper").unwrap().structure().unwrap();
    let session = Session {
        structure: StructureRecord::new(&copper, None),
        ..Session::default()
    };
    let written = original::write(&session).unwrap();
    let file: Value = serde_json::from_str(&written.text).unwrap();
    let bonds = file["viewer"]["bonds"].as_array().unwrap();
    let crossing: Vec<&Value> = bonds
        .iter()
        .filter(|bond| bond["crossing"] == true)
        .collect();
    assert!(!crossing.is_empty());
    for bond in crossing {
        assert_ne!(bond["imageDelta"], json!([0, 0, 0]));
        assert_eq!(bond["imageDelta"], bond["cellOffsetB"]);
        let ends = [bond["i"].as_u64(), bond["j"].as_u64()];
        let [one, other] = ends.map(|end| copper.positions()[end.unwrap() as usize]);
        let shift: [i32; 3] = serde_json::from_value(bond["imageDelta"].clone()).unwrap();
        let cell = copper.cell.as_ref().unwrap();
        let length = (other - one + cell.translation(shift.into())).length();
        assert!((length - bond["length"].as_f64().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn what_the_original_cannot_hold_is_noted() {
    let mut session = Session {
        notes: "mine".to_owned(),
        selection: vec![],
        ..Session::default()
    };
    session.structure.charge = 1;
    session.timeline.contents = TimelineContents::File("run.mcap".to_owned());
    let notes = original::write(&session).unwrap().notes;
    let has = |word: &str| notes.iter().any(|note| note.contains(word));
    assert!(
        has("charge") && has("notes") && has("another file"),
        "{notes:?}"
    );
    assert_eq!(notes.len(), 3);
    session = Session::default();
    session.timeline.contents = TimelineContents::Embedded(EmbeddedFrames::default());
    assert_eq!(
        original::write(&session).unwrap().notes,
        Vec::<String>::new()
    );
}

#[test]
fn velocities_too_large_for_the_unit_of_the_original_are_left_out_with_a_note() {
    let water = library::find("water").unwrap().structure().unwrap();
    let mut structure = StructureRecord::new(&water, None);
    let mut rows = vec![[0.0, 0.0, 1.0]; structure.len()];
    rows[0] = [1.7e307, 0.0, -1.7e307];
    let mut write = |rows: &Vec<[f64; 3]>| {
        structure.velocities = Some(rows.clone());
        let session = Session {
            structure: structure.clone(),
            ..Session::default()
        };
        original::write(&session).unwrap()
    };
    let fits = write(&rows);
    let is_noted = |notes: &[String]| {
        notes
            .iter()
            .any(|note| note.contains("faster than 1.7e307 Å/fs"))
    };
    assert!(!is_noted(&fits.notes));
    rows[1][2] = 1.8e307;
    let exceeds = write(&rows);
    assert!(is_noted(&exceeds.notes));
    let velocities = |text: &str| original::read(text).unwrap().session.structure.velocities;
    assert!(velocities(&fits.text).is_some());
    assert_eq!(velocities(&exceeds.text), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_session_is_written_so_that_its_atoms_and_script_are_read(session in arbitrary::session()) {
        let written = original::write(&session).unwrap();
        let read = original::read(&written.text).unwrap().session;
        prop_assert_eq!(&read.structure.elements, &session.structure.elements);
        prop_assert_eq!(&read.structure.positions, &session.structure.positions);
        for (one, other) in read.script.messages.iter().zip(&session.script.messages) {
            prop_assert_eq!(&one.actions, &other.actions);
            prop_assert_eq!(one.priority, other.priority);
        }
    }
}
