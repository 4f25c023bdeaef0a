//! Ctrl-C as a request to end cleanly.

use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

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
