//! The output of a simulation: the newest frame, and the events for each subscriber.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::event::Event;
use super::frame::{Activity, Frame};
use super::sink::FrameSink;
use crate::waker::{Waker, Wakers};

/// Events queued for one subscriber; see [`Hub::events`].
pub const EVENT_CAPACITY: usize = 1024;

/// The newest frame, the wakers to call when it changes, the subscribers to events, and the sinks of all
/// frames.
pub struct Hub {
    newest: Mutex<Arc<Frame>>,
    wakers: Wakers,
    subscribers: Mutex<Vec<Sender<Event>>>,
    sinks: Mutex<Vec<Box<dyn FrameSink>>>,
}

impl Hub {
    /// A hub with a first frame.
    pub fn new(first: Arc<Frame>) -> Hub {
        Hub {
            newest: Mutex::new(first),
            wakers: Wakers::default(),
            subscribers: Mutex::default(),
            sinks: Mutex::default(),
        }
    }

    /// The newest frame. Each frame is complete, so a reader may skip any of them.
    pub fn frame(&self) -> Arc<Frame> {
        Arc::clone(&lock(&self.newest))
    }

    /// Registers a waker that is called at every new frame.
    pub fn on_frame(&self, waker: &Arc<Waker>) {
        self.wakers.register(waker);
    }

    /// Subscribes to the events from now on, in order and without gaps. A subscriber with
    /// [`EVENT_CAPACITY`] unread events is dropped: it still receives those, then finds the channel
    /// closed, which says that events are missing.
    pub fn events(&self) -> Receiver<Event> {
        let (sender, receiver) = bounded(EVENT_CAPACITY);
        lock(&self.subscribers).push(sender);
        receiver
    }

    /// Adds a sink, which gets the newest frame at once unless that is a recorded one.
    pub fn add_sink(&self, mut sink: Box<dyn FrameSink>) {
        // Locked over both, so that no frame comes before the first.
        let mut sinks = lock(&self.sinks);
        let newest = self.frame();
        if newest.activity == Activity::Playback || sink.frame(&newest) {
            sinks.push(sink);
        }
    }

    /// Replaces the newest frame, passes it to the sinks, and calls the wakers. Never waits for a reader.
    pub fn publish(&self, frame: Arc<Frame>) {
        if frame.activity != Activity::Playback {
            lock(&self.sinks).retain_mut(|sink| sink.frame(&frame));
        }
        *lock(&self.newest) = frame;
        self.wakers.wake();
    }

    /// Sends events to every subscriber. Never waits for one.
    pub fn announce(&self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            lock(&self.sinks)
                .iter_mut()
                .for_each(|sink| sink.event(&event));
            lock(&self.subscribers).retain(|subscriber| subscriber.try_send(event.clone()).is_ok());
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
