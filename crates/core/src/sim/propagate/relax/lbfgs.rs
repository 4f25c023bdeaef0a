//! L-BFGS: BFGS that remembers its last steps in place of a Hessian.

use std::collections::VecDeque;

use glam::DVec3;

use super::Optimizer;
use super::bfgs::STIFFNESS;
use super::surface::{Surface, dot, shortened};
use crate::sim::propagate::StepError;

/// How many steps it remembers.
const MEMORY: usize = 100;

/// As ASE's `LBFGS` without line search: the two-loop recursion of J. Nocedal & S. J. Wright,
/// Numerical Optimization, algorithm 7.4, over the last [`MEMORY`] steps, from an inverse Hessian
/// of 1/[`STIFFNESS`]; the whole step is shortened until no atom moves farther than `max_step`.
/// Unlike ASE's it learns nothing from a step along which the curvature was negative: such lessons
/// lead uphill, and molecules fall apart.
#[derive(Default)]
pub(super) struct Lbfgs {
    lessons: VecDeque<Lesson>,
    /// The last step, Å, and the forces before it, eV/Å.
    last: Option<(Vec<DVec3>, Vec<DVec3>)>,
}

/// What a step taught.
struct Lesson {
    /// s: the step, Å.
    step: Vec<DVec3>,
    /// y: by how much the gradient grew along it, eV/Å.
    change: Vec<DVec3>,
    /// ρ = 1/(s·y), 1/eV.
    weight: f64,
}

impl Lbfgs {
    fn learn(&mut self, forces: &[DVec3]) {
        let Some((step, mut change)) = self.last.take() else {
            return;
        };
        for (before, now) in change.iter_mut().zip(forces) {
            *before -= *now;
        }
        let weight = 1.0 / dot(&step, &change);
        if weight > 0.0 && weight.is_finite() {
            self.lessons.push_back(Lesson {
                step,
                change,
                weight,
            });
        }
        if self.lessons.len() > MEMORY {
            self.lessons.pop_front();
        }
    }

    /// The inverse Hessian times the forces.
    fn downhill(&self, forces: &[DVec3]) -> Vec<DVec3> {
        let mut vector = forces.to_vec();
        let mut shares = Vec::with_capacity(self.lessons.len());
        for lesson in self.lessons.iter().rev() {
            let share = lesson.weight * dot(&lesson.step, &vector);
            add(&mut vector, -share, &lesson.change);
            shares.push(share);
        }
        for entry in &mut vector {
            *entry /= STIFFNESS;
        }
        for (lesson, share) in self.lessons.iter().zip(shares.iter().rev()) {
            let excess = lesson.weight * dot(&lesson.change, &vector);
            add(&mut vector, share - excess, &lesson.step);
        }
        vector
    }
}

impl Optimizer for Lbfgs {
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError> {
        let forces = surface.forces().to_vec();
        self.learn(&forces);
        let step = shortened(self.downhill(&forces), surface.max_step());
        surface.move_by(&step)?;
        self.last = Some((step, forces));
        Ok(())
    }

    fn interrupt(&mut self) {
        self.last = None;
    }
}

fn add(vector: &mut [DVec3], factor: f64, other: &[DVec3]) {
    for (entry, other) in vector.iter_mut().zip(other) {
        *entry += factor * *other;
    }
}
