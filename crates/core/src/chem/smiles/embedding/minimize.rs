//! Limited-memory BFGS minimization of a smooth function of many variables.
//!
//! D. C. Liu and J. Nocedal, Math. Program. 45, 503 (1989), DOI 10.1007/BF01589116, with a
//! backtracking line search (Armijo's condition).

use std::collections::VecDeque;

/// Number of stored corrections.
const MEMORY: usize = 8;

/// Maximum step of a variable.
const MAX_STEP: f64 = 0.5;

/// Sufficient decrease c of Armijo's condition: f(x + s d) ≤ f(x) + c s d·∇f.
const DECREASE: f64 = 1e-4;

/// Maximum number of halvings of a step.
const MAX_HALVINGS: usize = 20;

/// Step s, change of the gradient y and curvature s·y.
struct Correction {
    step: Vec<f64>,
    change: Vec<f64>,
    curvature: f64,
}

/// Minimizes from `x` until the root mean square of the gradient is below `tolerance`, no step decreases
/// the value, or after `max_iterations`; returns the value. `function` returns the value at a point and
/// overwrites the gradient.
pub(super) fn minimize(
    x: &mut Vec<f64>,
    max_iterations: usize,
    tolerance: f64,
    function: impl Fn(&[f64], &mut [f64]) -> f64,
) -> f64 {
    let count = x.len();
    let mut gradient = vec![0.0; count];
    let mut value = function(x, &mut gradient);
    let mut corrections: VecDeque<Correction> = VecDeque::new();
    let mut trial = vec![0.0; count];
    let mut trial_gradient = vec![0.0; count];
    for _ in 0..max_iterations {
        if dot(&gradient, &gradient) <= tolerance * tolerance * count as f64 {
            break;
        }
        let mut direction = newton_direction(&gradient, &corrections);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            corrections.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        let longest = direction.iter().fold(0.0, |max: f64, d| max.max(d.abs()));
        let mut step = (MAX_STEP / longest).min(1.0);
        let mut halvings = 0;
        let trial_value = loop {
            for ((new, old), d) in trial.iter_mut().zip(x.iter()).zip(&direction) {
                *new = old + step * d;
            }
            let trial_value = function(&trial, &mut trial_gradient);
            if trial_value <= value + DECREASE * step * slope {
                break trial_value;
            }
            halvings += 1;
            if halvings > MAX_HALVINGS {
                return value;
            }
            step *= 0.5;
        };
        store_correction(&mut corrections, x, &trial, &gradient, &trial_gradient);
        std::mem::swap(x, &mut trial);
        std::mem::swap(&mut gradient, &mut trial_gradient);
        value = trial_value;
    }
    value
}

/// −H ∇f with the approximate inverse Hessian H (two-loop recursion).
fn newton_direction(gradient: &[f64], corrections: &VecDeque<Correction>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut weights = Vec::with_capacity(corrections.len());
    for correction in corrections.iter().rev() {
        let weight = dot(&correction.step, &direction) / correction.curvature;
        add_scaled(&mut direction, -weight, &correction.change);
        weights.push(weight);
    }
    if let Some(last) = corrections.back() {
        let scale = last.curvature / dot(&last.change, &last.change);
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for (correction, weight) in corrections.iter().zip(weights.iter().rev()) {
        let other = dot(&correction.change, &direction) / correction.curvature;
        add_scaled(&mut direction, weight - other, &correction.step);
    }
    direction
}

fn store_correction(
    corrections: &mut VecDeque<Correction>,
    old: &[f64],
    new: &[f64],
    old_gradient: &[f64],
    new_gradient: &[f64],
) {
    let difference = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect();
    let step: Vec<f64> = difference(new, old);
    let change: Vec<f64> = difference(new_gradient, old_gradient);
    let curvature = dot(&step, &change);
    // Only positive curvature keeps H positive definite.
    if curvature > 1e-12 {
        if corrections.len() == MEMORY {
            corrections.pop_front();
        }
        corrections.push_back(Correction {
            step,
            change,
            curvature,
        });
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add_scaled(to: &mut [f64], scale: f64, of: &[f64]) {
    for (to, of) in to.iter_mut().zip(of) {
        *to += scale * of;
    }
}
