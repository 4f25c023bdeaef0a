//! Keyboard shortcuts act as their table states.

use std::collections::HashSet;

use bevy::ecs::message::Messages;
use bevy::prelude::*;
use mlipview_core::chem::Element;
use mlipview_core::sim::Activity;
use mlipview_core::sim::playback::PlaybackStatus;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::aim::CapturedInput;
use mlipview_viewer::interact::gesture::Tool;
use mlipview_viewer::interact::gesture::selected_bond::SelectedBond;
use mlipview_viewer::interact::keyboard::{Group, Shortcut, ShortcutKey, gestures, table};
use mlipview_viewer::scene::bonds::Bonding;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::{Simulation, Style};

use super::{argon_viewer, built_in, still_viewer};
use crate::test_viewer::TestViewer;

/// Presses the keys of a shortcut on a US keyboard.
fn press_key(viewer: &mut TestViewer, shortcut: &Shortcut) {
    let mut held = Vec::new();
    if shortcut.modifiers.control {
        held.push(KeyCode::ControlLeft);
    }
    if shortcut.modifiers.shift {
        held.push(KeyCode::ShiftLeft);
    }
    match shortcut.key {
        ShortcutKey::Letter(letter) => viewer.press_key(&held, KeyCode::F24, Some(letter)),
        ShortcutKey::Symbol(sign) => viewer.press_key(&held, KeyCode::F24, Some(sign)),
        ShortcutKey::Physical(code, _) => viewer.press_key(&held, code, None),
    }
}

/// Actions of the last two rendered frames.
fn written_actions(viewer: &TestViewer) -> Vec<Action> {
    let messages = viewer.get::<Messages<Action>>();
    messages.get_cursor().read(messages).cloned().collect()
}

#[test]
fn shortcuts_are_unique_and_described() {
    let mut seen = HashSet::new();
    for shortcut in table() {
        assert!(seen.insert(shortcut.keys()), "{} twice", shortcut.keys());
        assert!(!shortcut.description.is_empty());
    }
    assert!(gestures().iter().any(|gesture| gesture.device == "Touch"));
    let redo = table()
        .iter()
        .find(|row| row.action == Action::Redo)
        .unwrap();
    assert_eq!(redo.keys(), "Ctrl+Shift+Z");
}

/// Whether the action needs panels, dialogs or quits.
fn is_elsewhere(action: &Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::Quit
            | Action::Save
            | Action::SaveSession
            | Action::SavePicture
            | Action::TogglePanels
            | Action::ToggleHelp
            | Action::TogglePeople
            | Action::ToggleHeadset(_)
    )
}

/// State that actions may change.
#[derive(Debug, PartialEq)]
struct Everything {
    selection: Selection,
    orbit: Orbit,
    style: Style,
    tool: Tool,
    bond: Vec<usize>,
    elements: Vec<Element>,
    fixed: Vec<bool>,
    positions: Vec<glam::DVec3>,
    activity: Activity,
    playback: Option<PlaybackStatus>,
    step: u64,
    has_converged: bool,
}

fn everything(viewer: &TestViewer) -> Everything {
    let frame = viewer.frame();
    Everything {
        selection: viewer.get::<Selection>().clone(),
        orbit: *viewer.get::<Orbit>(),
        style: viewer.get::<Style>().clone(),
        tool: *viewer.get::<Tool>(),
        bond: viewer.get::<SelectedBond>().side().to_vec(),
        elements: frame.identity.elements().to_vec(),
        fixed: frame.identity.fixed().to_vec(),
        positions: frame.positions.clone(),
        activity: frame.activity.clone(),
        playback: frame.playback,
        step: frame.step,
        has_converged: viewer.last_notice().starts_with("Converged"),
    }
}

/// A molecule with a missing hydrogen, a selected dihedral, and an undone change.
fn busy_viewer() -> TestViewer {
    let mut viewer = still_viewer(built_in("ethanol"));
    for action in [
        Action::Select(vec![5]),
        Action::Delete,
        Action::Select(vec![2]),
        Action::SetElement(Element::S),
        Action::SetElement(Element::C),
        Action::Undo,
        Action::Select(vec![3, 0, 1, 2]),
        Action::Rotate {
            right: 17.0,
            down: 9.0,
        },
    ] {
        viewer.act_and_wait(action);
    }
    let revision = viewer.frame().revision;
    viewer.wait_until("the bonds", |viewer| {
        viewer
            .get::<Bonding>()
            .of(&viewer.frame())
            .is_some_and(|perceived| perceived.revision == revision)
    });
    viewer
}

