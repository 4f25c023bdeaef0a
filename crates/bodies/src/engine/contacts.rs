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
    sums: BTreeMap<Key, Sum>,
    /// Largest speed at which two bodies still approach each other at a point where they overlap.
    pub(super) residual: f32,
}

/// A contact and its friction.
struct Sum {
    contact: Contact,
    friction: Vec3,
}

impl ContactSums {
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
        let handles = [pair.collider1, pair.collider2].map(|handle| world.colliders[handle].parent());
        let [Some(first), Some(second)] = handles else {
            return;
        };
        let bodies = [first, second].map(|handle| &world.bodies[handle]);
        let tags = bodies.map(|body| Tag::from_bits(body.user_data));
        for (number, manifold) in pair.solver_manifolds().iter().enumerate() {
            let pose = manifold.subshape_pos1().map_or(pose, |subshape| pose * *subshape);
            let normal = from_vector(manifold.data.normal);
            for active in &manifold.data.solver_contacts {
                let index = active.contact_indices()[0] as usize;
                let Some(point) = manifold.points.get(index) else {
                    continue;
                };
                let (depth, impulse) = (-point.dist, point.data.impulse);
                if depth < 0.0 && impulse <= 0.0 {
                    continue; // Near, but not in touch.
                }
                let at = pose.transform_point(point.local_p1);
                if depth > 0.0 {
                    let velocities = bodies.map(|body| from_vector(body.velocity_at_point(at)));
                    let approach = (velocities[0] - velocities[1]).dot(normal);
                    self.residual = self.residual.max(approach);
                }
                // The engine keeps the direction of the last iteration and the size of all.
                let total = point.data.tangent_impulse;
                let size = total.x.hypot(total.y);
                let direction = from_vector(point.data.warmstart_tangent_world);
                let friction = -size * direction.normalize_or_zero();
                let features = (point.fid1.0, point.fid2.0);
                let unknown = if features == (0, 0) { index } else { 0 };
                let key = (tags[0], tags[1], number, features.0, features.1, unknown);
                let contact = Contact {
                    body_a: ids[tags[0].index()],
                    body_b: ids[tags[1].index()],
                    point: from_vector(at),
                    normal,
                    depth,
                    impulse,
                };
                self.sum(key, contact, friction);
                touched.extend(tags);
            }
        }
    }

    fn sum(&mut self, key: Key, contact: Contact, friction: Vec3) {
        let before = self.sums.get(&key).map(|sum| (sum.contact, sum.friction));
        let (depth, impulse, pulled) = before.map_or((contact.depth, 0.0, Vec3::ZERO), |(before, pulled)| {
            (before.depth, before.impulse, pulled)
        });
        let contact = Contact {
            depth: contact.depth.max(depth),
            impulse: contact.impulse + impulse,
            ..contact
        };
        let friction = friction + pulled;
        self.sums.insert(key, Sum { contact, friction });
    }

    /// All contacts.
    pub(super) fn contacts(&self) -> Vec<Contact> {
        self.sums.values().map(|sum| sum.contact).collect()
    }

    /// Friction of the contacts that have any.
    pub(super) fn friction(&self) -> Vec<FrictionForce> {
        let sums = self.sums.values().filter(|sum| sum.friction != Vec3::ZERO);
        let friction = sums.map(|sum| FrictionForce {
            body_a: sum.contact.body_a,
            body_b: sum.contact.body_b,
            point: sum.contact.point,
            impulse: sum.friction,
        });
        friction.collect()
    }
}
