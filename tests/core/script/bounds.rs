//! Errors of scripts name the message and the field.

use mlipview_core::script::{
    Action, Anchor, Callout, CalloutStyle, CameraMove, CameraPose, MAX_MESSAGES, Message,
    OpacityFocus, ScreenText, Script, Speed, TimingFunction, color,
};

/// The error of a message with an action, for a structure of ten atoms.
fn error(action: Action) -> String {
    let message = Message {
        actions: vec![Action::Speed(Speed::multiplied(1.0)), action],
        ..Message::new("approach")
    };
    let messages = vec![Message::new("start"), message];
    Script { messages }.check(Some(10)).unwrap_err().to_string()
}

#[test]
fn an_error_names_the_message_the_field_and_the_values() {
    let callout = Callout {
        text_size: Some(-1.0),
        ..Callout::new("text", Anchor::Atom(3))
    };
    assert_eq!(
        error(Action::Callout(callout)),
        "messages[1].actions[1].callout.text_size (of message \"approach\"): found -1, expected a \
         number from 0.001 to 1000000"
    );
}

#[test]
fn every_field_out_of_bounds_is_found() {
    let styled = |style: CalloutStyle| {
        Action::Callout(Callout {
            style,
            ..Callout::new("", Anchor::Point([0.0; 3]))
        })
    };
    let camera = |pose: CameraPose| {
        Action::Camera(CameraMove {
            pose,
            transition: 0.0,
            timing: TimingFunction::Linear,
        })
    };
    let default = CameraPose::default();
    let cases = [
        (Action::Speed(Speed::default()), "speed"),
        (Action::Speed(Speed::frames_per_second(0.0)), "speed.rate"),
        (
            Action::Speed(Speed::multiplied(f64::NAN)),
            "speed.multiplier",
        ),
        (
            Action::Callout(Callout::new("", Anchor::Atom(10))),
            "callout.anchor.atom",
        ),
        (
            Action::Callout(Callout::new("", Anchor::Bond([0, 11]))),
            "callout.anchor.bond",
        ),
        (
            Action::Callout(Callout::new("", Anchor::Point([0.0, f64::NAN, 0.0]))),
            "callout.anchor.point",
        ),
        (
            Action::Callout(Callout::new("x".repeat(10_001), Anchor::Atom(0))),
            "callout.text",
        ),
        (
            styled(CalloutStyle {
                color: Some("reddish".to_owned()),
                ..CalloutStyle::default()
            }),
            "callout.style.color",
        ),
        (
            styled(CalloutStyle {
                opacity: Some(1.5),
                ..CalloutStyle::default()
            }),
            "callout.style.opacity",
        ),
        (
            Action::OpacityFocus(OpacityFocus {
                atoms: vec![3, 12],
                ..OpacityFocus::default()
            }),
            "opacity_focus.atoms[1]",
        ),
        (
            camera(CameraPose {
                orientation: [0.0; 4],
                ..default
            }),
            "camera.pose.orientation",
        ),
        (
            camera(CameraPose {
                distance: f64::INFINITY,
                ..default
            }),
            "camera.pose.distance",
        ),
        (
            Action::Text(ScreenText {
                position: [0.5, -0.1],
                ..ScreenText::caption("")
            }),
            "text.position",
        ),
    ];
    for (action, field) in cases {
        let error = error(action);
        let start = format!("messages[1].actions[1].{field} (of message \"approach\"): found ");
        assert!(error.starts_with(&start), "{error}");
    }
}

#[test]
fn ids_are_unique_and_not_empty() {
    let check = |ids: [&str; 2]| {
        let messages = ids.map(Message::new).to_vec();
        Script { messages }.check(None)
    };
    assert!(check(["a", "b"]).is_ok());
    assert_eq!(check(["a", "a"]).unwrap_err().path, "[1].id");
    assert_eq!(check(["a", ""]).unwrap_err().path, "[1].id");
}

#[test]
fn the_number_of_messages_is_bounded() {
    let messages = |count: usize| (0..count).map(|it| Message::new(it.to_string())).collect();
    let full = Script {
        messages: messages(MAX_MESSAGES),
    };
    let over = Script {
        messages: messages(MAX_MESSAGES + 1),
    };
    assert!(full.check(None).is_ok() && over.check(None).is_err());
}

#[test]
fn colors_are_read_as_css_writes_them() {
    assert_eq!(color::parse("#f00"), Some([1.0, 0.0, 0.0, 1.0]));
    assert_eq!(color::parse("white"), Some([1.0; 4]));
    let [red, green, blue, alpha] = color::parse("rgba(255, 51, 0, 0.85)").unwrap();
    let close = |one: f32, other: f32| (one - other).abs() < 1e-6;
    assert!(close(red, 1.0) && close(green, 0.2) && close(blue, 0.0) && close(alpha, 0.85));
    assert_eq!(color::parse("no color"), None);
    assert_eq!(color::parse(&"#".repeat(1_000_000)), None);
}
