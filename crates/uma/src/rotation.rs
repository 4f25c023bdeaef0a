//! The rotation of an edge to the polar axis, +y.

use glam::DVec3;

/// A rotation matrix by rows, in the order x, y, z.
pub(crate) type Rotation = [[f64; 3]; 3];

/// A rotation R with R e = |e| ŷ, for an edge e that is not zero.
///
/// The energy does not depend on the remaining freedom, the roll about the edge, so the two charts,
/// one for each hemisphere, need no blending; each is smooth where it is used, the poles included.
/// For y ≥ 0 the unit quaternion is q ∝ 1 + ŷ·ê + (ê × ŷ), the half-way rotation (J. Kuipers,
/// Quaternions and Rotation Sequences, 1999).
pub(crate) fn to_polar_axis(edge: DVec3) -> Rotation {
    let DVec3 { x, y, z } = edge / edge.length();
    let quaternion = if y >= 0.0 {
        [1.0 + y, -z, 0.0, x]
    } else {
        [-z, 1.0 - y, x, 0.0]
    };
    let length = quaternion
        .iter()
        .map(|part| part * part)
        .sum::<f64>()
        .sqrt();
    let [w, x, y, z] = quaternion.map(|part| part / length);
    [
        [
            1.0 - 2.0 * (y * y + z * z),
            2.0 * (x * y - w * z),
            2.0 * (x * z + w * y),
        ],
        [
            2.0 * (x * y + w * z),
            1.0 - 2.0 * (x * x + z * z),
            2.0 * (y * z - w * x),
        ],
        [
            2.0 * (x * z - w * y),
            2.0 * (y * z + w * x),
            1.0 - 2.0 * (x * x + y * y),
        ],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_rotates_to_the_polar_axis_without_reflection() {
        let edges = [
            DVec3::new(0.3, -1.2, 0.7),
            DVec3::new(-2.0, 0.1, 0.0),
            DVec3::Y,
            -3.0 * DVec3::Y,
            DVec3::new(1e-9, 1.0, -1e-9),
            DVec3::new(1e-9, -1.0, 1e-9),
        ];
        for edge in edges {
            let rotation = to_polar_axis(edge);
            let rows = rotation.map(DVec3::from);
            let rotated = DVec3::from(rows.map(|row| row.dot(edge)));
            assert!(rotated.distance(edge.length() * DVec3::Y) < 1e-14, "{edge}");
            assert!(rows[0].cross(rows[1]).distance(rows[2]) < 1e-14, "{edge}");
        }
    }
}
