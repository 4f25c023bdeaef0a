//! Configurations and tensors of the reference checkpoints.

use std::fs;

use mlipview_core::chem::Element;
use mlipview_uma::checkpoint::{Checkpoint, Head};
use serde_json::Value;

use super::{bits, data, open};

#[test]
fn the_official_container_has_the_tensors_of_the_safetensors_file_bit_by_bit() {
    let (official, other) = (open("tiny-1p1/checkpoint.pt"), open("tiny-1p1"));
    let names: Vec<&str> = official.names().collect();
    assert_eq!(names, other.names().collect::<Vec<_>>());
    assert_eq!(names.len(), 93);
    for name in names {
        assert_eq!(
            official.tensor(name).unwrap().shape(),
            other.tensor(name).unwrap().shape()
        );
        assert_eq!(bits(&official, name), bits(&other, name), "{name}");
    }
}

#[test]
fn the_official_container_has_the_configuration_of_the_file_beside_the_safetensors() {
    let (official, other) = (open("tiny-1p1/checkpoint.pt"), open("tiny-1p1"));
    assert_eq!(official.configuration(), other.configuration());
}

#[test]
fn the_configuration_of_uma_1_1_is_read() {
    let checkpoint = open("tiny-1p1/checkpoint.pt");
    let model = checkpoint.configuration();
    assert_eq!(model.model, "UMA-1.1");
    let widths = [
        model.sphere_channels,
        model.hidden_channels,
        model.edge_channels,
        model.distances,
        model.layers,
        model.experts,
    ];
    assert_eq!(widths, [10, 8, 6, 12, 2, 3]);
    assert_eq!((model.lmax, model.mmax), (2, 2));
    assert_eq!((model.cutoff, model.max_neighbors), (6.0, 300));
    assert_eq!(model.head, Head::Shared);
    assert!(!model.composition_over_atoms_plus_one && !model.single_atoms);
    assert_eq!(model.charge_balanced_channels, None);
    let names: Vec<&str> = model.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["oc20", "omol", "omat", "odac", "omc"]);
    let stressed: Vec<bool> = model.tasks.iter().map(|task| task.stress).collect();
    assert_eq!(stressed, [false, false, true, false, true]);
    let omol = model.task("omol").unwrap();
    assert_eq!((omol.energy_scale, omol.energy_mean), (1.423, 0.0));
    assert_eq!(omol.references[1], -12.246336736818929);
    assert_eq!(model.elements().count(), 99);
}

#[test]
fn uma_1_2_has_a_head_for_each_task_and_balances_the_charge() {
    let checkpoint = open("tiny-1p2p1/weights.safetensors");
    let model = checkpoint.configuration();
    assert_eq!(model.model, "UMA-S-1.2.1");
    let sorted = ["oc20", "oc22", "oc25", "odac", "omat", "omc", "omol"];
    assert_eq!(model.head, Head::PerTask(sorted.map(str::to_owned).into()));
    assert_eq!(model.charge_balanced_channels, Some(0..3));
    assert!(model.single_atoms && !model.composition_over_atoms_plus_one);
    assert_eq!(model.tasks.len(), 7);
}

#[test]
fn only_uma_1_2_divides_compositions_by_the_number_of_atoms_plus_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        data("tiny-1p2p1/weights.safetensors"),
        folder.path().join("weights.safetensors"),
    )
    .unwrap();
    fs::copy(
        data("tiny-1p2/config.json"),
        folder.path().join("config.json"),
    )
    .unwrap();
    let checkpoint = Checkpoint::open(folder.path()).unwrap();
    assert_eq!(checkpoint.configuration().model, "UMA-S-1.2");
    assert!(checkpoint.configuration().composition_over_atoms_plus_one);
}

#[test]
fn the_maximum_degree_is_read_from_the_shapes() {
    let checkpoint = open("tiny-l4");
    let model = checkpoint.configuration();
    assert_eq!((model.lmax, model.mmax), (4, 2));
    let norm = checkpoint.tensor("backbone.norm.affine_weight").unwrap();
    assert_eq!(norm.shape(), [5, 6]);
}

