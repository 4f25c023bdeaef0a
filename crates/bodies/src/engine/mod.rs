//! The engine: rapier's world, with substeps, periodic images, hands and sums of contacts.

mod body;
mod colliders;
mod contacts;
mod convert;
mod hand;
mod images;
mod overlaps;
mod tag;

use glam::Vec3;
use rapier3d::dynamics::{FrictionModel, RigidBodyBuilder};
use rapier3d::geometry::SolverFlags;
use rapier3d::pipeline::{PairFilterContext, PhysicsHooks, PhysicsWorld};

use self::body::EngineBody;
use self::contacts::ContactSums;
use self::convert::{from_rotation, from_vector, to_pose, to_vector};
use self::hand::Hand;
use self::images::Images;
use self::tag::Tag;
use crate::body::{Body, BodyId, BodyState, Motion};
use crate::error::WorldError;
use crate::shape::Shape;
use crate::snapshot::{Snapshot, SolverStatistics};

/// Substeps of worlds with at most this number of bodies are fine, of larger ones coarse.
const MAX_FINE_BODIES: usize = 250;

/// Longest substep, s, and iterations of the solver in it. A collision is found at the start of a substep, so the
/// height of a bounce has an error of this order: 1 % for fine ones after a fall of half a meter.
const FINE: (f64, u32) = (1.0 / 480.0, 1);

/// The same for large worlds: 1 000 bodies take less than a core.
const COARSE: (f64, u32) = (1.0 / 120.0, 2);

/// The most contacts: each pair of bodies that touch or nearly do counts as 8, and each pair of their convex parts
/// as 1. They take about half a kilobyte each.
const MAX_CONTACTS: usize = 400_000;
const CONTACTS_PER_PAIR: usize = 8;

/// The engine of a world.
pub(crate) struct Engine {
    world: PhysicsWorld,
    bodies: Vec<EngineBody>,
    ids: Vec<BodyId>,
    images: Option<Images>,
    hand: Option<Hand>,
    contacts: ContactSums,
    solver: Option<SolverStatistics>,
}

/// Decides which bodies and images collide.
struct Filter;

impl PhysicsHooks for Filter {
    fn filter_contact_pair(&self, context: &PairFilterContext<'_>) -> Option<SolverFlags> {
        let first = context.bodies.get(context.rigid_body1?)?;
        let second = context.bodies.get(context.rigid_body2?)?;
        let tags = [first, second].map(|body| Tag::from_bits(body.user_data));
        let moves = [first.is_dynamic(), second.is_dynamic()];
        tags[0]
            .collides(tags[1], moves)
            .then_some(SolverFlags::COMPUTE_RIGID_IMPULSES)
    }
}

impl Engine {
    /// An engine without bodies; `cell` has the edges of a periodic cell.
    pub(crate) fn new(gravity: Vec3, cell: Option<Vec3>) -> Engine {
        let mut world = PhysicsWorld::new();
        world.gravity = to_vector(gravity);
        let parameters = &mut world.integration_parameters;
        // Friction of the points of a manifold together, in both passes: then blocks start to slide at their angle
        // of friction within 0.1 %. With friction of each point (Coulomb) they slide 6 % earlier.
        parameters.friction_model = FrictionModel::Simplified;
        parameters.friction_in_bias_pass = true;
        // Contacts are those of the present positions.
        parameters.contact_recycling = false;
        parameters.normalized_max_linear_velocity = f32::MAX;
        Engine {
            world,
            bodies: Vec::new(),
            ids: Vec::new(),
            images: cell.map(Images::new),
            hand: None,
            contacts: ContactSums::default(),
            solver: None,
        }
    }

    /// The shortest edge of the cell.
    pub(crate) fn min_edge(&self) -> Option<f32> {
        self.images.as_ref().map(Images::min_edge)
    }

    /// Number of bodies.
    pub(crate) fn len(&self) -> usize {
        self.bodies.len()
    }

    /// Adds a body.
    pub(crate) fn insert(&mut self, shape: &Shape, body: &Body) -> BodyId {
        let builder = match body.motion {
            Motion::Inertial => RigidBodyBuilder::dynamic()
                .linvel(to_vector(body.velocity))
                .angvel(to_vector(body.angular_velocity)),
            Motion::Environment => RigidBodyBuilder::fixed(),
        };
        let position = match &self.images {
            Some(images) if shape.radius().is_finite() => images.wrapped(body.position),
            _ => body.position,
        };
        let builder = builder
            .pose(to_pose(position, body.orientation))
            .user_data(Tag::new(self.bodies.len(), [0; 3]).to_bits())
            // A body at rest on a slope may start to slide at any time.
            .can_sleep(false);
        let collider = colliders::collider(shape, body, self.images.is_some()).build();
        let (handle, _) = self.world.insert(builder, collider.clone());
        let id = BodyId(handle.into_raw_parts().0);
        self.ids.push(id);
        self.bodies.push(EngineBody {
            handle,
            motion: body.motion,
            radius: shape.radius(),
            parts: shape.parts(),
            collider,
        });
        id
    }

