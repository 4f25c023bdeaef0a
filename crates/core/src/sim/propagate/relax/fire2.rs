//! FIRE 2.0: FIRE that steps back from the climb and never loses all pace.

use glam::DVec3;

use super::Optimizer;
use super::fire::turn;
use super::surface::{Surface, dot, shortened_as_a_whole};
use crate::sim::propagate::StepError;

/// Time step at the start, at most and at least; all masses are one, so it has the unit Å/√eV.
const START: f64 = 0.1;
const LONGEST: f64 = 1.0;
const SHORTEST: f64 = 2e-3;
/// Downhill steps before the time step begins to grow.
const PATIENCE: u32 = 20;
const GROWTH: f64 = 1.1;
const CUT: f64 = 0.5;
/// How much of the velocity is turned towards the force, at the start.
const STEERING: f64 = 0.25;
const STEERING_DECAY: f64 = 0.99;

/// As ASE's `FIRE2`, after J. Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020),
/// 10.1016/j.commatsci.2020.109584, with semi-implicit Euler integration. A step that finds itself
/// climbing evaluates twice. Unlike ASE's, the half step back is not longer than `max_step` either.
pub(super) struct Fire2 {
    velocities: Option<Vec<DVec3>>,
    time_step: f64,
    steering: f64,
    downhill_steps: u32,
}

impl Default for Fire2 {
    fn default() -> Self {
        Fire2 {
            velocities: None,
            time_step: START,
            steering: STEERING,
            downhill_steps: 0,
        }
    }
}

impl Fire2 {
    fn pick_up_pace(&mut self) {
        self.downhill_steps += 1;
        if self.downhill_steps > PATIENCE {
            self.time_step = (self.time_step * GROWTH).min(LONGEST);
            self.steering *= STEERING_DECAY;
        }
    }

    /// Half a step back, and stop.
    fn turn_round(
        &mut self,
        velocities: &mut [DVec3],
        surface: &mut Surface,
    ) -> Result<(), StepError> {
        self.downhill_steps = 0;
        self.time_step = (self.time_step * CUT).max(SHORTEST);
        self.steering = STEERING;
        let back = velocities
            .iter()
            .map(|velocity| -0.5 * self.time_step * *velocity);
        let back = shortened_as_a_whole(back.collect(), surface.max_step());
        velocities.fill(DVec3::ZERO);
        surface.move_by(&back)
    }
}

impl Optimizer for Fire2 {
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError> {
        let mut velocities = match self.velocities.take() {
            None => vec![DVec3::ZERO; surface.forces().len()],
            Some(mut velocities) => {
                if dot(surface.forces(), &velocities) > 0.0 {
                    self.pick_up_pace();
                } else {
                    self.turn_round(&mut velocities, surface)?;
                }
                velocities
            }
        };
        let forces = surface.forces();
        for (velocity, force) in velocities.iter_mut().zip(forces) {
            *velocity += self.time_step * *force;
        }
        turn(&mut velocities, forces, self.steering);
        let step = velocities.iter().map(|velocity| self.time_step * *velocity);
        let step = shortened_as_a_whole(step.collect(), surface.max_step());
        self.velocities = Some(velocities);
        surface.move_by(&step)
    }
}
