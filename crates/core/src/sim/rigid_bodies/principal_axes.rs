//! Principal moments and axes of a tensor of inertia.

use glam::{DMat3, DVec3};

/// Maximum number of sweeps: convergence is quadratic, and five are enough for double precision.
const SWEEPS: usize = 12;

/// The eigenvalues of a symmetric matrix, rising, and its eigenvectors as the columns of a rotation, by
/// Jacobi rotations: A ← JᵀAJ with tan 2θ = 2 A_pq/(A_qq − A_pp) (C. G. J. Jacobi, J. reine angew. Math.
/// 30, 51 (1846), 10.1515/crll.1846.30.51).
pub(super) fn principal_axes(matrix: DMat3) -> (DVec3, DMat3) {
    let (mut matrix, mut axes) = (matrix, DMat3::IDENTITY);
    let scale = matrix.to_cols_array().iter().map(|x| x.abs()).sum::<f64>();
    for _ in 0..SWEEPS {
        let mut is_diagonal = true;
        for [row, column] in [[0, 1], [0, 2], [1, 2]] {
            let off = matrix.col(column)[row];
            if off.abs() <= 1e-17 * scale {
                continue;
            }
            is_diagonal = false;
            let difference = matrix.col(column)[column] - matrix.col(row)[row];
            // The smaller of the two angles, which moves the axes least.
            let angle = 0.5 * (2.0 * off * sign(difference)).atan2(difference.abs());
            let (sin, cos) = angle.sin_cos();
            let mut rotation = DMat3::IDENTITY;
            rotation.col_mut(row)[row] = cos;
            rotation.col_mut(column)[column] = cos;
            rotation.col_mut(column)[row] = sin;
            rotation.col_mut(row)[column] = -sin;
            matrix = rotation.transpose() * matrix * rotation;
            axes *= rotation;
        }
        if is_diagonal {
            break;
        }
    }
    in_order(matrix, axes)
}

fn sign(value: f64) -> f64 {
    if value < 0.0 { -1.0 } else { 1.0 }
}

/// The diagonal, rising, and the columns of a rotation in the same order.
fn in_order(diagonal: DMat3, axes: DMat3) -> (DVec3, DMat3) {
    let mut order = [0, 1, 2];
    let value = |axis: usize| diagonal.col(axis)[axis];
    order.sort_by(|one, other| value(*one).total_cmp(&value(*other)));
    let [first, second] = [axes.col(order[0]), axes.col(order[1])];
    // Rounding may leave a small negative moment.
    let moments = DVec3::from(order.map(value)).max(DVec3::ZERO);
    (
        moments,
        DMat3::from_cols(first, second, first.cross(second)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principal_axes_diagonalize_a_matrix_by_a_rotation() {
        for columns in [
            [4.0, 1.0, -2.0, 1.0, 3.0, 0.5, -2.0, 0.5, 1.0],
            [2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0],
            [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            [1.0, 1e-9, 0.0, 1e-9, 1.0, 0.0, 0.0, 0.0, 3.0],
            [0.0; 9],
        ] {
            let matrix = DMat3::from_cols_array(&columns);
            let (moments, axes) = principal_axes(matrix);
            assert!((axes.determinant() - 1.0).abs() < 1e-14);
            for axis in 0..3 {
                let error = matrix * axes.col(axis) - moments[axis] * axes.col(axis);
                assert!(error.length() < 1e-14, "{columns:?}: {error}");
            }
            assert!(moments.x <= moments.y && moments.y <= moments.z);
        }
    }
}