    /// Advances by a time `dt`, s, in substeps of the same length, for as long as `goes_on`; returns whether all
    /// were taken.
    ///
    /// # Errors
    /// If there are too many contacts, or bodies at one place.
    pub(crate) fn step(&mut self, dt: f64, goes_on: &dyn Fn() -> bool) -> Result<bool, WorldError> {
        let (max_substep, iterations) = match self.bodies.len() {
            ..=MAX_FINE_BODIES => FINE,
            _ => COARSE,
        };
        self.contacts = ContactSums::new(iterations);
        // Not one more because of rounding.
        let substeps = (dt / max_substep - 1e-6).ceil().max(1.0);
        let parameters = &mut self.world.integration_parameters;
        parameters.dt = (dt / substeps) as f32;
        parameters.num_solver_iterations = iterations as usize;
        let substeps = substeps as u32;
        for _ in 0..substeps {
            if !goes_on() {
                return Ok(false);
            }
            self.substep(iterations);
            if self.contact_count() > MAX_CONTACTS {
                return Err(WorldError::Contacts(MAX_CONTACTS));
            }
            if !self.is_uncrowded((dt / f64::from(substeps)) as f32) {
                return Err(WorldError::Overlaps);
            }
        }
        self.solver = Some(SolverStatistics {
            iterations: substeps * iterations,
            residual: self.contacts.residual,
        });
        Ok(true)
    }

    /// Number of contacts, as [`MAX_CONTACTS`] counts them.
    fn contact_count(&self) -> usize {
        let pairs = self.world.narrow_phase.contact_pairs();
        pairs
            .map(|pair| CONTACTS_PER_PAIR + pair.manifolds().len())
            .sum()
    }

    fn substep(&mut self, iterations: u32) {
        let dt = self.world.integration_parameters.dt;
        let gravity = from_vector(self.world.gravity);
        self.pull(gravity, dt);
        let Some(images) = &mut self.images else {
            self.world.step();
            self.contacts.add(&self.world, &self.ids);
            return;
        };
        images.prepare(&mut self.world, &self.bodies, dt);
        self.world.step_with_events(&Filter, &());
        let touched = self.contacts.add(&self.world, &self.ids);
        // The solver's iterations are semi-implicit steps of a free fall.
        let drop = 0.5 * (1.0 + 1.0 / iterations as f32) * gravity * dt * dt;
        images.merge(
            &mut self.world,
            &self.bodies,
            &touched,
            gravity * dt,
            drop,
            dt,
        );
        images.wrap(&mut self.world, &self.bodies);
    }

    fn pull(&mut self, gravity: Vec3, dt: f32) {
        let Some(hand) = &self.hand else {
            return;
        };
        let images = self.images.as_ref();
        let offset = |point: Vec3| {
            let offset = hand.target - point;
            images.map_or(offset, |images| images.nearest(offset))
        };
        if let Some(body) = self.world.bodies.get_mut(self.bodies[hand.body].handle) {
            hand.pull(body, gravity, dt, offset);
        }
    }

    /// Takes hold of a body that moves, at a point of the world; false if there is none of this identifier.
    pub(crate) fn grab(&mut self, id: BodyId, point: Vec3) -> bool {
        let index = self.ids.iter().position(|other| *other == id);
        let Some(index) = index.filter(|index| self.bodies[*index].motion == Motion::Inertial)
        else {
            return false;
        };
        let pose = *self.world.bodies[self.bodies[index].handle].position();
        let center = from_vector(pose.translation);
        let offset = match &self.images {
            Some(images) => images.nearest(point - center),
            None => point - center,
        };
        self.hand = Some(Hand {
            body: index,
            local: from_rotation(pose.rotation).inverse() * offset,
            target: point,
        });
        true
    }

    /// Moves the hand; without effect if it holds nothing.
    pub(crate) fn move_hand(&mut self, target: Vec3) {
        if let Some(hand) = &mut self.hand {
            hand.target = target;
        }
    }

    /// Lets go.
    pub(crate) fn release(&mut self) {
        self.hand = None;
    }

    /// State of the body with this index.
    pub(crate) fn state(&self, index: usize) -> BodyState {
        let EngineBody { handle, motion, .. } = self.bodies[index];
        let body = &self.world.bodies[handle];
        BodyState {
            id: self.ids[index],
            position: from_vector(body.translation()),
            orientation: from_rotation(*body.rotation()),
            velocity: from_vector(body.linvel()),
            angular_velocity: from_vector(body.angvel()),
            motion,
        }
    }

    /// Index of a body.
    pub(crate) fn index(&self, id: BodyId) -> Option<usize> {
        self.ids.iter().position(|other| *other == id)
    }

    /// A body whose state is not finite, or that the engine has disabled since its next would not be.
    pub(crate) fn failed(&self) -> Option<BodyId> {
        let mut bodies = self.ids.iter().zip(&self.bodies);
        let failed = bodies.find(|(_, body)| {
            let body = &self.world.bodies[body.handle];
            !body.is_enabled()
                || !body.position().is_finite()
                || !body.linvel().is_finite()
                || !body.angvel().is_finite()
        });
        failed.map(|(id, _)| *id)
    }

    /// All states, and the contacts of the last step.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            states: (0..self.len()).map(|index| self.state(index)).collect(),
            contacts: self.contacts.contacts(),
            friction: self.contacts.friction(),
            solver: self.solver,
        }
    }
}
