//! The periodic cell: three vectors, and which of them repeat.

use glam::{DMat3, DVec3, IVec3};

mod reduction;
use reduction::Reduced;

/// A cell of any shape. Wrapping and displacement are its methods, never implicit.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Columns are the cell vectors a, b, c, Å.
    matrix: DMat3,
    inverse: DMat3,
    periodic: [bool; 3],
    reduced: Reduced,
}

/// Why three vectors are no cell.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CellError {
    /// A component is infinite or not a number.
    #[error("a cell vector has a component that is not finite")]
    NotFinite,
    /// The vectors span no volume.
    #[error("the cell vectors span no volume ({0:.3e} Å³): two are parallel or one is zero")]
    Degenerate(f64),
    /// Lengths must be positive and angles must close.
    #[error("no cell has lengths {0:?} Å and angles {1:?} degrees")]
    Impossible([f64; 3], [f64; 3]),
}

/// Volumes below this fraction of the product of the three lengths count as none.
const FLAT: f64 = 1e-6;

/// How far, in fractional coordinates, a point may be below a face and count as on it.
const ON_FACE: f64 = 1e-9;

impl Cell {
    /// A cell from its vectors (Å) and, for each, whether matter repeats along it.
    ///
    /// # Errors
    /// If a component is not finite or the vectors span no volume.
    pub fn new(vectors: [DVec3; 3], periodic: [bool; 3]) -> Result<Cell, CellError> {
        if !vectors.iter().all(|vector| vector.is_finite()) {
            return Err(CellError::NotFinite);
        }
        let matrix = DMat3::from_cols(vectors[0], vectors[1], vectors[2]);
        let volume = matrix.determinant();
        let box_volume: f64 = vectors.iter().map(|vector| vector.length()).product();
        if !box_volume.is_finite() || volume.abs() <= FLAT * box_volume {
            return Err(CellError::Degenerate(volume.abs()));
        }
        let inverse = matrix.inverse();
        if !inverse.is_finite() {
            return Err(CellError::Degenerate(volume.abs()));
        }
        let reduced = Reduced::new(vectors, periodic);
        Ok(Cell {
            matrix,
            inverse,
            periodic,
            reduced,
        })
    }

    /// As [`Cell::new`], but a zero vector along an axis that does not repeat is filled in with a
    /// unit vector perpendicular to the others, as files of slabs and wires leave them out.
    ///
    /// # Errors
    /// As [`Cell::new`].
    pub fn completed(mut vectors: [DVec3; 3], periodic: [bool; 3]) -> Result<Cell, CellError> {
        for axis in 0..3 {
            if vectors[axis] == DVec3::ZERO && !periodic[axis] {
                let (one, other) = (vectors[(axis + 1) % 3], vectors[(axis + 2) % 3]);
                vectors[axis] = perpendicular(one, other).ok_or(CellError::Degenerate(0.0))?;
            }
        }
        Cell::new(vectors, periodic)
    }

    /// An orthorhombic cell, periodic along all axes. Lengths in Å.
    ///
    /// # Errors
    /// As [`Cell::new`].
    pub fn orthorhombic(lengths: DVec3) -> Result<Cell, CellError> {
        let diagonal = DMat3::from_diagonal(lengths);
        Cell::new(
            [diagonal.x_axis, diagonal.y_axis, diagonal.z_axis],
            [true; 3],
        )
    }

    /// A fully periodic cell from lengths a, b, c (Å) and angles α, β, γ (degrees), with a along x
    /// and b in the xy plane (International Tables for Crystallography A, 1.5).
    ///
    /// # Errors
    /// If no cell has these lengths and angles.
    pub fn from_lengths_and_angles(lengths: [f64; 3], angles: [f64; 3]) -> Result<Cell, CellError> {
        let impossible = CellError::Impossible(lengths, angles);
        // Right angles exactly: cos(π/2) in f64 is 6e-17, and files are compared with zeros.
        let cosine = |degrees: f64| {
            if degrees == 90.0 {
                0.0
            } else {
                degrees.to_radians().cos()
            }
        };
        let [cos_alpha, cos_beta, cos_gamma] = angles.map(cosine);
        let sin_gamma = (1.0 - cos_gamma * cos_gamma).sqrt();
        let positive = lengths
            .iter()
            .all(|&length| length > 0.0 && length.is_finite());
        if !positive || !angles.iter().all(|&angle| angle > 0.0 && angle < 180.0) {
            return Err(impossible);
        }
        let c_y = (cos_alpha - cos_beta * cos_gamma) / sin_gamma;
        let c_z2 = 1.0 - cos_beta * cos_beta - c_y * c_y;
        if c_z2 <= 0.0 {
            return Err(impossible);
        }
        Cell::new(
            [
                lengths[0] * DVec3::X,
                lengths[1] * DVec3::new(cos_gamma, sin_gamma, 0.0),
                lengths[2] * DVec3::new(cos_beta, c_y, c_z2.sqrt()),
            ],
            [true; 3],
        )
    }