#[test]
fn the_number_of_parameters_agrees_with_fairchem() {
    for name in ["tiny-1p1", "tiny-1p2p1", "tiny-l4"] {
        let config = fs::read(data(name).join("config.json")).unwrap();
        let config: Value = serde_json::from_slice(&config).unwrap();
        let checkpoint = open(name);
        let counted = checkpoint.configuration().parameters();
        assert_eq!(Value::from(counted), config["n_parameters"], "{name}");
        assert!(checkpoint.configuration().active_parameters() < counted);
    }
}

#[test]
fn the_experts_of_a_layer_are_parts_of_its_tensor() {
    let checkpoint = open("tiny-1p1/checkpoint.pt");
    let name = "backbone.blocks.1.edge_wise.so2_conv_1.fc_m0.weights";
    let tensor = checkpoint.tensor(name).unwrap();
    assert_eq!(tensor.shape(), [3, 40, 60]);
    let whole: Vec<f64> = tensor.values();
    let coefficients = [0.5, -2.0, 0.25];
    let mut mixed = vec![1.0; 40 * 60];
    for (expert, coefficient) in coefficients.into_iter().enumerate() {
        let part = tensor.part(expert);
        assert_eq!(part.shape(), [40, 60]);
        assert_eq!(part.values::<f64>(), whole[expert * 2400..][..2400]);
        part.add_scaled(coefficient, &mut mixed);
    }
    for (index, mixed) in mixed.iter().enumerate() {
        let expected = coefficients
            .iter()
            .enumerate()
            .fold(1.0, |sum, (expert, coefficient)| {
                sum + coefficient * whole[expert * 2400 + index]
            });
        assert_eq!(*mixed, expected);
    }
    let one: Vec<f64> = tensor.part(2).part(39).part(59).values();
    assert_eq!(one, whole[7199..]);
}

#[test]
fn tensors_are_read_again_after_their_pages_were_released() {
    let checkpoint = open("tiny-1p1/checkpoint.pt");
    let name = "backbone.mix_csd.weight";
    let before = bits(&checkpoint, name);
    let held = checkpoint.tensor(name).unwrap();
    checkpoint.release_pages();
    assert_eq!(bits(&checkpoint, name), before);
    assert_eq!(held.values::<f32>().len(), before.len());
}

#[test]
fn a_file_that_was_truncated_while_open_is_an_error_on_the_next_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.pt");
    fs::copy(data("tiny-1p1/checkpoint.pt"), &path).unwrap();
    let checkpoint = Checkpoint::open(&path).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_len(1000).unwrap();
    let error = checkpoint.tensor("backbone.mix_csd.bias").unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("was changed while it was in use; open it again")
    );
}

#[test]
fn single_atoms_of_uma_1_1_have_tabulated_energies() {
    let first = open("tiny-1p1");
    let energy = |task, symbol, charge| {
        let element = Element::from_symbol(symbol).unwrap();
        first
            .configuration()
            .single_atom_energy(task, element, charge)
    };
    assert_eq!(energy("omol", "H", 0), Some(-13.445584057373376));
    assert_eq!(energy("omol", "Li", 1), Some(-197.98591238912647));
    assert_eq!(energy("omol", "H", 1), None);
    assert_eq!(energy("omat", "Si", 0), Some(-0.82619133));
    assert_eq!(energy("omat", "At", 0), None);
    assert_eq!(energy("oc22", "H", 0), None);
    let later = open("tiny-1p2p1");
    assert_eq!(
        later
            .configuration()
            .single_atom_energy("omol", Element::from_number(1).unwrap(), 0),
        None
    );
}

#[test]
fn a_missing_tensor_is_named() {
    let checkpoint = open("tiny-1p1");
    let error = checkpoint.tensor("backbone.nothing").unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no tensor \"backbone.nothing\" among the 93 of this checkpoint"
    );
}
