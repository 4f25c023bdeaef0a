//! L-BFGS: BFGS with the last steps in place of a Hessian.

use std::collections::VecDeque;

use glam::DVec3;

use super::bfgs::INITIAL_CURVATURE;
use super::optimizer::Optimizer;
use super::potential_energy_surface::{PotentialEnergySurface, dot, limit_largest};
use crate::sim::propagate::StepError;

/// Number of steps kept.
const MEMORY: usize = 100;

/// As ASE's `LBFGS` without line search: the two-loop recursion of J. Nocedal & S. J. Wright, Numerical
/// Optimization, algorithm 7.4, over the last [`MEMORY`] steps, from an inverse Hessian of
/// 1/[`INITIAL_CURVATURE`]. The step is scaled so that no atom moves farther than `max_step`. Unlike
/// ASE's, it skips updates at negative curvature, which lead uphill and break molecules.
#[derive(Default)]
pub(super) struct Lbfgs {
    corrections: VecDeque<Correction>,
    /// The last step, Å, and the forces before it, eV/Å.
    last: Option<(Vec<DVec3>, Vec<DVec3>)>,
}

/// A correction pair (s, y).
struct Correction {
    /// s: a step, Å: `[coordinates]`.
    step: Vec<DVec3>,
    /// y: the change of the gradient along it, eV/Å: `[coordinates]`.
    change: Vec<DVec3>,
    /// ρ = 1/(s·y), 1/eV.
    weight: f64,
}

impl Lbfgs {
    fn update(&mut self, forces: &[DVec3]) {
        let Some((step, mut change)) = self.last.take() else {
            return;
        };
        for (before, now) in change.iter_mut().zip(forces) {
            *before -= *now;
        }
        let weight = 1.0 / dot(&step, &change);
        if weight > 0.0 && weight.is_finite() {
            self.corrections.push_back(Correction {
                step,
                change,
                weight,
            });
        }
        if self.corrections.len() > MEMORY {
            self.corrections.pop_front();
        }
    }

    /// H⁻¹ f by the two-loop recursion: αᵢ = ρᵢ sᵢ·q, q ← q − αᵢ yᵢ from the newest pair to the oldest;
    /// q ← q/H₀; then q ← q + (αᵢ − ρᵢ yᵢ·q) sᵢ from the oldest to the newest.
    fn direction(&self, forces: &[DVec3]) -> Vec<DVec3> {
        let mut vector = forces.to_vec();
        let mut alphas = Vec::with_capacity(self.corrections.len());
        for correction in self.corrections.iter().rev() {
            let alpha = correction.weight * dot(&correction.step, &vector);
            add(&mut vector, -alpha, &correction.change);
            alphas.push(alpha);
        }
        for entry in &mut vector {
            *entry /= INITIAL_CURVATURE;
        }
        for (correction, alpha) in self.corrections.iter().zip(alphas.iter().rev()) {
            let beta = correction.weight * dot(&correction.change, &vector);
            add(&mut vector, alpha - beta, &correction.step);
        }
        vector
    }
}

impl Optimizer for Lbfgs {
    fn step(&mut self, surface: &mut PotentialEnergySurface) -> Result<(), StepError> {
        let forces = surface.forces().to_vec();
        self.update(&forces);
        let step = limit_largest(self.direction(&forces), surface.max_step());
        surface.move_by(&step)?;
        self.last = Some((step, forces));
        Ok(())
    }

    fn interrupt(&mut self) {
        self.last = None;
    }
}

/// y ← y + a x.
fn add(vector: &mut [DVec3], factor: f64, other: &[DVec3]) {
    for (entry, other) in vector.iter_mut().zip(other) {
        *entry += factor * *other;
    }
}
