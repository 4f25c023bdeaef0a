//! Ctrl-C as a request to end cleanly.

use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "server")]
use std::sync::{Condvar, Mutex, PoisonError};

static REQUESTED: AtomicBool = AtomicBool::new(false);
/// Whether someone has rung, and the bell.
#[cfg(feature = "server")]
static RUNG: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// From now on Ctrl-C (and a polite kill) asks the run to end after its step; a second one ends the
/// program at once.
pub(super) fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::SeqCst) {
            #[expect(
                clippy::disallowed_methods,
                reason = "a second Ctrl-C is impatient, and means it"
            )]
            std::process::exit(i32::from(super::INTERRUPTED));
        }
        #[cfg(feature = "server")]
        {
            *RUNG.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            RUNG.1.notify_all();
        }
    })?;
    Ok(())
}

/// The exit code of work that would have ended with `code` had nobody interrupted it.
pub(super) fn code(code: u8) -> u8 {
    if requested() {
        super::INTERRUPTED
    } else {
        code
    }
}

/// Whether the run was asked to end.
pub(super) fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Waits until the program is asked to end.
#[cfg(feature = "server")]
pub(super) fn wait() {
    let rung = RUNG.0.lock().unwrap_or_else(PoisonError::into_inner);
    // It wakes up for no other reason.
    drop(RUNG.1.wait_while(rung, |rung| !*rung));
}
