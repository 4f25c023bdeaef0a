//! The keys: one table of what each asks for, which is also what the help lists.

mod gestures;
mod table;

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;

use super::action::{Action, Asking};
use super::aim::Blocked;

pub use gestures::{Gesture, gestures};
pub use table::table;

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

/// The keys that are held down besides, as of one press after the other: where frames are slow,
/// Control may be down and up again within one.
#[derive(Default)]
struct Besides(Vec<KeyCode>);

impl Besides {
    const CONTROL: [KeyCode; 4] = [
        KeyCode::ControlLeft,
        KeyCode::ControlRight,
        KeyCode::SuperLeft,
        KeyCode::SuperRight,
    ];
    const SHIFT: [KeyCode; 2] = [KeyCode::ShiftLeft, KeyCode::ShiftRight];
    const ALTERNATIVE: [KeyCode; 2] = [KeyCode::AltLeft, KeyCode::AltRight];

    fn all() -> impl Iterator<Item = KeyCode> {
        let keys = Self::CONTROL.into_iter().chain(Self::SHIFT);
        keys.chain(Self::ALTERNATIVE)
    }

    fn hear(&mut self, input: &KeyboardInput) {
        self.0.retain(|key| *key != input.key_code);
        if input.state == ButtonState::Pressed && Self::all().any(|key| key == input.key_code) {
            self.0.push(input.key_code);
        }
    }

    /// As it is at the end of a frame; a window that loses the keyboard hears of no release.
    fn settle(&mut self, keys: &ButtonInput<KeyCode>) {
        self.0.clear();
        self.0.extend(Self::all().filter(|key| keys.pressed(*key)));
    }

    fn held(&self) -> Held {
        let any = |keys: &[KeyCode]| self.0.iter().any(|key| keys.contains(key));
        Held {
            modifiers: Modifiers {
                control: any(&Self::CONTROL),
                shift: any(&Self::SHIFT),
            },
            alternative: any(&Self::ALTERNATIVE),
        }
    }
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

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(Asking));
}

fn listen(
    mut presses: MessageReader<KeyboardInput>,
    keys: Res<ButtonInput<KeyCode>>,
    blocked: Res<Blocked>,
    mut actions: MessageWriter<Action>,
    mut besides: Local<Besides>,
) {
    for input in presses.read() {
        besides.hear(input);
        if input.state == ButtonState::Released || blocked.keyboard {
            continue;
        }
        let held = besides.held();
        let shortcut = table()
            .iter()
            .find(|shortcut| shortcut.is_pressed(input, held));
        if let Some(shortcut) = shortcut.filter(|shortcut| shortcut.repeats || !input.repeat) {
            actions.write(shortcut.action.clone());
        }
    }
    besides.settle(&keys);
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
    fn control_counts_even_if_it_is_up_again_in_the_same_frame() {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InputPlugin))
            .init_resource::<Blocked>()
            .add_message::<Action>()
            .add_systems(Update, listen);
        let control = pressed(KeyCode::ControlLeft, None);
        let released = KeyboardInput {
            state: ButtonState::Released,
            ..control.clone()
        };
        for key in [control, pressed(KeyCode::KeyO, Some('o')), released] {
            app.world_mut().write_message(key);
        }
        app.world_mut()
            .write_message(pressed(KeyCode::KeyO, Some('o')));
        app.update();
        let mut messages = app.world_mut().resource_mut::<Messages<Action>>();
        let asked: Vec<Action> = messages.drain().collect();
        assert_eq!(asked, [Action::Open, Action::TogglePerspective]);
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
