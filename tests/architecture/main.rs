//! Rules of ARCHITECTURE.md and CONTRIBUTING.md that the compiler cannot check.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read the sources has failed"
)]

mod crates;
mod cycles;
mod documents;
mod errors;
mod files;
mod modules;
mod paths;
mod precision;
mod sources;
mod words;
