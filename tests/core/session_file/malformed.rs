//! Malformed session files: errors that name the value, and no panics.

use mlipview_core::chem::Element;
use mlipview_core::potential::Request;
use mlipview_core::script::{
    Action, Anchor, Callout, CameraMove, CameraPose, Message, OpacityFocus, ScreenText, Speed,
    TimingFunction,
};
use mlipview_core::session_file::{
    EmbeddedFrame, EmbeddedFrames, MAX_FILE, Measurement, SelectionSet, Session, SessionError,
    StructureRecord, TimelineContents, VERSION, View, read, read_any, write,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A session with something in every field.
fn rich() -> Session {
    let structure = StructureRecord {
        elements: vec![Element::O, Element::H, Element::H],
        positions: vec![[0.0; 3], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        velocities: Some(vec![[0.125; 3]; 3]),
        fixed: vec![1],
        ..StructureRecord::default()
    };
    let frame = EmbeddedFrame {
        id: Some("first".to_owned()),
        energy: Some(-1.5),
        positions: vec![[0.5; 3]; 3],
        ..EmbeddedFrame::default()
    };
    let actions = vec![
        Action::Speed(Speed::frames_per_second(5.0)),
        Action::Callout(Callout::new("oxygen", Anchor::Atom(0))),
        Action::OpacityFocus(OpacityFocus {
            atoms: vec![0],
            ..OpacityFocus::default()
        }),
        Action::Camera(CameraMove {
            pose: CameraPose::default(),
            transition: 1.0,
            timing: TimingFunction::Linear,
        }),
        Action::Text(ScreenText::caption("water")),
    ];
    let mut session = Session {
        title: "Water".to_owned(),
        structure,
        potential: Some(Request::named("emt")),
        view: Some(View::default()),
        selection: vec![2, 0],
        selection_sets: vec![SelectionSet {
            name: "hydrogens".to_owned(),
            atoms: vec![1, 2],
        }],
        measurements: vec![Measurement(vec![1, 0, 2])],
        ..Session::default()
    };
    session.timeline.contents = TimelineContents::Embedded(EmbeddedFrames {
        frames: vec![frame],
        ..EmbeddedFrames::default()
    });
    session.timeline.shown = Some(0);
    session.script.messages = vec![Message {
        actions,
        ..Message::new("start")
    }];
    session
}

fn rich_file() -> Value {
    serde_json::from_str(&write(&rich()).unwrap()).unwrap()
}

#[test]
fn an_error_names_the_path_of_the_value() {
    let cases = [
        ("/title", json!(5), "title"),
        (
            "/structure/elements/1",
            json!("Xx"),
            "structure.elements[1]",
        ),
        (
            "/structure/positions/2/0",
            json!("x"),
            "structure.positions[2][0]",
        ),
        (
            "/structure/positions/2",
            json!([1, 2]),
            "structure.positions[2]",
        ),
        ("/structure/positions", json!([]), "structure.positions"),
        (
            "/structure/velocities",
            json!([[0, 0, 0]]),
            "structure.velocities",
        ),
        ("/structure/fixed", json!([3]), "structure.fixed[0]"),
        ("/structure/fixed", json!([2, 2]), "structure.fixed[1]"),
        (
            "/structure/rigid",
            json!([[0, 1], [1, 2]]),
            "structure.rigid",
        ),
        (
            "/structure/multiplicity",
            json!(0),
            "structure.multiplicity",
        ),
        (
            "/structure/cell",
            json!({ "vectors": [[1, 0, 0], [2, 0, 0], [0, 0, 1]], "periodic": [true, true, true] }),
            "structure.cell.vectors",
        ),
        ("/structure/masses", json!([1, 2, -3]), "structure.masses"),
        (
            "/structure/bonds",
            json!([[0, 0, "single"]]),
            "structure.bonds",
        ),
        (
            "/structure/bonds",
            json!([[0, 1, "fourfold"]]),
            "structure.bonds[0][2]",
        ),
        (
            "/structure/arrays",
            json!({ "spin": { "width": 1, "values": { "reals": [1, 2] } } }),
            "structure.arrays.spin",
        ),
        ("/potential", json!("lj:sigma"), "potential"),
        ("/run/dynamics/timestep", json!(-1), "run.dynamics.timestep"),
        ("/run/dynamics/temperature", json!(-1), "run.dynamics"),
        (
            "/run/dynamics/thermostat",
            json!("oven"),
            "run.dynamics.thermostat",
        ),
        ("/run/speed_limit", json!(0), "run.speed_limit"),
        (
            "/view/camera/orientation",
            json!([0, 0, 0, 0]),
            "view.camera.orientation",
        ),
        ("/view/camera/distance", json!(null), "view.camera.distance"),
        ("/appearance/outlines", json!(1.5), "appearance.outlines"),
        ("/appearance/images", json!([1, 0, 1]), "appearance.images"),
        (
            "/appearance/background",
            json!("pink"),
            "appearance.background",
        ),
        ("/selection", json!([0, 3]), "selection[1]"),
        ("/selection", json!([1, 1]), "selection[1]"),
        (
            "/selection_sets/0/atoms/0",
            json!(7),
            "selection_sets[0].atoms[0]",
        ),
        (
            "/selection_sets/0/name",
            json!(""),
            "selection_sets[0].name",
        ),
        ("/measurements/0", json!([1]), "measurements[0]"),
        (
            "/timeline/playback/rate",
            json!(0),
            "timeline.playback.rate",
        ),
        ("/timeline/shown", json!(1), "timeline.shown"),
        (
            "/timeline/contents",
            json!({ "file": "" }),
            "timeline.contents.file",
        ),
        (
            "/timeline/contents",
            json!({ "tape": "" }),
            "timeline.contents",
        ),
        (
            "/timeline/contents/embedded/frames/0/positions",
            json!([[0, 0, 0]]),
            "timeline.contents.embedded.frames[0].positions",
        ),
        (
            "/timeline/contents/embedded/frames/0/structure",
            json!(0),
            "timeline.contents.embedded.frames[0].structure",
        ),
        (
            "/timeline/contents/embedded/frames/0/energy",
            json!("low"),
            "timeline.contents.embedded.frames[0].energy",
        ),
        ("/script/messages/0/id", json!(""), "script.messages[0].id"),
        (
            "/script/messages/0/actions/0/speed/rate",
            json!(0),
            "script.messages[0].actions[0].speed.rate",
        ),
        (
            "/script/messages/0/actions/1/callout/anchor/atom",
            json!(3),
            "script.messages[0].actions[1].callout.anchor.atom",
        ),
        (
            "/script/messages/0/actions/1/callout/anchor",
            json!({ "moon": 1 }),
            "script.messages[0].actions[1].callout.anchor",
        ),
    ];
    for (pointer, value, path) in cases {
        let mut file = rich_file();
        match file.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => {
                let (parent, key) = pointer.rsplit_once('/').unwrap();
                file.pointer_mut(parent).unwrap()[key] = value;
            }
        }
        let error = read(&file.to_string()).unwrap_err();
        assert_eq!(error.path(), path, "{error}");
        assert!(error.to_string().contains(path), "{error}");
    }
}

#[test]
fn a_newer_version_and_another_format_are_refused_by_name() {
    let file =
        |format: &str, version: u64| json!({ "format": format, "version": version }).to_string();
    let newer = read(&file("mlipview session", 2)).unwrap_err();
    assert_eq!(newer, SessionError::Newer { found: 2 });
    let text = newer.to_string();
    assert!(
        text.contains("version 2") && text.contains(&format!("version {VERSION}")),
        "{text}"
    );
    assert_eq!(
        read(&file("mlipview session", 0)).unwrap_err().path(),
        "version"
    );
    let other = read(&file("another", 1)).unwrap_err();
    assert!(other.to_string().contains("another"), "{other}");
    assert!(
        read_any("{}")
            .unwrap_err()
            .to_string()
            .contains("schemaVersion")
    );
}

#[test]
fn text_that_is_no_object_is_refused() {
    for text in [
        "",
        "null",
        "[]",
        "5",
        "\"mlipview session\"",
        "{",
        "\u{feff}{}",
    ] {
        assert!(read_any(text).is_err(), "{text:?}");
    }
    let deep = "[".repeat(100_000);
    assert!(read_any(&deep).is_err());
    let deep = format!("{{\"format\": \"mlipview session\", \"version\": 1, \"x\": {deep}");
    assert!(read_any(&deep).is_err());
}

#[test]
fn a_file_that_is_too_long_is_not_read() {
    let long = " ".repeat(MAX_FILE + 1);
    assert!(read_any(&long).unwrap_err().to_string().contains("at most"));
}

#[test]
fn a_number_that_is_not_finite_is_not_written() {
    let mut session = rich();
    session.structure.positions[1][2] = f64::NAN;
    assert_eq!(
        write(&session).unwrap_err().path(),
        "structure.positions[1]"
    );
    let mut session = rich();
    session.run.dynamics.relaxation_time = f64::INFINITY;
    assert_eq!(
        write(&session).unwrap_err().path(),
        "run.dynamics.relaxation_time"
    );
}

/// Pointers to all values of a document.
pub(super) fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let at = format!("{at}/{key}");
                pointers(value, &at, found);
                found.push(at);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let at = format!("{at}/{index}");
                pointers(value, &at, found);
                found.push(at);
            }
        }
        _ => {}
    }
}

