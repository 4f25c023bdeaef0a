//! Mixture to be packed: molecules with their counts, atoms that stay, and the cell.

use glam::DVec3;

use super::error::PackingError;
use crate::chem::{Cell, Structure};

/// The most atoms that are packed.
const MAX_ATOMS: usize = 1_000_000;

/// amu/Å³ in g/cm³: the atomic mass constant is 1.66053906892e-24 g (CODATA 2022).
pub(super) const DENSITY_UNIT: f64 = 1.660_539_068_92;

/// Molecules to be packed into a cell.
#[derive(Clone, Debug)]
pub struct Mixture {
    /// Molecules, and how many of each.
    pub molecules: Vec<(Structure, usize)>,
    /// Atoms that stay where they are, such as a solute or a framework; may be empty.
    pub fixed: Structure,
    /// The cell, periodic in three dimensions.
    pub cell: Cell,
    /// Greatest distance of the center of a molecule from the nearest fixed atom, Å: a droplet, without
    /// periodic images. `None` fills the cell.
    pub shell: Option<f64>,
}

impl Mixture {
    /// Checks counts and cell for packing at a distance (Å).
    ///
    /// # Errors
    /// If there is nothing to pack or too much, or the cell is not periodic or too small.
    pub(super) fn check(&self, distance: f64) -> Result<(), PackingError> {
        expect_positive("distance", distance)?;
        if let Some(shell) = self.shell {
            expect_positive("shell", shell)?;
            if self.fixed.is_empty() {
                return Err(PackingError::NothingInside);
            }
        }
        let counts = self.molecules.iter();
        let atoms = counts.fold(self.fixed.len(), |sum, (molecule, count)| {
            sum.saturating_add(molecule.len().saturating_mul(*count))
        });
        if atoms == self.fixed.len() {
            return Err(PackingError::Nothing);
        }
        if atoms > MAX_ATOMS {
            return Err(PackingError::TooMany {
                atoms,
                most: MAX_ATOMS,
            });
        }
        if self.cell.periodic() != [true; 3] {
            return Err(PackingError::NotPeriodic);
        }
        let height = self
            .cell
            .heights()
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        let diameters = self
            .molecules
            .iter()
            .map(|(molecule, _)| diameter(molecule));
        let least = distance + diameters.fold(0.0, f64::max);
        if height < least {
            return Err(PackingError::TooSmall { height, least });
        }
        Ok(())
    }

    /// Mass of all atoms, amu.
    pub fn mass(&self) -> f64 {
        let molecules = self.molecules.iter();
        let packed = molecules.map(|(molecule, count)| mass(molecule) * *count as f64);
        packed.sum::<f64>() + mass(&self.fixed)
    }
}

/// Mass of all atoms, amu.
pub(super) fn mass(structure: &Structure) -> f64 {
    (0..structure.len()).map(|atom| structure.mass(atom)).sum()
}

/// Largest distance of an atom from the center, twice, Å.
pub(super) fn diameter(molecule: &Structure) -> f64 {
    let center = centroid(molecule);
    let distances = molecule
        .positions()
        .iter()
        .map(|position| position.distance(center));
    2.0 * distances.fold(0.0, f64::max)
}

/// Mean position of the atoms, Å.
pub(super) fn centroid(structure: &Structure) -> DVec3 {
    let sum: DVec3 = structure.positions().iter().sum();
    sum / structure.len().max(1) as f64
}

/// Density of a mass (amu) in a volume (Å³), g/cm³.
pub fn density(mass: f64, volume: f64) -> f64 {
    DENSITY_UNIT * mass / volume
}

/// Edge of the cube that has a density (g/cm³) with a mass (amu), Å.
///
/// ```
/// use mlipview_core::packing::edge_of_density;
///
/// let mass = 216.0 * 18.015;
/// assert!((edge_of_density(mass, 0.997)? - 18.64).abs() < 0.01);
/// # Ok::<(), mlipview_core::packing::PackingError>(())
/// ```
///
/// # Errors
/// If a number is not positive.
pub fn edge_of_density(mass: f64, density: f64) -> Result<f64, PackingError> {
    expect_positive("mass", mass)?;
    expect_positive("density", density)?;
    Ok((DENSITY_UNIT * mass / density).cbrt())
}

pub(super) fn expect_positive(name: &'static str, value: f64) -> Result<(), PackingError> {
    match value.is_finite() && value > 0.0 {
        true => Ok(()),
        false => Err(PackingError::NotPositive { name, value }),
    }
}
