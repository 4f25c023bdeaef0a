//! Tests of the headset with an OpenXR runtime: Monado with simulated devices.
//!
//! `scripts/xr-runtime` starts the runtime, as `scripts/test` does:
//!
//! ```sh
//! cargo test --workspace --test headset --config 'target."cfg(unix)".runner=["scripts/xr-runtime","null"]' \
//!     -- --ignored --test-threads=1 --skip remote_
//! ```
//!
//! Tests whose names begin with `remote_` move head and hands by Monado's remote driver: run them with
//! `remote` instead of `null` and without `--skip`.
//!
//! Monado's devices have no passthrough and do not report haptics: `tests/xr` tests these with made-up
//! data.

#![allow(
    clippy::unwrap_used,
    reason = "a test that does not find what it made has failed"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the tests wait for another program with a timeout, and print what it did"
)]

#[path = "../pictures/both_eyes.rs"]
mod both_eyes;
mod controllers;
mod eyes;
mod remote;
mod session;
mod tablet;
mod wearer;