/// Values that are wrong nearly everywhere.
pub(super) fn wrong() -> Vec<Value> {
    vec![
        json!(null),
        json!("x"),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(true),
        json!([]),
        json!([null]),
        json!([0, 0]),
        json!({}),
        json!({ "a": 1 }),
        json!("x".repeat(20_000)),
    ]
}

/// The document with a value replaced, or left out if there is none.
pub(super) fn mutated(mut file: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (file.pointer_mut(parent).unwrap(), value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(key.to_owned(), value)),
        (Value::Object(fields), None) => drop(fields.remove(key)),
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        (Value::Array(items), None) => drop(items.remove(key.parse().unwrap())),
        _ => unreachable!("a pointer leads into a container"),
    }
    file
}

#[test]
fn every_value_replaced_or_left_out_is_read_or_refused_with_its_path() {
    let file = rich_file();
    let mut all = Vec::new();
    pointers(&file, "", &mut all);
    let (mut refused, mut count) = (0, 0);
    for pointer in &all {
        for value in wrong().into_iter().map(Some).chain([None]) {
            let text = mutated(file.clone(), pointer, value.clone()).to_string();
            count += 1;
            let error = match read(&text) {
                Err(error) => error,
                Ok(loaded) => {
                    let again = read(&write(&loaded.session).unwrap()).unwrap();
                    assert_eq!(again.session, loaded.session);
                    continue;
                }
            };
            refused += 1;
            // The number of atoms decides what other parts may refer to.
            let part = pointer[1..].split('/').next().unwrap();
            let path = error.path();
            let named = path.starts_with(part) || part == "structure";
            assert!(named, "{pointer} = {value:?}: {error}");
        }
    }
    assert!(refused > count / 2, "{refused} of {count}");
}

proptest! {
    #[test]
    fn a_truncated_file_is_refused(cut in 0.0..1.0_f64) {
        let text = write(&rich()).unwrap();
        let text = text.trim_end();
        let end = (cut * text.len() as f64) as usize;
        let part: String = text.chars().take(end).collect();
        prop_assert!(read_any(&part).is_err());
    }

    #[test]
    fn a_file_with_changed_bytes_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), "[ -~]"), 1..8)) {
        let mut text: Vec<u8> = write(&rich()).unwrap().into_bytes();
        for (at, letter) in changes {
            let at = at.index(text.len());
            text[at] = letter.as_bytes()[0];
        }
        if let Ok(text) = String::from_utf8(text) {
            let _ = read_any(&text);
        }
    }
}
