//! Shapes of bodies.

use glam::{Mat3, Vec3};

/// The shape of an asset, with its center of mass at the origin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A cube with this edge.
    Cube(f32),
    /// A sphere with this radius.
    Sphere(f32),
    /// A cylinder about the z axis.
    Cylinder { radius: f32, height: f32 },
    /// All points with z ≤ 0. Only for the environment.
    Plane,
    /// Spheres that do not move relative to each other.
    Spheres(Spheres),
}

/// A molecule as spheres.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spheres {
    /// Centers and radii.
    pub(crate) spheres: Vec<(Vec3, f32)>,
    /// Red, green and blue of each, 0 to 1.
    pub(crate) colors: Vec<[f32; 3]>,
    /// Inertia tensor about the center of mass, for a mass of 1.
    pub(crate) inertia: Mat3,
    /// Sum of the masses of the atoms, amu.
    pub(crate) atomic_mass: f32,
}

impl Shape {
    /// Number of convex parts.
    pub(crate) fn parts(&self) -> usize {
        match self {
            Shape::Spheres(molecule) => molecule.spheres.len(),
            _ => 1,
        }
    }

    /// Radius of a sphere about the center of mass that contains the shape; infinite for the plane.
    pub(crate) fn radius(&self) -> f32 {
        match self {
            Shape::Cube(edge) => 0.5 * 3_f32.sqrt() * edge,
            Shape::Sphere(radius) => *radius,
            Shape::Cylinder { radius, height } => radius.hypot(0.5 * height),
            Shape::Plane => f32::INFINITY,
            Shape::Spheres(molecule) => {
                let reach = |(center, radius): &(Vec3, f32)| center.length() + radius;
                molecule.spheres.iter().map(reach).fold(0.0, f32::max)
            }
        }
    }
}
