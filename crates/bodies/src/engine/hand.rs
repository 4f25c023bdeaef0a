//! A hand that pulls a body by a spring with a bounded force.

use glam::Vec3;
use rapier3d::dynamics::RigidBody;

use super::convert::{from_vector, to_vector};

/// Angular frequency of the spring, rad/s: 3 Hz.
const FREQUENCY: f32 = 18.85;

/// Bound of the force, besides the weight, for each unit of mass, length/s².
const MAX_ACCELERATION: f32 = 200.0;

/// Rate at which the rotation of a held body slows down, 1/s.
const ROTATION_DAMPING: f32 = 2.0;

/// A hand that holds a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    /// Index of the body.
    pub(super) body: usize,
    /// The held point, relative to the center of mass in the body's own axes.
    pub(super) local: Vec3,
    /// The point to which it is pulled.
    pub(super) target: Vec3,
}

impl Hand {
    /// Pulls for a time `dt`: a critically damped spring that also carries the weight. `offset` is the vector from
    /// the held point to the target.
    pub(super) fn pull(
        &self,
        body: &mut RigidBody,
        gravity: Vec3,
        dt: f32,
        offset: impl Fn(Vec3) -> Vec3,
    ) {
        let (mass, pose) = (body.mass(), *body.position());
        let point = pose.transform_point(to_vector(self.local));
        let arm = from_vector(point) - from_vector(body.center_of_mass());
        let inverse_inertia = body.mass_properties().local_mprops.inv_principal_inertia;
        // Least mass that a force at the point may have to move.
        let inverse_mass = mass.recip() + arm.length_squared() * inverse_inertia.max_element();
        let velocity = from_vector(body.velocity_at_point(point));
        let acceleration =
            FREQUENCY * FREQUENCY * offset(from_vector(point)) - 2.0 * FREQUENCY * velocity;
        let force = (acceleration / inverse_mass).clamp_length_max(mass * MAX_ACCELERATION);
        let force = force - mass * gravity;
        body.apply_impulse_at_point(to_vector(force * dt), point, true);
        let slowed = body.angvel() * (1.0 - ROTATION_DAMPING * dt).max(0.0);
        body.set_angvel(slowed, true);
    }
}
