//! A keyboard shortcut, and matching it against key events.

use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;

use crate::interact::action::Action;

/// The key of a shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortcutKey {
    /// The key that types this letter; for layouts without Latin letters, the key at its position
    /// on a US keyboard.
    Letter(char),
    /// Any key that types this symbol, with or without Shift.
    Symbol(char),
    /// A key by its physical position, and its name.
    Physical(KeyCode, &'static str),
}

/// Modifier keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Control, or Command on macOS.
    pub control: bool,
    /// Shift.
    pub shift: bool,
}

/// Group of shortcuts in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    File,
    Run,
    Timeline,
    Select,
    Edit,
    View,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Group; 6] = [
        Group::File,
        Group::Run,
        Group::Timeline,
        Group::Select,
        Group::Edit,
        Group::View,
    ];

    /// Name in the help.
    pub fn name(self) -> &'static str {
        match self {
            Group::File => "File",
            Group::Run => "Run",
            Group::Timeline => "Timeline",
            Group::Select => "Select",
            Group::Edit => "Edit",
            Group::View => "View",
        }
    }
}

/// A key and its action.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortcut {
    /// Group in the help.
    pub group: Group,
    /// The key.
    pub key: ShortcutKey,
    /// Modifier keys.
    pub modifiers: Modifiers,
    /// Its action.
    pub action: Action,
    /// Description in the help.
    pub description: &'static str,
    /// Whether it repeats while the key is down.
    pub repeats: bool,
}

impl Shortcut {
    /// Name of the keys, as in `Ctrl+Shift+Z`.
    pub fn keys(&self) -> String {
        let control = if self.modifiers.control { "Ctrl+" } else { "" };
        let shift = if self.modifiers.shift { "Shift+" } else { "" };
        match self.key {
            ShortcutKey::Letter(letter) => {
                format!("{control}{shift}{}", letter.to_ascii_uppercase())
            }
            ShortcutKey::Symbol(symbol) => format!("{control}{shift}{symbol}"),
            ShortcutKey::Physical(_, name) => format!("{control}{shift}{name}"),
        }
    }

    pub(super) fn is_pressed(&self, input: &KeyboardInput, held: HeldModifiers) -> bool {
        let is_held = |modifiers: Modifiers| modifiers == self.modifiers && !held.alt;
        match self.key {
            ShortcutKey::Letter(letter) => is_held(held.modifiers) && types_letter(input, letter),
            // Shift or other modifiers may be needed to type the symbol.
            ShortcutKey::Symbol(sign) => {
                held.modifiers.control == self.modifiers.control
                    && typed_character(input) == Some(sign)
            }
            ShortcutKey::Physical(code, _) => is_held(held.modifiers) && input.key_code == code,
        }
    }
}

/// Modifiers in effect, including Alt.
#[derive(Clone, Copy)]
pub(super) struct HeldModifiers {
    pub(super) modifiers: Modifiers,
    pub(super) alt: bool,
}

/// The single character that a key types.
fn typed_character(input: &KeyboardInput) -> Option<char> {
    let Key::Character(text) = &input.logical_key else {
        return None;
    };
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Whether a key types a letter.
fn types_letter(input: &KeyboardInput, letter: char) -> bool {
    match typed_character(input).filter(char::is_ascii) {
        Some(character) => character.eq_ignore_ascii_case(&letter),
        None => us_key_code(letter) == Some(input.key_code),
    }
}

/// Position of a letter on a US keyboard.
fn us_key_code(letter: char) -> Option<KeyCode> {
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
    let index = (letter.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
    KEYS.get(index).copied()
}
