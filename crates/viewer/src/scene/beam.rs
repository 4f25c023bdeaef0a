//! Cone around a pointing ray, within which thin objects count as hit.

/// A cone around a ray, within which it hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beam {
    /// Radius at the origin of the ray, Å.
    pub start: f32,
    /// Growth of the radius along the ray, Å per Å.
    pub growth: f32,
}

impl Beam {
    /// The radius at a distance (Å) along the ray, Å.
    pub fn radius(&self, distance: f32) -> f32 {
        self.start + self.growth * distance.max(0.0)
    }
}
