//! Compares energies, forces and stresses of the network with those of fairchem.

use burn::DispatchDevice;
use glam::{DMat3, DVec3};

use super::edges::MemoryOptions;
use super::hydra::{ALL_AT_ONCE, Network};
use super::tensor::TensorReal;
use crate::checkpoint::{Checkpoint, Configuration};
use crate::fixture::{self, Case, MODELS};
use crate::graph::Graph;
use crate::harmonics::Harmonics;

struct Results {
    energy: f64,
    forces: Vec<DVec3>,
    stress: DMat3,
}

fn network<T: TensorReal>(
    checkpoint: &Checkpoint,
    case: &Case,
    device: &DispatchDevice,
) -> Network {
    let configuration = checkpoint.configuration();
    let harmonics = Harmonics::new(configuration.lmax, configuration.mmax);
    let parameters = fixture::parameters::<T>(checkpoint, &case.system);
    Network::new(&parameters, configuration, &harmonics, device)
}

fn results(
    network: &Network,
    configuration: &Configuration,
    case: &Case,
    graph: &Graph,
    memory: MemoryOptions,
) -> Results {
    let task = configuration.task(&case.system.task).unwrap();
    let evaluated = network.evaluate(&case.numbers, case.system.charge, graph, memory);
    let references = case
        .numbers
        .iter()
        .map(|number| task.references[usize::from(*number)]);
    let energy: f64 = evaluated.atom_energies.iter().sum();
    let mut forces = vec![DVec3::ZERO; case.numbers.len()];
    let mut virial = DMat3::ZERO;
    for (edge, gradient) in evaluated.gradients.iter().enumerate() {
        let gradient = task.energy_scale * *gradient;
        forces[graph.target[edge] as usize] += gradient;
        forces[graph.source[edge] as usize] -= gradient;
        let [x, y, z] = graph.vectors[edge].to_array();
        virial += DMat3::from_cols(x * gradient, y * gradient, z * gradient);
    }
    Results {
        energy: task.energy_scale * energy + task.energy_mean + references.sum::<f64>(),
        forces,
        stress: (virial + virial.transpose()) * (0.5 / case.volume),
    }
}

/// The largest of some sizes; NaN is larger than any.
fn largest(sizes: impl Iterator<Item = f64>) -> f64 {
    sizes.max_by(f64::total_cmp).unwrap_or(0.0)
}

/// Deviations of energy (eV), forces (eV/Å) and stress (eV/Å³) from those of fairchem.
fn deviations(results: &Results, case: &Case) -> [f64; 3] {
    let force = match case.forces() {
        Some(forces) => {
            let pairs = results.forces.iter().zip(&forces);
            largest(pairs.flat_map(|(one, other)| (one - other).abs().to_array()))
        }
        None => {
            let sizes = results
                .forces
                .iter()
                .flat_map(|force| force.abs().to_array());
            (largest(sizes) - case.largest_force).abs()
        }
    };
    let stress = results.stress.to_cols_array();
    let stress = stress
        .iter()
        .zip(&case.stress)
        .map(|(one, other)| (one - other).abs());
    [(results.energy - case.energy).abs(), force, largest(stress)]
}

#[test]
fn in_double_precision_all_cases_agree_with_fairchem() {
    for model in MODELS {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        for case in fixture::cases(model) {
            let graph = case.graph(configuration.cutoff);
            let network = network::<f64>(&checkpoint, &case, &fixture::burn_cpu());
            let results = results(&network, configuration, &case, &graph, ALL_AT_ONCE);
            let [energy, force, stress] = deviations(&results, &case);
            assert!(energy < 1e-9, "{}: energy {energy:e}", case.name);
            assert!(force < 1e-10, "{}: force {force:e}", case.name);
            assert!(stress < 1e-10, "{}: stress {stress:e}", case.name);
        }
    }
}

/// Asserts that a device in single precision differs by rounding alone.
fn expect_single_precision(device: &DispatchDevice) {
    for model in MODELS {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        for case in fixture::cases(model) {
            let graph = case.graph(configuration.cutoff);
            let network = network::<f32>(&checkpoint, &case, device);
            let results = results(&network, configuration, &case, &graph, ALL_AT_ONCE);
            let [energy, force, stress] = deviations(&results, &case);
            let task = configuration.task(&case.system.task).unwrap();
            let references = case
                .numbers
                .iter()
                .map(|number| task.references[usize::from(*number)]);
            let of_network = (case.energy - references.sum::<f64>()).abs();
            assert!(
                energy < 3e-5 + 1e-6 * of_network,
                "{}: energy {energy:e}",
                case.name
            );
            assert!(force < 1e-5, "{}: force {force:e}", case.name);
            assert!(stress < 1e-5, "{}: stress {stress:e}", case.name);
        }
    }
}

#[test]
fn in_single_precision_all_cases_agree_but_for_rounding() {
    expect_single_precision(&fixture::burn_cpu());
}

#[cfg(feature = "wgpu")]
#[test]
#[ignore = "needs a graphics driver; software such as lavapipe will do"]
fn on_a_gpu_all_cases_agree_but_for_rounding() {
    expect_single_precision(&DispatchDevice::Wgpu(Default::default()));
}

#[test]
fn chunk_size_and_saved_activations_change_nothing() {
    for model in ["tiny-1p2p1", "tiny-l4"] {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        let case = fixture::case(model, "slab_co");
        let graph = case.graph(configuration.cutoff);
        let network = network::<f64>(&checkpoint, &case, &fixture::burn_cpu());
        let results = |edges_per_chunk, save_activations| {
            let memory = MemoryOptions {
                edges_per_chunk,
                save_activations,
            };
            results(&network, configuration, &case, &graph, memory)
        };
        let expected = results(usize::MAX, true);
        for (edges, keep) in [
            (1, true),
            (1, false),
            (100, true),
            (100, false),
            (usize::MAX, false),
        ] {
            let found = results(edges, keep);
            assert!(
                (found.energy - expected.energy).abs() < 1e-11,
                "{model} {edges} {keep}"
            );
            let pairs = found.forces.iter().zip(&expected.forces);
            for (one, other) in pairs {
                assert!(one.distance(*other) < 1e-12, "{model} {edges} {keep}");
            }
        }
    }
}

#[test]
fn gradients_are_finite_differences_of_the_energy() {
    let step = 1e-4;
    for model in ["tiny-1p2p1", "tiny-l4"] {
        let checkpoint = fixture::checkpoint(model);
        let configuration = checkpoint.configuration();
        let case = fixture::case(model, "water");
        let network = network::<f64>(&checkpoint, &case, &fixture::burn_cpu());
        let graph = case.graph(configuration.cutoff);
        let evaluate =
            |graph: &Graph| network.evaluate(&case.numbers, case.system.charge, graph, ALL_AT_ONCE);
        let gradients = evaluate(&graph).gradients;
        for (edge, gradient) in gradients.iter().enumerate() {
            for axis in 0..3 {
                let energy = |sign: f64| -> f64 {
                    let mut moved = graph.clone();
                    moved.vectors[edge][axis] += sign * step;
                    evaluate(&moved).atom_energies.iter().sum()
                };
                let slope = (energy(1.0) - energy(-1.0)) / (2.0 * step);
                assert!(
                    (slope - gradient[axis]).abs() < 1e-7,
                    "{model} {edge} {axis}"
                );
            }
        }
    }
}
