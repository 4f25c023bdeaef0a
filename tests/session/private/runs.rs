//! Runs: start, parameters, steps, frames and stop. Statements 22 to 27 and 29.

use std::time::Duration;

use super::{relaxation_of, running, start_without_parameters, with_water};
use crate::client::*;
use crate::private_client::PrivateClient;

#[test]
fn a_start_while_running_replaces_the_task_without_a_stop_22() {
    let mut client = with_water();
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    client.receive(3);
    let relax = client.builder.request(relaxation(0.0));
    client.send(&relax);
    let received = client.receive(6);
    assert!(texts(&received).is_empty());
    assert_eq!(
        frames(&received)[0].temperature,
        None,
        "a relaxation has no temperature"
    );
    let as_before = client.builder.request(start_without_parameters());
    client.send(&as_before);
    let received = client.receive(3);
    assert!(
        frames(&received)
            .iter()
            .all(|frame| frame.temperature.is_some())
    );
}

#[test]
fn zero_is_a_valid_parameter_22() {
    let mut client = with_water();
    let cold = client.builder.request(dynamics(0.0));
    client.send(&cold);
    let received = client.receive(4);
    let first = frames(&received)[0];
    // One step of 0.5 fs from rest.
    let distance = (first.positions[0] - WATER[0].1[0]).abs();
    assert!(distance > 1e-3, "{distance}");
    let step = 51.024_657_952 / 1.008 * 0.009_648_533 * 0.25 / 2.0;
    assert!(
        (distance / step - 1.0).abs() < 0.01,
        "no heat was added: {distance} {step}"
    );
    let invalid = SimulationParams {
        temperature: -5.0,
        ..parameters(0.0)
    };
    let bytes = client.builder.request(start(SimType::Md, Some(invalid)));
    client.send(&bytes);
    let received = client.receive(4);
    assert!(texts(&received)[0].starts_with("INVALID_PARAMETERS: "));
    assert_eq!(
        received[0].notice().unwrap().simulation_stopped,
        None,
        "the run continues"
    );
    assert!(!frames(&received).is_empty());
}

#[test]
fn another_temperature_keeps_the_velocities_23() {
    let mut client = with_water();
    let apart = whole(&[(2, [0.0; 3]), (2, [50.0, 0.0, 0.0])]);
    let bytes = client.builder.interact(apart, 2);
    client.exchange(&bytes);
    let free = |temperature| {
        let parameters = SimulationParams {
            friction: 0.0,
            ..parameters(temperature)
        };
        start(SimType::Md, Some(parameters))
    };
    let cool = client.builder.request(free(300.0));
    client.send(&cool);
    let before = client.receive(5);
    let hotter = client.builder.request(free(600.0));
    client.send(&hotter);
    let after = client.receive(4);
    let (before, after) = (frames(&before), frames(&after));
    let (before, after) = (&before.last().unwrap().velocities, &after[0].velocities);
    assert!(before.iter().any(|component| component.abs() > 0.01));
    for (before, after) in before.iter().zip(after) {
        assert!((before - after).abs() < 1e-6, "{before} {after}");
    }
}

#[test]
fn a_simulation_frame_has_positions_velocities_forces_and_energies_25() {
    let (_, received) = running(300.0);
    for frame in frames(&received) {
        let lengths = [&frame.positions, &frame.velocities, &frame.forces].map(Vec::len);
        assert_eq!(lengths, [9; 3]);
        let (kinetic, temperature) = (frame.kinetic.unwrap(), frame.temperature.unwrap());
        // In the wire's units ½ m v² is eV.
        let masses = [1.008, 1.008, 15.999];
        let squares = frame
            .velocities
            .chunks(3)
            .map(|v| v.iter().map(|x| x * x).sum::<f64>());
        let sum: f64 = squares
            .zip(masses)
            .map(|(square, mass)| 0.5 * mass * square)
            .sum();
        assert!((sum / kinetic - 1.0).abs() < 1e-3, "{sum} {kinetic}");
        let kelvin = 2.0 * kinetic / (9.0 * 8.617_333e-5);
        assert!(
            (kelvin / temperature - 1.0).abs() < 1e-6,
            "{kelvin} {temperature}"
        );
        assert!(frame.energy.is_some() && frame.cell.is_none());
    }
}

