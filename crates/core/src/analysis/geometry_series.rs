//! Series of a distance, an angle or a torsion of chosen atoms.

use glam::DVec3;

use super::{Series, Table};
use crate::chem::{Cell, measure};

/// Distance, angle or torsion of atoms, by their indices from 0; see [`measure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    /// Distance of two atoms, Å.
    Distance([usize; 2]),
    /// Angle at the second of three atoms, degrees.
    Angle([usize; 3]),
    /// Torsion (dihedral) angle of four atoms, degrees, in (−180, 180].
    Torsion([usize; 4]),
}

impl Geometry {
    /// The value in a frame, Å or degrees; `None` where it is undefined, as with an atom that is missing.
    /// In periodic cells, consecutive atoms are taken at their nearest images.
    pub fn value(&self, positions: &[DVec3], cell: Option<&Cell>) -> Option<f64> {
        match *self {
            Geometry::Distance(atoms) => measure::distance(positions, cell, atoms),
            Geometry::Angle(atoms) => {
                let angle = measure::angle(positions, cell, atoms);
                angle.map(f64::to_degrees)
            }
            Geometry::Torsion(atoms) => {
                let angle = measure::dihedral(positions, cell, atoms);
                angle.map(f64::to_degrees)
            }
        }
    }

    /// The atoms, by their indices from 0.
    pub fn atoms(&self) -> &[usize] {
        match self {
            Geometry::Distance(atoms) => atoms,
            Geometry::Angle(atoms) => atoms,
            Geometry::Torsion(atoms) => atoms,
        }
    }

    /// Name with its unit.
    pub fn name(&self) -> &'static str {
        match self {
            Geometry::Distance(_) => "distance (Å)",
            Geometry::Angle(_) => "angle (°)",
            Geometry::Torsion(_) => "torsion (°)",
        }
    }
}

/// Series of a [`Geometry`] against time.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::analysis::{Geometry, GeometrySeries};
///
/// let mut series = GeometrySeries::new(Geometry::Distance([0, 1]));
/// for step in 0..3 {
///     let length = 1.0 + 0.5 * f64::from(step);
///     series.push(f64::from(step), &[DVec3::ZERO, length * DVec3::X], None);
/// }
/// assert_eq!(series.finish().csv(), "time (fs),distance (Å)\n0,1\n1,1.5\n2,2\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GeometrySeries {
    geometry: Geometry,
    series: Series,
}

impl GeometrySeries {
    /// An empty series of at most a million values; see [`Series`] for the bound.
    pub fn new(geometry: Geometry) -> GeometrySeries {
        GeometrySeries {
            geometry,
            series: Series::default(),
        }
    }

    /// Adds a frame at a time, fs; positions in Å.
    pub fn push(&mut self, time: f64, positions: &[DVec3], cell: Option<&Cell>) {
        let value = self.geometry.value(positions, cell);
        self.series.push(time, value);
    }

    /// The values.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The series as a table.
    pub fn finish(&self) -> Table<2> {
        let mut table = Table::new(["time (fs)", self.geometry.name()]);
        self.series.values().iter().for_each(|row| table.push(*row));
        table
    }
}
