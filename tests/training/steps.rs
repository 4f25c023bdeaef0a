//! Whole trainings on small sets of labels.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::potential::{Emt, Nano, Solid};
use mlipview_training::{
    CheckpointError, Device, Label, LabelSets, LossWeights, Model, NetworkSizes, Trainer,
    TrainingSettings, split,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::structures::{labeled, named, rattled};

fn cpu() -> Device {
    Device::Flex(Default::default())
}

/// Copper with strained cells and displaced atoms, labeled by EMT.
pub(crate) fn copper(count: u64) -> Vec<Label> {
    let unit = named("copper");
    let unit = match unit.len() {
        1 => unit.repeat([2, 2, 2]).unwrap(),
        _ => unit,
    };
    let label = |seed: u64| {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let repeats = [[1, 1, 2], [2, 1, 1], [2, 2, 1]][seed as usize % 3];
        let repeated = unit.repeat(repeats).unwrap();
        let mut strain =
            || DVec3::from_array(std::array::from_fn(|_| random.random_range(-0.04..0.04)));
        let deformation = DMat3::IDENTITY + DMat3::from_cols(strain(), strain(), strain());
        labeled(
            rattled(strained(repeated, deformation), 0.15, seed),
            &mut Emt::new(),
        )
    };
    (0..count).map(label).collect()
}

fn strained(mut structure: Structure, deformation: DMat3) -> Structure {
    for position in structure.positions_mut() {
        *position = deformation * *position;
    }
    structure.cell = structure
        .cell
        .map(|cell| cell.deformed(deformation).unwrap());
    structure
}

fn sets(labels: &[Label], validation: f64) -> LabelSets {
    let (training, validation) = split(labels.len(), validation, 1);
    let pick = |of: Vec<usize>| of.into_iter().map(|at| labels[at].clone()).collect();
    LabelSets {
        training: pick(training),
        validation: pick(validation),
    }
}

fn random(labels: &[Label]) -> Model {
    let element = labels[0].structure.elements()[0];
    Model::random(&[element], NetworkSizes::default(), 5).unwrap()
}

#[test]
fn a_network_learns_copper_from_nothing() {
    let labels = copper(40);
    let settings = TrainingSettings {
        epochs: 30,
        learning_rate: 5e-3,
        ..TrainingSettings::default()
    };
    let mut trainer = Trainer::new(random(&labels), sets(&labels, 0.2), settings, cpu());
    let (before, _) = trainer.validate().unwrap();
    let start = std::time::Instant::now();
    while !trainer.is_complete() {
        trainer.step().unwrap();
    }
    let (after, _) = trainer.validate().unwrap();
    eprintln!(
        "{} steps {:?} {before:?} {after:?}",
        trainer.steps(),
        start.elapsed()
    );
    assert!(after.force_rmse < 0.5 * before.force_rmse);
}