#[test]
fn each_shortcut_has_an_effect() {
    for shortcut in table()
        .iter()
        .filter(|shortcut| !is_elsewhere(&shortcut.action))
    {
        let mut viewer = busy_viewer();
        if shortcut.action == Action::Fit {
            viewer.act(Action::Zoom(0.5));
        }
        if shortcut.group == Group::Timeline {
            let timeline = viewer.get::<Simulation>().timeline().clone();
            let middle = timeline.address(timeline.len() / 2).unwrap();
            viewer.act(Action::ShowFrame(middle));
            viewer.wait_until("the past", |viewer| viewer.frame().playback.is_some());
        }
        let before = everything(&viewer);
        press_key(&mut viewer, shortcut);
        let what = format!("{} ({})", shortcut.keys(), shortcut.description);
        viewer.wait_until(&what, |viewer| everything(viewer) != before);
    }
}

#[test]
fn without_headset_support_its_key_reports_that() {
    let mut viewer = argon_viewer();
    viewer.press_key(&[], KeyCode::F8, None);
    viewer.app.update();
    assert!(viewer.last_notice().contains("without headset support"));
}

#[test]
fn while_a_text_field_has_the_focus_keys_are_not_shortcuts() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<CapturedInput>().keyboard = true;
    for shortcut in table() {
        press_key(&mut viewer, shortcut);
    }
    viewer.get_mut::<CapturedInput>().keyboard = false;
    assert!(written_actions(&viewer).is_empty());
    assert!(viewer.selected().is_empty());
}

#[test]
fn letters_follow_the_keyboard_layout_or_else_a_us_keyboard() {
    let at = |code, sign: Option<char>| {
        let mut viewer = argon_viewer();
        viewer.key(KeyCode::ControlLeft, bevy::input::ButtonState::Pressed);
        viewer.key_with_text(code, sign, bevy::input::ButtonState::Pressed);
        written_actions(&viewer)
    };
    // A German keyboard has Z where a US keyboard has Y.
    assert_eq!(at(KeyCode::KeyY, Some('z')), [Action::Undo]);
    assert_eq!(at(KeyCode::KeyZ, Some('y')), [Action::Redo]);
    // A Greek keyboard.
    assert_eq!(at(KeyCode::KeyZ, Some('ζ')), [Action::Undo]);
    assert_eq!(at(KeyCode::KeyZ, None), [Action::Undo]);
}

#[test]
fn views_along_axes_have_the_axis_towards_the_eye() {
    for (key, axis) in [
        (KeyCode::Digit1, 0),
        (KeyCode::Digit2, 1),
        (KeyCode::Digit3, 2),
    ] {
        let mut viewer = argon_viewer();
        viewer.press_key(&[], key, None);
        let to_eye = viewer.get::<Orbit>().rotation * Vec3::Z;
        assert!(to_eye.distance(Vec3::AXES[axis]) < 1e-5, "{to_eye}");
        let right = viewer.get::<Orbit>().rotation * Vec3::X;
        assert!(right.distance(Vec3::AXES[(axis + 1) % 3]) < 1e-5, "{right}");
        viewer.press_key(&[KeyCode::ShiftLeft], key, None);
        let to_eye = viewer.get::<Orbit>().rotation * Vec3::Z;
        assert!(to_eye.distance(-Vec3::AXES[axis]) < 1e-5, "{to_eye}");
    }
}

#[test]
fn selected_atoms_are_centered() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<Selection>().set([0, 1]);
    viewer.act(Action::Center);
    assert_eq!(viewer.get::<Orbit>().target, Vec3::new(1.9, 0.0, 0.0));
    viewer.act(Action::Zoom(0.01));
    viewer.act(Action::Fit);
    let window = crate::test_viewer::WINDOW;
    for atom in 0..4 {
        let position = viewer.pixel(viewer.drawn(atom));
        assert!(
            position.cmpgt(Vec2::ZERO).all() && position.cmplt(window).all(),
            "{position}"
        );
    }
}
