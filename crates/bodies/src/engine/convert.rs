//! Conversions between vectors of this crate and of rapier, which uses another version of glam.

use glam::{Mat3, Quat, Vec3};
use rapier3d::math::{Matrix, Pose, Rotation, Vector};

pub(super) fn to_vector(vector: Vec3) -> Vector {
    Vector::from_array(vector.to_array())
}

pub(super) fn from_vector(vector: Vector) -> Vec3 {
    Vec3::from_array(vector.to_array())
}

pub(super) fn to_rotation(rotation: Quat) -> Rotation {
    Rotation::from_array(rotation.to_array())
}

pub(super) fn from_rotation(rotation: Rotation) -> Quat {
    Quat::from_array(rotation.to_array())
}

pub(super) fn to_pose(position: Vec3, orientation: Quat) -> Pose {
    Pose::from_parts(to_vector(position), to_rotation(orientation))
}

pub(super) fn to_matrix(matrix: Mat3) -> Matrix {
    Matrix::from_cols_array(&matrix.to_cols_array())
}
