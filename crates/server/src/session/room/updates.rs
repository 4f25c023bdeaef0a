//! The newest state of a room, and how much of it a client has received.

use std::sync::Arc;
use std::time::Duration;

use crate::session::message::{Body, FrameContent, People, PerceivedBonds};
use mlipview_core::sim::frame::Frame;

/// The newest state of a room, and how much of it a client has received.
pub(super) struct Updates {
    pub(super) frame: Option<Arc<Frame>>,
    pub(super) title: Arc<str>,
    /// Bonds that were not sent.
    pub(super) bonds: Option<Arc<PerceivedBonds>>,
    /// People that were not sent.
    pub(super) people: Option<Arc<People>>,
    /// Minimum interval between two frames.
    interval: Duration,
    /// The earliest time of the next frame.
    due: Duration,
    /// Number of the last frame that was sent.
    sent_frame: Option<u64>,
    /// Revision of the last structure that was sent.
    sent_structure: Option<u64>,
    sent_title: Arc<str>,
}

/// A kind of update.
#[derive(Clone, Copy)]
pub(super) enum UpdateKind {
    Snapshot,
    Bonds,
    People,
    Frame,
}

impl Updates {
    pub(super) fn new(title: Arc<str>, interval: Duration) -> Updates {
        Updates {
            frame: None,
            sent_title: Arc::clone(&title),
            title,
            bonds: None,
            people: None,
            interval,
            due: Duration::ZERO,
            sent_frame: None,
            sent_structure: None,
        }
    }

    /// Sets the interval of frames, and sends the newest frame again in its new format.
    pub(super) fn reset_frames(&mut self, interval: Duration) {
        self.interval = interval;
        self.sent_frame = None;
    }

    /// Time until the newest frame is due; `None` if it was sent or is due already.
    pub(super) fn wait(&self, now: Duration) -> Option<Duration> {
        let unsent = self.frame.as_ref().map(|frame| frame.number) != self.sent_frame;
        (unsent && self.due > now).then(|| self.due - now)
    }

    /// The most important update that was not sent, if any is due.
    pub(super) fn next(&self, now: Duration, wants_bonds: bool) -> Option<UpdateKind> {
        let frame = self.frame.as_ref()?;
        let of_frame = |bonds: &Arc<PerceivedBonds>| bonds.structure == frame.revision;
        if self.sent_structure != Some(frame.revision) || self.sent_title != self.title {
            Some(UpdateKind::Snapshot)
        } else if wants_bonds && self.bonds.as_ref().is_some_and(of_frame) {
            Some(UpdateKind::Bonds)
        } else if self.people.is_some() {
            Some(UpdateKind::People)
        } else {
            let due = self.sent_frame != Some(frame.number) && now >= self.due;
            due.then_some(UpdateKind::Frame)
        }
    }

    /// The content of an update, which then counts as sent.
    pub(super) fn take(
        &mut self,
        kind: UpdateKind,
        content: FrameContent,
        now: Duration,
    ) -> Option<Body> {
        let frame = self.frame.clone()?;
        Some(match kind {
            UpdateKind::Snapshot => {
                self.sent_structure = Some(frame.revision);
                self.sent_title = Arc::clone(&self.title);
                Body::Snapshot(frame, Arc::clone(&self.title), content.format)
            }
            UpdateKind::Bonds => Body::Bonds(self.bonds.take()?),
            UpdateKind::People => Body::People(self.people.take()?),
            UpdateKind::Frame => {
                // A late frame does not delay the next one.
                let next = self.due + self.interval;
                self.due = if next > now {
                    next
                } else {
                    now + self.interval
                };
                self.sent_frame = Some(frame.number);
                Body::Frame(frame, content)
            }
        })
    }
}
