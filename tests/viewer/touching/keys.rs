//! Keyboard shortcuts act as their table states.

use std::collections::HashSet;

use bevy::ecs::message::Messages;
use bevy::prelude::*;
use mlipview_core::chem::Element;
use mlipview_core::sim::Activity;
use mlipview_viewer::Style;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::aim::Blocked;
use mlipview_viewer::interact::gesture::Tool;
use mlipview_viewer::interact::gesture::selected_bond::SelectedBond;
use mlipview_viewer::interact::keyboard::{Shortcut, ShortcutKey, gestures, table};
use mlipview_viewer::scene::bonds::Bonding;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;

use super::{argon_desk, built_in, still_desk};
use crate::desk::Desk;

/// Presses the keys of a shortcut on a US keyboard.
fn strike(desk: &mut Desk, shortcut: &Shortcut) {
    let mut held = Vec::new();
    if shortcut.modifiers.control {
        held.push(KeyCode::ControlLeft);
    }
    if shortcut.modifiers.shift {
        held.push(KeyCode::ShiftLeft);
    }
    match shortcut.key {
        ShortcutKey::Letter(letter) => desk.strike(&held, KeyCode::F24, Some(letter)),
        ShortcutKey::Symbol(sign) => desk.strike(&held, KeyCode::F24, Some(sign)),
        ShortcutKey::Physical(code, _) => desk.strike(&held, code, None),
    }
}

/// Actions of the last two rendered frames.
fn asked(desk: &Desk) -> Vec<Action> {
    let messages = desk.get::<Messages<Action>>();
    messages.get_cursor().read(messages).cloned().collect()
}

#[test]
fn shortcuts_are_unique_and_described() {
    let mut seen = HashSet::new();
    for shortcut in table() {
        assert!(seen.insert(shortcut.keys()), "{} twice", shortcut.keys());
        assert!(!shortcut.words.is_empty());
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
    step: u64,
    has_converged: bool,
}

fn everything(desk: &Desk) -> Everything {
    let frame = desk.frame();
    Everything {
        selection: desk.get::<Selection>().clone(),
        orbit: *desk.get::<Orbit>(),
        style: desk.get::<Style>().clone(),
        tool: *desk.get::<Tool>(),
        bond: desk.get::<SelectedBond>().side().to_vec(),
        elements: frame.identity.elements().to_vec(),
        fixed: frame.identity.fixed().to_vec(),
        positions: frame.positions.clone(),
        activity: frame.activity.clone(),
        step: frame.step,
        has_converged: desk.last_said().starts_with("Converged"),
    }
}

/// A molecule with a missing hydrogen, a selected dihedral, and an undone change.
fn busy_desk() -> Desk {
    let mut desk = still_desk(built_in("ethanol"));
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
        desk.ask_and_wait(action);
    }
    let revision = desk.frame().revision;
    desk.wait_until("the bonds", |desk| {
        desk.get::<Bonding>()
            .of(&desk.frame())
            .is_some_and(|perceived| perceived.revision == revision)
    });
    desk
}

#[test]
fn each_shortcut_has_an_effect() {
    for shortcut in table()
        .iter()
        .filter(|shortcut| !is_elsewhere(&shortcut.action))
    {
        let mut desk = busy_desk();
        if shortcut.action == Action::Fit {
            desk.ask(Action::Zoom(0.5));
        }
        let before = everything(&desk);
        strike(&mut desk, shortcut);
        let what = format!("{} ({})", shortcut.keys(), shortcut.words);
        desk.wait_until(&what, |desk| everything(desk) != before);
    }
}

#[test]
fn without_headset_support_its_key_reports_that() {
    let mut desk = argon_desk();
    desk.strike(&[], KeyCode::F8, None);
    desk.app.update();
    assert!(desk.last_said().contains("without headset support"));
}

#[test]
fn while_a_text_field_has_the_focus_keys_are_not_shortcuts() {
    let mut desk = argon_desk();
    desk.get_mut::<Blocked>().keyboard = true;
    for shortcut in table() {
        strike(&mut desk, shortcut);
    }
    desk.get_mut::<Blocked>().keyboard = false;
    assert!(asked(&desk).is_empty());
    assert!(desk.selected().is_empty());
}

#[test]
fn letters_follow_the_keyboard_layout_or_else_a_us_keyboard() {
    let at = |code, sign: Option<char>| {
        let mut desk = argon_desk();
        desk.key(KeyCode::ControlLeft, bevy::input::ButtonState::Pressed);
        desk.key_that_writes(code, sign, bevy::input::ButtonState::Pressed);
        asked(&desk)
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
        let mut desk = argon_desk();
        desk.strike(&[], key, None);
        let to_eye = desk.get::<Orbit>().rotation * Vec3::Z;
        assert!(to_eye.distance(Vec3::AXES[axis]) < 1e-5, "{to_eye}");
        let right = desk.get::<Orbit>().rotation * Vec3::X;
        assert!(right.distance(Vec3::AXES[(axis + 1) % 3]) < 1e-5, "{right}");
        desk.strike(&[KeyCode::ShiftLeft], key, None);
        let to_eye = desk.get::<Orbit>().rotation * Vec3::Z;
        assert!(to_eye.distance(-Vec3::AXES[axis]) < 1e-5, "{to_eye}");
    }
}

#[test]
fn selected_atoms_are_centered() {
    let mut desk = argon_desk();
    desk.get_mut::<Selection>().set([0, 1]);
    desk.ask(Action::Center);
    assert_eq!(desk.get::<Orbit>().target, Vec3::new(1.9, 0.0, 0.0));
    desk.ask(Action::Zoom(0.01));
    desk.ask(Action::Fit);
    let window = crate::desk::WINDOW;
    for atom in 0..4 {
        let place = desk.pixel(desk.drawn(atom));
        assert!(
            place.cmpgt(Vec2::ZERO).all() && place.cmplt(window).all(),
            "{place}"
        );
    }
}
