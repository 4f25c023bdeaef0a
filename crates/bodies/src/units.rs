//! Units of length of a world.

use glam::Vec3;

/// Meters per Å at which molecules are shown in a world in meters: 1 Å is 10 cm.
const METERS_PER_ANGSTROM: f32 = 0.1;

/// Units of length of a world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Meters and kilograms, with the gravity of the earth. Molecules are enlarged, 10 cm per Å.
    #[default]
    Meters,
    /// Å and amu, without gravity. A second of the clock stands for a picosecond: velocities are in Å/ps.
    Angstroms,
}

impl Units {
    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Units::Meters => "m",
            Units::Angstroms => "Å",
        }
    }

    /// The units of a name: `m`, or `Å` (also `A`).
    pub fn from_name(name: &str) -> Option<Units> {
        match name {
            "m" => Some(Units::Meters),
            "Å" | "A" | "\u{212b}" => Some(Units::Angstroms),
            _ => None,
        }
    }

    /// Gravity unless a world sets another, in its lengths per s².
    pub fn gravity(self) -> Vec3 {
        match self {
            Units::Meters => Vec3::new(0.0, 0.0, -9.81),
            Units::Angstroms => Vec3::ZERO,
        }
    }

    /// Length of one Å.
    pub fn angstrom(self) -> f32 {
        match self {
            Units::Meters => METERS_PER_ANGSTROM,
            Units::Angstroms => 1.0,
        }
    }
}
