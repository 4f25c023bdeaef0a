//! The gradient of the loss against finite differences of the loss of the potentials.

use mlipview_core::potential::{Emt, Nano, Solid};
use mlipview_training::{Label, LossWeights, Model, gradient, loss};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::structures::{cpu, labeled, named, rattled};

/// Labels that a network has not learned: those of the same potential for other positions.
fn wrong(mut label: Label, other: &Label) -> Label {
    label.energy = other.energy;
    label.forces.clone_from(&other.forces);
    label.stress = other.stress;
    label.charges.clone_from(&other.charges);
    label
}

/// The derivative of the loss along `direction` by differences of fourth order, and along the gradient.
fn compare(
    model: &Model,
    labels: &[&Label],
    weights: &LossWeights,
    direction: &[f32],
    [step, tolerance]: [f64; 2],
) {
    let found = gradient(model, labels, weights, &cpu()).unwrap();
    let at = |step: f64| {
        let mut moved = model.clone();
        let pairs = model.parameters().iter().zip(direction);
        let parameters =
            pairs.map(|(value, change)| (f64::from(*value) + step * f64::from(*change)) as f32);
        moved.set_parameters(&parameters.collect::<Vec<_>>());
        loss(&moved, labels, weights).unwrap()
    };
    let near = at(step) - at(-step);
    let far = at(2.0 * step) - at(-2.0 * step);
    let expected = (8.0 * near - far) / (12.0 * step);
    let pairs = found.gradient.iter().zip(direction);
    let derivative: f64 = pairs.map(|(one, other)| f64::from(one * other)).sum();
    let error = (derivative / expected - 1.0).abs();
    assert!(error < tolerance, "{derivative} {expected}: {error:.1e}");
}

/// Along the gradient itself, normalized, and along a random direction near it, where the derivative is
/// smaller beside the rounding of the loss.
fn check(model: &Model, labels: &[&Label], weights: LossWeights, step: f64) {
    let found = gradient(model, labels, &weights, &cpu()).unwrap();
    let value = loss(model, labels, &weights).unwrap();
    assert!((found.loss / value - 1.0).abs() < 1e-12);
    let norm = found
        .gradient
        .iter()
        .map(|g| f64::from(g * g))
        .sum::<f64>()
        .sqrt();
    let mut random = ChaCha8Rng::seed_from_u64(3);
    for (noise, tolerance) in [(0.0, 1e-4), (1.0, 3e-4)] {
        let direction = found.gradient.iter().map(|g| {
            let factor = 1.0 + noise * random.random_range(-1.0..1.0);
            (f64::from(*g) * factor / norm) as f32
        });
        let d: Vec<f32> = direction.collect();
        compare(model, labels, &weights, &d, [step, tolerance]);
    }
}

fn only(what: &str) -> LossWeights {
    let weight = |name: &str, value: f64| if what == name { value } else { 0.0 };
    LossWeights {
        forces: weight("forces", 1.0),
        energy: weight("energy", 100.0),
        stress: weight("stress", 10.0),
        charges: weight("charges", 2.0),
    }
}

fn molecules() -> Vec<Label> {
    ["ethanol", "water", "caffeine"]
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let seed = at as u64;
            let [one, other] = [0, 10]
                .map(|add| labeled(rattled(named(name), 0.08, seed + add), &mut Nano::new()));
            wrong(one, &other)
        })
        .collect()
}

#[test]
fn the_gradient_for_molecules_with_charges_agrees_with_differences_of_the_loss() {
    let model = Model::read(Nano::BUILT_IN).unwrap();
    let labels = molecules();
    let labels: Vec<&Label> = labels.iter().collect();
    for what in ["energy", "charges", "forces"] {
        check(&model, &labels, only(what), 2e-3);
    }
    check(&model, &labels, LossWeights::default(), 2e-3);
}

#[test]
fn the_gradient_for_crystals_with_stress_agrees_with_differences_of_the_loss() {
    let model = Model::read(Solid::BUILT_IN).unwrap();
    let copper = |seed| labeled(rattled(named("copper"), 0.1, seed), &mut Emt::new());
    let salt = |seed| labeled(rattled(named("salt"), 0.1, seed), &mut Solid::new());
    let labels = [copper(1), wrong(salt(2), &salt(3))];
    let labels: Vec<&Label> = labels.iter().collect();
    for what in ["energy", "stress", "forces"] {
        check(&model, &labels, only(what), 1e-3);
    }
    check(&model, &labels, LossWeights::default(), 1e-3);
}
