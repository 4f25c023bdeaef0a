//! Unit cell: three vectors and the axes along which it is periodic.

use glam::{DMat3, DVec3, IVec3};

mod reduction;

use reduction::Reduced;

/// Unit cell of any shape. Positions are wrapped only by explicit calls.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::Cell;
///
/// let cell = Cell::from_lengths_and_angles([4.0, 4.0, 6.0], [90.0, 90.0, 120.0])?;
/// assert!((cell.volume() - 83.138).abs() < 1e-3);
///
/// let cell = Cell::orthorhombic(DVec3::splat(10.0))?;
/// assert_eq!(cell.wrap(DVec3::new(12.0, 5.0, 5.0)), DVec3::new(2.0, 5.0, 5.0));
/// assert_eq!(cell.minimum_image(9.0 * DVec3::X), -DVec3::X);
/// # Ok::<(), mlipview_core::chem::cell::CellError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Cell matrix H, Å: the columns are a, b, c.
    matrix: DMat3,
    inverse: DMat3,
    periodic: [bool; 3],
    reduced: Reduced,
}

/// Why vectors, or lengths and angles, do not form a cell.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CellError {
    /// A component is infinite or not a number.
    #[error("a cell vector has a component that is not finite")]
    NotFinite,
    /// The vectors are linearly dependent.
    #[error("the cell vectors span no volume ({0:.3e} Å³): two are parallel or one is zero")]
    Degenerate(f64),
    /// A length or angle is out of range, or the angles are inconsistent.
    #[error("invalid cell: lengths {0:?} Å, angles {1:?} degrees")]
    Impossible([f64; 3], [f64; 3]),
}

/// Volumes below this fraction of the product of the three lengths are degenerate.
const MIN_RELATIVE_VOLUME: f64 = 1e-6;

/// Tolerance, in fractional coordinates, within which a point below a face is on it.
const FACE_TOLERANCE: f64 = 1e-9;

impl Cell {
    /// A cell from its vectors (Å) and its periodic axes.
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
        if !box_volume.is_finite() || volume.abs() <= MIN_RELATIVE_VOLUME * box_volume {
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

    /// As [`Cell::new`], but replaces a zero vector along a non-periodic axis by a unit vector
    /// perpendicular to the others. Files of slabs and wires leave such vectors out.
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
    /// and b in the xy plane (International Tables for Crystallography A, 1.5):
    /// a = a (1, 0, 0), b = b (cos γ, sin γ, 0),
    /// c = c (cos β, (cos α − cos β cos γ) / sin γ, √(1 − cos² β − c_y²)).
    ///
    /// # Errors
    /// If no cell has these lengths and angles.
    pub fn from_lengths_and_angles(lengths: [f64; 3], angles: [f64; 3]) -> Result<Cell, CellError> {
        let impossible = CellError::Impossible(lengths, angles);
        // Exactly zero for right angles; cos(π/2) in f64 is 6e-17.
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

    /// The cell matrix H, Å, with a, b, c as columns: Cartesian r = H f of fractional f.
    pub fn matrix(&self) -> DMat3 {
        self.matrix
    }

    /// The inverse H⁻¹ of [`Cell::matrix`], 1/Å: f = H⁻¹ r.
    pub fn inverse(&self) -> DMat3 {
        self.inverse
    }

    /// Whether the cell is periodic along a, b, c.
    pub fn periodic(&self) -> [bool; 3] {
        self.periodic
    }

    /// Whether the cell is periodic along any axis.
    pub fn is_periodic(&self) -> bool {
        self.periodic.contains(&true)
    }

    /// The same vectors with other periodic axes.
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

    /// Distances between opposite faces, Å: h_i = 1 / |row i of H⁻¹|.
    pub fn heights(&self) -> [f64; 3] {
        let rows = self.inverse.transpose();
        [rows.x_axis, rows.y_axis, rows.z_axis].map(|row| 1.0 / row.length())
    }

    /// Fractional coordinates of a point (Å).
    pub fn fractional(&self, position: DVec3) -> DVec3 {
        self.inverse * position
    }

    /// Cartesian coordinates (Å) of fractional coordinates.
    pub fn cartesian(&self, fractional: DVec3) -> DVec3 {
        self.matrix * fractional
    }

    /// Lattice translation, Å: H · shift.
    pub fn translation(&self, shift: IVec3) -> DVec3 {
        self.matrix * shift.as_dvec3()
    }

    /// The shift to subtract so that a point lies in the home cell: ⌊f⌋ along periodic axes, else 0. A
    /// point less than 10⁻⁹ (fractional) below a face is on it, so that rounding does not move an
    /// atom on a face to the opposite one.
    pub fn home_shift(&self, position: DVec3) -> IVec3 {
        let cells = (self.fractional(position) + FACE_TOLERANCE).floor();
        let keep = |axis: usize| {
            if self.periodic[axis] {
                cells[axis] as i32
            } else {
                0
            }
        };
        IVec3::new(keep(0), keep(1), keep(2))
    }

    /// Wraps a point into the home cell: fractional coordinates in [0, 1) along periodic axes, within
    /// the tolerance of [`Cell::home_shift`].
    pub fn wrap(&self, position: DVec3) -> DVec3 {
        position - self.translation(self.home_shift(position))
    }

    /// Minimum image convention: the shortest periodic image of a displacement, Å; exact for any cell
    /// shape.
    pub fn minimum_image(&self, displacement: DVec3) -> DVec3 {
        self.reduced.shortest(displacement)
    }

    /// The same lattice with the shortest vectors; itself unless it is periodic in three dimensions.
    #[must_use]
    pub fn reduced(&self) -> Cell {
        let vectors = self.reduced.vectors();
        let reduced = (self.periodic == [true; 3]).then(|| Cell::new(vectors, self.periodic));
        reduced.and_then(Result::ok).unwrap_or_else(|| self.clone())
    }

    /// The cell after a deformation F (dimensionless) that moves every point x to F x: H′ = F H.
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

/// A unit vector perpendicular to both; arbitrary where one or both are zero.
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
