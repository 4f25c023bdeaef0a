//! Overlaps of bodies by the spheres around them: a bound of the contacts that they may have.

use glam::Vec3;

use super::Engine;
use super::convert::from_vector;
use crate::shape::Shape;

/// The most overlaps, and the least of a pair of bodies; more would take gigabytes.
const MAX_OVERLAPS: usize = 2_000_000;
const MIN_OVERLAP: usize = 64;

/// A place of a body.
#[derive(Clone, Copy, Debug)]
struct Place {
    position: Vec3,
    /// Radius of a sphere around it.
    radius: f32,
    /// Number of convex parts.
    parts: usize,
}

impl Engine {
    /// Whether bodies with these shapes and positions could be added: each pair of overlapping spheres around
    /// bodies counts as the product of their numbers of parts, and at least as 64, to at most 2 million.
    pub(crate) fn has_space<'a>(&self, added: impl Iterator<Item = (&'a Shape, Vec3)>) -> bool {
        let added = added.map(|(shape, position)| Place {
            position,
            radius: shape.radius(),
            parts: shape.parts(),
        });
        let places: Vec<Place> = self.places().collect();
        self.are_few(places, added.filter(|place| place.radius.is_finite()))
    }

    /// Whether the bodies have few overlaps after a substep. Only bodies that moved by more than their radius can
    /// have come together faster than their contacts were counted.
    pub(super) fn is_uncrowded(&self, dt: f32) -> bool {
        let mut bodies = self.bodies.iter();
        let is_fast = bodies.any(|body| {
            let velocity = from_vector(self.world.bodies[body.handle].linvel());
            velocity.length() * dt > body.radius
        });
        !is_fast || self.are_few(Vec::new(), self.places())
    }

    /// The places of all bodies of finite size.
    fn places(&self) -> impl Iterator<Item = Place> {
        let bodies = self.bodies.iter().filter(|body| body.radius.is_finite());
        bodies.map(|body| Place {
            position: from_vector(self.world.bodies[body.handle].translation()),
            radius: body.radius,
            parts: body.parts,
        })
    }

    fn are_few(&self, mut places: Vec<Place>, added: impl Iterator<Item = Place>) -> bool {
        let mut overlaps = 0_usize;
        for place in added {
            for other in &places {
                let offset = place.position - other.position;
                let offset = match &self.images {
                    Some(images) => images.nearest(offset),
                    None => offset,
                };
                if offset.length() < place.radius + other.radius {
                    overlaps += (place.parts * other.parts).max(MIN_OVERLAP);
                }
            }
            if overlaps > MAX_OVERLAPS {
                return false;
            }
            places.push(place);
        }
        true
    }
}
