//! The newest state of a room, and how much of it a client has received.

use std::sync::Arc;
use std::time::Duration;

use super::look_back::LookBack;
use crate::session::message::{Body, FrameContent, People, PerceivedBonds};
use crate::session::timeline::{TimelinePlace, TimelineSummary};
use mlipview_core::sim::frame::Frame;

/// Minimum interval between two summaries of the timeline.
const TIMELINE_INTERVAL: Duration = Duration::from_millis(500);

/// The newest state of a room, and how much of it a client has received.
pub(super) struct Updates {
    pub(super) frame: Option<Arc<Frame>>,
    /// Place of the frame in the timeline, if it is a recorded one.
    pub(super) place: TimelinePlace,
    pub(super) look_back: LookBack,
    pub(super) title: Arc<str>,
    /// The newest bonds of the room.
    bonds: Option<Arc<PerceivedBonds>>,
    /// Whether they were sent.
    sent_bonds: bool,
    /// People that were not sent.
    pub(super) people: Option<Arc<People>>,
    /// A summary of the timeline that was not sent.
    pub(super) timeline: Option<Arc<TimelineSummary>>,
    /// The earliest time of the next summary.
    timeline_due: Duration,
    /// Minimum interval between two frames.
    interval: Duration,
    /// The earliest time of the next frame.
    due: Duration,
    /// The last frame that was sent.
    sent_frame: Option<SentFrame>,
    /// Revision of the last structure that was sent.
    sent_structure: Option<u64>,
    sent_title: Arc<str>,
}

/// The identity of a frame that was sent.
#[derive(Clone, Copy, PartialEq)]
enum SentFrame {
    /// Number of a frame of the room.
    Room(u64),
    /// Number of a frame that the client has looked back at.
    LookBack(u64),
}

/// A kind of update.
#[derive(Clone, Copy)]
pub(super) enum UpdateKind {
    Snapshot,
    Bonds,
    People,
    Timeline,
    Frame,
}

impl Updates {
    pub(super) fn new(title: Arc<str>, interval: Duration) -> Updates {
        Updates {
            frame: None,
            place: TimelinePlace::default(),
            look_back: LookBack::default(),
            sent_title: Arc::clone(&title),
            title,
            bonds: None,
            sent_bonds: true,
            people: None,
            timeline: None,
            timeline_due: Duration::ZERO,
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

    pub(super) fn set_bonds(&mut self, bonds: Arc<PerceivedBonds>) {
        (self.bonds, self.sent_bonds) = (Some(bonds), false);
    }

    /// Sends the newest frames again, with the bonds of the room.
    pub(super) fn follow(&mut self) {
        self.look_back.end();
        self.sent_bonds = false;
    }

    /// Time until the newest frame, a requested frame or a summary is due; `None` if there is nothing to
    /// wait for.
    pub(super) fn wait(&self, now: Duration) -> Option<Duration> {
        let has_frame = self.unsent_frame().is_some() || self.look_back.is_requested();
        let frame = has_frame.then_some(self.due);
        let timeline = self.timeline.as_ref().map(|_| self.timeline_due);
        let due = frame.into_iter().chain(timeline).filter(|due| *due > now);
        due.min().map(|due| due - now)
    }

    /// Whether a frame to look back at may be read: the last one was sent, and the next one is due.
    pub(super) fn may_read(&self, now: Duration) -> bool {
        self.look_back.is_requested() && self.unsent_frame().is_none() && now >= self.due
    }

    /// The frame that the client is to have: the one that it looks back at, or the newest.
    fn current(&self) -> Option<(&Arc<Frame>, SentFrame)> {
        match &self.look_back.frame {
            Some(shown) => Some((&shown.frame, SentFrame::LookBack(shown.number))),
            None => self
                .frame
                .as_ref()
                .map(|frame| (frame, SentFrame::Room(frame.number))),
        }
    }

    fn unsent_frame(&self) -> Option<SentFrame> {
        // The next frame is the requested one: newer frames of a fast run would take its place forever.
        if self.look_back.is_awaited() {
            return None;
        }
        let (_, identity) = self.current()?;
        Some(identity).filter(|_| self.sent_frame != Some(identity))
    }

    /// Bonds of the frame that the client is to have, if they were not sent.
    fn unsent_bonds(&self) -> Option<&Arc<PerceivedBonds>> {
        match &self.look_back.frame {
            Some(shown) => shown.bonds.as_ref(),
            None => self.bonds.as_ref().filter(|_| !self.sent_bonds),
        }
    }

    /// The most important update that was not sent, if any is due.
    pub(super) fn next(&self, now: Duration, wants_bonds: bool) -> Option<UpdateKind> {
        let (frame, _) = self.current()?;
        let of_frame = |bonds: &&Arc<PerceivedBonds>| bonds.structure == frame.revision;
        if self.sent_structure != Some(frame.revision) || self.sent_title != self.title {
            Some(UpdateKind::Snapshot)
        } else if wants_bonds && self.unsent_bonds().is_some_and(|bonds| of_frame(&bonds)) {
            Some(UpdateKind::Bonds)
        } else if self.people.is_some() {
            Some(UpdateKind::People)
        } else if self.timeline.is_some() && now >= self.timeline_due {
            Some(UpdateKind::Timeline)
        } else {
            let due = self.unsent_frame().is_some() && now >= self.due;
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
        let (frame, identity) = self.current()?;
        let frame = Arc::clone(frame);
        let looks_back = self.look_back.frame.is_some();
        let own = |body: Body| match looks_back {
            true => Body::LookBack(Box::new(body)),
            false => body,
        };
        Some(match kind {
            UpdateKind::Snapshot => {
                self.sent_structure = Some(frame.revision);
                self.sent_title = Arc::clone(&self.title);
                own(Body::Snapshot(
                    frame,
                    Arc::clone(&self.title),
                    content.format,
                ))
            }
            UpdateKind::Bonds => own(Body::Bonds(match &mut self.look_back.frame {
                Some(shown) => shown.bonds.take()?,
                None => {
                    self.sent_bonds = true;
                    Arc::clone(self.bonds.as_ref()?)
                }
            })),
            UpdateKind::People => Body::People(self.people.take()?),
            UpdateKind::Timeline => {
                self.timeline_due = now + TIMELINE_INTERVAL;
                Body::Timeline(self.timeline.take()?)
            }
            UpdateKind::Frame => {
                // A late frame does not delay the next one.
                let next = self.due + self.interval;
                self.due = if next > now {
                    next
                } else {
                    now + self.interval
                };
                self.sent_frame = Some(identity);
                let place = match &self.look_back.frame {
                    Some(shown) => &shown.place,
                    None => &self.place,
                };
                own(match frame.playback {
                    Some(_) => Body::RecordedFrame(frame, content, place.clone()),
                    None => Body::Frame(frame, content),
                })
            }
        })
    }
}
