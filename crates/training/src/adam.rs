//! Adam: steps along gradients, scaled by their running mean and variance.

use serde::{Deserialize, Serialize};

/// β₁, β₂ and ε of D. P. Kingma, J. Ba, Adam, arXiv:1412.6980, algorithm 1; β₂ is smaller than there, for
/// trainings of few steps.
const MEAN_DECAY: f64 = 0.9;
const SQUARE_DECAY: f64 = 0.99;
const EPSILON: f64 = 1e-8;

/// The state of Adam: running means of the gradients and of their squares.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Adam {
    pub(crate) mean: Vec<f32>,
    pub(crate) square: Vec<f32>,
    pub(crate) counters: AdamCounters,
}

/// The numbers of Adam that are not per parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct AdamCounters {
    /// Steps so far.
    pub(crate) steps: u64,
    /// Running mean of the norms of the gradients.
    pub(crate) norm: f64,
}

/// Gradients longer than so many running means of their norm are scaled down: R. Pascanu et al.,
/// arXiv:1211.5063, algorithm 1.
const LONGEST: f64 = 3.0;

impl Adam {
    /// At the start, for `count` parameters.
    pub(crate) fn new(count: usize) -> Adam {
        Adam {
            mean: vec![0.0; count],
            square: vec![0.0; count],
            counters: AdamCounters::default(),
        }
    }

    /// Moves the parameters by one step: θ ← θ − rate m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
    pub(crate) fn step(&mut self, parameters: &mut [f32], gradient: &[f32], rate: f64) {
        let scale = self.clip(gradient);
        let counters = &mut self.counters;
        counters.steps += 1;
        let t = i32::try_from(counters.steps).unwrap_or(i32::MAX);
        let corrections = [MEAN_DECAY, SQUARE_DECAY].map(|decay| 1.0 - decay.powi(t));
        let averages = self.mean.iter_mut().zip(&mut self.square);
        for ((parameter, gradient), (mean, square)) in
            parameters.iter_mut().zip(gradient).zip(averages)
        {
            let gradient = scale * f64::from(*gradient);
            let m = MEAN_DECAY * f64::from(*mean) + (1.0 - MEAN_DECAY) * gradient;
            let v = SQUARE_DECAY * f64::from(*square) + (1.0 - SQUARE_DECAY) * gradient * gradient;
            (*mean, *square) = (m as f32, v as f32);
            let change = (m / corrections[0]) / ((v / corrections[1]).sqrt() + EPSILON);
            *parameter = (f64::from(*parameter) - rate * change) as f32;
        }
    }

    /// The factor for a gradient that is much longer than the gradients before, else 1.
    fn clip(&mut self, gradient: &[f32]) -> f64 {
        let square: f64 = gradient.iter().map(|g| f64::from(*g).powi(2)).sum();
        let norm = square.sqrt();
        let before = self.counters.norm;
        let scale = match before > 0.0 && norm > LONGEST * before {
            true => LONGEST * before / norm,
            false => 1.0,
        };
        let counted = scale * norm;
        self.counters.norm = match self.counters.steps {
            0 => counted,
            _ => 0.95 * before + 0.05 * counted,
        };
        scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_has_the_size_of_the_rate_whatever_the_gradient() {
        let mut parameters = [1.0, 2.0];
        Adam::new(2).step(&mut parameters, &[1e-3, -50.0], 0.01);
        assert!((parameters[0] - 0.99).abs() < 1e-5 && (parameters[1] - 2.01).abs() < 1e-5);
    }

    #[test]
    fn the_minimum_of_a_parabola_is_found() {
        let (mut adam, mut x) = (Adam::new(1), [4.0_f32]);
        for step in 0..800 {
            let gradient = [2.0 * (x[0] - 1.5)];
            adam.step(&mut x, &gradient, 0.1 * (1.0 - f64::from(step) / 800.0));
        }
        assert!((x[0] - 1.5).abs() < 1e-3, "{x:?}");
    }
}
