//! The keys: one table of what each asks for, which is also what the help lists.

use std::sync::LazyLock;

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;

use super::action::{Action, Asking, View};
use super::aim::Blocked;
use super::gesture::rotate_bond::{FINE_NOTCH, NOTCH};

/// A key, whatever the layout of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The key that writes this letter; on keyboards without Latin letters, the one that has its place
    /// on an American keyboard.
    Letter(char),
    /// Any key that writes this sign, with Shift or without.
    Sign(char),
    /// A key by its place, and what it is called.
    Place(KeyCode, &'static str),
}

/// What is held down besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Control, or Command on a Macintosh.
    pub control: bool,
    /// Shift.
    pub shift: bool,
}

/// What a shortcut is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    File,
    Run,
    Choose,
    Edit,
    View,
}

impl Group {
    /// All of them, in the order of the help.
    pub const ALL: [Group; 5] = [
        Group::File,
        Group::Run,
        Group::Choose,
        Group::Edit,
        Group::View,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Group::File => "File",
            Group::Run => "Run",
            Group::Choose => "Choose",
            Group::Edit => "Edit",
            Group::View => "View",
        }
    }
}

/// A key and what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortcut {
    /// What it is about.
    pub group: Group,
    /// The key.
    pub press: Press,
    /// What is held down besides.
    pub modifiers: Modifiers,
    /// What it asks for.
    pub action: Action,
    /// That in words.
    pub words: &'static str,
    /// Whether it asks again and again while the key is down.
    pub repeats: bool,
}

impl Shortcut {
    /// The keys in words, as in `Ctrl+Shift+Z`.
    pub fn keys(&self) -> String {
        let control = if self.modifiers.control { "Ctrl+" } else { "" };
        let shift = if self.modifiers.shift { "Shift+" } else { "" };
        match self.press {
            Press::Letter(letter) => format!("{control}{shift}{}", letter.to_ascii_uppercase()),
            Press::Sign(sign) => format!("{control}{shift}{sign}"),
            Press::Place(_, name) => format!("{control}{shift}{name}"),
        }
    }

    fn is_pressed(&self, input: &KeyboardInput, held: Held) -> bool {
        let is_held = |modifiers: Modifiers| modifiers == self.modifiers && !held.alternative;
        match self.press {
            Press::Letter(letter) => is_held(held.modifiers) && writes_letter(input, letter),
            // Shift, or whatever else, may be what makes the sign.
            Press::Sign(sign) => {
                held.modifiers.control == self.modifiers.control && written(input) == Some(sign)
            }
            Press::Place(code, _) => is_held(held.modifiers) && input.key_code == code,
        }
    }
}

/// What is held down besides, with what makes signs of other keys.
#[derive(Clone, Copy)]
struct Held {
    modifiers: Modifiers,
    alternative: bool,
}

/// The one sign that a key writes.
fn written(input: &KeyboardInput) -> Option<char> {
    let Key::Character(text) = &input.logical_key else {
        return None;
    };
    let mut signs = text.chars();
    signs.next().filter(|_| signs.next().is_none())
}

fn writes_letter(input: &KeyboardInput, letter: char) -> bool {
    match written(input).filter(char::is_ascii) {
        Some(sign) => sign.eq_ignore_ascii_case(&letter),
        None => american(letter) == Some(input.key_code),
    }
}

/// Where a letter is on an American keyboard.
fn american(letter: char) -> Option<KeyCode> {
    const KEYS: [KeyCode; 26] = [
        KeyCode::KeyA,
        KeyCode::KeyB,
        KeyCode::KeyC,
        KeyCode::KeyD,
        KeyCode::KeyE,
        KeyCode::KeyF,
        KeyCode::KeyG,
        KeyCode::KeyH,
        KeyCode::KeyI,
        KeyCode::KeyJ,
        KeyCode::KeyK,
        KeyCode::KeyL,
        KeyCode::KeyM,
        KeyCode::KeyN,
        KeyCode::KeyO,
        KeyCode::KeyP,
        KeyCode::KeyQ,
        KeyCode::KeyR,
        KeyCode::KeyS,
        KeyCode::KeyT,
        KeyCode::KeyU,
        KeyCode::KeyV,
        KeyCode::KeyW,
        KeyCode::KeyX,
        KeyCode::KeyY,
        KeyCode::KeyZ,
    ];
    let place = (letter.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
    KEYS.get(place).copied()
}

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

/// What a mouse or fingers do, for the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// With what.
    pub device: &'static str,
    /// How.
    pub how: &'static str,
    /// What it does.
    pub words: &'static str,
}

