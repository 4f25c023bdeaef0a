//! Angle between the displacements to two neighbors, for three-body terms.

use glam::DVec3;

/// The cosine of an angle, and its gradients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cosine {
    /// cos θ.
    pub(super) value: f64,
    /// ∂cos θ/∂d of both displacements, 1/Å.
    pub(super) gradients: [DVec3; 2],
}

impl Cosine {
    /// Between displacements d₁ and d₂ (Å) of lengths r₁ and r₂:
    ///
    /// cos θ = d₁·d₂/(r₁ r₂), ∂cos θ/∂d₁ = d₂/(r₁ r₂) − cos θ d₁/r₁².
    #[inline]
    pub(super) fn between([d1, d2]: [DVec3; 2], [r1, r2]: [f64; 2]) -> Cosine {
        let inverse = 1.0 / (r1 * r2);
        let value = d1.dot(d2) * inverse;
        Cosine {
            value,
            gradients: [
                d2 * inverse - d1 * (value / (r1 * r1)),
                d1 * inverse - d2 * (value / (r2 * r2)),
            ],
        }
    }
}
