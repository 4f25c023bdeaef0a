//! Thread that renders beside the window: it can be canceled, and its result is polled.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

/// The thread ended without a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its thread ended; the log of the terminal has the reason")]
pub(super) struct ThreadEnded;

/// Request to stop early, as the thread sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Whether the thread is to stop.
    pub(super) fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A thread that renders.
pub(super) struct RenderThread<T> {
    canceled: Cancellation,
    result: Receiver<T>,
}

impl<T: Send + 'static> RenderThread<T> {
    /// Starts a thread.
    ///
    /// # Errors
    /// If the operating system starts none.
    pub(super) fn start(
        name: &str,
        work: impl FnOnce(&Cancellation) -> T + Send + 'static,
    ) -> io::Result<RenderThread<T>> {
        let canceled = Cancellation::default();
        let (sender, result) = bounded(1);
        let seen = canceled.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            // Nobody waits for the result after the window is closed.
            .spawn(move || drop(sender.send(work(&seen))))?;
        Ok(RenderThread { canceled, result })
    }

    /// Asks the thread to stop.
    pub(super) fn cancel(&self) {
        self.canceled.0.store(true, Ordering::Relaxed);
    }

    /// The result, once it is there.
    ///
    /// # Errors
    /// If the thread ended without one.
    pub(super) fn poll(&self) -> Option<Result<T, ThreadEnded>> {
        match self.result.try_recv() {
            Ok(result) => Some(Ok(result)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(ThreadEnded)),
        }
    }
}
