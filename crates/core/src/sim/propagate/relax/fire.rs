//! FIRE: atoms that coast downhill and stop dead when they start to climb.

use glam::DVec3;

use super::Optimizer;
use super::surface::{Surface, dot, shortened_as_a_whole};
use crate::sim::propagate::StepError;

/// Time step at the start and at most; all masses are one, so it has the unit Å/√eV.
const START: f64 = 0.1;
const LONGEST: f64 = 1.0;
/// Downhill steps before the time step begins to grow.
const PATIENCE: u32 = 5;
const GROWTH: f64 = 1.1;
const CUT: f64 = 0.5;
/// How much of the velocity is turned towards the force, at the start.
const STEERING: f64 = 0.1;
const STEERING_DECAY: f64 = 0.99;

/// As ASE's `FIRE`, after E. Bitzek, P. Koskinen, F. Gähler, M. Moseler & P. Gumbsch,
/// Phys. Rev. Lett. 97, 170201 (2006).
pub(super) struct Fire {
    velocities: Option<Vec<DVec3>>,
    time_step: f64,
    steering: f64,
    downhill_steps: u32,
}

impl Default for Fire {
    fn default() -> Self {
        Fire {
            velocities: None,
            time_step: START,
            steering: STEERING,
            downhill_steps: 0,
        }
    }
}

impl Fire {
    /// Turns the velocities towards the forces, or stops them if they lead uphill.
    fn steer(&mut self, velocities: &mut [DVec3], forces: &[DVec3]) {
        if dot(forces, velocities) > 0.0 {
            turn(velocities, forces, self.steering);
            if self.downhill_steps > PATIENCE {
                self.time_step = (self.time_step * GROWTH).min(LONGEST);
                self.steering *= STEERING_DECAY;
            }
            self.downhill_steps += 1;
        } else {
            velocities.fill(DVec3::ZERO);
            self.steering = STEERING;
            self.time_step *= CUT;
            self.downhill_steps = 0;
        }
    }
}

impl Optimizer for Fire {
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError> {
        let forces = surface.forces();
        let mut velocities = match self.velocities.take() {
            None => vec![DVec3::ZERO; forces.len()],
            Some(mut velocities) => {
                self.steer(&mut velocities, forces);
                velocities
            }
        };
        for (velocity, force) in velocities.iter_mut().zip(forces) {
            *velocity += self.time_step * *force;
        }
        let step = velocities.iter().map(|velocity| self.time_step * *velocity);
        let step = shortened_as_a_whole(step.collect(), surface.max_step());
        self.velocities = Some(velocities);
        surface.move_by(&step)
    }
}

/// Mixes into the velocities a part of their own length along the forces.
pub(super) fn turn(velocities: &mut [DVec3], forces: &[DVec3], part: f64) {
    let steepness = dot(forces, forces).sqrt();
    if steepness == 0.0 {
        return;
    }
    let along = part * dot(velocities, velocities).sqrt() / steepness;
    for (velocity, force) in velocities.iter_mut().zip(forces) {
        *velocity = (1.0 - part) * *velocity + along * *force;
    }
}
