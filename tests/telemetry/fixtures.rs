//! Moments, progress and published events for tests.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use mlipview_telemetry::{
    Bridge, Callback, Event, EventBody, LogLevel, LogMessage, Progress, Published, SharedEvent,
    Status, StatusReport,
};

/// A moment, s after the start, which is at the end of 2023.
pub(crate) fn at(seconds: f64) -> mlipview_telemetry::Moment {
    let elapsed = Duration::from_secs_f64(seconds);
    mlipview_telemetry::Moment {
        elapsed,
        date: UNIX_EPOCH + Duration::from_secs(1_704_067_199) + elapsed,
    }
}

/// Progress at a step of a training with two epochs of ten steps.
pub(crate) fn progress(global_step: u64) -> Progress {
    Progress {
        epoch: global_step / 10,
        epoch_step: global_step % 10,
        global_step,
        max_step: 10,
        max_epoch: 2,
        loss: Some(0.5),
        learning_rate: Some(1e-4),
    }
}

pub(crate) fn status(status: Status) -> Callback {
    Callback::Status(StatusReport::new(status, status.name()))
}

pub(crate) fn log(message: &str) -> Callback {
    Callback::Log(LogMessage {
        level: LogLevel::Info,
        message: message.to_owned(),
        source: "test".to_owned(),
    })
}

pub(crate) fn share(event: Event) -> Arc<SharedEvent> {
    SharedEvent::new(event).unwrap()
}

/// A training whose events are published at once.
pub(crate) struct Training {
    pub(crate) bridge: Bridge,
    pub(crate) published: Published,
}

impl Training {
    pub(crate) fn new() -> Training {
        Training {
            bridge: Bridge::new(1),
            published: Published::new(Some("ethanol")),
        }
    }

    /// Publishes the events of a report, and returns them.
    pub(crate) fn report(&mut self, callback: Callback, seconds: f64) -> Vec<Arc<SharedEvent>> {
        let events = self.bridge.on_callback(callback, at(seconds));
        let events: Vec<_> = events.into_iter().map(share).collect();
        for event in &events {
            self.published.push(event, None);
        }
        self.published.set_state(self.bridge.state());
        events
    }
}

/// The message of a log event.
pub(crate) fn text_of(body: &EventBody) -> &str {
    let EventBody::Log(log) = body else {
        panic!("{body:?} is no log")
    };
    &log.message
}
