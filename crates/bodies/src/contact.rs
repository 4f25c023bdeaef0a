//! Contacts between bodies, summed over a step.

use glam::Vec3;

use crate::body::BodyId;

/// A contact of two bodies in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// One body.
    pub body_a: BodyId,
    /// The other body.
    pub body_b: BodyId,
    /// The point between both surfaces, when the contact was last seen.
    pub point: Vec3,
    /// Unit vector from body a to body b.
    pub normal: Vec3,
    /// Largest penetration in the step; negative while the surfaces are still apart.
    pub depth: f32,
    /// Impulse on body b along the normal in the whole step, mass·length/s; body a has its opposite.
    pub impulse: f32,
}

/// Friction of the points in which two surfaces touch, in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrictionForce {
    /// One body.
    pub body_a: BodyId,
    /// The other body.
    pub body_b: BodyId,
    /// Center of these points, weighted by their impulses.
    pub point: Vec3,
    /// Impulse on body b in the whole step, perpendicular to the normal, mass·length/s; body a has its opposite.
    /// It is extrapolated from the last iteration of each substep.
    pub impulse: Vec3,
}
