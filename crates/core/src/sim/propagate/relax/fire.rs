//! FIRE: fast inertial relaxation engine.

use glam::DVec3;

use super::optimizer::Optimizer;
use super::potential_energy_surface::{PotentialEnergySurface, dot, limit_norm};
use crate::sim::propagate::StepError;

/// Initial and maximum time step; all masses are one, so its unit is Å/√eV.
const INITIAL_TIME_STEP: f64 = 0.1;
const MAX_TIME_STEP: f64 = 1.0;
/// N_min: downhill steps before the time step grows.
const MIN_DOWNHILL_STEPS: u32 = 5;
/// f_inc and f_dec: factors of the time step.
const INCREASE: f64 = 1.1;
const DECREASE: f64 = 0.5;
/// α_start: initial share of the velocity that is mixed towards the force; f_α: its decay.
const INITIAL_MIXING: f64 = 0.1;
const MIXING_DECAY: f64 = 0.99;

/// As ASE's `FIRE`, after E. Bitzek, P. Koskinen, F. Gähler, M. Moseler & P. Gumbsch,
/// Phys. Rev. Lett. 97, 170201 (2006): dynamics whose velocities are mixed towards the forces while
/// f·v > 0, and are set to zero otherwise.
pub(super) struct Fire {
    /// `[coordinates]`; `None` before the first step.
    velocities: Option<Vec<DVec3>>,
    time_step: f64,
    /// α.
    mixing: f64,
    downhill_steps: u32,
}

impl Default for Fire {
    fn default() -> Self {
        Fire {
            velocities: None,
            time_step: INITIAL_TIME_STEP,
            mixing: INITIAL_MIXING,
            downhill_steps: 0,
        }
    }
}

impl Fire {
    /// Mixes the velocities towards the forces, or sets them to zero if they lead uphill.
    fn redirect(&mut self, velocities: &mut [DVec3], forces: &[DVec3]) {
        if dot(forces, velocities) > 0.0 {
            mix(velocities, forces, self.mixing);
            if self.downhill_steps > MIN_DOWNHILL_STEPS {
                self.time_step = (self.time_step * INCREASE).min(MAX_TIME_STEP);
                self.mixing *= MIXING_DECAY;
            }
            self.downhill_steps += 1;
        } else {
            velocities.fill(DVec3::ZERO);
            self.mixing = INITIAL_MIXING;
            self.time_step *= DECREASE;
            self.downhill_steps = 0;
        }
    }
}

impl Optimizer for Fire {
    fn step(&mut self, surface: &mut PotentialEnergySurface) -> Result<(), StepError> {
        let forces = surface.forces();
        let mut velocities = match self.velocities.take() {
            None => vec![DVec3::ZERO; forces.len()],
            Some(mut velocities) => {
                self.redirect(&mut velocities, forces);
                velocities
            }
        };
        // v ← v + f dt, x ← x + v dt.
        for (velocity, force) in velocities.iter_mut().zip(forces) {
            *velocity += self.time_step * *force;
        }
        let step = velocities.iter().map(|velocity| self.time_step * *velocity);
        let step = limit_norm(step.collect(), surface.max_step());
        self.velocities = Some(velocities);
        surface.move_by(&step)
    }
}

/// v ← (1 − α) v + α |v| f/|f|, with α = `share`.
pub(super) fn mix(velocities: &mut [DVec3], forces: &[DVec3], share: f64) {
    let norm = dot(forces, forces).sqrt();
    if norm == 0.0 {
        return;
    }
    let along = share * dot(velocities, velocities).sqrt() / norm;
    for (velocity, force) in velocities.iter_mut().zip(forces) {
        *velocity = (1.0 - share) * *velocity + along * *force;
    }
}
