//! A client that looks back: it receives a recorded frame instead of the newest ones.

use std::sync::Arc;

use crate::session::message::PerceivedBonds;
use crate::session::timeline::TimelinePlace;
use mlipview_core::chem::Structure;
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::playback::{FrameAddress, PlaybackStatus};
use mlipview_core::sim::timeline::NoFrame;

/// First revision of the structures of files, which are one client's own: no simulation has as many.
const FIRST_REVISION: u64 = 1 << 52;

/// A recorded frame, as it was read from the timeline.
#[derive(Clone, Debug)]
pub struct RecordedFrame {
    /// The frame.
    pub frame: Arc<Frame>,
    /// Its place in the timeline.
    pub place: TimelinePlace,
    /// Its bonds, if the client wants them.
    pub bonds: Option<PerceivedBonds>,
}

/// Error of a frame that a client cannot look back at.
#[derive(Debug, thiserror::Error)]
pub enum LookBackError {
    /// The timeline does not have it.
    #[error(transparent)]
    NoFrame(#[from] NoFrame),
    /// It was dropped while the client looked back at it.
    #[error("frame {0} is no longer in the timeline")]
    Dropped(FrameAddress),
    /// Reading has failed inside the server.
    #[error("reading frame {0} has failed inside the server")]
    Panic(FrameAddress),
}

/// A recorded frame to send, with its revision for this client.
pub(super) struct LookBackFrame {
    pub(super) frame: Arc<Frame>,
    pub(super) place: TimelinePlace,
    /// Number of the frame among all that this client has looked back at.
    pub(super) number: u64,
    /// Bonds that were not sent.
    pub(super) bonds: Option<Arc<PerceivedBonds>>,
}

/// Requests of a client to look back, and the frame that it looks back at.
#[derive(Default)]
pub(super) struct LookBack {
    /// The requested frame; a newer request replaces it.
    requested: Option<FrameAddress>,
    /// The frame that is being read.
    reading: Option<FrameAddress>,
    pub(super) frame: Option<LookBackFrame>,
    /// Number of frames so far.
    count: u64,
    /// The last structure of a file, and its revision.
    structure: Option<(Arc<Structure>, u64)>,
    structures: u64,
}

impl LookBack {
    /// Whether the client looks back, or has requested to.
    pub(super) fn is_active(&self) -> bool {
        self.requested.is_some() || self.reading.is_some() || self.frame.is_some()
    }

    /// Whether a requested frame can be read now.
    pub(super) fn is_requested(&self) -> bool {
        self.requested.is_some() && self.reading.is_none()
    }

    /// Whether the first frame to look back at is requested or being read.
    pub(super) fn is_awaited(&self) -> bool {
        self.frame.is_none() && self.is_active()
    }

    pub(super) fn request(&mut self, address: FrameAddress) {
        self.requested = Some(address);
    }

    /// The requested frame, which is then being read.
    pub(super) fn start_reading(&mut self) -> Option<FrameAddress> {
        self.reading = self.requested.take();
        self.reading
    }

    /// Ends looking back. A frame that is being read is ignored.
    pub(super) fn end(&mut self) {
        (self.requested, self.reading, self.frame) = (None, None, None);
    }

    /// The end of reading; returns whether the frame at this address is still requested.
    fn finish_reading(&mut self, address: FrameAddress) -> bool {
        let is_expected = self.reading == Some(address);
        if is_expected {
            self.reading = None;
        }
        is_expected
    }

    /// A frame that was read, beside the newest one of the room.
    pub(super) fn on_read(
        &mut self,
        address: FrameAddress,
        recorded: RecordedFrame,
        newest: Option<&Frame>,
    ) {
        if !self.finish_reading(address) {
            return;
        }
        let revision = self.revision_of(&recorded.frame, address, newest);
        let frame = Arc::new(Frame {
            revision,
            playback: Some(PlaybackStatus::paused(address)),
            ..Frame::clone(&recorded.frame)
        });
        self.count += 1;
        let bonds = recorded.bonds.map(|bonds| PerceivedBonds {
            structure: revision,
            ..bonds
        });
        self.frame = Some(LookBackFrame {
            frame,
            place: recorded.place,
            number: self.count,
            bonds: bonds.map(Arc::new),
        });
    }

    /// A frame that cannot be read; returns whether looking back has ended.
    pub(super) fn on_unreadable(&mut self, address: FrameAddress) -> bool {
        let ends = self.finish_reading(address) && self.requested.is_none();
        if ends {
            self.end();
        }
        ends
    }

    /// Revision of a recorded structure: that of the room for frames in memory, and for those of a file if
    /// the room shows their structure; else one of this client.
    fn revision_of(&mut self, frame: &Frame, address: FrameAddress, newest: Option<&Frame>) -> u64 {
        let same = |identity: &Arc<Structure>| Arc::ptr_eq(identity, &frame.identity);
        if let FrameAddress::Memory(_) = address {
            return frame.revision;
        }
        if let Some(newest) = newest.filter(|newest| same(&newest.identity)) {
            return newest.revision;
        }
        match &self.structure {
            Some((identity, revision)) if same(identity) => *revision,
            _ => {
                let revision = FIRST_REVISION + self.structures;
                self.structures += 1;
                self.structure = Some((Arc::clone(&frame.identity), revision));
                revision
            }
        }
    }
}
