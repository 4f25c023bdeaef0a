//! Exit codes of the program; clap exits with 2 on invalid arguments.

/// Success.
pub(super) const DONE: u8 = 0;
/// Failure; results so far are saved.
pub(super) const FAILED: u8 = 1;
/// A relaxation that did not converge within its steps.
pub(super) const NOT_CONVERGED: u8 = 3;
/// Ctrl-C; results so far are saved.
pub(super) const INTERRUPTED: u8 = 130;
