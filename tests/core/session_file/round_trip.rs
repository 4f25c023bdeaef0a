//! What is written is read.

use mlipview_core::chem::format::Configuration;
use mlipview_core::chem::properties::Value;
use mlipview_core::chem::{Structure, library};
use mlipview_core::session_file::{
    PropertyRecord, Real, Session, StructureRecord, read, read_any, write,
};
use proptest::prelude::*;

use super::arbitrary;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_session_is_read_as_it_was_written(session in arbitrary::session()) {
        let text = write(&session).unwrap();
        let loaded = read(&text).unwrap();
        prop_assert_eq!(&loaded.session, &session);
        prop_assert_eq!(loaded.notes, Vec::<String>::new());
        prop_assert_eq!(write(&loaded.session).unwrap(), text);
    }

    #[test]
    fn a_structure_comes_back_without_loss(structure in (0..6_usize).prop_flat_map(arbitrary::structure)) {
        let session = Session {
            structure: StructureRecord::new(&structure, None),
            ..Session::default()
        };
        let loaded = read_any(&write(&session).unwrap()).unwrap().session;
        let read = loaded.structure.structure().unwrap();
        prop_assert_eq!(&read, &structure);
        let bits = |it: &Structure| -> Vec<u64> {
            let numbers = it.positions().iter().flat_map(|row| row.to_array());
            numbers.map(f64::to_bits).collect()
        };
        prop_assert_eq!(bits(&read), bits(&structure));
    }
}

#[test]
fn every_built_in_structure_comes_back() {
    for entry in library::entries() {
        let structure = entry.structure().unwrap();
        let session = Session {
            structure: StructureRecord::new(&structure, None),
            ..Session::default()
        };
        let loaded = read(&write(&session).unwrap()).unwrap();
        let expected = Configuration::from(structure);
        assert_eq!(loaded.session.structure.configuration().unwrap(), expected);
    }
}

#[test]
fn numbers_that_json_does_not_have_come_back() {
    let record = PropertyRecord::from(&Value::real(f64::NAN));
    let text = serde_json::to_string(&record).unwrap();
    let read: PropertyRecord = serde_json::from_str(&text).unwrap();
    assert!(read.value().unwrap().as_real().unwrap().is_nan());
    for number in [f64::INFINITY, f64::NEG_INFINITY, -0.0] {
        let text = serde_json::to_string(&Real(number)).unwrap();
        let Real(read) = serde_json::from_str(&text).unwrap();
        assert_eq!(read.to_bits(), number.to_bits());
    }
}

#[test]
fn a_field_that_is_absent_has_its_default_and_one_that_is_unknown_is_noted() {
    let text = r#"{
        "format": "mlipview session", "version": 1, "mood": "good",
        "run": { "dynamics": { "temperature": 350 }, "color": 1 },
        "script": { "messages": [{ "id": "a", "actions": [{ "speed": { "rate": 2, "x": 0 } }] }] }
    }"#;
    let loaded = read(text).unwrap();
    let default = Session::default();
    assert_eq!(loaded.session.run.dynamics.temperature, 350.0);
    assert_eq!(loaded.session.appearance, default.appearance);
    assert_eq!(loaded.session.run.relaxation, default.run.relaxation);
    let rigid_motion = loaded.session.run.dynamics.rigid_motion;
    assert_eq!(rigid_motion, default.run.dynamics.rigid_motion);
    let paths: Vec<&str> = loaded
        .notes
        .iter()
        .map(|it| it.split(':').next().unwrap())
        .collect();
    assert_eq!(paths.len(), 3, "{paths:?}");
    assert!(paths[0] == "mood" && paths[1] == "run.color", "{paths:?}");
    assert!(
        paths[2].starts_with("script.messages.0.actions.0"),
        "{paths:?}"
    );
}
