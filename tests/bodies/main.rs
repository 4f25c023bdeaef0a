//! Laws of mechanics that rigid bodies follow, and properties of their worlds.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod bounces;
mod determinism;
mod fixtures;
mod free_motion;
mod friction;
mod hands;
mod limits;
mod molecules;
mod periodic;
