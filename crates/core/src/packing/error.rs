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
    /// A number that is not positive or too large.
    #[error("invalid {name} {value} {unit}: expected a number above 0 and at most {bound} {unit}")]
    OutOfRange {
        /// Name of the number.
        name: &'static str,
        /// The number.
        value: f64,
        /// Its unit.
        unit: &'static str,
        /// The upper bound.
        bound: f64,
    },
    /// A density that no matter has.
    #[error("invalid density {0} g/cm³: expected 0.000001 to 25 g/cm³; 1000 kg/m³ are 1 g/cm³")]
    Density(f64),
    /// A molecule without atoms.
    #[error("molecule {} has no atoms", index + 1)]
    NoAtoms {
        /// Its index among the molecules.
        index: usize,
    },
    /// A molecule or solute that repeats through the faces of its cell.
    #[error(
        "a structure whose bonds repeat through the faces of its cell is not a molecule: pack into its cell \
         instead, or remove the cell"
    )]
    Net,
    /// Fixed atoms that overlap their periodic images.
    #[error(
        "the structure is {distance:.2} Å from its own periodic images, expected at least {expected} Å: make \
         the box larger, or the density lower"
    )]
    TouchesImages {
        /// The smallest distance, Å.
        distance: f64,
        /// The distance that is asked for, Å.
        expected: f64,
    },
    /// A shell around nothing, or a cell of nothing.
    #[error("there is no structure to pack around: give one, or a density or a box")]
    NothingInside,
    /// Molecules without a count, and no density from which it follows.
    #[error(
        "how many molecules? give their number; or the density, g/cm³, and a region: a box, a shell, or a \
         structure with a cell"
    )]
    NoCount,
    /// Several kinds of molecules without a count.
    #[error("{0} kinds of molecules have no number: one at most can follow from the density")]
    ManyOpen(usize),
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
