//! The table of shortcuts.

use std::sync::LazyLock;

use bevy::prelude::*;

use super::{Group, Modifiers, Press, Shortcut};
use crate::app::xr_status::Mode;
use crate::interact::action::{Action, View};
use crate::interact::gesture::rotate_bond::{FINE_NOTCH, NOTCH};

/// How far an arrow key turns the scene, degrees.
const TURN: f32 = 10.0;
/// By which factor a key comes nearer.
const NEARER: f32 = 1.2;

fn row(group: Group, press: Press, action: Action, words: &'static str) -> Shortcut {
    Shortcut {
        group,
        press,
        modifiers: Modifiers::default(),
        action,
        words,
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

    fn again_and_again(mut self) -> Shortcut {
        self.repeats = true;
        self
    }
}

/// All shortcuts, in the order of the help.
pub fn table() -> &'static [Shortcut] {
    &TABLE
}

static TABLE: LazyLock<Vec<Shortcut>> = LazyLock::new(|| {
    let groups = [files(), runs(), choices(), edits(), views()];
    groups.into_iter().flatten().collect()
});

fn files() -> Vec<Shortcut> {
    let row = |letter, action, words| {
        row(Group::File, Press::Letter(letter), action, words).with_control()
    };
    vec![
        row('o', Action::Open, "Open a file"),
        row('s', Action::Save, "Save the structure"),
        row('p', Action::SavePicture, "Save a picture"),
        row('q', Action::Quit, "Quit"),
    ]
}

fn runs() -> Vec<Shortcut> {
    let row = |press, action, words| row(Group::Run, press, action, words);
    vec![
        row(
            Press::Place(KeyCode::Space, "Space"),
            Action::ToggleRun,
            "Run, or stop the run",
        ),
        row(Press::Letter('d'), Action::StartDynamics, "Start dynamics"),
        row(Press::Letter('r'), Action::Relax, "Relax"),
        row(Press::Sign('.'), Action::Step, "Take one step").again_and_again(),
    ]
}

fn choices() -> Vec<Shortcut> {
    let row = |press, action, words| row(Group::Choose, press, action, words);
    vec![
        row(Press::Letter('a'), Action::SelectAll, "Choose all atoms").with_control(),
        row(Press::Letter('i'), Action::Invert, "Choose the other atoms").with_control(),
        row(
            Press::Letter('m'),
            Action::GrowToMolecules,
            "Choose the whole molecules of the chosen atoms",
        ),
        row(
            Press::Letter('e'),
            Action::GrowToElements,
            "Choose all atoms of the chosen elements",
        ),
        row(
            Press::Place(KeyCode::Escape, "Esc"),
            Action::Escape,
            "Leave the tool, or choose nothing",
        ),
    ]
}

fn edits() -> Vec<Shortcut> {
    let row = |press, action, words| row(Group::Edit, press, action, words);
    let letter = |letter, action, words| row(Press::Letter(letter), action, words);
    let bracket = |code, name, angle, words| {
        row(Press::Place(code, name), Action::RotateBond(angle), words).again_and_again()
    };
    let (left, right) = (KeyCode::BracketLeft, KeyCode::BracketRight);
    const TAKE_OUT: &str = "Take the chosen atoms out";
    const REDO: &str = "Make the change again";
    vec![
        letter('z', Action::Undo, "Take back the last change")
            .with_control()
            .again_and_again(),
        letter('z', Action::Redo, REDO)
            .with_control()
            .with_shift()
            .again_and_again(),
        letter('y', Action::Redo, REDO)
            .with_control()
            .again_and_again(),
        row(
            Press::Place(KeyCode::Delete, "Delete"),
            Action::Delete,
            TAKE_OUT,
        ),
        row(
            Press::Place(KeyCode::Backspace, "Backspace"),
            Action::Delete,
            TAKE_OUT,
        ),
        letter(
            'd',
            Action::Duplicate,
            "Copy the chosen atoms to where there is room",
        )
        .with_control(),
        letter(
            'h',
            Action::AddHydrogens,
            "Add the hydrogens that are missing",
        ),
        letter('a', Action::AddAtomTool(None), "Add atoms by clicks"),
        letter(
            'k',
            Action::ToggleFixed,
            "Fix the chosen atoms in space, or free them",
        ),
        letter('p', Action::ToggleGrip, "Hold atoms, or pull them"),
        letter('x', Action::ToggleAxis(0), "Drag along x only, or freely"),
        letter('y', Action::ToggleAxis(1), "Drag along y only, or freely"),
        letter('z', Action::ToggleAxis(2), "Drag along z only, or freely"),
        bracket(left, "[", -NOTCH, "Turn the chosen bond by −5°"),
        bracket(right, "]", NOTCH, "Turn the chosen bond by 5°"),
        bracket(left, "[", -FINE_NOTCH, "Turn the chosen bond by −1°").with_shift(),
        bracket(right, "]", FINE_NOTCH, "Turn the chosen bond by 1°").with_shift(),
        row(
            Press::Place(KeyCode::Backslash, "\\"),
            Action::SwapSide,
            "Let the other side of the bond move",
        ),
    ]
}

