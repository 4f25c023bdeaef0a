//! Clicks of buttons by their labels, for tests.

use crate::third_party::egui::{
    Context, Event, FullOutput, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, Ui, Vec2,
    vec2,
};

/// Draws contents and clicks the button whose label contains this text.
pub(super) fn click(label: &str, contents: impl FnMut(&mut Ui)) {
    press(&Context::default(), label, Hold::default(), contents);
}

/// How a button is pressed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hold {
    /// Time until it is released, s.
    pub(super) seconds: f64,
    /// Motion of the pointer until then, points.
    pub(super) motion: Vec2,
}

/// As `click`, with a context that may have its own options.
pub(super) fn press(context: &Context, label: &str, hold: Hold, mut contents: impl FnMut(&mut Ui)) {
    let mut time = 0.0;
    let mut draw = |seconds: f64, events: Vec<Event>| {
        time += seconds;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(480.0, 900.0))),
            time: Some(time),
            events,
            ..RawInput::default()
        };
        let mut drawn = context.run_ui(input, &mut contents);
        // Without a GPU, textures are discarded.
        drawn.textures_delta.clear();
        drawn
    };
    let drawn = draw(0.0, Vec::new());
    let position = position_of(&drawn, label);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let end = position + hold.motion;
    draw(0.1, vec![Event::PointerMoved(position)]);
    draw(0.1, vec![button(position, true)]);
    draw(hold.seconds, vec![Event::PointerMoved(end)]);
    draw(0.1, vec![button(end, false)]);
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
