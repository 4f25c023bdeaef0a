//! Settings of a server.

use std::time::Duration;

use crate::address::Address;

/// Settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerSettings {
    /// Where drivers connect.
    pub listen: Address,
    /// Time for which a driver may compute or be silent.
    pub timeout: Duration,
    /// Time for which the start waits for a driver to connect. Evaluations wait for at most 5 s, so that the
    /// simulation stays responsive.
    pub wait: Duration,
}
