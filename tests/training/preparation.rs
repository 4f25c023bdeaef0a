//! What is told before the first step.

use mlipview_core::chem::Element;
use mlipview_core::potential::{Emt, Nano, Solid};
use mlipview_training::{Label, Model, ReferenceChoice, prepare};

use crate::structures::{labeled, named, rattled};

fn water(count: u64) -> Vec<Label> {
    let label = |seed| labeled(rattled(named("water"), 0.05, seed), &mut Nano::new());
    (0..count).map(label).collect()
}

fn nano() -> Model {
    Model::read(Nano::BUILT_IN).unwrap()
}

#[test]
fn labels_that_fit_are_learned_without_a_word() {
    let mut model = nano();
    let prepared = prepare(&mut model, water(3), ReferenceChoice::Auto).unwrap();
    assert_eq!(
        (prepared.labels.len(), prepared.notes),
        (3, Vec::<String>::new())
    );
    assert_eq!(model, nano());
}

#[test]
fn elements_without_parameters_are_named() {
    let copper = labeled(named("copper"), &mut Emt::new());
    let error = prepare(&mut nano(), vec![copper], ReferenceChoice::Auto).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the labels contain Cu, which"),
        "{error}"
    );
}

#[test]
fn labels_of_other_charges_are_left_out_and_counted() {
    let mut labels = water(3);
    labels[1].structure.charge = 2;
    let prepared = prepare(&mut nano(), labels.clone(), ReferenceChoice::Auto).unwrap();
    assert_eq!(prepared.labels.len(), 2);
    assert!(
        prepared.notes[0].starts_with("1 of 3 labels are left out"),
        "{:?}",
        prepared.notes
    );
    labels.retain(|label| label.structure.charge == 2);
    let error = prepare(&mut nano(), labels, ReferenceChoice::Auto).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("their total charge is not from −1 to 1 e"),
        "{error}"
    );
    assert!(prepare(&mut nano(), Vec::new(), ReferenceChoice::Auto).is_err());
}

#[test]
fn another_energy_reference_is_found_told_and_fitted() {
    let shift = |labels: Vec<Label>| -> Vec<Label> {
        let shifted = labels.into_iter().map(|mut label| {
            for element in label.structure.elements() {
                label.energy -= if *element == Element::from_symbol("O").unwrap() {
                    1600.0
                } else {
                    3.0
                };
            }
            label
        });
        shifted.collect()
    };
    let mut model = nano();
    let prepared = prepare(&mut model, shift(water(4)), ReferenceChoice::Auto).unwrap();
    assert!(prepared.reference_fitted);
    assert!(
        prepared.notes[0].contains("fitted to the labels"),
        "{:?}",
        prepared.notes
    );
    let predictor = model.predictor().unwrap();
    let structures = shift(water(4));
    let energies = predictor
        .evaluate_all(structures.iter().map(|label| &label.structure))
        .unwrap();
    for (found, label) in energies.iter().zip(&structures) {
        assert!(
            (found.energy - label.energy).abs() < 0.05,
            "{} {}",
            found.energy,
            label.energy
        );
    }
    let kept = prepare(&mut nano(), shift(water(4)), ReferenceChoice::Keep).unwrap();
    assert!(!kept.reference_fitted && kept.notes[0].contains("--energy-reference fit"));
}

#[test]
fn a_start_and_its_file_are_the_same_network() {
    for built_in in [Nano::BUILT_IN, Solid::BUILT_IN] {
        let model = Model::read(built_in).unwrap();
        assert_eq!(Model::read(&model.to_bytes()).unwrap(), model);
    }
    assert!(Model::read(b"not a network").is_err());
    assert!(Model::read(&Nano::BUILT_IN[..1000]).is_err());
}