/// What a mouse and fingers do, in the order of the help.
pub fn gestures() -> &'static [Gesture] {
    const fn mouse(how: &'static str, words: &'static str) -> Gesture {
        Gesture {
            device: "Mouse",
            how,
            words,
        }
    }
    const fn touch(how: &'static str, words: &'static str) -> Gesture {
        Gesture {
            device: "Touch",
            how,
            words,
        }
    }
    const GESTURES: [Gesture; 16] = [
        mouse("Drag an atom", "Move it, and the chosen ones with it"),
        mouse("Drag beside atoms", "Turn the scene"),
        mouse("Drag with the right or middle button", "Shift the scene"),
        mouse("Wheel", "Come nearer, or go away"),
        mouse("Click an atom", "Choose it"),
        mouse("Shift and click", "Choose it as well, or leave it out"),
        mouse(
            "Shift and drag beside atoms",
            "Choose the atoms in a rectangle",
        ),
        mouse("Double click an atom", "Put it into the middle"),
        mouse(
            "Click a bond",
            "Choose it; once more, and its other side moves",
        ),
        mouse(
            "Wheel on the chosen bond",
            "Turn it by 5°, with Shift by 1°",
        ),
        mouse("Wheel while pulling an atom", "Pull more strongly, or less"),
        mouse(
            "Click, with the tool that adds atoms",
            "Add one to an atom, or in free space",
        ),
        touch("Drag an atom", "Move it; each finger its own"),
        touch("Drag beside atoms", "Turn the scene"),
        touch("Two fingers", "Shift, zoom and turn the scene in its plane"),
        touch("Tap", "Choose an atom or a bond"),
    ];
    &GESTURES
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(Asking));
}

fn listen(
    mut presses: MessageReader<KeyboardInput>,
    keys: Res<ButtonInput<KeyCode>>,
    blocked: Res<Blocked>,
    mut actions: MessageWriter<Action>,
) {
    use KeyCode::{
        AltLeft, AltRight, ControlLeft, ControlRight, ShiftLeft, ShiftRight, SuperLeft, SuperRight,
    };
    let held = Held {
        modifiers: Modifiers {
            control: keys.any_pressed([ControlLeft, ControlRight, SuperLeft, SuperRight]),
            shift: keys.any_pressed([ShiftLeft, ShiftRight]),
        },
        alternative: keys.any_pressed([AltLeft, AltRight]),
    };
    for input in presses.read() {
        if input.state == ButtonState::Released || blocked.keyboard {
            continue;
        }
        let shortcut = table()
            .iter()
            .find(|shortcut| shortcut.is_pressed(input, held));
        if let Some(shortcut) = shortcut.filter(|shortcut| shortcut.repeats || !input.repeat) {
            actions.write(shortcut.action.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use bevy::ecs::message::Messages;
    use bevy::input::InputPlugin;
    use bevy::input::keyboard::NativeKey;

    use super::*;

    fn pressed(key_code: KeyCode, sign: Option<char>) -> KeyboardInput {
        let unknown = Key::Unidentified(NativeKey::Unidentified);
        KeyboardInput {
            key_code,
            logical_key: sign.map_or(unknown, |sign| Key::Character(sign.to_string().into())),
            state: ButtonState::Pressed,
            text: None,
            repeat: false,
            window: Entity::PLACEHOLDER,
        }
    }

    /// What keys ask for that are pressed one after the other, and stay down.
    fn asked(keys: &[KeyboardInput]) -> Vec<Action> {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InputPlugin))
            .init_resource::<Blocked>()
            .add_message::<Action>()
            .add_systems(Update, listen);
        let mut all = Vec::new();
        for key in keys {
            app.world_mut().write_message(key.clone());
            app.update();
            let mut messages = app.world_mut().resource_mut::<Messages<Action>>();
            all.extend(messages.drain());
        }
        all
    }

    #[test]
    fn each_key_asks_for_what_the_table_says_and_again_only_where_that_makes_sense() {
        for shortcut in table() {
            let Modifiers { control, shift } = shortcut.modifiers;
            let held = [(control, KeyCode::ControlLeft), (shift, KeyCode::ShiftLeft)];
            let held = held.into_iter().filter(|(is_held, _)| *is_held);
            let mut keys: Vec<KeyboardInput> = held.map(|(_, key)| pressed(key, None)).collect();
            let key = match shortcut.press {
                Press::Letter(sign) | Press::Sign(sign) => pressed(KeyCode::F24, Some(sign)),
                Press::Place(code, _) => pressed(code, None),
            };
            let again = KeyboardInput {
                repeat: true,
                ..key.clone()
            };
            keys.extend([key, again]);
            let times = if shortcut.repeats { 2 } else { 1 };
            let expected = vec![shortcut.action.clone(); times];
            assert_eq!(asked(&keys), expected, "{}", shortcut.keys());
        }
    }

    #[test]
    fn with_the_alternative_key_letters_are_no_shortcuts() {
        let keys = [KeyCode::AltLeft, KeyCode::KeyF].map(|key| pressed(key, None));
        assert_eq!(asked(&keys), []);
        assert_eq!(asked(&keys[1..]), [Action::Fit]);
    }
}
