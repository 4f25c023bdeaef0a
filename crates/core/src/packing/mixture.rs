//! Mixture to be packed: molecules with their counts, atoms that stay, and the cell.

use glam::{DVec3, IVec3};

use super::error::PackingError;
use crate::chem::neighbors::pairs;
use crate::chem::{Cell, Structure};

/// The most atoms that are packed.
const MAX_ATOMS: usize = 1_000_000;

/// Bounds of densities, g/cm³: thin gases, and more than osmium.
const MIN_DENSITY: f64 = 1e-6;
const MAX_DENSITY: f64 = 25.0;

/// The greatest distance between molecules, and edge or shell, Å.
const MAX_DISTANCE: f64 = 100.0;
pub(super) const MAX_LENGTH: f64 = 10_000.0;

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
        expect_within("distance", distance, "Å", MAX_DISTANCE)?;
        if let Some(shell) = self.shell {
            expect_within("shell", shell, "Å", MAX_LENGTH)?;
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
        if let Some(index) = self
            .molecules
            .iter()
            .position(|(molecule, _)| molecule.is_empty())
        {
            return Err(PackingError::NoAtoms { index });
        }
        let height = self
            .cell
            .reduced()
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
        self.check_images(distance)
    }

    /// Checks that fixed atoms without a cell of their own do not overlap their images.
    fn check_images(&self, distance: f64) -> Result<(), PackingError> {
        if self.shell.is_some() || self.fixed.cell.is_some() {
            return Ok(());
        }
        let found = pairs(self.fixed.positions(), Some(&self.cell), distance)?;
        let images = found.iter().filter(|pair| pair.shift != IVec3::ZERO);
        let lengths = images.map(|pair| pair.vector.length());
        match lengths.reduce(f64::min) {
            Some(nearest) if nearest < distance => Err(PackingError::TouchesImages {
                distance: nearest,
                expected: distance,
            }),
            _ => Ok(()),
        }
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
/// If there is no mass, or the density is not one of matter.
pub fn edge_of_density(mass: f64, density: f64) -> Result<f64, PackingError> {
    if mass <= 0.0 {
        return Err(PackingError::Nothing);
    }
    expect_density(density)?;
    Ok((DENSITY_UNIT * mass / density).cbrt())
}

/// Checks a density, g/cm³.
pub(super) fn expect_density(density: f64) -> Result<(), PackingError> {
    match (MIN_DENSITY..=MAX_DENSITY).contains(&density) {
        true => Ok(()),
        false => Err(PackingError::Density(density)),
    }
}

/// Checks a number above 0 with an upper bound in a unit.
pub(super) fn expect_within(
    name: &'static str,
    value: f64,
    unit: &'static str,
    bound: f64,
) -> Result<(), PackingError> {
    match value > 0.0 && value <= bound {
        true => Ok(()),
        false => Err(PackingError::OutOfRange {
            name,
            value,
            unit,
            bound,
        }),
    }
}
