//! Versions of the protocol.

use crate::units::EnergyUnit;

/// Version of the protocol, which a server chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Coordinates and energies; a pause is undone by another one.
    Two,
    /// Also time, box, velocities and forces.
    Three,
}

impl Version {
    /// The version of a number in a handshake.
    pub fn of_number(number: i32) -> Option<Version> {
        match number {
            2 => Some(Version::Two),
            3 => Some(Version::Three),
            _ => None,
        }
    }

    /// Its number.
    pub fn number(self) -> i32 {
        match self {
            Version::Two => 2,
            Version::Three => 3,
        }
    }

    /// The unit of energies, and with Å of forces, by convention in version 2 and by the specification in
    /// version 3.
    pub fn energy_unit(self) -> EnergyUnit {
        match self {
            Version::Two => EnergyUnit::KilocaloriePerMole,
            Version::Three => EnergyUnit::KilojoulePerMole,
        }
    }
}
