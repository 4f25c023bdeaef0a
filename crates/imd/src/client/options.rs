//! Options of a client.

use std::time::Duration;

use mlipview_core::chem::Structure;

use super::Address;
use crate::units::EnergyUnit;

/// Options of a client.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Where the program listens.
    pub address: Address,
    /// Number of atoms of our structure: that of the program, or of the group that it sends.
    pub atoms: usize,
    /// Name of the program, which is shown with its energies; without one, its address is.
    pub program: Option<String>,
    /// Unit of its energies; `None`: that of the version.
    pub energy_unit: Option<EnergyUnit>,
    /// Steps per frame to ask for; `None`: as the program does by itself.
    pub rate: Option<u32>,
    /// Structure with the first positions and the cell, if atoms are to be unwrapped: each is shown in the image
    /// that is nearest to its last position.
    pub unwrap_from: Option<Structure>,
    /// Time in which to connect, at first and after a loss.
    pub timeout: Duration,
}

impl ClientOptions {
    /// Options with defaults: an unnamed program, units of the version, 30 s to connect.
    pub fn new(address: Address, atoms: usize) -> ClientOptions {
        ClientOptions {
            address,
            atoms,
            program: None,
            energy_unit: None,
            rate: None,
            unwrap_from: None,
            timeout: Duration::from_secs(30),
        }
    }

    /// The name to show: that of the program, or its address.
    pub fn name(&self) -> String {
        let address = || self.address.to_string();
        self.program.clone().unwrap_or_else(address)
    }
}
