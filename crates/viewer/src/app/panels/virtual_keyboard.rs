//! A keyboard on the tablet, while something is typed there: whoever cannot see the window cannot see
//! its keyboard either.

use bevy::prelude::*;

use crate::third_party::egui::{
    Align2, Area, Button, Contexts, Event, Frame, Id, Key, Modifiers, Order, RichText,
    TabletEvents, Ui, Vec2, vec2,
};

/// The size of a key, points.
const KEY: Vec2 = vec2(40.0, 32.0);
const GAP: f32 = 4.0;
/// From the edge of the tablet, points.
const AWAY: f32 = 8.0;

/// What is on the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layer {
    #[default]
    Small,
    /// For one letter.
    Capital,
    /// What formulas, SMILES and choices are written with.
    Signs,
}

impl Layer {
    fn rows(self) -> [&'static str; 4] {
        match self {
            Layer::Small => ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm,."],
            Layer::Capital => ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM,."],
            Layer::Signs => ["1234567890", "=#@+-*/\\|:", "()[]{}<>_", ";\"'!?%&~^"],
        }
    }

    /// The other one of two.
    fn toggled(self, other: Layer) -> Layer {
        if self == other { Layer::Small } else { other }
    }
}

/// What a key does.
#[derive(Clone, Debug, PartialEq)]
enum Stroke {
    Text(String),
    Key(Key),
    /// Nothing more is typed.
    Done,
}

/// Shows it while a field has the focus; what is pressed comes to the field with the next frame.
pub(super) fn show(mut contexts: Contexts, mut events: TabletEvents, mut layer: Local<Layer>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let field = context.memory(|memory| memory.focused());
    let Some(field) = field.filter(|_| context.text_edit_focused()) else {
        *layer = Layer::default();
        return;
    };
    let place = context.read_response(field).map(|response| response.rect);
    // The field itself is not covered.
    let middle = context.content_rect().center().y;
    let (anchor, away) = match place {
        Some(place) if place.center().y > middle => (Align2::CENTER_TOP, AWAY),
        _ => (Align2::CENTER_BOTTOM, -AWAY),
    };
    let area = Area::new(Id::new("keys"))
        .order(Order::Foreground)
        .anchor(anchor, vec2(0.0, away));
    let shown = area.show(context, |ui| {
        let frame = Frame::popup(ui.style());
        frame.show(ui, |ui| keyboard(ui, &mut layer)).inner
    });
    let is_elsewhere =
        |pos| !shown.response.rect.contains(pos) && place.is_some_and(|it| !it.contains(pos));
    let turned_away = context.input(|input| {
        let clicked = input.pointer.any_click();
        clicked && input.pointer.interact_pos().is_some_and(is_elsewhere)
    });
    if turned_away || shown.inner == Some(Stroke::Done) {
        context.memory_mut(|memory| memory.surrender_focus(field));
    }
    for event in shown.inner.into_iter().flat_map(typed) {
        events.tell(event);
    }
}

/// What a keyboard would have said.
fn typed(stroke: Stroke) -> Vec<Event> {
    match stroke {
        Stroke::Text(text) => vec![Event::Text(text)],
        Stroke::Key(key) => [true, false]
            .map(|pressed| Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            })
            .into(),
        Stroke::Done => Vec::new(),
    }
}

/// The keys; the one that is pressed.
fn keyboard(ui: &mut Ui, layer: &mut Layer) -> Option<Stroke> {
    let mut stroke = None;
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    for (number, row) in layer.rows().into_iter().enumerate() {
        ui.horizontal(|ui| {
            // Rows are shifted as on every keyboard.
            ui.add_space(0.4 * KEY.x * number.saturating_sub(1) as f32);
            for sign in row.chars() {
                if key(ui, &sign.to_string(), 1.0, false) {
                    stroke = Some(Stroke::Text(sign.to_string()));
                }
            }
        });
    }
    let pressed = ui.horizontal(|ui| last_row(ui, layer)).inner;
    if stroke.is_some() && *layer == Layer::Capital {
        *layer = Layer::Small;
    }
    stroke.or(pressed)
}

fn last_row(ui: &mut Ui, layer: &mut Layer) -> Option<Stroke> {
    for (label, other) in [("Aa", Layer::Capital), ("#+=", Layer::Signs)] {
        if key(ui, label, 1.2, *layer == other) {
            *layer = layer.toggled(other);
        }
    }
    let keys = [
        ("space", 3.7, Stroke::Text(" ".to_owned())),
        ("Del", 1.2, Stroke::Key(Key::Backspace)),
        ("Enter", 1.6, Stroke::Key(Key::Enter)),
        ("Done", 1.4, Stroke::Done),
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
    use crate::app::panels::test_click::press;

    fn pressed(label: &str, layer: &mut Layer) -> Option<Stroke> {
        let mut pressed = None;
        press(label, |ui| {
            if let Some(stroke) = keyboard(ui, layer) {
                pressed = Some(stroke);
            }
        });
        pressed
    }

    #[test]
    fn keys_write_what_is_on_them_and_a_capital_is_one_letter() {
        let mut layer = Layer::default();
        let text = |text: &str| Some(Stroke::Text(text.to_owned()));
        assert_eq!(pressed("w", &mut layer), text("w"));
        assert_eq!(pressed("Aa", &mut layer), None);
        assert_eq!(pressed("C", &mut layer), text("C"));
        assert_eq!(layer, Layer::Small);
        assert_eq!(pressed("#+=", &mut layer), None);
        assert_eq!(pressed("[", &mut layer), text("["));
        assert_eq!(layer, Layer::Signs);
        assert_eq!(pressed("space", &mut layer), text(" "));
        assert_eq!(pressed("Enter", &mut layer), Some(Stroke::Key(Key::Enter)));
    }

    #[test]
    fn a_key_is_pressed_and_let_go() {
        let events = typed(Stroke::Key(Key::Backspace));
        let pressed = events.iter().map(|event| match event {
            Event::Key { key, pressed, .. } => (*key, *pressed),
            _ => panic!("{event:?}"),
        });
        let expected = [(Key::Backspace, true), (Key::Backspace, false)];
        assert_eq!(pressed.collect::<Vec<_>>(), expected);
        assert!(typed(Stroke::Done).is_empty());
    }
}
