//! Table of keyboard shortcuts.

use std::sync::LazyLock;

use bevy::prelude::*;

use super::{Group, Modifiers, Shortcut, ShortcutKey};
use crate::app::xr_status::Mode;
use crate::interact::action::{Action, AxisView};
use crate::interact::gesture::rotate_bond::{DEGREES_PER_NOTCH, FINE_DEGREES_PER_NOTCH};

/// Rotation per press of an arrow key, degrees.
const ROTATION_STEP: f32 = 10.0;
/// Zoom factor per press.
const ZOOM_STEP: f32 = 1.2;

fn row(group: Group, key: ShortcutKey, action: Action, description: &'static str) -> Shortcut {
    Shortcut {
        group,
        key,
        modifiers: Modifiers::default(),
        action,
        description,
        repeats: false,
    }
}

impl Shortcut {
    fn with_control(mut self) -> Shortcut {
        self.modifiers.control = true;
        self
    }

    fn with_shift(mut self) -> Shortcut {
        self.modifiers.shift = true;
        self
    }

    fn repeating(mut self) -> Shortcut {
        self.repeats = true;
        self
    }
}

/// All shortcuts, in the order of the help.
pub fn table() -> &'static [Shortcut] {
    &TABLE
}

static TABLE: LazyLock<Vec<Shortcut>> = LazyLock::new(|| {
    let groups = [files(), runs(), timeline(), selections(), edits(), views()];
    groups.into_iter().flatten().collect()
});

fn files() -> Vec<Shortcut> {
    let row = |letter, action, description| {
        row(
            Group::File,
            ShortcutKey::Letter(letter),
            action,
            description,
        )
        .with_control()
    };
    vec![
        row('o', Action::Open, "Open a file"),
        row('s', Action::Save, "Save the structure"),
        row('s', Action::SaveSession, "Save the session").with_shift(),
        row('p', Action::SavePicture, "Save an image"),
        row('q', Action::Quit, "Quit"),
    ]
}

fn runs() -> Vec<Shortcut> {
    let row = |key, action, description| row(Group::Run, key, action, description);
    vec![
        row(
            ShortcutKey::Physical(KeyCode::Space, "Space"),
            Action::ToggleRun,
            "Start or stop the run; in the past, play or pause",
        ),
        row(
            ShortcutKey::Letter('d'),
            Action::StartDynamics,
            "Start dynamics",
        ),
        row(ShortcutKey::Letter('r'), Action::Relax, "Start relaxation"),
        row(ShortcutKey::Symbol('.'), Action::Step, "Take one step").repeating(),
    ]
}

fn timeline() -> Vec<Shortcut> {
    let row = |code, name, action, description| {
        row(
            Group::Timeline,
            ShortcutKey::Physical(code, name),
            action,
            description,
        )
    };
    let letter = |action, description| {
        self::row(
            Group::Timeline,
            ShortcutKey::Letter('t'),
            action,
            description,
        )
    };
    let step = |code, name, frames, description| {
        row(code, name, Action::StepFrames(frames), description).repeating()
    };
    let (up, down) = (KeyCode::PageUp, KeyCode::PageDown);
    vec![
        step(up, "Page Up", -1, "Previous recorded frame"),
        step(down, "Page Down", 1, "Next recorded frame"),
        step(up, "Page Up", -10, "10 frames back").with_shift(),
        step(down, "Page Down", 10, "10 frames ahead").with_shift(),
        row(
            KeyCode::Home,
            "Home",
            Action::FirstFrame,
            "First recorded frame",
        ),
        row(
            KeyCode::End,
            "End",
            Action::EndPlayback,
            "Back to the simulation",
        ),
        letter(Action::TogglePlayback, "Play recorded frames, or pause"),
        letter(
            Action::TogglePlaybackBackward,
            "Play them backward, or pause",
        )
        .with_shift(),
    ]
}

fn selections() -> Vec<Shortcut> {
    let row = |key, action, description| row(Group::Select, key, action, description);
    vec![
        row(
            ShortcutKey::Letter('a'),
            Action::SelectAll,
            "Select all atoms",
        )
        .with_control(),
        row(
            ShortcutKey::Letter('i'),
            Action::InvertSelection,
            "Invert selection",
        )
        .with_control(),
        row(
            ShortcutKey::Letter('m'),
            Action::ExpandToMolecules,
            "Expand selection to molecules",
        ),
        row(
            ShortcutKey::Letter('e'),
            Action::ExpandToElements,
            "Expand selection to elements",
        ),
        row(
            ShortcutKey::Physical(KeyCode::Escape, "Esc"),
            Action::Escape,
            "Leave the tool, or clear the selection",
        ),
    ]
}

