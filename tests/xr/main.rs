//! Tests of the headset without a runtime: made-up tracking data and a real simulation.
//!
//! `tests/headset` tests what needs a runtime.

#![cfg(feature = "xr")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod controllers;
mod grab_atoms;
mod grab_world;
mod presence;
mod recenter;
mod tablet;
#[path = "../viewer/test_viewer.rs"]
#[allow(dead_code, reason = "the tests of the window use the rest of it")]
mod test_viewer;
mod wearer;
