//! Orientation of a cell with a along x and b in the xy plane, which LAMMPS and i-PI require.

use glam::{DMat3, DVec3};

/// An orthogonal matrix Q: rotates vectors, and reflects those of left-handed cells, whose energies are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Orientation(DMat3);

impl Orientation {
    /// The orientation in which the matrix of the cell vectors, its columns, is upper triangular with a positive
    /// diagonal; none for a cell that has it, or without volume.
    pub(crate) fn of(cell: [DVec3; 3]) -> Orientation {
        let [a, b, c] = cell;
        let is_upper = [a.y, a.z, b.z].iter().all(|number| *number == 0.0);
        if is_upper && [a.x, b.y, c.z].iter().all(|number| *number > 0.0) {
            return Orientation(DMat3::IDENTITY);
        }
        // Gram and Schmidt's method.
        let axes = || {
            let x = a.try_normalize()?;
            let y = (b - b.dot(x) * x).try_normalize()?;
            let z = (c - c.dot(x) * x - c.dot(y) * y).try_normalize()?;
            Some(DMat3::from_cols(x, y, z).transpose())
        };
        Orientation(axes().unwrap_or(DMat3::IDENTITY))
    }

    /// Q v.
    pub(crate) fn turn(&self, vector: DVec3) -> DVec3 {
        self.0 * vector
    }

    /// Qᵀ v.
    pub(crate) fn turn_back(&self, vector: DVec3) -> DVec3 {
        self.0.transpose() * vector
    }

    /// Qᵀ W Q.
    pub(crate) fn turn_tensor_back(&self, tensor: DMat3) -> DMat3 {
        self.0.transpose() * tensor * self.0
    }
}
