//! Ctrl-C and SIGTERM as a request to stop cleanly.

use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "server")]
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

static REQUESTED: AtomicBool = AtomicBool::new(false);
/// Wakes [`wait`] after a request.
#[cfg(feature = "server")]
static SIGNALED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// Time in which signals are one request: `timeout` and terminals send the same one to the program and to its
/// group.
const SAME_REQUEST: Duration = Duration::from_millis(500);

/// Installs the handler: a first Ctrl-C stops the run after its step, a second exits at once.
#[expect(
    clippy::disallowed_methods,
    reason = "a second Ctrl-C, after some time, exits without waiting for the step"
)]
pub(crate) fn install_handler() -> anyhow::Result<()> {
    let mut first: Option<Instant> = None;
    ctrlc::set_handler(move || {
        let first = *first.get_or_insert_with(Instant::now);
        if REQUESTED.swap(true, Ordering::SeqCst) {
            if first.elapsed() < SAME_REQUEST {
                return;
            }
            std::process::exit(i32::from(super::exit_code::INTERRUPTED));
        }
        #[cfg(feature = "server")]
        {
            *SIGNALED.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            SIGNALED.1.notify_all();
        }
    })?;
    Ok(())
}

/// `code`, or the exit code of an interruption if one was requested.
pub(crate) fn exit_code(code: u8) -> u8 {
    if requested() {
        super::exit_code::INTERRUPTED
    } else {
        code
    }
}

/// Whether a stop was requested.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Blocks until a stop is requested.
#[cfg(feature = "server")]
pub(super) fn wait() {
    let signaled = SIGNALED.0.lock().unwrap_or_else(PoisonError::into_inner);
    drop(SIGNALED.1.wait_while(signaled, |signaled| !*signaled));
}
