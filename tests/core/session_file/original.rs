//! Sessions of the browser original, of all schemas.

use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::script::{Action, Anchor, FrameReference};
use mlipview_core::session_file::{
    EmbeddedFrames, EmbeddedSource, FrameKind, Loaded, PlaybackRange, Repetition, RunKind,
    SessionError, TimelineContents, original, read, read_any, write,
};
use mlipview_core::sim::timeline::FrameSource;
use serde_json::{Value, json};

use super::data;

pub(super) fn text(schema: u64) -> String {
    data(&format!("original_schema{schema}.json"))
}

pub(super) fn file(schema: u64) -> Value {
    serde_json::from_str(&text(schema)).unwrap()
}

fn loaded(schema: u64) -> Loaded {
    read_any(&text(schema)).unwrap()
}

pub(super) fn frames(loaded: &Loaded) -> &EmbeddedFrames {
    match &loaded.session.timeline.contents {
        TimelineContents::Embedded(frames) => frames,
        other => panic!("no frames: {other:?}"),
    }
}

#[test]
fn all_schemas_load_with_the_same_atoms_frames_and_script() {
    let first = loaded(3);
    for schema in 3..=7 {
        let loaded = loaded(schema);
        let session = &loaded.session;
        assert_eq!(
            session.structure.positions,
            first.session.structure.positions
        );
        assert_eq!(frames(&loaded), frames(&first));
        assert_eq!(session.timeline.playback, first.session.timeline.playback);
        let ids: Vec<&str> = session
            .script
            .messages
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(ids, ["stretch", "end"]);
        assert_eq!(
            session.script.messages[1].actions,
            first.session.script.messages[1].actions
        );
        assert_eq!(session.structure.cell.is_some(), schema >= 6);
        let written = write(session).unwrap();
        assert_eq!(read(&written).unwrap().session, *session);
    }
}

#[test]
fn what_a_schema_has_that_we_do_not_is_noted() {
    let notes = |schema: u64| loaded(schema).notes;
    assert_eq!(notes(3), Vec::<String>::new());
    assert_eq!(notes(6), Vec::<String>::new());
    let translucent = notes(5);
    assert_eq!(translucent.len(), 2, "{translucent:?}");
    assert!(translucent.iter().all(|note| note.contains("translucent")));
    assert!(notes(7)[0].contains("schema 7"), "{:?}", notes(7));
}

#[test]
fn other_schemas_are_refused_by_number() {
    for found in ["1", "2", "8", "6.5", "\"6\"", "null", "-3"] {
        let mut text = text(6);
        text = text.replacen(
            "\"schemaVersion\":6",
            &format!("\"schemaVersion\":{found}"),
            1,
        );
        let error = read_any(&text).unwrap_err();
        match found {
            "null" => assert!(matches!(error, SessionError::Format { .. }), "{error}"),
            _ => assert!(
                error.to_string().contains(&format!("schema {found}")),
                "{error}"
            ),
        }
    }
}

#[test]
fn velocities_have_the_temperature_that_the_file_states() {
    // Of our own frames, the temperature is made up: compare the unit by the definition of ASE.
    let loaded = loaded(3);
    let file = file(3);
    let stated = file["viewer"]["velocities"][1][2].as_f64().unwrap();
    let read = loaded.session.structure.velocities.as_ref().unwrap()[1][2];
    assert!((read * ASE_TIME - stated).abs() < 1e-15);
    let frame = &frames(&loaded).frames[2];
    let stated = &file["timeline"]["frames"][2];
    let velocity = frame.velocities.as_ref().unwrap()[0][1] * ASE_TIME;
    assert!((velocity - stated["velocities"][0][1].as_f64().unwrap()).abs() < 1e-15);
    assert_eq!(json!(frame.positions), stated["positions"]);
    assert_eq!(json!(frame.forces), stated["forces"]);
    assert_eq!(frame.energy, stated["energy"].as_f64());
    assert_eq!(frame.temperature, stated["temperature"].as_f64());
    assert_eq!(
        (frame.kind, frame.step, frame.time),
        (FrameKind::Dynamics, 3, 1.5)
    );
}

