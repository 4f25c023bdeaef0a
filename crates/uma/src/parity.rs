//! Does a model say what the official code says, with the processor's own code?

use std::sync::Arc;

use glam::DVec3;

use super::device::Device;
use super::fixture::{self, Case, MODELS};
use super::fused::FusedNetwork;
use super::harmonics::Harmonics;
use super::model::Model;
use super::real::Real;
use mlipview_core::potential::Evaluation;

fn model<T: Real>(case: &Case, model: &str) -> Model<T> {
    let checkpoint = Arc::new(fixture::checkpoint(model));
    let task = checkpoint
        .configuration()
        .task(&case.system.task)
        .unwrap()
        .clone();
    let model = Model::<T>::new(checkpoint, &task, Device::Processor).unwrap();
    model.limited_to(case.max_neighbors)
}

fn evaluate<T: Real>(case: &Case, model: &mut Model<T>) -> Evaluation {
    let mut structure = case.structure.clone();
    structure.charge = case.system.charge;
    model
        .evaluate(&structure, case.system.multiplicity)
        .unwrap()
}

/// How far energy (eV), forces (eV/Å) and stress (eV/Å³) are from those of the official code.
fn deviations(found: &Evaluation, case: &Case) -> [f64; 3] {
    let largest = |forces: &[DVec3]| {
        let sizes = forces.iter().map(|force| force.abs().max_element());
        sizes.fold(0.0, f64::max)
    };
    let force = match case.forces() {
        Some(forces) => {
            let apart = found
                .forces
                .iter()
                .zip(&forces)
                .map(|(one, other)| one - other);
            largest(&apart.collect::<Vec<_>>())
        }
        None => (largest(&found.forces) - case.largest_force).abs(),
    };
    let stress = found.stress.map_or(0.0, |stress| {
        let pairs = stress.to_cols_array().into_iter().zip(&case.stress);
        pairs
            .map(|(one, other)| (one - other).abs())
            .fold(0.0, f64::max)
    });
    [(found.energy - case.energy).abs(), force, stress]
}

#[test]
fn the_processor_says_in_double_precision_what_the_official_code_says() {
    for (model, case) in all() {
        let found = evaluate(&case, &mut self::model::<f64>(&case, model));
        let [energy, force, stress] = deviations(&found, &case);
        assert!(energy < 1e-9, "{}: energy off by {energy:e} eV", case.name);
        assert!(force < 1e-10, "{}: forces off by {force:e} eV/Å", case.name);
        assert!(
            stress < 1e-10,
            "{}: stress off by {stress:e} eV/Å³",
            case.name
        );
    }
}

#[test]
fn the_processor_says_in_single_precision_the_same_but_for_rounding() {
    for (model, case) in all() {
        let checkpoint = fixture::checkpoint(model);
        let task = checkpoint.configuration().task(&case.system.task).unwrap();
        let references = case
            .numbers
            .iter()
            .map(|number| task.references[usize::from(*number)]);
        let of_network = (case.energy - references.sum::<f64>()).abs();
        let found = evaluate(&case, &mut self::model::<f32>(&case, model));
        let [energy, force, _] = deviations(&found, &case);
        assert!(
            energy < 3e-5 + 1e-6 * of_network,
            "{}: {energy:e} eV",
            case.name
        );
        assert!(force < 1e-5, "{}: {force:e} eV/Å", case.name);
    }
}

#[test]
fn results_are_the_same_to_the_last_bit_for_any_number_of_threads() {
    for name in ["caffeine_anion", "slab_co"] {
        let case = fixture::case("tiny-1p2p1", name);
        // Merged by the first, and then asked by others.
        let mut model = model::<f32>(&case, "tiny-1p2p1");
        let mut with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            bits(&pool.install(|| evaluate(&case, &mut model)))
        };
        let one = with(1);
        for threads in [3, 1, 2] {
            assert_eq!(with(threads), one, "{name} with {threads} threads");
        }
    }
}

#[test]
fn what_is_made_again_is_what_would_have_been_kept() {
    let checkpoint = fixture::checkpoint("tiny-l4");
    let configuration = checkpoint.configuration();
    let harmonics = Harmonics::new(configuration.lmax, configuration.mmax);
    let case = fixture::case("tiny-l4", "caffeine");
    let parameters = fixture::parameters::<f32>(&checkpoint, &case.system);
    let mut network = FusedNetwork::new(&parameters, configuration, &harmonics);
    let graph = case.graph(configuration.cutoff);
    let mut with = |keep| network.evaluate(&case.numbers, 0, &graph, keep);
    let kept = with(true);
    assert_eq!(with(false), kept);
    assert_eq!(with(true), kept);
}

/// All numbers of an evaluation.
fn bits(found: &Evaluation) -> Vec<u64> {
    let forces = found.forces.iter().flat_map(|force| force.to_array());
    let stress = found
        .stress
        .iter()
        .flat_map(|stress| stress.to_cols_array());
    let numbers = forces.chain(stress).chain([found.energy]);
    numbers.map(f64::to_bits).collect()
}

fn all() -> impl Iterator<Item = (&'static str, Case)> {
    MODELS.into_iter().flat_map(|model| {
        let cases = fixture::cases(model);
        cases.into_iter().map(move |case| (model, case))
    })
}
