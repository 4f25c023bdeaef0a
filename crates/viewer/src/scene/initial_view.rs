//! Initial view of a structure: the orientation that shows most of it.

use std::f32::consts::FRAC_PI_2;

use bevy::math::{DMat3, DVec3, Mat3, Quat, Vec3};

use super::coordinates::to_drawn;
use mlipview_core::chem::{Cell, Structure};

/// Tilt of molecules and sheets, radians: shows the depth of flat ones.
const TILT: f32 = 0.42;
/// Yaw and pitch of crystals, radians, the same as in the window.
const YAW: f32 = 0.35;
const PITCH: f32 = 0.25;
/// Half of the vertical field of view, radians.
const HALF_ANGLE: f32 = 0.3;

/// Rotation from structure axes to image axes (right, up, towards the eye), with perspective.
pub(crate) struct InitialView {
    center: Vec3,
    rotation: Mat3,
    /// Distance of the eye, Å.
    distance: f32,
}

/// A projected point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projected {
    pub(crate) point: Vec3,
    /// Magnification relative to the center.
    pub(crate) scale: f32,
}

impl InitialView {
    pub(crate) fn of(structure: &Structure) -> InitialView {
        let (positions, center) = finite_positions(structure);
        let distances = positions.iter().map(|position| position.distance(center));
        let radius = distances.fold(0.0, f64::max) as f32;
        InitialView {
            center: to_drawn(center),
            rotation: rotation(structure, &positions, center),
            distance: (radius + 1.2) / HALF_ANGLE.sin(),
        }
    }

    pub(crate) fn project(&self, position: Vec3) -> Projected {
        let rotated = self.rotation * (position - self.center);
        // Limited, since corners of a large cell may lie beside the eye.
        let scale = self.distance / (self.distance - rotated.z).max(0.3 * self.distance);
        Projected {
            point: (rotated.truncate() * scale).extend(rotated.z),
            scale,
        }
    }
}

/// Rotation from image axes to structure axes, as in [`Orbit`](super::camera::Orbit).
pub fn orientation(structure: &Structure) -> Quat {
    let (positions, center) = finite_positions(structure);
    Quat::from_mat3(&rotation(structure, &positions, center).transpose()).normalize()
}

/// The finite positions and their mean, Å.
fn finite_positions(structure: &Structure) -> (Vec<DVec3>, DVec3) {
    let positions = structure.positions().iter().copied();
    let positions: Vec<DVec3> = positions.filter(|position| position.is_finite()).collect();
    let center = positions.iter().sum::<DVec3>() / (positions.len().max(1) as f64);
    (positions, center)
}

/// Crystals are seen from the side and above, slabs with the surface up; molecules, sheets and
/// chains with their longest axis to the right.
fn rotation(structure: &Structure, positions: &[DVec3], center: DVec3) -> Mat3 {
    /// Minimum thickness of a slab, Å; thinner is a sheet.
    const SLAB: f64 = 3.0;
    let periodic = structure.cell.as_ref().map(Cell::periodic);
    let heights = positions.iter().map(|position| position.z);
    let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), z| {
        (low.min(z), high.max(z))
    });
    // The scene rotates against the eye.
    let down = Mat3::from_rotation_x(PITCH);
    match periodic {
        Some([true, true, true]) => down * Mat3::from_rotation_y(-YAW),
        Some([true, true, false]) if high - low > SLAB => {
            let upwards = Mat3::from_rotation_x(-FRAC_PI_2);
            down * upwards * Mat3::from_rotation_z(-YAW)
        }
        _ => Mat3::from_rotation_x(-TILT) * principal_rotation(positions, center),
    }
}

/// Rotation to principal axes: largest spread along x, smallest along z.
fn principal_rotation(positions: &[DVec3], center: DVec3) -> Mat3 {
    let mut spread = DMat3::ZERO;
    for position in positions {
        let from_center = *position - center;
        spread += DMat3::from_cols(
            from_center * from_center.x,
            from_center * from_center.y,
            from_center * from_center.z,
        );
    }
    let mut axes = principal(spread);
    axes.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let [right, up] = [axes[0].1, axes[1].1].map(with_fixed_sign);
    Mat3::from_cols(to_drawn(right), to_drawn(up), to_drawn(right.cross(up))).transpose()
}

/// Fixes the sign of an axis.
fn with_fixed_sign(axis: DVec3) -> DVec3 {
    let largest = axis
        .to_array()
        .into_iter()
        .fold(0.0, |largest: f64, value| {
            if value.abs() > largest.abs() + 1e-9 {
                value
            } else {
                largest
            }
        });
    if largest < 0.0 { -axis } else { axis }
}

/// Eigenvalues and unit eigenvectors of a symmetric matrix by Jacobi rotations: A ← JᵀAJ with tan
/// 2θ = 2A_pq / (A_qq − A_pp) (C. G. J. Jacobi, J. reine angew. Math. 30, 51 (1846),
/// 10.1515/crll.1846.30.51).
fn principal(matrix: DMat3) -> [(f64, DVec3); 3] {
    const SWEEPS: usize = 12;
    let (mut matrix, mut axes) = (matrix, DMat3::IDENTITY);
    let scale = matrix
        .to_cols_array()
        .into_iter()
        .fold(0.0, |largest: f64, value| largest.max(value.abs()));
    for _ in 0..SWEEPS {
        for [row, column] in [[0, 1], [0, 2], [1, 2]] {
            let off = matrix.col(column)[row];
            if off.abs() <= 1e-9 * scale {
                continue;
            }
            let difference = matrix.col(column)[column] - matrix.col(row)[row];
            let angle = 0.5 * (2.0 * off).atan2(difference);
            let (sin, cos) = angle.sin_cos();
            let mut rotation = DMat3::IDENTITY;
            rotation.col_mut(row)[row] = cos;
            rotation.col_mut(column)[column] = cos;
            rotation.col_mut(column)[row] = sin;
            rotation.col_mut(row)[column] = -sin;
            matrix = rotation.transpose() * matrix * rotation;
            axes *= rotation;
        }
    }
    [0, 1, 2].map(|axis| (matrix.col(axis)[axis], axes.col(axis)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_principal_axes_diagonalize_a_symmetric_matrix() {
        let matrix = DMat3::from_cols(
            DVec3::new(4.0, 1.0, -2.0),
            DVec3::new(1.0, 3.0, 0.5),
            DVec3::new(-2.0, 0.5, 1.0),
        );
        for (value, axis) in principal(matrix) {
            assert!((matrix * axis - value * axis).length() < 1e-7);
            assert!((axis.length() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_slab_has_its_surface_upwards_and_is_seen_from_above() {
        let surface = mlipview_core::chem::library::find("copper-surface").unwrap();
        let rotation = orientation(&surface.structure().unwrap()).inverse();
        let up = rotation * Vec3::Z;
        assert!(up.y > 0.9 && up.z > 0.1, "{up}");
        assert!((rotation * Vec3::X).x > 0.9);
    }

    #[test]
    fn the_longest_axis_is_to_the_right_and_the_shortest_to_the_eye() {
        let positions = [
            DVec3::new(0.0, 0.0, 5.0),
            DVec3::new(0.0, 0.0, -5.0),
            DVec3::new(2.0, 0.0, 0.0),
            DVec3::new(-2.0, 0.0, 0.0),
        ];
        let rotation = principal_rotation(&positions, DVec3::ZERO);
        assert!((rotation * Vec3::Z).x.abs() > 0.999);
        assert!((rotation * Vec3::X).y.abs() > 0.999);
        assert!((rotation * Vec3::Y).z.abs() > 0.999);
    }
}
