//! Whole trainings on small sets of labels.

use mlipview_core::potential::Potential;
use mlipview_training::{
    CheckpointError, LabelSets, LossWeights, Model, NetworkSizes, Scores, Trainer, TrainingSettings,
};

use crate::structures::{copper, cpu, sets};

/// A small network for copper.
fn random_network() -> Model {
    let element = copper(1)[0].structure.elements()[0];
    let sizes = NetworkSizes {
        hidden: 24,
        ..NetworkSizes::default()
    };
    Model::random(&[element], sizes, 5).unwrap()
}

fn settings() -> TrainingSettings {
    TrainingSettings {
        epochs: 4,
        atoms_per_batch: 64,
        learning_rate: 5e-3,
        ..TrainingSettings::default()
    }
}

fn trainer(sets: LabelSets) -> Trainer {
    Trainer::new(random_network(), sets, settings(), cpu())
}

/// Takes steps with validations to the end; returns the losses.
fn finish(trainer: &mut Trainer) -> Vec<f64> {
    let mut losses = Vec::new();
    while !trainer.is_complete() {
        losses.push(trainer.step().unwrap().loss);
        if trainer.is_validation_due() {
            losses.push(trainer.validate().unwrap().0.loss);
        }
    }
    losses
}

#[test]
fn a_network_learns_copper_from_nothing() {
    let settings = TrainingSettings {
        epochs: 20,
        atoms_per_batch: 128,
        ..settings()
    };
    let sets = sets(&copper(24), 0.2);
    let mut trainer = Trainer::new(random_network(), sets, settings, cpu());
    finish(&mut trainer);
    let best = trainer.counters().best.unwrap().scores;
    // A fifth of the rms force; the gate of 5 % takes minutes.
    assert!(best.force_rmse < 0.2 * best.force_rms, "{best:?}");
    assert!(best.energy_rmse < 20.0, "{best:?}");
}

#[test]
fn the_same_seed_gives_the_same_parameters_and_another_seed_others() {
    let labels = copper(6);
    let run = |seed: u64| {
        let settings = TrainingSettings { seed, ..settings() };
        let mut trainer = Trainer::new(random_network(), sets(&labels, 0.2), settings, cpu());
        let losses = finish(&mut trainer);
        (trainer.averaged().parameters().to_vec(), losses)
    };
    let [one, again, other] = [3, 3, 4].map(run);
    assert_eq!(one, again);
    assert_ne!(one.0, other.0);
}

#[test]
fn the_number_of_threads_does_not_change_the_parameters() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| {
            let mut trainer = trainer(sets(&copper(6), 0.2));
            for _ in 0..3 {
                trainer.step().unwrap();
            }
            trainer.averaged()
        })
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_training_that_is_interrupted_at_any_step_continues_with_the_same_curve() {
    let sets = sets(&copper(6), 0.2);
    let whole = finish(&mut trainer(sets.clone()));
    for steps in 0..4 {
        let mut first = trainer(sets.clone());
        let mut losses = Vec::new();
        for _ in 0..steps {
            losses.push(first.step().unwrap().loss);
            if first.is_validation_due() {
                losses.push(first.validate().unwrap().0.loss);
            }
        }
        let bytes = first.checkpoint();
        let mut second =
            Trainer::resume(&bytes, &random_network(), sets.clone(), settings(), cpu()).unwrap();
        losses.extend(finish(&mut second));
        assert_eq!(losses, whole, "{steps}");
    }
}

#[test]
fn a_learning_rate_that_was_set_survives_an_interruption() {
    let sets = sets(&copper(6), 0.2);
    let mut first = trainer(sets.clone());
    first.step().unwrap();
    first.set_learning_rate(1e-4);
    let second = Trainer::resume(
        &first.checkpoint(),
        &random_network(),
        sets,
        settings(),
        cpu(),
    )
    .unwrap();
    assert!((second.learning_rate() / 1e-4 - 1.0).abs() < 1e-12);
    assert_eq!(second.learning_rate(), first.learning_rate());
}

#[test]
fn a_checkpoint_of_another_start_other_labels_or_settings_is_refused_in_words() {
    let bytes = trainer(sets(&copper(6), 0.2)).checkpoint();
    let resume = |sets, settings| {
        Trainer::resume(&bytes, &random_network(), sets, settings, cpu())
            .err()
            .unwrap()
    };
    let error = resume(sets(&copper(7), 0.2), settings());
    assert!(matches!(error, CheckpointError::Labels), "{error}");
    let other = TrainingSettings {
        epochs: 9,
        ..settings()
    };
    let error = resume(sets(&copper(6), 0.2), other);
    assert!(error.to_string().contains("epochs was 4"), "{error}");
    let mut another = random_network();
    another.set_offsets(&vec![1.0; another.offsets().len()]);
    let found = Trainer::resume(&bytes, &another, sets(&copper(6), 0.2), settings(), cpu());
    assert!(matches!(found.err().unwrap(), CheckpointError::Start));
    let cut = Trainer::resume(
        &bytes[..bytes.len() / 2],
        &random_network(),
        sets(&copper(6), 0.2),
        settings(),
        cpu(),
    );
    assert!(matches!(cut.err().unwrap(), CheckpointError::File(_)));
}

#[test]
fn training_ends_when_the_validation_loss_has_not_become_smaller_for_long_enough() {
    let settings = TrainingSettings {
        epochs: 1000,
        // Too small a rate to change anything.
        learning_rate: 1e-30,
        early_stopping: 2,
        ..settings()
    };
    let mut trainer = Trainer::new(random_network(), sets(&copper(4), 0.3), settings, cpu());
    finish(&mut trainer);
    assert!(trainer.counters().steps < 100, "{:?}", trainer.counters());
    assert_eq!(trainer.counters().stale, 2);
}

#[test]
fn the_result_is_read_by_the_potential_and_has_the_scores_of_its_card() {
    let labels = sets(&copper(8), 0.25);
    let mut trainer = trainer(labels.clone());
    finish(&mut trainer);
    let (model, card) = trainer.result(Default::default()).unwrap();
    let bytes = model.to_bytes();
    assert_eq!(
        mlipview_training::Card::read(&bytes).unwrap(),
        Some(card.clone())
    );
    let read = Model::read(&bytes).unwrap();
    let scores = Scores::of(&read, &labels.validation, &LossWeights::default()).unwrap();
    assert_eq!(Some(scores), card.validation);
    let mut solid = mlipview_core::potential::Solid::with_parameters(&bytes).unwrap();
    let evaluation = solid.evaluate(&labels.validation[0].structure).unwrap();
    let expected = evaluation.force_errors.expect("expected errors are fitted");
    let mean = expected.iter().sum::<f64>() / expected.len() as f64;
    let ratio = mean / card.expected_errors.mean_error;
    assert!((0.3..3.0).contains(&ratio), "{mean} {card:?}");
}
