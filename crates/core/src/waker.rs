//! Callbacks that wake the readers of a shared value when it changes.

use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Called at each change, on the thread that made it; must return at once.
pub type Waker = dyn Fn() + Send + Sync;

/// The wakers of one shared value, each for as long as its owner keeps it.
#[derive(Default)]
pub struct Wakers(Mutex<Vec<Weak<Waker>>>);

impl Wakers {
    /// Adds a waker; it is removed once its last [`Arc`] is dropped.
    pub fn register(&self, waker: &Arc<Waker>) {
        self.with(|wakers| wakers.push(Arc::downgrade(waker)));
    }

    /// Calls every waker. The caller holds no lock that a waker may take.
    pub fn wake(&self) {
        self.with(|wakers| wakers.retain(|waker| waker.upgrade().map(|wake| wake()).is_some()));
    }

    fn with(&self, change: impl FnOnce(&mut Vec<Weak<Waker>>)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
