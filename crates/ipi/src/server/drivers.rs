//! Drivers that have connected and wait for work.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::stream::Stream;
use crate::wire::POLL;

/// The driver that waits for work: at most one, the newest. One that comes later takes its place.
#[derive(Default)]
pub(super) struct Drivers {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Option<Stream>,
    is_closed: bool,
    /// Whether the thread that accepts drivers has ended.
    has_ended: bool,
}

impl Drivers {
    /// Adds a driver, unless the server is closed.
    pub(super) fn add(&self, stream: Stream) {
        let mut state = self.lock();
        if !state.is_closed {
            state.waiting = Some(stream);
            self.changed.notify_all();
        }
    }

    /// Takes the driver that waits, or waits for one as long as a condition holds.
    pub(super) fn take(&self, wait: Duration, goes_on: fn() -> bool) -> Option<Stream> {
        let mut state = self.lock();
        let mut rest = wait;
        loop {
            if let Some(stream) = state.waiting.take() {
                return Some(stream);
            }
            if rest.is_zero() || !goes_on() {
                return None;
            }
            let slice = rest.min(POLL);
            rest -= slice;
            let waited = self
                .changed
                .wait_timeout_while(state, slice, |state| state.waiting.is_none());
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether a driver waits.
    pub(super) fn has_waiting(&self) -> bool {
        self.lock().waiting.is_some()
    }

    /// Takes no more drivers.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting = None;
    }

    /// Tells that the thread that accepts drivers has ended.
    pub(super) fn end(&self) {
        self.lock().has_ended = true;
        self.changed.notify_all();
    }

    /// Waits until that thread has ended.
    pub(super) fn wait_until_ended(&self) {
        let state = self.lock();
        // A guard that is poisoned is a guard.
        drop(self.changed.wait_while(state, |state| !state.has_ended));
    }

    /// Whether the server takes no more drivers.
    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