    /// The cell vectors a, b, c, Å.
    pub fn vectors(&self) -> [DVec3; 3] {
        [self.matrix.x_axis, self.matrix.y_axis, self.matrix.z_axis]
    }

    /// The matrix whose columns are the cell vectors, Å: Cartesian = matrix · fractional.
    pub fn matrix(&self) -> DMat3 {
        self.matrix
    }

    /// The inverse of [`Cell::matrix`], 1/Å: fractional = inverse · Cartesian.
    pub fn inverse(&self) -> DMat3 {
        self.inverse
    }

    /// Whether matter repeats along a, b, c.
    pub fn periodic(&self) -> [bool; 3] {
        self.periodic
    }

    /// Whether matter repeats along any axis.
    pub fn is_periodic(&self) -> bool {
        self.periodic.contains(&true)
    }

    /// The same vectors with another choice of repeating axes.
    pub fn with_periodic(&self, periodic: [bool; 3]) -> Cell {
        Cell {
            periodic,
            reduced: Reduced::new(self.vectors(), periodic),
            ..*self
        }
    }

    /// Lengths of a, b, c, Å.
    pub fn lengths(&self) -> [f64; 3] {
        self.vectors().map(DVec3::length)
    }

    /// Angles α (b, c), β (a, c), γ (a, b), degrees.
    pub fn angles(&self) -> [f64; 3] {
        let [a, b, c] = self.vectors();
        [b.angle_between(c), a.angle_between(c), a.angle_between(b)].map(f64::to_degrees)
    }

    /// Volume, Å³, positive for left-handed cells too.
    pub fn volume(&self) -> f64 {
        self.matrix.determinant().abs()
    }

    /// Distance between the faces that a, b, c connect, Å.
    pub fn heights(&self) -> [f64; 3] {
        let rows = self.inverse.transpose();
        [rows.x_axis, rows.y_axis, rows.z_axis].map(|row| 1.0 / row.length())
    }

    /// Fractional coordinates of a point given in Å.
    pub fn fractional(&self, position: DVec3) -> DVec3 {
        self.inverse * position
    }

    /// The point, Å, of fractional coordinates.
    pub fn cartesian(&self, fractional: DVec3) -> DVec3 {
        self.matrix * fractional
    }

    /// The translation by whole cells, Å.
    pub fn translation(&self, shift: IVec3) -> DVec3 {
        self.matrix * shift.as_dvec3()
    }

    /// How many cells to subtract so that a point lies in the home cell; 0 along axes that do not
    /// repeat. A point less than 10⁻⁹ of the cell below a face counts as on it, so that rounding
    /// does not send an atom on a face to the other side.
    pub fn home_shift(&self, position: DVec3) -> IVec3 {
        let cells = (self.fractional(position) + ON_FACE).floor();
        let keep = |axis: usize| {
            if self.periodic[axis] {
                cells[axis] as i32
            } else {
                0
            }
        };
        IVec3::new(keep(0), keep(1), keep(2))
    }

    /// The point's image in the home cell: fractional coordinates in [0, 1), to within
    /// [`Cell::home_shift`]'s 10⁻⁹, along repeating axes.
    pub fn wrap(&self, position: DVec3) -> DVec3 {
        position - self.translation(self.home_shift(position))
    }

    /// The shortest of a displacement's periodic images, Å; right for any cell shape.
    pub fn minimum_image(&self, displacement: DVec3) -> DVec3 {
        self.reduced.shortest(displacement)
    }

    /// The cell after a deformation that moves every point x to `deformation · x`.
    ///
    /// # Errors
    /// As [`Cell::new`].
    pub fn deformed(&self, deformation: DMat3) -> Result<Cell, CellError> {
        Cell::new(
            self.vectors().map(|vector| deformation * vector),
            self.periodic,
        )
    }
}

/// A unit vector perpendicular to both; where one or both are zero, any that will do.
fn perpendicular(one: DVec3, other: DVec3) -> Option<DVec3> {
    let cross = one.cross(other);
    if one == DVec3::ZERO && other == DVec3::ZERO {
        return Some(DVec3::X);
    }
    if one == DVec3::ZERO || other == DVec3::ZERO {
        return (one + other)
            .try_normalize()
            .map(|axis| axis.any_orthonormal_vector());
    }
    cross.try_normalize()
}
