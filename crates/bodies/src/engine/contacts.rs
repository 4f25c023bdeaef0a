//! Contacts of the engine, summed over the substeps of a step.

use std::collections::{BTreeMap, BTreeSet};

use glam::Vec3;
use rapier3d::geometry::ContactPair;
use rapier3d::pipeline::PhysicsWorld;

use super::convert::from_vector;
use super::tag::Tag;
use crate::body::BodyId;
use crate::contact::{Contact, FrictionForce};

/// Identity of a contact point in the substeps of a step: bodies, images, manifold and features.
type Key = (Tag, Tag, usize, u32, u32, usize);

/// Contacts, summed over the substeps of a step.
#[derive(Default)]
pub(super) struct ContactSums {
    contacts: BTreeMap<Key, Contact>,
    /// Friction of each manifold.
    friction: BTreeMap<(Tag, Tag, usize), FrictionForce>,
    /// Largest speed at which two bodies still approach each other at a point where they overlap.
    pub(super) residual: f32,
    /// Iterations of the solver in a substep.
    iterations: u32,
}

impl ContactSums {
    pub(super) fn new(iterations: u32) -> ContactSums {
        ContactSums {
            contacts: BTreeMap::new(),
            friction: BTreeMap::new(),
            residual: 0.0,
            iterations,
        }
    }

    /// Adds the contacts of a substep; returns the bodies and images that have any.
    pub(super) fn add(&mut self, world: &PhysicsWorld, ids: &[BodyId]) -> BTreeSet<Tag> {
        let mut touched = BTreeSet::new();
        self.residual = 0.0;
        for pair in world.contact_pairs() {
            if pair.has_any_active_contact() {
                self.add_pair(pair, world, ids, &mut touched);
            }
        }
        touched
    }

    fn add_pair(
        &mut self,
        pair: &ContactPair,
        world: &PhysicsWorld,
        ids: &[BodyId],
        touched: &mut BTreeSet<Tag>,
    ) {
        let collider = &world.colliders[pair.collider1];
        let pose = *collider.position();
        let handles =
            [pair.collider1, pair.collider2].map(|handle| world.colliders[handle].parent());
        let [Some(first), Some(second)] = handles else {
            return;
        };
        let bodies = [first, second].map(|handle| &world.bodies[handle]);
        let tags = bodies.map(|body| Tag::from_bits(body.user_data));
        for (number, manifold) in pair.solver_manifolds().iter().enumerate() {
            let pose = manifold
                .subshape_pos1()
                .map_or(pose, |subshape| pose * *subshape);
            let normal = from_vector(manifold.data.normal);
            let [body_a, body_b] = tags.map(|tag| ids[tag.index()]);
            let (mut center, mut total, mut pull) = (Vec3::ZERO, 0.0, Vec3::ZERO);
            for active in &manifold.data.solver_contacts {
                let index = active.contact_indices()[0] as usize;
                let Some(point) = manifold.points.get(index) else {
                    continue;
                };
                let (depth, impulse) = (-point.dist, point.data.impulse);
                if depth < 0.0 && impulse <= 0.0 {
                    continue; // Near, but not in touch.
                }
                touched.extend(tags);
                let at = pose.transform_point(point.local_p1);
                if depth > 0.0 {
                    let velocities = bodies.map(|body| from_vector(body.velocity_at_point(at)));
                    let approach = (velocities[0] - velocities[1]).dot(normal);
                    self.residual = self.residual.max(approach);
                }
                let features = (point.fid1.0, point.fid2.0);
                let unknown = if features == (0, 0) { index } else { 0 };
                let key = (tags[0], tags[1], number, features.0, features.1, unknown);
                let contact = Contact {
                    body_a,
                    body_b,
                    point: from_vector(at),
                    normal,
                    depth,
                    impulse,
                };
                self.add_contact(key, contact);
                center += impulse * contact.point;
                total += impulse;
                pull = -from_vector(point.data.warmstart_tangent_world);
            }
            if total > 0.0 && pull != Vec3::ZERO {
                // The engine keeps the impulse of the last iteration, for the whole manifold.
                let friction = FrictionForce {
                    body_a,
                    body_b,
                    point: center / total,
                    impulse: self.iterations as f32 * pull,
                };
                self.add_friction((tags[0], tags[1], number), friction);
            }
        }
    }

    fn add_contact(&mut self, key: Key, contact: Contact) {
        let sum = self.contacts.entry(key).or_insert(Contact {
            impulse: 0.0,
            ..contact
        });
        *sum = Contact {
            depth: sum.depth.max(contact.depth),
            impulse: sum.impulse + contact.impulse,
            ..contact
        };
    }

    fn add_friction(&mut self, key: (Tag, Tag, usize), friction: FrictionForce) {
        let sum = self
            .friction
            .get(&key)
            .map_or(Vec3::ZERO, |sum| sum.impulse);
        let impulse = sum + friction.impulse;
        self.friction.insert(
            key,
            FrictionForce {
                impulse,
                ..friction
            },
        );
    }

    /// All contacts.
    pub(super) fn contacts(&self) -> Vec<Contact> {
        self.contacts.values().copied().collect()
    }

    /// Friction of all contacts.
    pub(super) fn friction(&self) -> Vec<FrictionForce> {
        self.friction.values().copied().collect()
    }
}
