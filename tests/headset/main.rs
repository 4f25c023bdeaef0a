//! The headset, by a real OpenXR runtime: Monado with the devices that it simulates.
//!
//! `scripts/xr-runtime` runs them beside one, as `scripts/test` does:
//!
//! ```sh
//! cargo test --workspace --test headset --config 'target."cfg(unix)".runner=["scripts/xr-runtime","null"]' \
//!     -- --ignored --test-threads=1 --skip remote_
//! ```
//!
//! Those whose name begins with `remote_` move its head and hands: `remote` instead of `null`, and
//! without the `--skip`.
//!
//! Monado's devices show no room and do not tell what they let a hand feel: that is tested in
//! `tests/xr`, with what a headset might say made up.

#![allow(
    clippy::unwrap_used,
    reason = "a test that does not find what it made has failed"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a runtime is another program: it is waited for, not for ever, and what it did is told"
)]

#[path = "../pictures/both_eyes.rs"]
mod both_eyes;
mod eyes;
mod hands;
mod remote;
mod stays;
mod tablet;
mod wearer;
