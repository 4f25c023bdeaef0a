//! Events of a recording.

use mlipview_core::sim::Event;

use super::generated::{self, EventKind};

/// The message of an event of a simulation.
pub(crate) fn event_message(event: &Event) -> generated::Event {
    let kind = match event {
        Event::Started { .. } => EventKind::Started,
        Event::Stopped { .. } => EventKind::Stopped,
        Event::Converged { .. } => EventKind::Converged,
        Event::Packed { .. } => EventKind::Packed,
        Event::ExternalStatus { .. } => EventKind::External,
        Event::Interrupted { .. } => EventKind::Interrupted,
        Event::Refused { .. } => EventKind::Refused,
        Event::Edited { .. } => EventKind::Edited,
        Event::PotentialChanged { .. } => EventKind::PotentialChanged,
        Event::Unevaluated { .. } => EventKind::Unevaluated,
    };
    message(kind, event.to_string())
}

/// The message that frames were left out.
pub(crate) fn left_out_message(frames: u64) -> generated::Event {
    let text = format!("frames left out: {frames}, because the disk is slower than the simulation");
    message(EventKind::FramesLeftOut, text)
}

/// The message that the recording goes on.
pub(crate) fn resumed_message() -> generated::Event {
    message(EventKind::Resumed, "recording resumed".to_owned())
}

fn message(kind: EventKind, text: String) -> generated::Event {
    generated::Event {
        kind: kind.into(),
        text,
    }
}
