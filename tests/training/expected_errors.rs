//! Expected errors of fine-tuned networks.

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Nano, Potential, Solid};
use mlipview_training::{Label, Model, ReferenceChoice, Trainer, TrainingSettings, prepare};

use crate::structures::{cpu, labeled, named, rattled, sets};

/// Displaced copies of a structure, labeled by solid.
fn labels(structure: &Structure, seeds: std::ops::Range<u64>) -> Vec<Label> {
    let label = |seed| labeled(rattled(structure.clone(), 0.1, seed), &mut Solid::new());
    seeds.map(label).collect()
}

/// Mean norms of the found errors and of the expected ones, eV/Å.
fn mean_errors(potential: &mut dyn Potential, labels: &[Label]) -> [f64; 2] {
    let (mut found, mut expected, mut atoms) = (0.0, 0.0, 0.0);
    for label in labels {
        let evaluation = potential.evaluate(&label.structure).unwrap();
        let pairs = evaluation.forces.iter().zip(&label.forces);
        found += pairs
            .map(|(one, other)| (*one - *other).length())
            .sum::<f64>();
        expected += evaluation.force_errors.unwrap().iter().sum::<f64>();
        atoms += label.forces.len() as f64;
    }
    [found / atoms, expected / atoms]
}

#[test]
fn a_fine_tuned_network_knows_its_error_of_its_molecule_and_expects_more_of_others() {
    let ethanol = named("ethanol");
    let mut model = Model::read(Nano::BUILT_IN).unwrap();
    let prepared = prepare(&mut model, labels(&ethanol, 0..40), ReferenceChoice::Fit).unwrap();
    let settings = TrainingSettings {
        epochs: 10,
        atoms_per_batch: 72,
        learning_rate: 1e-3,
        ..TrainingSettings::default()
    };
    let mut trainer = Trainer::new(model, sets(&prepared.labels, 0.25), settings, cpu());
    while !trainer.is_complete() {
        trainer.step().unwrap();
        if trainer.is_validation_due() {
            trainer.validate().unwrap();
        }
    }
    let (tuned, _) = trainer.result(Default::default()).unwrap();
    let mut nano = Nano::with_parameters(&tuned.to_bytes()).unwrap();
    let [found, expected] = mean_errors(&mut nano, &labels(&ethanol, 1000..1010));
    assert!(
        (0.5..2.0).contains(&(expected / found)),
        "{expected} {found}"
    );
    let [_, far] = mean_errors(&mut nano, &labels(&named("benzene"), 0..5));
    assert!(far > 2.0 * expected, "{far} {expected}");
}
