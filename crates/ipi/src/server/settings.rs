//! Settings of a server.

use std::time::Duration;

use crate::address::Address;

/// Settings of a server.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Where drivers connect.
    pub listen: Address,
    /// Time for which a driver may compute or be silent.
    pub timeout: Duration,
    /// Time for which the start waits for a driver to connect. Evaluations wait for at most 5 s, so that the
    /// simulation stays responsive.
    pub wait: Duration,
    /// Edge of the cube that is sent for structures without a cell, Å; `None`: 100 Å more than the size of the
    /// molecule when a driver connects.
    pub cube: Option<f64>,
    /// Whether to go on, which is asked five times a second.
    pub goes_on: fn() -> bool,
}
