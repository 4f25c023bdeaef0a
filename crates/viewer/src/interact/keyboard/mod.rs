//! Keyboard shortcuts: one table for the keys and the help.

mod gestures;
mod shortcut;
mod table;

use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::prelude::*;

use super::action::{Action, ActionInput};
use super::aim::CapturedInput;

pub use gestures::{GestureHelp, gestures};
pub use shortcut::{Group, Modifiers, Shortcut, ShortcutKey};
pub use table::table;

use shortcut::HeldModifiers;

/// Modifier keys tracked per key event: in slow frames, Control may go down and up within one.
#[derive(Default)]
struct ModifierKeys(Vec<KeyCode>);

impl ModifierKeys {
    const CONTROL: [KeyCode; 4] = [
        KeyCode::ControlLeft,
        KeyCode::ControlRight,
        KeyCode::SuperLeft,
        KeyCode::SuperRight,
    ];
    const SHIFT: [KeyCode; 2] = [KeyCode::ShiftLeft, KeyCode::ShiftRight];
    const ALT: [KeyCode; 2] = [KeyCode::AltLeft, KeyCode::AltRight];

    fn all() -> impl Iterator<Item = KeyCode> {
        let keys = Self::CONTROL.into_iter().chain(Self::SHIFT);
        keys.chain(Self::ALT)
    }

    fn update(&mut self, input: &KeyboardInput) {
        self.0.retain(|key| *key != input.key_code);
        if input.state == ButtonState::Pressed && Self::all().any(|key| key == input.key_code) {
            self.0.push(input.key_code);
        }
    }

    /// Takes over the state at the end of a frame; a window without focus receives no release.
    fn synchronize(&mut self, keys: &ButtonInput<KeyCode>) {
        self.0.clear();
        self.0.extend(Self::all().filter(|key| keys.pressed(*key)));
    }

    fn held(&self) -> HeldModifiers {
        let any = |keys: &[KeyCode]| self.0.iter().any(|key| keys.contains(key));
        HeldModifiers {
            modifiers: Modifiers {
                control: any(&Self::CONTROL),
                shift: any(&Self::SHIFT),
            },
            alt: any(&Self::ALT),
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, read_keys.in_set(ActionInput));
}

fn read_keys(
    mut presses: MessageReader<KeyboardInput>,
    keys: Res<ButtonInput<KeyCode>>,
    captured: Res<CapturedInput>,
    mut actions: MessageWriter<Action>,
    mut modifier_keys: Local<ModifierKeys>,
) {
    for input in presses.read() {
        modifier_keys.update(input);
        if input.state == ButtonState::Released || captured.keyboard {
            continue;
        }
        let held = modifier_keys.held();
        let shortcut = table()
            .iter()
            .find(|shortcut| shortcut.is_pressed(input, held));
        if let Some(shortcut) = shortcut.filter(|shortcut| shortcut.repeats || !input.repeat) {
            actions.write(shortcut.action.clone());
        }
    }
    modifier_keys.synchronize(&keys);
}

#[cfg(test)]
mod tests {
    use bevy::ecs::message::Messages;
    use bevy::input::InputPlugin;
    use bevy::input::keyboard::{Key, NativeKey};

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

    /// Actions of keys pressed one after the other and held down.
    fn actions_of(keys: &[KeyboardInput]) -> Vec<Action> {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InputPlugin))
            .init_resource::<CapturedInput>()
            .add_message::<Action>()
            .add_systems(Update, read_keys);
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
            .init_resource::<CapturedInput>()
            .add_message::<Action>()
            .add_systems(Update, read_keys);
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
    fn each_key_writes_the_action_of_the_table_and_repeats_only_where_the_table_says_so() {
        for shortcut in table() {
            let Modifiers { control, shift } = shortcut.modifiers;
            let held = [(control, KeyCode::ControlLeft), (shift, KeyCode::ShiftLeft)];
            let held = held.into_iter().filter(|(is_held, _)| *is_held);
            let mut keys: Vec<KeyboardInput> = held.map(|(_, key)| pressed(key, None)).collect();
            let key = match shortcut.key {
                ShortcutKey::Letter(sign) | ShortcutKey::Symbol(sign) => {
                    pressed(KeyCode::F24, Some(sign))
                }
                ShortcutKey::Physical(code, _) => pressed(code, None),
            };
            let again = KeyboardInput {
                repeat: true,
                ..key.clone()
            };
            keys.extend([key, again]);
            let times = if shortcut.repeats { 2 } else { 1 };
            let expected = vec![shortcut.action.clone(); times];
            assert_eq!(actions_of(&keys), expected, "{}", shortcut.keys());
        }
    }

    #[test]
    fn with_alt_letters_are_not_shortcuts() {
        let keys = [KeyCode::AltLeft, KeyCode::KeyF].map(|key| pressed(key, None));
        assert_eq!(actions_of(&keys), []);
        assert_eq!(actions_of(&keys[1..]), [Action::Fit]);
    }
}
