//! A body of the engine.

use rapier3d::dynamics::RigidBodyHandle;
use rapier3d::geometry::Collider;

use crate::body::Motion;

/// A body of the engine.
pub(super) struct EngineBody {
    pub(super) handle: RigidBodyHandle,
    pub(super) motion: Motion,
    /// Radius of a sphere around it.
    pub(super) radius: f32,
    /// Number of convex parts.
    pub(super) parts: usize,
    /// Its collider, for images.
    pub(super) collider: Collider,
}
