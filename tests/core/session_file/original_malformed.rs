//! Malformed sessions of the browser original: errors that name the value, and no panics.

use mlipview_core::session_file::{original, read_any, write};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::malformed::{mutated, pointers, wrong};
use super::original::{file, text};

#[test]
fn an_error_names_the_path_of_the_value() {
    let cases = [
        ("/viewer/elements/2", json!("Xx"), "viewer.elements[2]"),
        ("/viewer/elements", json!(["O"]), "viewer.positions"),
        ("/viewer/positions/1", json!([0, 1]), "viewer.positions[1]"),
        ("/viewer/positions/1/2", json!("0"), "viewer.positions[1]"),
        ("/viewer/cell", json!([[1, 0, 0]]), "viewer.cell"),
        (
            "/timeline/frames/3/positions/1",
            json!(null),
            "timeline.frames[3].positions[1]",
        ),
        (
            "/timeline/frames/3/energy",
            json!("low"),
            "timeline.frames[3].energy",
        ),
        (
            "/timeline/playback/defaultFps",
            json!([]),
            "timeline.playback.defaultFps",
        ),
        (
            "/timeline/controlMessages/0/range",
            json!(3),
            "timeline.controlMessages[0].range",
        ),
        (
            "/timeline/controlMessages/0/actions/1/anchor/mode",
            json!("moon"),
            "timeline.controlMessages[0].actions[1].anchor.mode",
        ),
        (
            "/timeline/controlMessages/1/actions/0/speedMultiplier",
            json!("half"),
            "timeline.controlMessages[1].actions[0].speedMultiplier",
        ),
    ];
    for (pointer, value, path) in cases {
        let text = mutated(file(6), pointer, Some(value)).to_string();
        let error = original::read(&text).unwrap_err();
        assert_eq!(error.path(), path, "{error}");
        assert!(error.to_string().contains(path), "{error}");
    }
}

#[test]
fn every_value_replaced_or_left_out_is_read_or_refused_with_its_path() {
    let mut file = file(6);
    // Two frames suffice: the others are alike.
    file["timeline"]["frames"]
        .as_array_mut()
        .unwrap()
        .truncate(2);
    let mut all = Vec::new();
    pointers(&file, "", &mut all);
    for pointer in &all {
        for value in wrong().into_iter().map(Some).chain([None]) {
            let text = mutated(file.clone(), pointer, value.clone()).to_string();
            let error = match original::read(&text) {
                Err(error) => error,
                Ok(loaded) => {
                    let again = read_any(&write(&loaded.session).unwrap()).unwrap();
                    assert_eq!(again.session, loaded.session);
                    continue;
                }
            };
            let part = pointer[1..].split('/').next().unwrap();
            // Run settings and messages are checked under the names that they have in our sessions.
            let parts = match part {
                "timeline" => &["timeline", "run", "script"][..],
                "source" | "savedAt" => &["source", "savedAt", "title", "saved"],
                part => &[part][..],
            };
            let path = error.path();
            let named = parts.iter().any(|part| path.starts_with(part));
            assert!(named, "{pointer} = {value:?}: {error}");
        }
    }
}

proptest! {
    #[test]
    fn a_truncated_file_is_refused(cut in 0.0..1.0_f64) {
        let text = text(6);
        let text = text.trim_end();
        let end = (cut * text.len() as f64) as usize;
        prop_assert!(read_any(&text[..end]).is_err());
    }

    #[test]
    fn any_numbers_are_read_or_refused(number in any::<f64>(), pick in any::<prop::sample::Index>()) {
        let file = file(5);
        let mut all = Vec::new();
        pointers(&file, "", &mut all);
        all.retain(|pointer| file.pointer(pointer).is_some_and(Value::is_number));
        let pointer = &all[pick.index(all.len())];
        let text = mutated(file, pointer, Some(json!(number))).to_string();
        let _ = original::read(&text);
    }
}
