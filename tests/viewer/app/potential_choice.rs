//! Choosing a potential and its options.

use std::sync::Arc;

use mlipview_core::potential::catalog::{Entry, OptionChoices, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::{Applicability, Catalog, LennardJones, Request};
use mlipview_viewer::app::document::PotentialChoice;

use crate::interact::argon;
use crate::test_viewer::TestViewer;

/// A potential with two variants that differ in the depth of their well.
fn two_wells() -> Entry {
    Entry {
        name: "wells",
        summary: "Lennard-Jones with a shallow or deep well",
        source: "This test",
        options: &[OptionSpec {
            name: "well",
            help: "shallow or deep",
            default: Some("shallow"),
        }],
        files: &[],
        reduced_units: None,
        choices: Some(Box::new(|_: &Options| {
            vec![OptionChoices {
                option: "well",
                values: vec!["shallow".to_owned(), "deep".to_owned()],
            }]
        })),
        applicability: Box::new(|_, _| Applicability::suitable("made for this test")),
        build: Box::new(|options, _| {
            let depth = match options.text("well") {
                Some("deep") => 0.02,
                _ => 0.01,
            };
            Ok(Box::new(LennardJones::universal(3.4, depth, 10.0)?))
        }),
    }
}

#[test]
fn the_values_of_an_option_are_listed_and_selectable() {
    let mut viewer = TestViewer::with_plugins(argon(), None, |app| {
        let catalog = Catalog::built_in().with_preferred(two_wells());
        let request: Request = "wells".parse().unwrap();
        app.insert_resource(PotentialChoice::of(request).with_catalog(Arc::new(catalog)));
    });
    let energy = |viewer: &TestViewer| Some(viewer.frame().evaluation.as_ref()?.energy);
    viewer.wait_until("an energy", |viewer| energy(viewer).is_some());
    let shallow = energy(&viewer).unwrap();

    let mut options = Vec::new();
    while options.is_empty() {
        options = viewer
            .get_mut::<PotentialChoice>()
            .option_choices()
            .to_vec();
        viewer.app.update();
    }
    let [option] = &options[..] else {
        panic!("{options:?}");
    };
    let (frame, deep) = (viewer.frame(), option.values[1].clone());
    let mut choice = viewer.get_mut::<PotentialChoice>();
    let request = choice.request().clone().with(option.option, Some(&deep));
    choice.set_request(request, frame.structure());
    viewer.wait_until("twice the energy", |viewer| {
        energy(viewer).is_some_and(|energy| (energy - 2.0 * shallow).abs() < 1e-12)
    });
    assert_eq!(
        viewer.get::<PotentialChoice>().request().to_string(),
        "wells:well=deep"
    );

    let mut choice = viewer.get_mut::<PotentialChoice>();
    let request = choice.request().clone().with(option.option, None);
    choice.set_request(request, frame.structure());
    viewer.wait_until("the first energy", |viewer| energy(viewer) == Some(shallow));
    assert_eq!(
        viewer.get::<PotentialChoice>().request().to_string(),
        "wells"
    );
}
