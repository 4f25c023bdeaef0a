//! Choosing a potential and its options.

use std::sync::Arc;

use mlipview_core::potential::catalog::{Entry, OptionChoices, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::{Applicability, Catalog, LennardJones, Request};
use mlipview_viewer::app::document::PotentialChoice;

use crate::interact::argon;
use crate::test_viewer::TestViewer;

/// A potential with two variants that differ in the depth of their well.
fn placed() -> Entry {
    Entry {
        name: "placed",
        summary: "Lennard-Jones, here or there",
        source: "This test",
        options: &[OptionSpec {
            name: "place",
            help: "here or there",
            default: Some("here"),
        }],
        reduced_units: None,
        choices: Some(Box::new(|_: &Options| {
            vec![OptionChoices {
                option: "place",
                values: vec!["here".to_owned(), "there".to_owned()],
            }]
        })),
        applicability: Box::new(|_, _| Applicability::suitable("it is made for this")),
        build: Box::new(|options, _| {
            let depth = match options.text("place") {
                Some("there") => 0.02,
                _ => 0.01,
            };
            Ok(Box::new(LennardJones::universal(3.4, depth, 10.0)?))
        }),
    }
}

#[test]
fn the_values_of_an_option_are_listed_and_selectable() {
    let mut viewer = TestViewer::with_plugins(argon(), None, |app| {
        let catalog = Catalog::built_in().with_preferred(placed());
        let asked: Request = "placed".parse().unwrap();
        app.insert_resource(PotentialChoice::of(asked).among(Arc::new(catalog)));
    });
    let energy = |viewer: &TestViewer| Some(viewer.frame().evaluation.as_ref()?.energy);
    viewer.wait_until("an energy", |viewer| energy(viewer).is_some());
    let here = energy(&viewer).unwrap();

    let mut offers = Vec::new();
    while offers.is_empty() {
        offers = viewer
            .get_mut::<PotentialChoice>()
            .option_choices()
            .to_vec();
        viewer.app.update();
    }
    let [place] = &offers[..] else {
        panic!("{offers:?}");
    };
    let (frame, there) = (viewer.frame(), place.values[1].clone());
    let mut choice = viewer.get_mut::<PotentialChoice>();
    let wanted = choice.request().clone().with(place.option, Some(&there));
    choice.ask(wanted, frame.structure());
    viewer.wait_until("twice the energy", |viewer| {
        energy(viewer).is_some_and(|energy| (energy - 2.0 * here).abs() < 1e-12)
    });
    assert_eq!(
        viewer.get::<PotentialChoice>().request().to_string(),
        "placed:place=there"
    );

    let mut choice = viewer.get_mut::<PotentialChoice>();
    let wanted = choice.request().clone().with(place.option, None);
    choice.ask(wanted, frame.structure());
    viewer.wait_until("the energy as it was", |viewer| {
        energy(viewer) == Some(here)
    });
    assert_eq!(
        viewer.get::<PotentialChoice>().request().to_string(),
        "placed"
    );
}
