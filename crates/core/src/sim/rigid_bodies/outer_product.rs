//! The outer product of two vectors.

use glam::{DMat3, DVec3};

/// u vᵀ.
pub(in crate::sim) fn outer(u: DVec3, v: DVec3) -> DMat3 {
    DMat3::from_cols(v.x * u, v.y * u, v.z * u)
}
