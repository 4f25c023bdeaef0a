//! For tests: presses a button by its label, as a mouse would.

use crate::third_party::egui::{
    Context, Event, FullOutput, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, Ui, vec2,
};

/// Draws contents and presses the button whose label contains these words.
pub(super) fn press(label: &str, mut contents: impl FnMut(&mut Ui)) {
    let context = Context::default();
    let mut draw = |events: Vec<Event>| {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(480.0, 900.0))),
            events,
            ..RawInput::default()
        };
        let mut drawn = context.run_ui(input, &mut contents);
        // There is no graphics card to take the letters.
        drawn.textures_delta.clear();
        drawn
    };
    let drawn = draw(Vec::new());
    let place = place_of(&drawn, label);
    let button = |pressed| Event::PointerButton {
        pos: place,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    draw(vec![Event::PointerMoved(place)]);
    draw(vec![button(true)]);
    draw(vec![button(false)]);
}

fn place_of(drawn: &FullOutput, label: &str) -> Pos2 {
    let texts = drawn
        .shapes
        .iter()
        .filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        });
    let found = texts.rev().find(|text| text.galley.text().contains(label));
    found.map_or_else(
        || panic!("nothing is labelled {label}"),
        |text| text.visual_bounding_rect().center(),
    )
}
