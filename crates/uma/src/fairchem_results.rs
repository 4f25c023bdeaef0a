//! Compares energies, forces and stresses of the CPU backend with those of fairchem.

use std::sync::Arc;

use glam::DVec3;

use crate::device::Device;
use crate::fixture::{self, Case, MODELS};
use crate::fused::hydra::Network;
use crate::graph::GraphBuilder;
use crate::harmonics::Harmonics;
use crate::model::TaskModel;
use crate::precision::Precision;
use mlipview_core::potential::Evaluation;

fn model(case: &Case, model: &str, precision: Precision) -> TaskModel {
    let checkpoint = Arc::new(fixture::checkpoint(model));
    let configuration = checkpoint.configuration();
    let task = configuration.task(&case.system.task).unwrap().clone();
    let graph_builder = GraphBuilder::new(configuration.cutoff, case.max_neighbors);
    let model = TaskModel::new(checkpoint, &task, Device::Cpu, precision).unwrap();
    model.with_graph_builder(graph_builder)
}

fn evaluate(case: &Case, model: &mut TaskModel) -> Evaluation {
    let mut structure = case.structure.clone();
    structure.charge = case.system.charge;
    model
        .evaluate(&structure, case.system.multiplicity)
        .unwrap()
}

/// Deviations of energy (eV), forces (eV/Å) and stress (eV/Å³) from those of fairchem.
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
fn the_cpu_agrees_with_fairchem_in_double_precision() {
    for (model, case) in all() {
        let found = evaluate(&case, &mut self::model(&case, model, Precision::Double));
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
fn the_cpu_agrees_with_fairchem_in_single_precision_but_for_rounding() {
    for (model, case) in all() {
        let checkpoint = fixture::checkpoint(model);
        let task = checkpoint.configuration().task(&case.system.task).unwrap();
        let references = case
            .numbers
            .iter()
            .map(|number| task.references[usize::from(*number)]);
        let of_network = (case.energy - references.sum::<f64>()).abs();
        let found = evaluate(&case, &mut self::model(&case, model, Precision::Single));
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
        // The first pool merges the experts, the others use the same network.
        let mut model = model(&case, "tiny-1p2p1", Precision::Single);
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
fn activations_computed_again_equal_those_saved() {
    let checkpoint = fixture::checkpoint("tiny-l4");
    let configuration = checkpoint.configuration();
    let harmonics = Harmonics::new(configuration.lmax, configuration.mmax);
    let case = fixture::case("tiny-l4", "caffeine");
    let parameters = fixture::parameters::<f32>(&checkpoint, &case.system);
    let mut network = Network::new(&parameters, configuration, &harmonics);
    let graph = case.graph(configuration.cutoff);
    let mut with = |save_activations| network.evaluate(&case.numbers, 0, &graph, save_activations);
    let saved = with(true);
    assert_eq!(with(false), saved);
    assert_eq!(with(true), saved);
}

/// All numbers of an evaluation, bit by bit.
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
