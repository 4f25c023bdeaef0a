//! Control messages of the browser original: the same answers as its own engine, and round trips.

use glam::DVec3;
use mlipview_core::script::{
    Action, Anchor, Callout, CameraMove, CameraPose, FrameNames, FrameRange, FrameReference,
    Message, Opacities, OpacityFocus, ScreenText, Script, Speed, TimingFunction, original,
};
use serde_json::{Value, json};

/// Frames by their ids.
struct Ids(Vec<String>);

impl FrameNames for Ids {
    fn count(&self) -> u64 {
        self.0.len() as u64
    }

    fn index_of(&self, id: &str) -> Option<u64> {
        self.0.iter().position(|it| it == id).map(|it| it as u64)
    }
}

fn vector(value: &Value) -> DVec3 {
    DVec3::from_array(serde_json::from_value(value.clone()).unwrap())
}

/// Compares all frames of a case with the answers of the original; returns how many were compared.
fn compare(case: &Value, positions: &[DVec3]) -> usize {
    let ids: Vec<String> = serde_json::from_value(case["ids"].clone()).unwrap();
    let (script, notes) = original::read(&case["messages"], "messages", positions.len()).unwrap();
    assert_eq!(notes, Vec::<String>::new());
    script.check(Some(positions.len())).unwrap();
    let frames = case["frames"].as_array().unwrap();
    // Transitions, which the original ignores, are over at once.
    let mut script = script;
    for action in script.messages.iter_mut().flat_map(|it| &mut it.actions) {
        match action {
            Action::Speed(it) => it.transition = 0.0,
            Action::OpacityFocus(it) => it.transition = 0.0,
            _ => {}
        }
    }
    let resolved = script.resolve(&Ids(ids), 20.0);
    for (index, frame) in frames.iter().enumerate() {
        let state = resolved.at(index as f64);
        let at = format!("frame {index} of {}", case["messages"]);
        let active: Vec<&str> = state.active.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(json!(active), frame["active"], "{at}");
        let speed = &frame["speed"];
        let rate = match (speed["fps"].as_f64(), speed["multiplier"].as_f64()) {
            (Some(rate), _) => Some(rate),
            (None, Some(multiplier)) => Some(20.0 * multiplier),
            (None, None) => None,
        };
        assert_eq!(state.rate, rate, "{at}");
        assert_eq!(state.opacity.is_some(), !frame["opacity"].is_null(), "{at}");
        let callouts = frame["callouts"].as_array().unwrap();
        assert_eq!(state.callouts.len(), callouts.len(), "{at}");
        for (ours, theirs) in state.callouts.iter().zip(callouts) {
            assert_eq!(json!(ours.key()), theirs["key"], "{at}");
            assert_eq!(json!(ours.callout.text), theirs["text"], "{at}");
            assert_eq!(
                json!(ours.callout.panel()),
                json!(floats(&theirs["panel"])),
                "{at}"
            );
            let position = ours.callout.position(positions).unwrap();
            assert!(
                (position - vector(&theirs["position"])).length() < 1e-12,
                "{at}"
            );
        }
    }
    frames.len()
}

fn floats(list: &Value) -> Vec<f64> {
    serde_json::from_value(list.clone()).unwrap()
}

#[test]
fn every_frame_has_the_speed_opacity_and_callouts_of_the_original() {
    let file = super::data("control_messages.json");
    let file: Value = serde_json::from_str(&file).unwrap();
    let positions: Vec<DVec3> = file["positions"]
        .as_array()
        .unwrap()
        .iter()
        .map(vector)
        .collect();
    let cases = file["cases"].as_array().unwrap();
    let frames: usize = cases.iter().map(|case| compare(case, &positions)).sum();
    assert!(cases.len() == 60 && frames > 300);
}

