//! Choice of the potential. Statement 24.

use super::{running, start_without_parameters, with_water};
use crate::client::*;
use crate::private_client::{DEFAULT, PrivateClient};

#[test]
fn an_unknown_calculator_is_refused_24() {
    let mut client = with_water();
    let unknown = SimulationParams {
        calculator: "orca".to_owned(),
        ..parameters(300.0)
    };
    let bytes = client.builder.request(start(SimType::Md, Some(unknown)));
    let received = client.exchange(&bytes);
    assert!(received[0].text().starts_with("CALCULATOR_NOT_SUPPORTED: "));
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(received.len(), 1, "nothing was started");
    let again = client.builder.request(start_without_parameters());
    client.send(&again);
    assert!(
        !frames(&client.receive(4)).is_empty(),
        "the parameters before it are kept"
    );
}

#[test]
fn uma_and_an_empty_name_select_the_default_potential_24() {
    for calculator in ["uma", "UMA", ""] {
        let mut client = with_water();
        let asked = SimulationParams {
            calculator: calculator.to_owned(),
            ..parameters(300.0)
        };
        let bytes = client.builder.request(start(SimType::Md, Some(asked)));
        client.send(&bytes);
        let received = client.receive(4);
        let model = &frames(&received)[0].model;
        assert!(!model.is_empty() && !model.contains("uma"), "{model}");
    }
    let mut client = with_water();
    let asked = SimulationParams {
        calculator: "nano".to_owned(),
        ..parameters(300.0)
    };
    let bytes = client.builder.request(start(SimType::Md, Some(asked)));
    client.send(&bytes);
    assert_eq!(frames(&client.receive(4))[0].model, "nano");
}

#[test]
fn the_name_of_a_calculator_is_trimmed_and_shortened_in_answers_24() {
    let mut client = with_water();
    let named = |calculator: &str| {
        let parameters = SimulationParams {
            calculator: calculator.to_owned(),
            ..parameters(300.0)
        };
        start(SimType::Md, Some(parameters))
    };
    for calculator in [" uma ", "\tUMA\n", " LJ:sigma=1,epsilon=1 "] {
        let bytes = client.builder.request(named(calculator));
        client.send(&bytes);
        let received = client.receive(4);
        assert!(
            texts(&received).is_empty() && !frames(&received).is_empty(),
            "{calculator:?}"
        );
        let stop = client.builder.request(stop());
        client.exchange(&stop);
    }
    for calculator in [
        "x".repeat(100_000),
        format!("lj:sigma={}", "9x".repeat(50_000)),
    ] {
        let bytes = client.builder.request(named(&calculator));
        let received = client.exchange(&bytes);
        let refusal = texts(&received)[0];
        assert!(
            refusal.starts_with("CALCULATOR_NOT_SUPPORTED: "),
            "{refusal}"
        );
        assert!(refusal.len() < 400 && refusal.contains('…'), "{refusal}");
    }
    let optimizer = SimulationParams {
        optimizer: "y".repeat(100_000),
        ..parameters(0.0)
    };
    let bytes = client
        .builder
        .request(start(SimType::Relax, Some(optimizer)));
    let received = client.exchange(&bytes);
    assert!(
        texts(&received)[0].starts_with("OPTIMIZER_NOT_SUPPORTED: ")
            && texts(&received)[0].len() < 400
    );
}

/// A client with polonium, for which no potential has parameters.
fn polonium() -> PrivateClient {
    let mut client = PrivateClient::with_default("auto");
    let polonium = client
        .builder
        .interact(whole(&[(84, [0.0; 3]), (84, [3.0, 0.0, 0.0])]), 1);
    let received = client.exchange(&polonium);
    assert!(
        texts(&received)[0].starts_with("COMPUTE_ERROR: "),
        "{received:?}"
    );
    assert_eq!(received.len(), 1, "one notice");
    client
}

#[test]
fn a_potential_is_selected_again_at_each_interaction_24() {
    let mut client = polonium();
    let moved_alone = client.builder.interact(moved(&[(1, [4.0, 0.0, 0.0])]), 2);
    let grab = client.builder.request(Payload::Grab(Grab {
        hand: 1,
        atoms: vec![0],
        grip: None,
    }));
    for bytes in [moved_alone, grab] {
        let received = client.exchange(&bytes);
        let reason = texts(&received)[0];
        assert!(
            reason.starts_with("COMPUTE_ERROR: ") && reason.contains("Po"),
            "{reason}"
        );
        assert_eq!(received.len(), 1, "one notice");
    }
    // A potential for polonium becomes available.
    client.default = DEFAULT.to_owned();
    let (x, y, z) = (0.5, 0.0, 0.0);
    let there = client
        .builder
        .request(Payload::Move(Move { hand: 1, x, y, z }));
    let received = client.exchange(&there);
    let frame = frames(&received)[0];
    assert_eq!(frame.positions, [0.5, 0.0, 0.0, 4.0, 0.0, 0.0]);
    assert_eq!(frame.model, DEFAULT);
}

/// Two oxygen atoms, far from the training data of nano.
const UNUSUAL: [Atom; 2] = [(8, [0.0; 3]), (8, [1.0, 0.0, 0.0])];

#[test]
fn a_caution_follows_the_first_frame_of_each_structure_24() {
    let mut client = PrivateClient::with_default("auto");
    let unusual = client.builder.interact(whole(&UNUSUAL), 1);
    let received = client.exchange(&unusual);
    let frame = received[0].frame().expect("the answer comes first");
    assert!(frame.expected_force_error.unwrap() > 0.5, "{frame:?}");
    assert_eq!(frame.model, "nano");
    assert!(texts(&received)[0].starts_with("CAUTION: "), "{received:?}");
    assert_eq!(received.len(), 2);
    let drag = client.builder.interact(moved(&[(1, [1.1, 0.0, 0.0])]), 2);
    let run = client.builder.request(dynamics(300.0));
    for bytes in [drag, run] {
        let received = client.exchange(&bytes);
        assert!(
            received
                .iter()
                .all(|message| !message.text().starts_with("CAUTION"))
        );
        assert!(frames(&received)[0].expected_force_error.is_some());
    }
    let stop = client.builder.request(stop());
    client.exchange(&stop);
    let other = client
        .builder
        .interact(whole(&[UNUSUAL[0], UNUSUAL[1], (8, [2.0, 0.0, 0.0])]), 3);
    assert!(texts(&client.exchange(&other))[0].starts_with("CAUTION: "));
}

#[test]
fn frames_have_no_expected_error_without_an_estimate_of_the_potential_24() {
    let (_, received) = running(300.0);
    assert!(
        frames(&received)
            .iter()
            .all(|frame| frame.expected_force_error.is_none())
    );
}
