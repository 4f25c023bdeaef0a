//! Unit conversions and physical constants.
//!
//! Internal units: length Å, energy eV, time fs, mass amu, temperature K, charge e.
//! Values follow CODATA 2018 (E. Tiesinga et al., Rev. Mod. Phys. 93, 025010 (2021)); those of the
//! revised SI are exact.

/// Boltzmann constant k_B, eV/K (exact: 1.380649e-23 J/K over 1.602176634e-19 J/eV).
pub const BOLTZMANN: f64 = 1.380_649e-23 / ELECTRONVOLT_IN_JOULE;

/// One electronvolt, J (exact).
pub const ELECTRONVOLT_IN_JOULE: f64 = 1.602_176_634e-19;

/// One atomic mass unit (dalton), kg.
pub const AMU_IN_KILOGRAM: f64 = 1.660_539_066_60e-27;

/// 1 amu·Å²/fs², eV: the energy unit of masses in amu and velocities in Å/fs, ≈ 103.64.
///
/// ```
/// use mlipview_core::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
///
/// // Kinetic temperature, K, of an argon atom at 0.004 Å/fs: T = m v² / (3 k_B).
/// let temperature = AMU_ANGSTROM2_PER_FS2 * 39.95 * 0.004_f64.powi(2) / (3.0 * BOLTZMANN);
/// assert!((temperature - 256.3).abs() < 0.1);
/// ```
pub const AMU_ANGSTROM2_PER_FS2: f64 = AMU_IN_KILOGRAM * 1e10 / ELECTRONVOLT_IN_JOULE;

/// 1 (eV/Å)/amu, Å/fs²: the acceleration of 1 amu under 1 eV/Å, ≈ 0.0096485.
pub const ACCELERATION: f64 = 1.0 / AMU_ANGSTROM2_PER_FS2;

/// 1 eV/Å³, GPa (exact in the revised SI).
pub const EV_PER_ANGSTROM3_IN_GPA: f64 = 160.217_663_4;

/// 1 bar, eV/Å³.
pub const BAR: f64 = 1e-4 / EV_PER_ANGSTROM3_IN_GPA;

/// 1 hartree, eV.
pub const HARTREE: f64 = 27.211_386_245_988;

/// 1 bohr, Å.
pub const BOHR: f64 = 0.529_177_210_903;

/// ASE time unit √(amu·Å²/eV), fs: ≈ 10.1805. Velocities in ASE units are in Å per this time.
pub const ASE_TIME: f64 = 10.180_505_710_759_414;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ase_time_unit_is_the_root_of_the_energy_unit() {
        assert!((ASE_TIME / AMU_ANGSTROM2_PER_FS2.sqrt() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn boltzmann_times_room_temperature_is_a_fortieth_of_an_electronvolt() {
        assert!((BOLTZMANN * 300.0 - 0.025_852).abs() < 1e-6);
    }
}
