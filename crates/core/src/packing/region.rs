//! Region to be filled: the cell, the place of the fixed atoms, and the numbers of molecules of a density.

use glam::DVec3;

use super::error::PackingError;
use super::fixed_atoms::bounds;
use super::free_volume::free_volume;
use super::mixture::{
    DENSITY_UNIT, MAX_LENGTH, Mixture, diameter, edge_of_density, expect_density, expect_within,
    mass,
};
use super::whole::whole;
use crate::chem::{Cell, Structure};

/// Space between the molecules of a shell and their periodic images, Å.
const SHELL_MARGIN: f64 = 10.0;

/// The space that molecules fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// A cube of a size at which everything in it has the density.
    Cube,
    /// A periodic box with these edges, Å, with the fixed atoms in its middle.
    Box(DVec3),
    /// The cell of the fixed atoms.
    Cell,
    /// A droplet: all places within a distance of the fixed atoms, Å; not periodic.
    Shell(f64),
}

impl Mixture {
    /// Molecules in a region around fixed atoms, which may be none.
    ///
    /// The density, g/cm³, is that of everything in a [`Region::Cube`]. In other regions it is that of the
    /// molecules in the space outside the van der Waals spheres of the fixed atoms, and gives the number of
    /// molecules without one; there may be one such kind of molecule. Molecules that lie across the faces of
    /// their cell are made whole. The fixed atoms move to the middle of a cube or box, else they stay.
    ///
    /// ```
    /// use mlipview_core::chem::library;
    /// use mlipview_core::packing::{Mixture, Region};
    ///
    /// let water = library::find("water").unwrap().structure()?;
    /// let caffeine = library::find("caffeine").unwrap().structure()?;
    /// let mixture = Mixture::new(vec![(water, None)], caffeine, Region::Shell(8.0), Some(1.0))?;
    /// assert!((120..200).contains(&mixture.molecules[0].1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a number is not positive, a count or the density is missing or both are given, or the region needs
    /// fixed atoms or a cell.
    pub fn new(
        molecules: Vec<(Structure, Option<usize>)>,
        fixed: Structure,
        region: Region,
        density: Option<f64>,
    ) -> Result<Mixture, PackingError> {
        density.map_or(Ok(()), expect_density)?;
        let open: Vec<usize> = (0..molecules.len())
            .filter(|kind| molecules[*kind].1.is_none())
            .collect();
        if open.len() > 1 {
            return Err(PackingError::ManyOpen(open.len()));
        }
        let open = open.first().copied();
        let shell = match region {
            Region::Shell(shell) => Some(shell),
            _ => None,
        };
        let counted = molecules
            .into_iter()
            .map(|(molecule, count)| Ok((whole(molecule)?, count.unwrap_or(0))));
        let mut mixture = Mixture {
            molecules: counted.collect::<Result<_, PackingError>>()?,
            fixed: match region {
                Region::Cell => fixed,
                _ => whole(fixed)?,
            },
            cell: Cell::orthorhombic(DVec3::ONE).map_err(|_| PackingError::NotPeriodic)?,
            shell,
        };
        mixture.cell = mixture.cell_of(region, density, open.is_none())?;
        match (open, density, region) {
            (None, None, _) | (None, Some(_), Region::Cube) => {}
            (None, Some(_), _) => return Err(PackingError::CountsAndDensity),
            (Some(_), None, _) | (Some(_), _, Region::Cube) => return Err(PackingError::NoCount),
            (Some(open), Some(density), _) => mixture.count_by_density(open, density)?,
        }
        Ok(mixture)
    }

    /// The cell of a region; centers the fixed atoms in a new one.
    fn cell_of(
        &mut self,
        region: Region,
        density: Option<f64>,
        is_counted: bool,
    ) -> Result<Cell, PackingError> {
        let edges = match region {
            Region::Cube if !is_counted => return Err(PackingError::NoCount),
            Region::Cube => {
                let density = density.ok_or(PackingError::NoDensity)?;
                DVec3::splat(edge_of_density(self.mass(), density)?)
            }
            Region::Box(edges) => {
                for edge in edges.to_array() {
                    expect_within("edge of the box", edge, "Å", MAX_LENGTH)?;
                }
                edges
            }
            Region::Cell if self.fixed.is_empty() => return Err(PackingError::NothingInside),
            Region::Cell => return self.fixed.cell.clone().ok_or(PackingError::NotPeriodic),
            Region::Shell(shell) => {
                expect_within("shell", shell, "Å", MAX_LENGTH)?;
                let widest = self
                    .molecules
                    .iter()
                    .map(|(molecule, _)| diameter(molecule));
                let space = shell + widest.fold(0.0, f64::max) + SHELL_MARGIN;
                let [low, high] = bounds(&self.fixed).ok_or(PackingError::NothingInside)?;
                let edges = high - low + 2.0 * space;
                return Cell::orthorhombic(edges).map_err(|_| PackingError::NotPeriodic);
            }
        };
        self.center_fixed(edges);
        Cell::orthorhombic(edges).map_err(|_| PackingError::NotPeriodic)
    }

    /// Moves the fixed atoms to the middle of a box.
    fn center_fixed(&mut self, edges: DVec3) {
        if let Some([low, high]) = bounds(&self.fixed) {
            let shift = 0.5 * (edges - low - high);
            for position in self.fixed.positions_mut() {
                *position += shift;
            }
        }
    }

    /// Sets the number of one kind of molecule: N = (ρ V − Σ m of the others)/m.
    fn count_by_density(&mut self, open: usize, density: f64) -> Result<(), PackingError> {
        let others = self.molecules.iter();
        let others: f64 = others
            .map(|(molecule, count)| mass(molecule) * *count as f64)
            .sum();
        let volume = free_volume(self);
        let (molecule, count) = &mut self.molecules[open];
        if molecule.is_empty() {
            return Err(PackingError::NoAtoms { index: open });
        }
        let number = (density * volume / DENSITY_UNIT - others) / mass(molecule);
        if number < 1.0 {
            return Err(PackingError::NoSpace { volume });
        }
        *count = number as usize;
        Ok(())
    }
}
