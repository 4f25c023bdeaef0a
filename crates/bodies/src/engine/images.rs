//! Periodic images: copies of bodies near the faces of the cell, which collide for them.
//!
//! Before a substep each image gets the state of its body. Of the copies of a contact only one is computed
//! ([`Tag::collides`]). Afterwards, the changes that contacts have made to an image are added to its body, so
//! that momentum is conserved. A body that is touched at several faces at once gets the sum of their changes.

use std::collections::{BTreeMap, BTreeSet};

use glam::{Quat, Vec3};
use rapier3d::dynamics::{RigidBody, RigidBodyBuilder, RigidBodyHandle};
use rapier3d::pipeline::PhysicsWorld;

use super::body::EngineBody;
use super::convert::{from_rotation, from_vector, to_pose, to_vector};
use super::tag::Tag;
use crate::body::Motion;

/// Distance besides the radii and the motion of a substep within which an image is made.
const MARGIN: f32 = 0.1;

/// Periodic images of the bodies in a cell.
pub(super) struct Images {
    /// Edges of the cell.
    cell: Vec3,
    images: BTreeMap<Tag, RigidBodyHandle>,
    /// States before a substep of the bodies that have images, by index.
    before: BTreeMap<usize, Pose>,
}

/// Position, orientation and velocities.
#[derive(Clone, Copy)]
struct Pose {
    position: Vec3,
    orientation: Quat,
    velocity: Vec3,
    angular: Vec3,
}

impl Pose {
    fn of(body: &RigidBody) -> Pose {
        Pose {
            position: from_vector(body.translation()),
            orientation: from_rotation(*body.rotation()),
            velocity: from_vector(body.linvel()),
            angular: from_vector(body.angvel()),
        }
    }

    fn set(self, body: &mut RigidBody) {
        body.set_position(to_pose(self.position, self.orientation), true);
        body.set_linvel(to_vector(self.velocity), true);
        body.set_angvel(to_vector(self.angular), true);
    }
}

impl Images {
    pub(super) fn new(cell: Vec3) -> Images {
        Images {
            cell,
            images: BTreeMap::new(),
            before: BTreeMap::new(),
        }
    }

    /// The shortest edge.
    pub(super) fn min_edge(&self) -> f32 {
        self.cell.min_element()
    }

    /// The copy of a point inside the cell.
    pub(super) fn wrapped(&self, position: Vec3) -> Vec3 {
        let inside = position - self.cell * (position / self.cell).floor();
        // Rounding may give the edge itself.
        Vec3::select(inside.cmpge(self.cell), Vec3::ZERO, inside)
    }

    /// The shortest copy of a vector.
    pub(super) fn nearest(&self, vector: Vec3) -> Vec3 {
        vector - self.cell * (vector / self.cell).round()
    }

    /// Makes and removes images, and gives them the states of their bodies before a substep.
    pub(super) fn prepare(&mut self, world: &mut PhysicsWorld, bodies: &[EngineBody], dt: f32) {
        let wanted = self.wanted(world, bodies, dt);
        let gone: Vec<Tag> = self
            .images
            .keys()
            .filter(|tag| !wanted.contains(tag))
            .copied()
            .collect();
        for tag in gone {
            if let Some(handle) = self.images.remove(&tag) {
                world.remove_body(handle);
            }
        }
        self.before.clear();
        for tag in wanted {
            let body = &bodies[tag.index()];
            let state = Pose::of(&world.bodies[body.handle]);
            self.before.insert(tag.index(), state);
            let handle = *self.images.entry(tag).or_insert_with(|| {
                let builder = match body.motion {
                    Motion::Inertial => RigidBodyBuilder::dynamic(),
                    Motion::Environment => RigidBodyBuilder::fixed(),
                };
                let image = builder.can_sleep(false).user_data(tag.to_bits());
                world.insert(image, body.collider.clone()).0
            });
            let position = state.position + self.cell * tag.shift();
            Pose { position, ..state }.set(&mut world.bodies[handle]);
        }
    }

    /// The images that may touch a body in the next substep.
    fn wanted(&self, world: &PhysicsWorld, bodies: &[EngineBody], dt: f32) -> BTreeSet<Tag> {
        let finite = || bodies.iter().filter(|body| body.radius.is_finite());
        let radius = finite().map(|body| body.radius).fold(0.0, f32::max);
        let speeds = finite().map(|body| world.bodies[body.handle].linvel().length());
        let reach = radius + MARGIN + 2.0 * dt * speeds.fold(0.0, f32::max);
        let mut wanted = BTreeSet::new();
        for (index, body) in bodies
            .iter()
            .enumerate()
            .filter(|(_, body)| body.radius.is_finite())
        {
            let position = from_vector(world.bodies[body.handle].translation());
            let reach = reach + body.radius;
            let shifts = |axis: usize| {
                let (at, edge) = (position[axis], self.cell[axis]);
                let shifts = [(0, true), (1, at < reach), (-1, at > edge - reach)];
                shifts
                    .into_iter()
                    .filter(|(_, near)| *near)
                    .map(|(shift, _)| shift)
            };
            for x in shifts(0) {
                for y in shifts(1) {
                    wanted.extend(shifts(2).map(|z| Tag::new(index, [x, y, z])));
                }
            }
        }
        wanted.retain(|tag| tag.is_image());
        wanted
    }

    /// Adds what contacts have done to images in a substep to their bodies. `touched` has the bodies and images
    /// with contacts; without contacts, a body would have got the velocity `fall` and moved by `drop`.
    pub(super) fn merge(
        &self,
        world: &mut PhysicsWorld,
        bodies: &[EngineBody],
        touched: &BTreeSet<Tag>,
        fall: Vec3,
        drop: Vec3,
        dt: f32,
    ) {
        let mut changed: BTreeMap<usize, Vec<Pose>> = BTreeMap::new();
        for (tag, handle) in &self.images {
            let body = &bodies[tag.index()];
            if body.motion == Motion::Inertial && touched.contains(tag) {
                let mut image = Pose::of(&world.bodies[*handle]);
                image.position -= self.cell * tag.shift();
                changed.entry(tag.index()).or_default().push(image);
            }
        }
        for (index, images) in changed {
            let handle = bodies[index].handle;
            let (Some(before), Some(body)) =
                (self.before.get(&index), world.bodies.get_mut(handle))
            else {
                continue;
            };
            let mut state = Pose::of(body);
            let is_touched = touched.contains(&Tag::new(index, [0; 3]));
            if let ([image], false) = (images.as_slice(), is_touched) {
                image.set(body); // All contacts are those of one image.
                continue;
            }
            let free = match is_touched {
                false => state,
                true => Pose {
                    position: before.position + before.velocity * dt + drop,
                    velocity: before.velocity + fall,
                    ..*before
                },
            };
            for image in images {
                state.position += image.position - free.position;
                state.velocity += image.velocity - free.velocity;
                state.angular += image.angular - free.angular;
            }
            state.set(body);
        }
    }

    /// Moves bodies that have left the cell to their copies inside it.
    pub(super) fn wrap(&self, world: &mut PhysicsWorld, bodies: &[EngineBody]) {
        for body in bodies.iter().filter(|body| body.motion == Motion::Inertial) {
            let body = &mut world.bodies[body.handle];
            let position = from_vector(body.translation());
            let wrapped = self.wrapped(position);
            if wrapped != position && position.is_finite() {
                body.set_translation(to_vector(wrapped), true);
            }
        }
    }
}
