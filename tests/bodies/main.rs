//! Laws of mechanics that rigid bodies follow, and properties of their worlds.

mod bounces;
mod determinism;
mod fixtures;
mod free_motion;
mod friction;
mod hands;
mod limits;
mod molecules;
mod periodic;