fn views() -> Vec<Shortcut> {
    let row = |press, action, words| row(Group::View, press, action, words);
    let letter = |letter, action, words| row(Press::Letter(letter), action, words);
    let along = |code, name, axis, from_behind, words| {
        let row = row(
            Press::Place(code, name),
            Action::ViewAlong(View { axis, from_behind }),
            words,
        );
        if from_behind { row.with_shift() } else { row }
    };
    let arrow = |code, name, right, down, words| {
        row(
            Press::Place(code, name),
            Action::Turn { right, down },
            words,
        )
        .again_and_again()
    };
    let zoom =
        |sign, factor, words| row(Press::Sign(sign), Action::Zoom(factor), words).again_and_again();
    let (x, y, z) = (KeyCode::Digit1, KeyCode::Digit2, KeyCode::Digit3);
    vec![
        letter('f', Action::Fit, "Show everything"),
        letter('c', Action::Center, "Put the chosen atoms into the middle"),
        along(x, "1", 0, false, "Look along x"),
        along(y, "2", 1, false, "Look along y"),
        along(z, "3", 2, false, "Look along z"),
        along(x, "1", 0, true, "Look along x from the other side"),
        along(y, "2", 1, true, "Look along y from the other side"),
        along(z, "3", 2, true, "Look along z from the other side"),
        arrow(KeyCode::ArrowLeft, "←", -TURN, 0.0, "Turn to the left"),
        arrow(KeyCode::ArrowRight, "→", TURN, 0.0, "Turn to the right"),
        arrow(KeyCode::ArrowUp, "↑", 0.0, -TURN, "Turn up"),
        arrow(KeyCode::ArrowDown, "↓", 0.0, TURN, "Turn down"),
        zoom('+', NEARER, "Come nearer"),
        zoom('=', NEARER, "Come nearer"),
        zoom('-', 1.0 / NEARER, "Go farther away"),
        letter(
            'o',
            Action::TogglePerspective,
            "Parallel or central projection",
        ),
        letter(
            'v',
            Action::NextRepresentation,
            "Draw atoms in the next way",
        ),
        letter('l', Action::NextLabels, "Write the next thing beside atoms"),
        letter('g', Action::ToggleForces, "Show forces, or not"),
        letter('b', Action::ToggleCell, "Show the box of the cell, or not"),
        row(
            Press::Place(KeyCode::Tab, "Tab"),
            Action::TogglePanels,
            "Put all panels away, or bring them back",
        ),
        letter(
            'w',
            Action::TogglePeople,
            "Who is here, and the link for others",
        ),
        row(
            Press::Place(KeyCode::F8, "F8"),
            Action::Immerse(Mode::Virtual),
            "In a headset, or back at the desk",
        ),
        row(
            Press::Place(KeyCode::F9, "F9"),
            Action::Immerse(Mode::Augmented),
            "In a headset and in the room, or back",
        ),
        row(
            Press::Place(KeyCode::F1, "F1"),
            Action::ToggleHelp,
            "Explain keys and gestures",
        ),
        row(
            Press::Sign('?'),
            Action::ToggleHelp,
            "Explain keys and gestures",
        ),
    ]
}
