//! Timeline scripts: which messages act at a frame, transitions, bounds, and the browser original's form.

mod bounds;
mod control_messages;
mod evaluation;
mod transitions;

use mlipview_core::script::{Action, Message, Script};

/// A message with a priority and actions for all frames from `first` to `last`.
fn message(id: &str, priority: f64, [first, last]: [u64; 2], actions: Vec<Action>) -> Message {
    Message {
        priority,
        range: mlipview_core::script::FrameRange::between(first, last),
        actions,
        ..Message::new(id)
    }
}

fn script(messages: Vec<Message>) -> Script {
    let script = Script { messages };
    script.check(None).unwrap();
    script
}

/// A file of `tests/data/sessions`.
fn data(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/sessions");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
