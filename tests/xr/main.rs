//! The headset's room without a headset: made-up eyes and hands at a real simulation.
//!
//! What only hardware or a runtime can show is left to others: here it is as if OpenXR had said it.

#![cfg(feature = "xr")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod company;
#[path = "../viewer/desk.rs"]
#[allow(dead_code, reason = "the tests of the window use the rest of it")]
mod desk;
mod feeling;
mod grasping;
mod headset;
mod placing;
mod tablet;
mod world;
