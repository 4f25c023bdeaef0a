//! The laws and stories of the core: chem, potential, sim.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod doors;
mod elements;
mod engine;
mod neighbors;
mod potentials;
mod xyz;
