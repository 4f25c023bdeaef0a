//! Scripts of recorded frames on the wire.

use std::sync::Arc;

use mlipview_core::presence::Role;
use mlipview_core::script::{
    Action, Anchor, Callout, CalloutStyle, CameraMove, CameraPose, FrameRange, Message, Opacities,
    OpacityFocus, PlayedScript, ScreenText, Script, Speed,
};

use super::client::*;
use super::playback::{looked_back, replay};
use super::room::RoomClient;
use super::trajectory::Trajectory;

/// A lesson on frames 3 to 5: a callout, a text, a focus, a camera and a speed.
fn lesson() -> Script {
    let callout = Callout {
        offset: [0.0, 1.0, 0.0],
        style: CalloutStyle {
            color: Some("#ff8000".to_owned()),
            opacity: Some(0.5),
            ..CalloutStyle::default()
        },
        ..Callout::new("second atom", Anchor::Atom(1))
    };
    let focus = OpacityFocus {
        atoms: vec![1],
        bonds: vec![[1, 0]],
        background: Opacities {
            atoms: 0.2,
            bonds: 0.4,
        },
        ..OpacityFocus::default()
    };
    let camera = CameraMove {
        pose: CameraPose {
            distance: 7.0,
            ..CameraPose::default()
        },
        transition: 0.0,
        timing: Default::default(),
    };
    let message = Message {
        range: FrameRange::between(3, 5),
        actions: vec![
            Action::Callout(callout),
            Action::Text(ScreenText::caption("A caption")),
            Action::OpacityFocus(focus),
            Action::Camera(camera),
            Action::Speed(Speed::frames_per_second(4.0)),
        ],
        ..Message::new("lesson")
    };
    Script {
        messages: vec![message],
    }
}

fn room(role: Role) -> RoomClient {
    let mut room = replay(role, Trajectory::new(10, 10));
    set_script(&mut room, lesson());
    room
}

fn set_script(room: &mut RoomClient, script: Script) {
    let script = Arc::new(PlayedScript::of(script));
    room.engine.timeline().set_script(script);
}

/// The script of a frame that a driver shows to the room.
fn shown(room: &mut RoomClient, index: u64) -> Option<ScriptState> {
    room.request(show_frame(in_file(index)));
    room.step(1);
    let received = room.receive_later();
    frames(&received)[0].script.clone()
}

#[test]
fn a_recorded_frame_has_the_state_of_the_script_there() {
    let mut room = room(Role::Driver);
    let state = shown(&mut room, 4).unwrap();
    let [callout, text] = &state.labels[..] else {
        panic!("{state:?}");
    };
    assert_eq!(callout.text, "second atom");
    assert_eq!(callout.point, [1.5, 0.04 + 1.0, 0.0]);
    assert!(callout.place.is_empty() && callout.height > 0.0);
    assert_eq!(callout.color, 0xff80_0080);
    assert_eq!(text.text, "A caption");
    assert_eq!((&text.place[..], text.height), (&[0.5, 0.85][..], 0.05));
    assert!(text.point.is_empty());
    assert_eq!((text.color, text.background), (0xffff_ffff, 0x0f12_17d6));
    assert_eq!(&state.opacities[..], [51, 255]);
    assert_eq!(&state.bond_opacities[..], [102, 102, 255, 255]);
    assert_eq!(&state.bond_focuses[..], [0, 2]);
    assert_eq!(state.focused_bonds, [0, 1, 2]);
    let to = state.to.unwrap();
    assert_eq!((&to.target[..], to.distance), (&[0.0; 3][..], 7.0));
    assert_eq!(to.orientation, [0.0, 0.0, 0.0, 1.0]);
    assert_eq!((state.from, state.progress), (None, 1.0));
    assert_eq!(state.rate, Some(4.0));
}

#[test]
fn outside_of_its_range_a_script_changes_nothing_and_without_one_there_is_no_state() {
    let mut room = room(Role::Driver);
    let state = shown(&mut room, 6).unwrap();
    assert!(state.labels.is_empty() && state.opacities.is_empty());
    assert!(state.bond_opacities.is_empty());
    assert_eq!((state.to, state.rate), (None, None));
    set_script(&mut room, Script::default());
    assert_eq!(shown(&mut room, 4), None);
}

#[test]
fn a_spectator_who_looks_back_alone_has_the_script_too() {
    let mut room = room(Role::Spectator);
    let received = looked_back(&mut room, in_file(3));
    let state = frames(&received)[0].script.clone().unwrap();
    assert_eq!(state.labels.len(), 2);
    let received = looked_back(&mut room, in_file(6));
    let state = frames(&received)[0].script.clone().unwrap();
    assert!(state.labels.is_empty());
}

#[test]
fn an_edited_script_is_sent_when_its_frame_is_shown_again() {
    let mut room = room(Role::Driver);
    assert_eq!(shown(&mut room, 4).unwrap().labels.len(), 2);
    let mut script = lesson();
    script.messages[0].actions.remove(0);
    set_script(&mut room, script);
    assert_eq!(shown(&mut room, 4).unwrap().labels.len(), 1);
}

#[test]
fn the_faintest_atom_is_not_invisible() {
    let mut room = room(Role::Driver);
    let mut script = lesson();
    let background = Opacities {
        atoms: 1e-6,
        bonds: 0.0,
    };
    script.messages[0].actions[2] = Action::OpacityFocus(OpacityFocus {
        atoms: vec![0],
        background,
        ..OpacityFocus::default()
    });
    set_script(&mut room, script);
    assert_eq!(&shown(&mut room, 4).unwrap().opacities[..], [255, 1]);
}
