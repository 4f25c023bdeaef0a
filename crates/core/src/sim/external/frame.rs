//! A frame of another program: positions, and the quantities that it sends.

use glam::DVec3;

use crate::chem::Cell;

/// A frame of another program. A quantity that it does not send is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExternalFrame {
    /// Position of each atom, Å: `[atoms]`.
    pub positions: Vec<DVec3>,
    /// Velocity of each atom, Å/fs: `[atoms]`.
    pub velocities: Option<Vec<DVec3>>,
    /// Force on each atom, eV/Å: `[atoms]`.
    pub forces: Option<Vec<DVec3>>,
    /// The cell; without one, the last cell stays.
    pub cell: Option<Cell>,
    /// Energies and temperature.
    pub values: ExternalValues,
    /// Simulated time, fs.
    pub time: Option<f64>,
    /// Number of the step.
    pub step: Option<u64>,
}

/// Energies and temperature that another program sends; `None` where it sends none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExternalValues {
    /// Potential energy, eV.
    pub potential_energy: Option<f64>,
    /// Kinetic energy, eV.
    pub kinetic_energy: Option<f64>,
    /// Temperature, K.
    pub temperature: Option<f64>,
}

impl ExternalFrame {
    /// Whether all of its numbers are finite.
    pub fn is_finite(&self) -> bool {
        let ExternalValues {
            potential_energy,
            kinetic_energy,
            temperature,
        } = self.values;
        let numbers = [potential_energy, kinetic_energy, temperature, self.time];
        let of_atoms = [&self.velocities, &self.forces].into_iter().flatten();
        numbers.into_iter().flatten().all(f64::is_finite)
            && self.positions.iter().all(|vector| vector.is_finite())
            && of_atoms.flatten().all(|vector| vector.is_finite())
    }

    /// Whether each list has an item for each of a number of atoms.
    pub fn has_atoms(&self, atoms: usize) -> bool {
        let mut of_atoms = [&self.velocities, &self.forces].into_iter().flatten();
        self.positions.len() == atoms && of_atoms.all(|vectors| vectors.len() == atoms)
    }
}
