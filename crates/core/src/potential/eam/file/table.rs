//! Sizes and embedding functions of the tables in EAM files.

use super::super::functions::Embedding;
use super::super::spline::{Grid, Spline};
use crate::potential::parameter_file::{ParameterFileError, Word};

/// Bounds of the number of knots of a table; the derivatives need five, and funcfl drops one.
const KNOTS: std::ops::RangeInclusive<usize> = 6..=10_000_000;

/// Bounds of spacings, and of the cutoff in Å.
const SPACING: std::ops::RangeInclusive<f64> = 1e-12..=1e9;
const CUTOFF: std::ops::RangeInclusive<f64> = 1e-3..=100.0;

/// The line with the sizes of all tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Number of knots, and their spacing, of the functions of the density.
    pub(super) densities: (usize, f64),
    /// Number of knots, and their spacing (Å), of the functions of the distance.
    pub(super) distances: (usize, f64),
    /// Å.
    pub(super) cutoff: f64,
}

impl Sizes {
    pub(super) const EXPECTED: &str = "Nrho, drho, Nr, dr and the cutoff";

    /// The sizes in the words of their line.
    ///
    /// # Errors
    /// If a word is missing or out of range.
    pub(super) fn of(words: &[Word<'_>]) -> Option<Result<Sizes, ParameterFileError>> {
        let [nrho, drho, nr, dr, cutoff, ..] = words else {
            return None;
        };
        let read = || {
            Ok(Sizes {
                densities: (
                    nrho.count(KNOTS, "the number of densities, Nrho,")?,
                    drho.number_in(SPACING, "the spacing of densities, drho,")?,
                ),
                distances: (
                    nr.count(KNOTS, "the number of distances, Nr,")?,
                    dr.number_in(SPACING, "the spacing of distances, dr, in Å,")?,
                ),
                cutoff: cutoff.number_in(CUTOFF, "the cutoff in Å,")?,
            })
        };
        Some(read())
    }

    /// The grid of functions of the distance.
    pub(super) fn grid(&self) -> Grid {
        let (count, spacing) = self.distances;
        Grid::new(spacing, count)
    }
}

/// A tabulated embedding energy; beyond the table it goes on along its last slope.
pub(super) struct TabulatedEmbedding {
    grid: Grid,
    spline: Spline,
}

impl TabulatedEmbedding {
    /// The energies (eV) at the densities of a table.
    pub(super) fn new(spacing: f64, energies: &[f64]) -> TabulatedEmbedding {
        TabulatedEmbedding {
            grid: Grid::new(spacing, energies.len()),
            spline: Spline::through_values(energies),
        }
    }
}

impl Embedding for TabulatedEmbedding {
    fn energy_and_derivative(&self, density: f64) -> (f64, f64) {
        let place = self.grid.place(density);
        let (energy, slope) = self.spline.value_and_derivative(place, &self.grid);
        let beyond = (density - self.grid.end()).max(0.0);
        (energy + slope * beyond, slope)
    }
}
