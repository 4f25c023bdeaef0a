//! FIRE 2.0: FIRE that steps back when it moves uphill, with a minimum time step.

use glam::DVec3;

use super::fire::mix;
use super::optimizer::Optimizer;
use super::potential_energy_surface::{PotentialEnergySurface, dot, limit_norm};
use crate::sim::propagate::StepError;

/// Initial, maximum and minimum time step; all masses are one, so its unit is Å/√eV.
const INITIAL_TIME_STEP: f64 = 0.1;
const MAX_TIME_STEP: f64 = 1.0;
const MIN_TIME_STEP: f64 = 2e-3;
/// N_delay: downhill steps before the time step grows.
const MIN_DOWNHILL_STEPS: u32 = 20;
/// f_inc and f_dec: factors of the time step.
const INCREASE: f64 = 1.1;
const DECREASE: f64 = 0.5;
/// α_0: initial share of the velocity that is mixed towards the force; f_α: its decay.
const INITIAL_MIXING: f64 = 0.25;
const MIXING_DECAY: f64 = 0.99;

/// As ASE's `FIRE2`, after J. Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020),
/// 10.1016/j.commatsci.2020.109584, with semi-implicit Euler integration. An uphill step evaluates
/// twice. Unlike in ASE, `max_step` limits the half step back too.
pub(super) struct Fire2 {
    /// `[coordinates]`; `None` before the first step.
    velocities: Option<Vec<DVec3>>,
    time_step: f64,
    /// α.
    mixing: f64,
    downhill_steps: u32,
}

impl Default for Fire2 {
    fn default() -> Self {
        Fire2 {
            velocities: None,
            time_step: INITIAL_TIME_STEP,
            mixing: INITIAL_MIXING,
            downhill_steps: 0,
        }
    }
}

impl Fire2 {
    fn accelerate(&mut self) {
        self.downhill_steps += 1;
        if self.downhill_steps > MIN_DOWNHILL_STEPS {
            self.time_step = (self.time_step * INCREASE).min(MAX_TIME_STEP);
            self.mixing *= MIXING_DECAY;
        }
    }

    /// x ← x − v dt/2, v ← 0.
    fn step_back(
        &mut self,
        velocities: &mut [DVec3],
        surface: &mut PotentialEnergySurface,
    ) -> Result<(), StepError> {
        self.downhill_steps = 0;
        self.time_step = (self.time_step * DECREASE).max(MIN_TIME_STEP);
        self.mixing = INITIAL_MIXING;
        let back = velocities
            .iter()
            .map(|velocity| -0.5 * self.time_step * *velocity);
        let back = limit_norm(back.collect(), surface.max_step());
        velocities.fill(DVec3::ZERO);
        surface.move_by(&back)
    }
}

impl Optimizer for Fire2 {
    fn step(&mut self, surface: &mut PotentialEnergySurface) -> Result<(), StepError> {
        let mut velocities = match self.velocities.take() {
            None => vec![DVec3::ZERO; surface.forces().len()],
            Some(mut velocities) => {
                if dot(surface.forces(), &velocities) > 0.0 {
                    self.accelerate();
                } else {
                    self.step_back(&mut velocities, surface)?;
                }
                velocities
            }
        };
        // v ← v + f dt, mixed towards f; x ← x + v dt.
        let forces = surface.forces();
        for (velocity, force) in velocities.iter_mut().zip(forces) {
            *velocity += self.time_step * *force;
        }
        mix(&mut velocities, forces, self.mixing);
        let step = velocities.iter().map(|velocity| self.time_step * *velocity);
        let step = limit_norm(step.collect(), surface.max_step());
        self.velocities = Some(velocities);
        surface.move_by(&step)
    }
}
