//! Bodies: their settings, identifiers and states.

use glam::{Quat, Vec3};

/// Identifier of a body in its world: the engine's own, not a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId(pub(crate) u32);

impl BodyId {
    /// The identifier as a number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The identifier with a number, which need not exist.
    pub fn from_number(number: u32) -> BodyId {
        BodyId(number)
    }
}

/// Whether a body moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// It moves by gravity, contacts and hands.
    Inertial,
    /// It never moves. Its mass, restitution and friction have no meaning.
    Environment,
}

/// Settings of a new body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Center of mass.
    pub position: Vec3,
    /// Orientation; see [`crate::orientation`] for pitch, roll and yaw.
    pub orientation: Quat,
    /// Velocity at the start, length/s.
    pub velocity: Vec3,
    /// Angular velocity at the start, rad/s.
    pub angular_velocity: Vec3,
    /// Whether it moves.
    pub motion: Motion,
    /// Mass, from 10⁻⁶ to 10¹².
    pub mass: f32,
    /// Ratio of the speeds after and before a collision, from 0 to 1. Two inertial bodies collide with the
    /// average of theirs, an inertial body and the environment with the body's own.
    pub restitution: f32,
    /// Coefficient of friction, from 0 to 10⁶; two bodies have one as for the restitution.
    pub friction: f32,
}

impl Body {
    /// An inertial body at rest: mass 10, restitution 0.8, friction 0.5.
    pub fn at(position: Vec3) -> Body {
        Body {
            position,
            orientation: Quat::IDENTITY,
            velocity: Vec3::ZERO,
            angular_velocity: Vec3::ZERO,
            motion: Motion::Inertial,
            mass: 10.0,
            restitution: 0.8,
            friction: 0.5,
        }
    }

    /// A body of the environment at the origin.
    pub fn environment() -> Body {
        Body {
            motion: Motion::Environment,
            ..Body::at(Vec3::ZERO)
        }
    }
}

/// State of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BodyState {
    /// The body.
    pub id: BodyId,
    /// Center of mass; inside the cell in a periodic world.
    pub position: Vec3,
    /// Orientation, a unit quaternion.
    pub orientation: Quat,
    /// Velocity of the center of mass, length/s.
    pub velocity: Vec3,
    /// Angular velocity, rad/s.
    pub angular_velocity: Vec3,
    /// Whether it moves.
    pub motion: Motion,
}
