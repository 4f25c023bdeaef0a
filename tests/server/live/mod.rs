//! Live runs of rigid bodies over sockets.
//!
//! Numbers in the documentation of tests are those of the statements in docs/live.md.

mod assets;
mod commands;
mod configure;
mod fixtures;
mod limits;
mod memory;
mod packing;
mod phases;
mod run;
mod slow_readers;
