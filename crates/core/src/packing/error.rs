//! Errors of packing.

use crate::chem::neighbors::TooDense;

/// Why molecules cannot be packed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PackingError {
    /// Nothing to pack.
    #[error("nothing to pack: expected at least one molecule with a count above 0")]
    Nothing,
    /// More atoms than are supported.
    #[error("{atoms} atoms are too many to pack: expected at most {most}")]
    TooMany {
        /// Atoms of all molecules.
        atoms: usize,
        /// The bound.
        most: usize,
    },
    /// A distance or density that is not positive.
    #[error("invalid {name} {value}: expected a positive number")]
    NotPositive {
        /// Name of the number.
        name: &'static str,
        /// The number.
        value: f64,
    },
    /// A shell around nothing, or a cell of nothing.
    #[error("there is no structure to pack around: give one, or a density or a box")]
    NothingInside,
    /// Molecules without a count, and no density from which it follows.
    #[error("how many molecules? give their number, or the density of the filled space, g/cm³")]
    NoCount,
    /// No density of a cube.
    #[error("how large is the cell? give a density, g/cm³, a box, or a structure with a cell")]
    NoDensity,
    /// Less than one molecule by a density.
    #[error(
        "not one molecule of this density fits into the free volume of {volume:.0} Å³; make it larger"
    )]
    NoSpace {
        /// Volume outside the van der Waals spheres of the fixed atoms, Å³.
        volume: f64,
    },
    /// A density and counts for all molecules, in a space that is given.
    #[error(
        "the density follows from the numbers of molecules and the given space: leave out one of them"
    )]
    CountsAndDensity,
    /// A cell that is not periodic in three dimensions.
    #[error(
        "the cell is not periodic in three dimensions: give a box or a structure with such a cell"
    )]
    NotPeriodic,
    /// A cell in which a molecule would touch its own images.
    #[error(
        "the cell is too small: its smallest height is {height:.1} Å, expected at least {least:.1} Å for the \
         largest molecule; make it larger"
    )]
    TooSmall {
        /// Smallest height of the cell, Å.
        height: f64,
        /// Diameter of the largest molecule and the distance, Å.
        least: f64,
    },
    /// Too many atoms at one place.
    #[error(transparent)]
    Dense(#[from] TooDense),
}
