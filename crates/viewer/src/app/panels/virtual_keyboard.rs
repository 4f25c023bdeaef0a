//! Virtual keyboard on the tablet, shown while a text field has the focus.

use bevy::prelude::*;

use crate::third_party::egui::{
    Align2, Area, Button, Contexts, Event, Frame, Id, Key, Modifiers, Order, RichText,
    TabletEvents, Ui, Vec2, vec2,
};

/// Size of a key, points.
const KEY: Vec2 = vec2(40.0, 32.0);
const GAP: f32 = 4.0;
/// Distance from the edge of the tablet, points.
const EDGE_DISTANCE: f32 = 8.0;

/// Characters on the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layer {
    #[default]
    Lower,
    /// For one letter.
    Upper,
    /// Symbols of formulas, SMILES and queries.
    Symbols,
}

impl Layer {
    fn rows(self) -> [&'static str; 4] {
        match self {
            Layer::Lower => ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm,."],
            Layer::Upper => ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM,."],
            Layer::Symbols => ["1234567890", "=#@+-*/\\|:", "()[]{}<>_", ";\"'!?%&~^"],
        }
    }

    /// Switches to another layer, or back.
    fn toggled(self, other: Layer) -> Layer {
        if self == other { Layer::Lower } else { other }
    }
}

/// Effect of a key.
#[derive(Clone, Debug, PartialEq)]
enum KeyStroke {
    Text(String),
    Key(Key),
    /// Ends typing.
    Done,
}

/// Shows the keyboard while a text field has the focus; keys reach the field in the next frame.
pub(super) fn show(mut contexts: Contexts, mut events: TabletEvents, mut layer: Local<Layer>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let field = context.memory(|memory| memory.focused());
    let Some(field) = field.filter(|_| context.text_edit_focused()) else {
        *layer = Layer::default();
        return;
    };
    let field_rect = context.read_response(field).map(|response| response.rect);
    // On the half of the tablet that does not hold the field.
    let middle = context.content_rect().center().y;
    let (anchor, away) = match field_rect {
        Some(field_rect) if field_rect.center().y > middle => (Align2::CENTER_TOP, EDGE_DISTANCE),
        _ => (Align2::CENTER_BOTTOM, -EDGE_DISTANCE),
    };
    let area = Area::new(Id::new("keys"))
        .order(Order::Foreground)
        .anchor(anchor, vec2(0.0, away));
    let shown = area.show(context, |ui| {
        let frame = Frame::popup(ui.style());
        frame.show(ui, |ui| keyboard(ui, &mut layer)).inner
    });
    let is_elsewhere =
        |pos| !shown.response.rect.contains(pos) && field_rect.is_some_and(|it| !it.contains(pos));
    let turned_away = context.input(|input| {
        let clicked = input.pointer.any_click();
        clicked && input.pointer.interact_pos().is_some_and(is_elsewhere)
    });
    if turned_away || shown.inner == Some(KeyStroke::Done) {
        context.memory_mut(|memory| memory.surrender_focus(field));
    }
    for event in shown.inner.into_iter().flat_map(typed) {
        events.send(event);
    }
}

/// Key events of a key stroke.
fn typed(stroke: KeyStroke) -> Vec<Event> {
    match stroke {
        KeyStroke::Text(text) => vec![Event::Text(text)],
        KeyStroke::Key(key) => [true, false]
            .map(|pressed| Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            })
            .into(),
        KeyStroke::Done => Vec::new(),
    }
}

/// The keys; returns the pressed one.
fn keyboard(ui: &mut Ui, layer: &mut Layer) -> Option<KeyStroke> {
    let mut stroke = None;
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    for (number, row) in layer.rows().into_iter().enumerate() {
        ui.horizontal(|ui| {
            // Staggered rows.
            ui.add_space(0.4 * KEY.x * number.saturating_sub(1) as f32);
            for sign in row.chars() {
                if key(ui, &sign.to_string(), 1.0, false) {
                    stroke = Some(KeyStroke::Text(sign.to_string()));
                }
            }
        });
    }
    let pressed = ui.horizontal(|ui| last_row(ui, layer)).inner;
    if stroke.is_some() && *layer == Layer::Upper {
        *layer = Layer::Lower;
    }
    stroke.or(pressed)
}

fn last_row(ui: &mut Ui, layer: &mut Layer) -> Option<KeyStroke> {
    for (label, other) in [("Aa", Layer::Upper), ("#+=", Layer::Symbols)] {
        if key(ui, label, 1.2, *layer == other) {
            *layer = layer.toggled(other);
        }
    }
    let keys = [
        ("space", 3.7, KeyStroke::Text(" ".to_owned())),
        ("Del", 1.2, KeyStroke::Key(Key::Backspace)),
        ("Enter", 1.6, KeyStroke::Key(Key::Enter)),
        ("Done", 1.4, KeyStroke::Done),
    ];
    let mut pressed = None;
    for (label, width, stroke) in keys {
        if key(ui, label, width, false) {
            pressed = Some(stroke);
        }
    }
    pressed
}

fn key(ui: &mut Ui, label: &str, width: f32, is_down: bool) -> bool {
    let button = Button::new(RichText::new(label).size(16.0)).selected(is_down);
    ui.add_sized(vec2(KEY.x * width, KEY.y), button).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::click;

    fn pressed(label: &str, layer: &mut Layer) -> Option<KeyStroke> {
        let mut pressed = None;
        click(label, |ui| {
            if let Some(stroke) = keyboard(ui, layer) {
                pressed = Some(stroke);
            }
        });
        pressed
    }

    #[test]
    fn keys_type_their_labels_and_upper_case_lasts_one_letter() {
        let mut layer = Layer::default();
        let text = |text: &str| Some(KeyStroke::Text(text.to_owned()));
        assert_eq!(pressed("w", &mut layer), text("w"));
        assert_eq!(pressed("Aa", &mut layer), None);
        assert_eq!(pressed("C", &mut layer), text("C"));
        assert_eq!(layer, Layer::Lower);
        assert_eq!(pressed("#+=", &mut layer), None);
        assert_eq!(pressed("[", &mut layer), text("["));
        assert_eq!(layer, Layer::Symbols);
        assert_eq!(pressed("space", &mut layer), text(" "));
        assert_eq!(
            pressed("Enter", &mut layer),
            Some(KeyStroke::Key(Key::Enter))
        );
    }

    #[test]
    fn a_key_is_pressed_and_released() {
        let events = typed(KeyStroke::Key(Key::Backspace));
        let pressed = events.iter().map(|event| match event {
            Event::Key { key, pressed, .. } => (*key, *pressed),
            _ => panic!("{event:?}"),
        });
        let expected = [(Key::Backspace, true), (Key::Backspace, false)];
        assert_eq!(pressed.collect::<Vec<_>>(), expected);
        assert!(typed(KeyStroke::Done).is_empty());
    }
}
