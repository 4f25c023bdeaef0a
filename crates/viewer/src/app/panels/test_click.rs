//! Clicks a button by its label, for tests.

use crate::third_party::egui::{
    Context, Event, FullOutput, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, Ui, vec2,
};

/// Draws contents and clicks the button whose label contains this text.
pub(super) fn click(label: &str, mut contents: impl FnMut(&mut Ui)) {
    let context = Context::default();
    let mut draw = |events: Vec<Event>| {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(480.0, 900.0))),
            events,
            ..RawInput::default()
        };
        let mut drawn = context.run_ui(input, &mut contents);
        // Without a GPU, textures are discarded.
        drawn.textures_delta.clear();
        drawn
    };
    let drawn = draw(Vec::new());
    let position = position_of(&drawn, label);
    let button = |pressed| Event::PointerButton {
        pos: position,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    draw(vec![Event::PointerMoved(position)]);
    draw(vec![button(true)]);
    draw(vec![button(false)]);
}

fn position_of(drawn: &FullOutput, label: &str) -> Pos2 {
    let texts = drawn
        .shapes
        .iter()
        .filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        });
    let found = texts.rev().find(|text| text.galley.text().contains(label));
    found.map_or_else(
        || panic!("nothing is labeled {label}"),
        |text| text.visual_bounding_rect().center(),
    )
}
