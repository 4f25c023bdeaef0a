//! The bounded queue between a simulation and the thread that writes its recording.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded};
use mlipview_core::sim::{Event, Frame};

use super::status::RecordingStatus;

/// Maximum number of entries after which frames are left out.
pub(super) const MAX_FRAMES: usize = 256;

/// Maximum number of entries, of which the last are for events.
const MAX_ENTRIES: usize = 4 * MAX_FRAMES;

/// Maximum memory of queued frames, bytes; one frame may always be queued.
pub(super) const MAX_BYTES: usize = 128 << 20;

/// Entry of the queue, with its time of the wall clock.
pub(super) enum Entry {
    /// A frame.
    Frame(Arc<Frame>, SystemTime),
    /// An event.
    Event(Event, SystemTime),
    /// End of the recording.
    Stop,
}

/// Sending side of a queue; clones share it.
#[derive(Clone)]
pub(super) struct Queue {
    sender: Sender<Entry>,
    shared: Arc<Shared>,
}

/// State that both sides see.
#[derive(Default)]
struct Shared {
    bytes: AtomicUsize,
    is_stopped: AtomicBool,
    left_out: AtomicU64,
    status: Mutex<RecordingStatus>,
}

/// A queue and its receiving side.
pub(super) fn queue() -> (Queue, Receiver<Entry>) {
    let (sender, receiver) = bounded(MAX_ENTRIES);
    let shared = Arc::default();
    (Queue { sender, shared }, receiver)
}

/// The state of a queue without its sending side, for the thread: the queue ends with its last sender.
#[derive(Clone)]
pub(super) struct QueueState(Arc<Shared>);

impl Queue {
    /// Queues a frame; false if the queue is full.
    pub(super) fn send_frame(&self, frame: &Arc<Frame>, now: SystemTime) -> bool {
        let bytes = frame.bytes();
        let queued = self.shared.bytes.load(Ordering::Acquire);
        let has_space = queued == 0 || queued.saturating_add(bytes) <= MAX_BYTES;
        if !has_space || self.sender.len() >= MAX_FRAMES {
            return false;
        }
        self.shared.bytes.fetch_add(bytes, Ordering::AcqRel);
        let is_sent = self.send(Entry::Frame(Arc::clone(frame), now));
        if !is_sent {
            self.shared.bytes.fetch_sub(bytes, Ordering::AcqRel);
        }
        is_sent
    }

    /// Queues an event; false if the queue is full.
    pub(super) fn send_event(&self, event: &Event, now: SystemTime) -> bool {
        self.send(Entry::Event(event.clone(), now))
    }

    fn send(&self, entry: Entry) -> bool {
        self.sender.try_send(entry).is_ok()
    }

    /// Counts an entry that was left out.
    pub(super) fn count_left_out(&self) {
        self.shared.left_out.fetch_add(1, Ordering::Relaxed);
    }

    /// Asks the thread to end the recording after what is queued; returns whether there was space in time.
    pub(super) fn stop(&self, timeout: Duration) -> bool {
        self.shared.is_stopped.store(true, Ordering::Release);
        match self.sender.send_timeout(Entry::Stop, timeout) {
            Ok(()) => true,
            // The thread has ended already.
            Err(error) => error.is_disconnected(),
        }
    }

    /// Whether the recording has ended or is about to.
    pub(super) fn is_stopped(&self) -> bool {
        self.shared.is_stopped.load(Ordering::Acquire)
    }

    /// The state without the sending side.
    pub(super) fn state(&self) -> QueueState {
        QueueState(Arc::clone(&self.shared))
    }

    /// The status.
    pub(super) fn status(&self) -> RecordingStatus {
        let status = self.shared.status.lock();
        RecordingStatus {
            left_out: self.shared.left_out.load(Ordering::Relaxed),
            ..status.unwrap_or_else(PoisonError::into_inner).clone()
        }
    }
}

impl QueueState {
    /// Frees the memory of a frame that has been taken.
    pub(super) fn release(&self, frame: &Frame) {
        self.0.bytes.fetch_sub(frame.bytes(), Ordering::AcqRel);
    }

    /// Number of entries left out so far.
    pub(super) fn left_out(&self) -> u64 {
        self.0.left_out.load(Ordering::Relaxed)
    }

    /// Changes the status.
    pub(super) fn set(&self, change: impl FnOnce(&mut RecordingStatus)) {
        change(&mut self.0.status.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Ends the recording.
    pub(super) fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Release);
    }
}