fn everything() -> Script {
    let focus = OpacityFocus {
        atoms: vec![0, 2],
        bonds: vec![[1, 2]],
        bonds_between: false,
        focus: Opacities {
            atoms: 0.995,
            bonds: 0.9,
        },
        background: Opacities {
            atoms: 0.25,
            bonds: 1.0,
        },
        fades_atoms: true,
        fades_bonds: false,
        transition: 0.29,
        timing: TimingFunction::EaseOut,
    };
    let callout = Callout {
        offset: [0.1, 0.2, 0.3],
        width: Some(3.0),
        text_size: Some(0.45),
        style: mlipview_core::script::CalloutStyle {
            color: Some("rgba(1, 2, 3, 0.5)".to_owned()),
            corner_radius: Some(24.0),
            ..Default::default()
        },
        ..Callout::new("two\nlines", Anchor::Bond([0, 1]))
    };
    let camera = CameraMove {
        pose: CameraPose::default(),
        transition: 1.5,
        timing: TimingFunction::EaseIn,
    };
    let speed = Speed {
        multiplier: Some(0.3),
        transition: 0.123,
        timing: TimingFunction::EaseInOut,
        ..Speed::default()
    };
    let message = Message {
        id: "all".to_owned(),
        label: Some("All".to_owned()),
        notes: Some("Notes".to_owned()),
        priority: -0.5,
        range: FrameRange {
            start: Some(FrameReference {
                id: Some("frame-00003".to_owned()),
                index: Some(2),
                offset: Some(-7),
            }),
            end: None,
            without_end: true,
        },
        actions: vec![
            Action::Speed(speed),
            Action::Callout(callout),
            Action::OpacityFocus(focus),
            Action::Camera(camera),
            Action::Text(ScreenText::caption("caption")),
        ],
    };
    let messages = vec![message, Message::new("empty")];
    Script { messages }
}

#[test]
fn a_script_comes_back_from_control_messages_and_from_json() {
    let script = everything();
    script.check(Some(3)).unwrap();
    let (read, notes) = original::read(&original::write(&script), "it", 3).unwrap();
    assert_eq!((&read, notes), (&script, Vec::new()));
    let text = serde_json::to_string(&script).unwrap();
    assert_eq!(serde_json::from_str::<Script>(&text).unwrap(), script);
}

#[test]
fn what_is_left_out_is_noted() {
    let messages = json!([
        { "id": "a", "actions": [{ "type": "overlay.sparkle" }] },
        { "id": "a", "actions": [
            { "type": "overlay.callout", "text": "", "anchor": { "mode": "atom", "atoms": [9] } },
            { "type": "visual.opacityFocus", "focus": { "atoms": [0, 9] } },
            { "type": "overlay.callout", "anchor": { "mode": "world", "position": [0, 0, 0] },
              "style": { "color": "nothing", "shadow": 1 } },
        ] },
    ]);
    let (script, notes) = original::read(&messages, "m", 3).unwrap();
    let ids: Vec<&str> = script.messages.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["a", "a (2)"]);
    let paths: Vec<&str> = notes
        .iter()
        .map(|it| it.split(':').next().unwrap())
        .collect();
    let expected = [
        "m[0].actions[0]",
        "m[1].actions[0].anchor",
        "m[1].actions[1].focus",
        "m[1].actions[2].style.color",
        "m[1].actions[2].style.shadow",
        "m[1].id",
    ];
    assert_eq!(paths, expected, "{notes:?}");
}

#[test]
fn numbers_that_the_original_replaces_are_replaced() {
    let messages = json!([{ "actions": [
        { "type": "timeline.playbackSpeed", "fps": 0 },
        { "type": "timeline.playbackSpeed", "fps": 12, "transitionMs": -5 },
    ] }]);
    let (script, _) = original::read(&messages, "m", 0).unwrap();
    assert_eq!(script.messages[0].id, "control-0");
    let expected = [20.0, 12.0].map(|rate| Action::Speed(Speed::frames_per_second(rate)));
    assert_eq!(script.messages[0].actions, expected);
}

#[test]
fn an_opacity_is_that_of_its_mode_where_the_number_does_not_fit_it() {
    let read = |mode: Value, background: Value| {
        let messages = json!([{ "actions": [{
            "type": "visual.opacityFocus", "focus": { "atom": 0 }, "mode": mode,
            "backgroundOpacity": background,
        }] }]);
        let (script, _) = original::read(&messages, "m", 1).unwrap();
        match &script.messages[0].actions[0] {
            Action::OpacityFocus(focus) => [focus.background.atoms, focus.background.bonds],
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(read(Value::Null, Value::Null), [0.32, 0.18]);
    assert_eq!(read(Value::Null, json!({ "atoms": 0.5 })), [0.5, 0.18]);
    assert_eq!(
        read(json!("soft"), json!({ "atoms": 1.0, "bonds": 0.1 })),
        [0.32, 0.1]
    );
    assert_eq!(
        read(json!({ "background": "solid" }), json!({ "atoms": 0.5 })),
        [1.0, 1.0]
    );
    let mixed = json!({ "background": "solid", "backgroundBonds": "soft" });
    assert_eq!(read(mixed, Value::Null), [1.0, 0.18]);
}
