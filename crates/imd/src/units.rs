//! Units on the wire: Å and K in both versions; energies in kcal/mol or kJ/mol; version 3 also has Å/ps and ps.

use mlipview_core::chem::units::ELECTRONVOLT_IN_JOULE;

/// Avogadro constant, 1/mol (exact).
const AVOGADRO: f64 = 6.022_140_76e23;

/// 1 kcal, J (thermochemical, exact).
const KILOCALORIE: f64 = 4184.0;

/// 1 ps, fs.
pub const PICOSECOND: f64 = 1000.0;

/// Unit of energies, and of forces per Å.
///
/// ```
/// use mlipview_imd::EnergyUnit;
///
/// assert!((EnergyUnit::KilocaloriePerMole.in_ev() - 0.0433641).abs() < 1e-7);
/// assert!((EnergyUnit::KilojoulePerMole.in_ev() - 0.0103643).abs() < 1e-7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnergyUnit {
    /// kcal/mol.
    KilocaloriePerMole,
    /// kJ/mol.
    KilojoulePerMole,
}

impl EnergyUnit {
    /// The unit, eV.
    pub fn in_ev(self) -> f64 {
        let joule = match self {
            EnergyUnit::KilocaloriePerMole => KILOCALORIE,
            EnergyUnit::KilojoulePerMole => 1000.0,
        };
        joule / AVOGADRO / ELECTRONVOLT_IN_JOULE
    }
}
