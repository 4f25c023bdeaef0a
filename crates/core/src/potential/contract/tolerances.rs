//! Tolerances of the contract of potentials.

/// Tolerances of the properties.
///
/// Relative tolerances refer to the largest force (at least 0.01 eV/Å), the energy (at least 0.01 eV per
/// atom) or the largest stress (at least 10⁻⁴ eV/Å³).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerances {
    /// Deviation of forces and stress from finite differences of the energy, relative.
    pub gradient: f64,
    /// Deviation between evaluations that must be equal, relative.
    pub equality: f64,
    /// Step of the finite differences, Å.
    pub step: f64,
    /// Jump of the energy where pairs cross a cutoff, eV.
    pub energy_jump: f64,
    /// Jump of the force on an atom there, eV/Å.
    pub force_jump: f64,
    /// Maximum number of atoms that are displaced for finite differences, evenly spaced.
    pub moved_atoms: usize,
}

impl Tolerances {
    /// Tolerances for analytic potentials in f64.
    pub const STRICT: Tolerances = Tolerances {
        gradient: 1e-6,
        equality: 1e-9,
        step: 1e-3,
        energy_jump: 1e-8,
        force_jump: 1e-7,
        moved_atoms: 8,
    };
}
