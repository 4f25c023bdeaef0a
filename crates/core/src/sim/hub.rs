//! The newest frame and the bells: how windows learn what is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::event::Event;
use super::frame::Frame;

/// Events that may wait for one listener; see [`Hub::events`].
pub const EVENT_CAPACITY: usize = 1024;

/// Called when a new frame is there; must return at once.
pub type Bell = dyn Fn() + Send + Sync;

/// The newest frame, the bells to ring when it changes, and the listeners for events.
pub struct Hub {
    newest: Mutex<Arc<Frame>>,
    bells: Mutex<Vec<Weak<Bell>>>,
    listeners: Mutex<Vec<Sender<Event>>>,
}

impl Hub {
    /// A hub that shows a first frame.
    pub fn new(first: Arc<Frame>) -> Hub {
        Hub {
            newest: Mutex::new(first),
            bells: Mutex::default(),
            listeners: Mutex::default(),
        }
    }

    /// The newest frame. Frames are complete: whoever skips some is right with the next.
    pub fn newest(&self) -> Arc<Frame> {
        Arc::clone(&lock(&self.newest))
    }

    /// Has a bell rung at every new frame, for as long as the caller keeps it.
    pub fn on_frame(&self, bell: &Arc<Bell>) {
        lock(&self.bells).push(Arc::downgrade(bell));
    }

    /// The events from now on, in order, none left out. A listener that lets [`EVENT_CAPACITY`]
    /// events wait is cut off: it still receives those, then finds the channel closed, and knows by
    /// that that it missed some.
    pub fn events(&self) -> Receiver<Event> {
        let (sender, receiver) = bounded(EVENT_CAPACITY);
        lock(&self.listeners).push(sender);
        receiver
    }

    /// Shows a new frame. Never waits for a reader.
    pub fn publish(&self, frame: Arc<Frame>) {
        *lock(&self.newest) = frame;
        lock(&self.bells).retain(|bell| bell.upgrade().map(|ring| ring()).is_some());
    }

    /// Tells every listener. Never waits for one.
    pub fn announce(&self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            lock(&self.listeners).retain(|listener| listener.try_send(event.clone()).is_ok());
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