fn edits() -> Vec<Shortcut> {
    let row = |key, action, description| row(Group::Edit, key, action, description);
    let letter =
        |letter, action, description| row(ShortcutKey::Letter(letter), action, description);
    let bracket = |code, name, angle, description| {
        row(
            ShortcutKey::Physical(code, name),
            Action::RotateBond(angle),
            description,
        )
        .repeating()
    };
    let (left, right) = (KeyCode::BracketLeft, KeyCode::BracketRight);
    const DELETE: &str = "Delete selected atoms";
    const REDO: &str = "Redo";
    vec![
        letter('z', Action::Undo, "Undo").with_control().repeating(),
        letter('z', Action::Redo, REDO)
            .with_control()
            .with_shift()
            .repeating(),
        letter('y', Action::Redo, REDO).with_control().repeating(),
        row(
            ShortcutKey::Physical(KeyCode::Delete, "Delete"),
            Action::Delete,
            DELETE,
        ),
        row(
            ShortcutKey::Physical(KeyCode::Backspace, "Backspace"),
            Action::Delete,
            DELETE,
        ),
        letter('d', Action::Duplicate, "Duplicate selected atoms").with_control(),
        letter('h', Action::AddHydrogens, "Add missing hydrogens"),
        letter('a', Action::AddAtomTool(None), "Add atoms by clicking"),
        letter('k', Action::ToggleFixed, "Fix or free selected atoms"),
        letter('p', Action::ToggleGrip, "Toggle holding / pulling"),
        letter('x', Action::ToggleAxis(0), "Toggle dragging along x"),
        letter('y', Action::ToggleAxis(1), "Toggle dragging along y"),
        letter('z', Action::ToggleAxis(2), "Toggle dragging along z"),
        bracket(left, "[", -DEGREES_PER_NOTCH, "Rotate selected bond by −5°"),
        bracket(right, "]", DEGREES_PER_NOTCH, "Rotate selected bond by 5°"),
        bracket(
            left,
            "[",
            -FINE_DEGREES_PER_NOTCH,
            "Rotate selected bond by −1°",
        )
        .with_shift(),
        bracket(
            right,
            "]",
            FINE_DEGREES_PER_NOTCH,
            "Rotate selected bond by 1°",
        )
        .with_shift(),
        row(
            ShortcutKey::Physical(KeyCode::Backslash, "\\"),
            Action::SwapBondSide,
            "Swap the moving side of the bond",
        ),
    ]
}

fn views() -> Vec<Shortcut> {
    let row = |key, action, description| row(Group::View, key, action, description);
    let letter =
        |letter, action, description| row(ShortcutKey::Letter(letter), action, description);
    let along = |code, name, axis, from_behind, description| {
        let row = row(
            ShortcutKey::Physical(code, name),
            Action::ViewAlong(AxisView { axis, from_behind }),
            description,
        );
        if from_behind { row.with_shift() } else { row }
    };
    let arrow = |code, name, right, down, description| {
        row(
            ShortcutKey::Physical(code, name),
            Action::Rotate { right, down },
            description,
        )
        .repeating()
    };
    let zoom = |symbol, factor, description| {
        row(
            ShortcutKey::Symbol(symbol),
            Action::Zoom(factor),
            description,
        )
        .repeating()
    };
    let (x, y, z) = (KeyCode::Digit1, KeyCode::Digit2, KeyCode::Digit3);
    vec![
        letter('f', Action::Fit, "Fit to window"),
        letter('c', Action::Center, "Center selected atoms, or all"),
        along(x, "1", 0, false, "Look along x"),
        along(y, "2", 1, false, "Look along y"),
        along(z, "3", 2, false, "Look along z"),
        along(x, "1", 0, true, "Look along −x"),
        along(y, "2", 1, true, "Look along −y"),
        along(z, "3", 2, true, "Look along −z"),
        arrow(KeyCode::ArrowLeft, "←", -ROTATION_STEP, 0.0, "Rotate left"),
        arrow(KeyCode::ArrowRight, "→", ROTATION_STEP, 0.0, "Rotate right"),
        arrow(KeyCode::ArrowUp, "↑", 0.0, -ROTATION_STEP, "Rotate up"),
        arrow(KeyCode::ArrowDown, "↓", 0.0, ROTATION_STEP, "Rotate down"),
        zoom('+', ZOOM_STEP, "Zoom in"),
        zoom('=', ZOOM_STEP, "Zoom in"),
        zoom('-', 1.0 / ZOOM_STEP, "Zoom out"),
        letter(
            'o',
            Action::TogglePerspective,
            "Toggle orthographic / perspective",
        ),
        letter('v', Action::NextRepresentation, "Next drawing style"),
        letter('l', Action::NextLabels, "Next atom labels"),
        letter('g', Action::ToggleForces, "Toggle force arrows"),
        letter('b', Action::ToggleCell, "Toggle cell edges"),
        row(
            ShortcutKey::Physical(KeyCode::Tab, "Tab"),
            Action::TogglePanels,
            "Toggle all panels",
        ),
        letter('w', Action::TogglePeople, "Toggle people and invite links"),
        row(
            ShortcutKey::Physical(KeyCode::F8, "F8"),
            Action::ToggleHeadset(Mode::Virtual),
            "Enter or leave VR",
        ),
        row(
            ShortcutKey::Physical(KeyCode::F9, "F9"),
            Action::ToggleHeadset(Mode::Augmented),
            "Enter or leave AR",
        ),
        row(
            ShortcutKey::Physical(KeyCode::F1, "F1"),
            Action::ToggleHelp,
            "Toggle help",
        ),
        row(ShortcutKey::Symbol('?'), Action::ToggleHelp, "Toggle help"),
    ]
}
