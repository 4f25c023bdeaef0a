//! Colliders of rapier: the shapes, masses and materials of bodies.

use std::f32::consts::FRAC_PI_2;

use glam::Vec3;
use rapier3d::dynamics::{CoefficientCombineRule, MassProperties};
use rapier3d::geometry::{ColliderBuilder, SharedShape};
use rapier3d::math::{Pose, Vector};
use rapier3d::pipeline::ActiveHooks;

use super::convert::{to_matrix, to_vector};
use crate::body::{Body, Motion};
use crate::shape::Shape;

/// The collider of a body; `is_filtered` if the world decides about each pair.
pub(super) fn collider(shape: &Shape, body: &Body, is_filtered: bool) -> ColliderBuilder {
    let builder = match shape {
        Shape::Cube(edge) => ColliderBuilder::cuboid(0.5 * edge, 0.5 * edge, 0.5 * edge),
        Shape::Sphere(radius) => ColliderBuilder::ball(*radius),
        // The axis of rapier's cylinder is y.
        Shape::Cylinder { radius, height } => {
            ColliderBuilder::cylinder(0.5 * height, *radius).rotation(Vector::X * FRAC_PI_2)
        }
        Shape::Plane => ColliderBuilder::new(SharedShape::halfspace(Vector::Z)),
        Shape::Spheres(molecule) => ColliderBuilder::new(spheres(&molecule.spheres)),
    };
    let builder = match (shape, body.motion) {
        (_, Motion::Environment) => builder.density(0.0),
        (Shape::Spheres(molecule), Motion::Inertial) => {
            let inertia = to_matrix(molecule.inertia * body.mass);
            builder.mass_properties(MassProperties::with_inertia_matrix(
                Vector::ZERO,
                body.mass,
                inertia,
            ))
        }
        _ => builder.mass(body.mass),
    };
    let builder = match body.motion {
        // Two bodies average; the environment takes the coefficient of the body, by a factor of 1.
        Motion::Inertial => builder
            .restitution(body.restitution)
            .friction(body.friction)
            .restitution_combine_rule(CoefficientCombineRule::Average)
            .friction_combine_rule(CoefficientCombineRule::Average),
        Motion::Environment => builder
            .restitution(1.0)
            .friction(1.0)
            .restitution_combine_rule(CoefficientCombineRule::Multiply)
            .friction_combine_rule(CoefficientCombineRule::Multiply),
    };
    match is_filtered {
        true => builder.active_hooks(ActiveHooks::FILTER_CONTACT_PAIRS),
        false => builder,
    }
}

fn spheres(spheres: &[(Vec3, f32)]) -> SharedShape {
    let parts = spheres.iter().map(|(center, radius)| {
        let pose = Pose::from_translation(to_vector(*center));
        (pose, SharedShape::ball(*radius))
    });
    SharedShape::compound(parts.collect())
}
