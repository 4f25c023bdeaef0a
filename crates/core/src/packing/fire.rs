//! FIRE for rigid bodies: fast inertial relaxation of centers and orientations.
//!
//! E. Bitzek, P. Koskinen, F. Gähler, M. Moseler, P. Gumbsch, Phys. Rev. Lett. 97, 170201 (2006),
//! doi:10.1103/PhysRevLett.97.170201, with that paper's parameters. The mass of a body is its number of atoms.

use glam::{DQuat, DVec3};

use super::bodies::Bodies;

/// Parameters of the paper: steps before the timestep grows, its growth and decrease, and the mixing.
const MIN_DOWNHILL_STEPS: u32 = 5;
const INCREASE: f64 = 1.1;
const DECREASE: f64 = 0.5;
const MIXING: f64 = 0.1;
const MIXING_DECAY: f64 = 0.99;

/// Initial and maximum time step; a contact of unit stiffness and mass has a period of 2π/√2.
const INITIAL_TIME_STEP: f64 = 0.2;
const MAX_TIME_STEP: f64 = 0.7;

/// Maximum motion of an atom in a step, Å.
const MAX_MOTION: f64 = 0.3;

/// State of the minimizer.
pub(super) struct Fire {
    timestep: f64,
    mixing: f64,
    downhill: u32,
}

impl Fire {
    pub(super) fn new() -> Fire {
        Fire {
            timestep: INITIAL_TIME_STEP,
            mixing: MIXING,
            downhill: 0,
        }
    }

    /// Moves all bodies by one step along the forces on their atoms.
    pub(super) fn step(&mut self, bodies: &mut Bodies, forces: &[DVec3]) {
        let pulls: Vec<(DVec3, DVec3)> = bodies
            .bodies
            .iter()
            .map(|body| bodies.force_and_torque(body, forces))
            .collect();
        self.adapt(bodies, &pulls);
        let (mut speeds, mut accelerations) = (0.0, 0.0);
        for (index, (force, torque)) in pulls.iter().enumerate() {
            let body = bodies.bodies[index];
            let (mass, inertia) = (bodies.len_of(&body) as f64, bodies.inertia_of(&body));
            speeds += mass * body.velocity.length_squared() + inertia * body.spin.length_squared();
            accelerations += force.length_squared() / mass + torque.length_squared() / inertia;
        }
        // v ← (1 − α) v + α |v| F/|F|, in coordinates with unit masses; then v ← v + dt F/m.
        let scale = if accelerations > 0.0 {
            self.mixing * (speeds / accelerations).sqrt()
        } else {
            0.0
        };
        for (index, (force, torque)) in pulls.iter().enumerate() {
            let mut body = bodies.bodies[index];
            let (mass, inertia) = (bodies.len_of(&body) as f64, bodies.inertia_of(&body));
            let [linear, angular] = [*force / mass, *torque / inertia];
            let kept = 1.0 - self.mixing;
            body.velocity = kept * body.velocity + (scale + self.timestep) * linear;
            body.spin = kept * body.spin + (scale + self.timestep) * angular;
            let radius = (inertia / mass).sqrt();
            let motion = self.timestep * (body.velocity.length() + radius * body.spin.length());
            let shortened = self.timestep * f64::min(1.0, MAX_MOTION / motion.max(1e-12));
            body.center += shortened * body.velocity;
            let turn = DQuat::from_scaled_axis(shortened * body.spin);
            // A product of unit quaternions, rounded: its length is near 1.
            let turned = turn * body.orientation;
            body.orientation = turned / turned.length();
            bodies.bodies[index] = body;
            bodies.place(index);
        }
    }

    /// Adapts the timestep to the power P = F·v + τ·ω: uphill, everything stops.
    fn adapt(&mut self, bodies: &mut Bodies, pulls: &[(DVec3, DVec3)]) {
        let pairs = bodies.bodies.iter().zip(pulls);
        let power: f64 = pairs
            .map(|(body, (force, torque))| force.dot(body.velocity) + torque.dot(body.spin))
            .sum();
        if power > 0.0 {
            self.downhill += 1;
            if self.downhill > MIN_DOWNHILL_STEPS {
                self.timestep = (INCREASE * self.timestep).min(MAX_TIME_STEP);
                self.mixing *= MIXING_DECAY;
            }
            return;
        }
        self.downhill = 0;
        self.timestep = (DECREASE * self.timestep).max(0.1 * INITIAL_TIME_STEP);
        self.mixing = MIXING;
        for body in &mut bodies.bodies {
            (body.velocity, body.spin) = (DVec3::ZERO, DVec3::ZERO);
        }
    }
}
