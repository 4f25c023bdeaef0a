//! Outbox of a run: what waits to be sent to its client.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::error::LiveError;

/// Maximum number of waiting frames. When one more comes, all of them are left out for it, so that a slow reader
/// gets the newest; a reader that is late by less misses none. \[21\]
const MAX_FRAMES: usize = 8;

/// Maximum number and size of waiting frames for a client that wants every frame. \[21\]
const MAX_EVERY_FRAME: usize = 256;
const MAX_BYTES: usize = 64 << 20;

/// Maximum size of a frame, and of the frames that wait for a client that may miss some.
const MAX_FRAME_BYTES: usize = 16 << 20;

/// Maximum number of waiting messages besides frames; at the bound, nothing is read from the client.
const MAX_MESSAGES: usize = 64;

/// Something to send.
#[derive(Debug, PartialEq)]
pub(super) enum Outgoing {
    /// A frame, which may be left out.
    Frame(String),
    /// Another message.
    Message(String),
    /// The last message; then the connection is closed.
    Complete(String),
    /// An error; then the connection is closed.
    Fail(LiveError),
}

/// Outbox of a run.
pub(super) struct Outbox {
    queue: Mutex<VecDeque<Outgoing>>,
    /// Whether no frame is left out.
    every_frame: bool,
    /// Signals the connection that there is something to send.
    pub(super) filled: Notify,
}

impl Outbox {
    pub(super) fn new(every_frame: bool) -> Outbox {
        Outbox {
            queue: Mutex::default(),
            every_frame,
            filled: Notify::new(),
        }
    }

    /// Adds something to send besides frames: an answer to a message.
    pub(super) fn push(&self, outgoing: Outgoing) {
        self.lock().push_back(outgoing);
        self.filled.notify_one();
    }

    /// Adds a frame; returns the number of frames that are left out for it.
    ///
    /// # Errors
    /// If the client wants every frame and reads too slowly.
    pub(super) fn push_frame(&self, text: String) -> Result<u64, LiveError> {
        let mut queue = self.lock();
        let frames = queue.iter().filter_map(|outgoing| match outgoing {
            Outgoing::Frame(text) => Some(text.len()),
            _ => None,
        });
        let (count, bytes) = frames.fold((0, 0), |(count, bytes), len| (count + 1, bytes + len));
        let mut skipped = 0;
        if text.len() > MAX_FRAME_BYTES {
            return Err(LiveError::FrameBytes(MAX_FRAME_BYTES));
        }
        if self.every_frame {
            if count >= MAX_EVERY_FRAME || bytes + text.len() > MAX_BYTES {
                return Err(LiveError::UnreadFrames(count));
            }
        } else if count >= MAX_FRAMES || bytes + text.len() > MAX_FRAME_BYTES {
            queue.retain(|outgoing| !matches!(outgoing, Outgoing::Frame(_)));
            skipped = count as u64;
        }
        queue.push_back(Outgoing::Frame(text));
        self.filled.notify_one();
        Ok(skipped)
    }

    /// Whether so many answers wait that no more messages are to be read.
    pub(super) fn is_full(&self) -> bool {
        let queue = self.lock();
        let messages = queue
            .iter()
            .filter(|outgoing| matches!(outgoing, Outgoing::Message(_)));
        messages.count() >= MAX_MESSAGES
    }

    /// Takes what is to be sent next.
    pub(super) fn pop(&self) -> Option<Outgoing> {
        self.lock().pop_front()
    }

    /// Leaves out all that waits, for an error.
    pub(super) fn fail(&self, error: LiveError) {
        let mut queue = self.lock();
        queue.clear();
        queue.push_back(Outgoing::Fail(error));
        self.filled.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Outgoing>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [21]
    #[test]
    fn a_slow_reader_gets_the_newest_frame_and_all_other_messages() {
        let outbox = Outbox::new(false);
        outbox.push(Outgoing::Message("metadata".to_owned()));
        let skipped: u64 = (0..100)
            .map(|id| outbox.push_frame(format!("{id}")).unwrap())
            .sum();
        assert_eq!(outbox.pop(), Some(Outgoing::Message("metadata".to_owned())));
        let mut frames = Vec::new();
        while let Some(Outgoing::Frame(text)) = outbox.pop() {
            frames.push(text.parse::<u64>().unwrap());
        }
        assert_eq!(frames.last(), Some(&99));
        assert!(frames.len() <= MAX_FRAMES && frames.is_sorted());
        assert_eq!(skipped + frames.len() as u64, 100);
    }

    /// [21]
    #[test]
    fn every_frame_is_kept_up_to_a_bound() {
        let outbox = Outbox::new(true);
        for _ in 0..MAX_EVERY_FRAME {
            assert_eq!(outbox.push_frame(String::new()), Ok(0));
        }
        let full = Err(LiveError::UnreadFrames(MAX_EVERY_FRAME));
        assert_eq!(outbox.push_frame(String::new()), full);
        let outbox = Outbox::new(true);
        for _ in 0..MAX_BYTES / MAX_FRAME_BYTES {
            assert!(outbox.push_frame("x".repeat(MAX_FRAME_BYTES)).is_ok());
        }
        assert!(outbox.push_frame("x".to_owned()).is_err());
        let long = outbox.push_frame("x".repeat(MAX_FRAME_BYTES + 1));
        assert_eq!(long, Err(LiveError::FrameBytes(MAX_FRAME_BYTES)));
    }
}