#[test]
fn each_step_is_one_frame_26() {
    let (mut client, received) = running(300.0);
    let steps: Vec<u64> = frames(&received).iter().map(|frame| frame.step).collect();
    assert_eq!(steps, (1..=9).collect::<Vec<u64>>());
    let stop_now = client.builder.request(stop());
    client.exchange(&stop_now);
    let ack = client.builder.acknowledge(11);
    client.exchange(&ack);
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    let mut received = Vec::new();
    while frames(&received).is_empty() {
        received.extend(client.receive(1));
    }
    let stop = client.builder.request(stop());
    received.extend(client.exchange(&stop));
    assert_eq!(
        frames(&received).len(),
        1,
        "start, one frame, stop: one step"
    );
    assert_eq!(frames(&received)[0].step, 10);
}

#[test]
fn start_one_frame_stop_is_one_step_with_and_without_acknowledgement_26() {
    for acknowledges in [false, true] {
        let mut client = with_water();
        let start = client.builder.request(dynamics(300.0));
        client.send(&start);
        assert_eq!(frames(&client.receive_at_once()).len(), 1);
        client.now += Duration::from_millis(1);
        if acknowledges {
            let ack = client.builder.acknowledge(2);
            client.send(&ack);
        }
        assert!(client.receive_at_once().is_empty());
        client.now += Duration::from_millis(3);
        let stop = client.builder.request(stop());
        client.send(&stop);
        assert_eq!(texts(&client.receive_at_once()), ["SIMULATION_STOPPED"]);
    }
}

#[test]
fn a_start_can_limit_the_number_of_steps_26() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(Start {
        steps: 5,
        simulation_params: Some(parameters(300.0)),
        ..Default::default()
    }));
    let received = client.exchange(&start);
    assert_eq!(
        (frames(&received).len(), texts(&received)),
        (5, vec!["SIMULATION_STOPPED"])
    );
    assert_eq!(frames(&received)[4].step, 5);
    // Frames of the converged structure count, too.
    let relax = client.builder.request(Payload::Start(Start {
        steps: 80,
        ..relaxation_of(0.05)
    }));
    let received = client.exchange_acknowledging(&relax, 200);
    assert_eq!(frames(&received).len(), 80);
    assert_eq!(received.last().unwrap().text(), "SIMULATION_STOPPED");
    let again = client.builder.request(stop());
    assert_eq!(texts(&client.exchange(&again)), ["SIMULATION_STOPPED"]);
}

#[test]
fn a_stop_is_answered_while_idle_27() {
    let (mut client, _) = running(300.0);
    for _ in 0..2 {
        let stop = client.builder.request(stop());
        let received = client.exchange(&stop);
        assert_eq!(texts(&received), ["SIMULATION_STOPPED"]);
        assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
    }
}

#[test]
fn a_failed_evaluation_ends_the_run_and_not_the_session_29() {
    let mut client = with_water();
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    client.receive(3);
    let on_top = client
        .builder
        .interact(moved(&[(0, [3.0, 3.0, 3.0]), (1, [3.0, 3.0, 3.0])]), 2);
    let received = client.exchange(&on_top);
    let failure = received
        .iter()
        .find(|message| message.notice().is_some())
        .unwrap();
    assert!(failure.text().starts_with("COMPUTE_ERROR: "));
    assert_eq!(failure.notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(texts(&received).len(), 1, "one notice");
    let anew = client.builder.interact(whole(&WATER), 3);
    assert_eq!(frames(&client.exchange(&anew)).len(), 1);
}

#[test]
fn a_start_without_atoms_is_refused() {
    let mut client = PrivateClient::new();
    let start = client.builder.request(dynamics(300.0));
    let received = client.exchange(&start);
    assert_eq!(texts(&received), ["IDLE_WAITING_FOR_GEOMETRY"]);
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
}

#[test]
fn a_run_ends_when_its_structure_is_removed() {
    let (mut client, _) = running(300.0);
    let nothing = client.builder.interact(whole(&[]), 2);
    let received = client.exchange(&nothing);
    assert_eq!(
        texts(&received),
        [
            "STRUCTURE_CHANGED",
            "IDLE_WAITING_FOR_GEOMETRY",
            "SIMULATION_STOPPED"
        ]
    );
}