#[test]
fn frames_become_a_source_of_the_timeline() {
    let loaded = loaded(6);
    let source = EmbeddedSource::new("water", &loaded.session)
        .unwrap()
        .unwrap();
    assert_eq!(source.len(), 6);
    let frame = source.read(3).unwrap();
    assert_eq!(
        source.energy(3),
        frame.evaluation.as_ref().map(|it| it.energy)
    );
    assert_eq!(
        frame.temperature,
        frames(&loaded).frames[3].temperature.unwrap()
    );
}

#[test]
fn run_settings_and_playback_are_those_of_the_file() {
    let session = loaded(4).session;
    let run = &session.run;
    assert_eq!((run.kind, run.running), (RunKind::Dynamics, true));
    assert_eq!(
        (run.dynamics.temperature, run.dynamics.timestep),
        (350.0, 0.5)
    );
    // 0.5 per ASE time unit of 10.18 fs.
    assert!((run.dynamics.friction - 49.11).abs() < 0.01);
    let playback = &session.timeline.playback;
    assert_eq!((playback.rate, playback.starts), (22.0, true));
    assert_eq!(playback.repeat, Repetition::Loop);
    let range = PlaybackRange {
        start: Some(FrameReference::at_offset(-5)),
        end: Some(FrameReference::at_offset(-1)),
    };
    assert_eq!(playback.range, Some(range));
    assert_eq!(
        session.timeline.shown,
        Some(1),
        "the frame that plays first"
    );
    assert_eq!(
        (session.title.as_str(), session.saved.len()),
        ("water.xyz", 24)
    );
}

#[test]
fn control_messages_are_played() {
    let loaded = loaded(5);
    let script = loaded.session.script.resolve(frames(&loaded), 22.0);
    assert_eq!(script.ranges(), [Some([2, 4]), Some([4, 5])]);
    assert_eq!(script.at(3.0).rate, Some(12.0));
    let state = script.at(4.0);
    assert_eq!(state.callouts.len(), 2);
    assert_eq!(state.callouts[0].callout.anchor, Anchor::Bond([0, 1]));
    assert_eq!(state.callouts[0].callout.offset, [0.0, 1.1, 0.0]);
    let opacity = state.opacity.unwrap();
    assert_eq!((opacity.bonds(2).of([0, 1]), opacity.atom(0)), (1.0, 1.0));
    let notes = loaded.session.script.messages[0].notes.as_deref();
    assert!(notes.is_some_and(|notes| notes.contains("weaker")));
    let speed = &loaded.session.script.messages[1].actions[0];
    assert!(matches!(speed, Action::Speed(speed) if speed.transition == 0.5));
}

#[test]
fn a_frame_of_other_atoms_shows_the_positions_before_as_in_the_original() {
    let mut file = file(3);
    let frames_of = |file: &mut Value| file["timeline"]["frames"].as_array_mut().unwrap().clone();
    let mut list = frames_of(&mut file);
    list[0]["positions"] = json!([[1, 2, 3]]);
    list[3]["positions"] = json!([[1, 2, 3], [4, 5, 6]]);
    list[4]["positions"] = json!([]);
    list[5]["id"] = list[2]["id"].clone();
    file["timeline"]["frames"] = json!(list);
    let loaded = original::read(&file.to_string()).unwrap();
    let read = &frames(&loaded).frames;
    assert_eq!(read.len(), 5);
    assert_eq!(read[0].positions, loaded.session.structure.positions);
    assert_eq!(read[3].positions, read[2].positions);
    assert_eq!(read[3].energy, list[3]["energy"].as_f64());
    assert_eq!(
        (read[2].id.as_deref(), read[4].id.as_deref()),
        (None, Some("frame-00003"))
    );
    assert_eq!(loaded.notes.len(), 3, "{:?}", loaded.notes);
}

#[test]
fn a_minimal_file_loads() {
    let text = r#"{ "schemaVersion": 6, "viewer": { "elements": ["h", "CL"], "positions": [[0,0,0],[1,0,0]] } }"#;
    let loaded = read_any(text).unwrap();
    let structure = loaded.session.structure.structure().unwrap();
    assert_eq!(structure.formula(), "ClH");
    assert_eq!(loaded.session.timeline.contents, TimelineContents::Empty);
    assert_eq!(loaded.notes, Vec::<String>::new());
}
