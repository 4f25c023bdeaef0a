//! The statements of the protocol about private sessions, in memory.

use std::time::Duration;

use super::client::*;
use super::private_client::{DEFAULT, PrivateClient};

/// A client with water that has received its first answer.
fn with_water() -> PrivateClient {
    let mut client = PrivateClient::new();
    let first = client.builder.interact(whole(&WATER), 1);
    assert_eq!(frames(&client.exchange(&first)).len(), 1);
    client
}

/// A client with water in dynamics, up to the first pause of the stream.
fn running(temperature: f64) -> (PrivateClient, Vec<ServerResult>) {
    let mut client = with_water();
    let start = client.builder.request(dynamics(temperature));
    let received = client.exchange(&start);
    (client, received)
}

fn all_numbers(received: &[ServerResult]) -> Vec<u64> {
    received.iter().map(|message| message.seq).collect()
}

#[test]
fn the_server_sends_nothing_before_the_clients_first_message_1() {
    assert!(PrivateClient::new().receive(10).is_empty());
}

#[test]
fn invalid_data_is_reported_at_most_once_per_second_and_keeps_the_session_open_2() {
    let mut client = PrivateClient::new();
    let received = client.exchange(b"\xff\xff\xff");
    assert!(
        received[0]
            .text()
            .starts_with("PROTO_VIOLATION: cannot decode ClientAction (3 bytes)")
    );
    client.send_text();
    assert!(
        client.exchange(b"\x07").is_empty(),
        "within the same second"
    );
    client.now += Duration::from_secs(1);
    client.send_text();
    assert!(client.receive(1)[0].text().contains("text"));
    let water = client.builder.interact(whole(&WATER), 1);
    assert_eq!(frames(&client.exchange(&water)).len(), 1);
}

#[test]
fn every_message_has_schema_version_1_which_clients_may_omit_3() {
    let mut client = with_water();
    let stop = client.builder.request(stop());
    let bad = client.builder.interact(moved(&[(0, [f64::NAN; 3])]), 0);
    for message in [client.exchange(&stop), client.exchange(&bad)].concat() {
        assert_eq!(message.schema_version, 1);
    }
}

#[test]
fn a_message_without_payload_counts_4() {
    let mut client = with_water();
    let empty = client.builder.action(ClientAction {
        user_interaction_count: Some(41),
        sim_step: Some(7),
        ..Default::default()
    });
    assert!(client.exchange(&empty).is_empty());
    let stop = client.builder.request(stop());
    let received = client.exchange(&stop);
    assert_eq!(received[0].user_interaction_count, Some(41));
    assert_eq!(received[0].sim_step, Some(7));
    assert_eq!(received[0].client_seq, Some(3));
}

#[test]
fn a_ping_of_the_originals_early_schema_is_a_message_without_payload_4() {
    let mut client = with_water();
    let mut ping = client.builder.acknowledge(1);
    ping.extend([0x6a, 0x00]); // field 13, of no bytes
    assert!(client.exchange(&ping).is_empty());
    for count in 2..=30 {
        let bytes = client
            .builder
            .interact(moved(&[(0, [0.9 + 0.01 * count as f64, 0.0, 0.0])]), count);
        client.send(&bytes);
        client.send(&ping);
    }
    let received = client.receive(1000);
    assert_eq!(
        frames(&received).len(),
        1,
        "pings do not keep interactions apart"
    );
    assert_eq!(received[0].user_interaction_count, Some(30));
}

#[test]
fn sequence_numbers_rise_by_one_except_for_waiting_for_ack_6() {
    let (mut client, received) = running(300.0);
    let mut all = all_numbers(&received);
    let waiting = received.last().unwrap();
    assert_eq!(waiting.text(), "WAITING_FOR_ACK");
    assert_eq!(
        all.pop().unwrap(),
        *all.last().unwrap(),
        "repeats the last number"
    );
    assert_eq!(all, (2..=10).collect::<Vec<u64>>());
    let ack = client.builder.acknowledge(10);
    client.send(&ack);
    let stop = client.builder.request(stop());
    client.send(&stop);
    let again = client.builder.request(dynamics(300.0));
    client.send(&again);
    let later = all_numbers(&client.receive(5));
    let risen: Vec<u64> = (11..11 + later.len() as u64).collect();
    assert_eq!(later, risen, "across stop and start");
}

#[test]
fn every_message_has_the_highest_sequence_number_of_the_client_7() {
    let mut client = with_water();
    client.builder.seq = 99;
    let high = client.builder.request(stop());
    assert_eq!(client.exchange(&high)[0].client_seq, Some(100));
    client.builder.seq = 4;
    let low = client.builder.request(stop());
    assert_eq!(
        client.exchange(&low)[0].client_seq,
        Some(100),
        "never falls"
    );
}

#[test]
fn acknowledgements_are_cumulative_8() {
    let (mut client, _) = running(300.0);
    let ack = client.builder.acknowledge(10);
    let received = client.exchange(&ack);
    assert_eq!(received[0].text(), "ACK_CLEARED");
    let old = client.builder.acknowledge(3);
    assert!(
        client.exchange(&old).is_empty(),
        "an old one changes nothing"
    );
}

#[test]
fn an_acknowledgement_ahead_of_the_server_counts_until_it_is_reached_8() {
    let (mut client, _) = running(300.0);
    let ahead = client.builder.acknowledge(30);
    let received = client.exchange(&ahead);
    assert_eq!(texts(&received), ["ACK_CLEARED", "WAITING_FOR_ACK"]);
    assert_eq!(
        received.last().unwrap().seq,
        40,
        "ten messages after the acknowledgement"
    );
    let below = client.builder.acknowledge(20);
    assert!(client.exchange(&below).is_empty());
}

#[test]
fn an_idle_reply_echoes_the_interaction_that_caused_it_9() {
    let mut client = with_water();
    for count in [5, 9, 7] {
        let bytes = client
            .builder
            .interact(moved(&[(0, [1.0, 0.0, 0.0])]), count);
        assert_eq!(
            client.exchange(&bytes)[0].user_interaction_count,
            Some(count)
        );
    }
    let without = client.builder.interact(moved(&[(0, [1.1, 0.0, 0.0])]), 0);
    assert_eq!(client.exchange(&without)[0].user_interaction_count, None);
}

#[test]
fn a_simulation_frame_echoes_the_count_received_before_its_step_10() {
    let mut client = with_water();
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    let before = client.receive(4);
    assert!(frames(&before).len() >= 2);
    assert!(
        before
            .iter()
            .all(|message| message.user_interaction_count == Some(1))
    );
    let drag = client.builder.interact(moved(&[(0, [1.0, 0.1, 0.0])]), 12);
    client.send(&drag);
    let after = client.receive(4);
    assert!(!frames(&after).is_empty());
    assert!(
        after
            .iter()
            .all(|message| message.user_interaction_count == Some(12))
    );
}

#[test]
fn the_step_counter_is_adopted_while_idle_and_reset_by_a_full_update_11() {
    let mut client = with_water();
    let adopted = client.builder.action(ClientAction {
        sim_step: Some(100),
        ..Default::default()
    });
    client.exchange(&adopted);
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    let received = client.receive(4);
    assert_eq!(received[0].sim_step, Some(101), "a start does not reset");
    let ignored = client.builder.action(ClientAction {
        sim_step: Some(5000),
        ..Default::default()
    });
    client.send(&ignored);
    let next = client.receive(1);
    assert_eq!(next[0].sim_step, Some(101 + frames(&received).len() as u64));
    let anew = client.builder.interact(whole(&WATER), 2);
    client.send(&anew);
    let received = client.receive(6);
    let first = received
        .iter()
        .find(|message| message.frame().is_some())
        .unwrap();
    assert_eq!(first.sim_step, Some(1));
}

#[test]
fn notices_echo_the_counters_and_leave_out_zeros_12() {
    let mut client = PrivateClient::new();
    let stop_now = client.builder.request(stop());
    let received = client.exchange(&stop_now);
    assert_eq!(
        (received[0].user_interaction_count, received[0].sim_step),
        (None, None)
    );
    let (mut client, received) = running(300.0);
    let waiting = received.last().unwrap();
    assert_eq!(
        (waiting.user_interaction_count, waiting.sim_step),
        (Some(1), Some(9))
    );
    let stop = client.builder.request(stop());
    let received = client.exchange(&stop);
    assert_eq!(
        (received[0].user_interaction_count, received[0].sim_step),
        (Some(1), Some(9))
    );
}

#[test]
fn full_update_must_be_present_13() {
    let mut client = with_water();
    let unflagged = UserInteractionSparse {
        full_update_flag: None,
        ..moved(&[(0, [0.0; 3])])
    };
    let bytes = client.builder.interact(unflagged, 1);
    assert_eq!(
        texts(&client.exchange(&bytes)),
        ["PROTO_VIOLATION: full_update flag must be set"]
    );
}

#[test]
fn in_sparse_updates_the_last_value_wins_and_atoms_are_only_added_14() {
    let mut client = with_water();
    let twice = moved(&[(0, [9.0, 9.0, 9.0]), (0, [1.0, 0.5, 0.0])]);
    let bytes = client.builder.interact(twice, 2);
    let received = client.exchange(&bytes);
    let frame = frames(&received)[0];
    assert_eq!(frame.positions[..3], [1.0, 0.5, 0.0]);
    assert_eq!(frame.positions[3..6], WATER[1].1);
    let grown = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![3],
            values: vec![2],
        }),
        ..moved(&[(3, [0.0, 0.0, 5.0])])
    };
    let bytes = client.builder.interact(grown, 3);
    let received = client.exchange(&bytes);
    assert_eq!(frames(&received)[0].forces.len(), 12);
    let fewer = UserInteractionSparse {
        natoms: 2,
        ..moved(&[])
    };
    let bytes = client.builder.interact(fewer, 4);
    assert_eq!(frames(&client.exchange(&bytes))[0].positions.len(), 12);
}

#[test]
fn a_full_update_has_exactly_its_atoms_at_rest_15() {
    let mut client = with_water();
    let moving = UserInteractionSparse {
        velocities: Some(rows([(0, [0.1, 0.2, 0.3])])),
        ..moved(&[])
    };
    let bytes = client.builder.interact(moving, 2);
    let received = client.exchange(&bytes);
    let velocities = &frames(&received)[0].velocities;
    assert!(
        (velocities[1] - 0.2).abs() < 1e-12,
        "in the unit in which it came"
    );
    let bytes = client.builder.interact(whole(&WATER[1..]), 3);
    let received = client.exchange(&bytes);
    let frame = frames(&received)[0];
    assert_eq!(frame.positions.len(), 6);
    assert_eq!(frame.velocities, [0.0; 6]);
}

#[test]
fn every_interaction_while_idle_gets_one_answer_16() {
    let mut client = with_water();
    for count in 2..20 {
        let position = [0.9 + 0.01 * count as f64, 0.0, 0.0];
        let bytes = client.builder.interact(moved(&[(0, position)]), count);
        let received = client.exchange(&bytes);
        assert_eq!(received.len(), 1);
        let frame = received[0].frame().unwrap();
        let lengths = [&frame.positions, &frame.velocities, &frame.forces].map(Vec::len);
        assert_eq!(lengths, [9; 3]);
        assert!(frame.energy.unwrap().is_finite());
        assert_eq!(frame.temperature, None);
    }
    let nothing = client.builder.interact(moved(&[]), 20);
    assert_eq!(client.exchange(&nothing).len(), 1, "even without a change");
}

#[test]
fn an_incomplete_structure_waits_for_its_missing_atoms_17() {
    let mut client = PrivateClient::new();
    let empty = client.builder.interact(whole(&[]), 1);
    assert_eq!(
        texts(&client.exchange(&empty)),
        ["IDLE_WAITING_FOR_GEOMETRY"]
    );
    let nameless = UserInteractionSparse {
        atomic_numbers: None,
        ..whole(&WATER)
    };
    let bytes = client.builder.interact(nameless, 2);
    let received = client.exchange(&bytes);
    assert_eq!(texts(&received), ["IDLE_WAITING_FOR_GEOMETRY"]);
    assert_eq!(received[0].user_interaction_count, Some(2));
    let names = UserInteractionSparse {
        positions: None,
        full_update_flag: Some(FullUpdateFlag::FullUpdate(false)),
        ..whole(&WATER)
    };
    let bytes = client.builder.interact(names, 3);
    assert_eq!(
        frames(&client.exchange(&bytes)).len(),
        1,
        "the structure is complete"
    );
    let zero = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![0],
            values: vec![0],
        }),
        ..moved(&[])
    };
    let bytes = client.builder.interact(zero, 4);
    assert_eq!(
        texts(&client.exchange(&bytes)),
        ["IDLE_WAITING_FOR_GEOMETRY"]
    );
}

#[test]
fn a_failed_evaluation_is_reported_18() {
    let mut client = with_water();
    let on_top = client.builder.interact(moved(&[(0, [0.0; 3])]), 2);
    let received = client.exchange(&on_top);
    assert!(
        received[0].text().starts_with("COMPUTE_ERROR: "),
        "{received:?}"
    );
    assert_eq!(received[0].notice().unwrap().simulation_stopped, None);
    let apart = client.builder.interact(moved(&[(0, WATER[0].1)]), 3);
    assert_eq!(
        frames(&client.exchange(&apart)).len(),
        1,
        "the session continues"
    );
}

#[test]
fn pending_interactions_are_merged_19() {
    let mut client = with_water();
    for count in 1..=30 {
        let position = [0.9 + 0.01 * count as f64, 0.0, 0.0];
        let bytes = client
            .builder
            .interact(moved(&[(count as usize % 2, position)]), count);
        client.send(&bytes);
    }
    let received = client.receive(1000);
    assert!(frames(&received).len() <= 7);
    assert_eq!(received.last().unwrap().user_interaction_count, Some(30));
    let positions = &received.last().unwrap().frame().unwrap().positions;
    assert!((positions[0] - 1.2).abs() < 1e-12 && (positions[3] - 1.19).abs() < 1e-12);
}

#[test]
fn a_full_update_stays_one_under_later_sparse_updates_19() {
    let mut client = with_water();
    let shrink = client.builder.interact(whole(&WATER[1..]), 2);
    let change = client.builder.interact(moved(&[(0, [0.0, 1.0, 0.0])]), 3);
    client.send(&shrink);
    client.send(&change);
    let received = client.receive(100);
    let frame = received.last().unwrap().frame().unwrap();
    assert_eq!(frame.positions, [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn a_running_simulation_applies_changes_before_the_next_step_20() {
    let mut client = with_water();
    let start = client.builder.request(dynamics(0.0));
    client.send(&start);
    client.receive(3);
    let far = client.builder.interact(moved(&[(2, [0.0, 0.0, 20.0])]), 2);
    client.send(&far);
    let received = client.receive(4);
    assert!((frames(&received)[0].positions[8] - 20.0).abs() < 0.1);
    let anew = client.builder.interact(whole(&WATER[..2]), 3);
    client.send(&anew);
    let received = client.receive(5);
    assert_eq!(received[0].text(), "STRUCTURE_CHANGED");
    assert_eq!(received[0].notice().unwrap().simulation_stopped, None);
    assert_eq!(frames(&received)[0].positions.len(), 6, "the run continues");
    assert!(frames(&received).len() > 1);
}

#[test]
fn a_cell_stays_until_it_is_replaced_or_cleared_21() {
    let mut client = with_water();
    let boxed = UserInteractionSparse {
        cell: Some(Mat3 {
            m: vec![9.0, 0.0, 0.0, 0.0, 10.0, 0.0, 1.0, 0.0, 11.0],
        }),
        ..moved(&[])
    };
    let bytes = client.builder.interact(boxed.clone(), 2);
    let received = client.exchange(&bytes);
    assert_eq!(
        frames(&received)[0].cell.as_ref().unwrap().m,
        boxed.cell.unwrap().m
    );
    assert_eq!(frames(&received)[0].pbc, [true; 3]);
    let absent = client.builder.interact(moved(&[(0, [1.0, 0.0, 0.0])]), 3);
    assert!(frames(&client.exchange(&absent))[0].cell.is_some());
    let cleared = UserInteractionSparse {
        clear_cell: true,
        ..moved(&[])
    };
    let bytes = client.builder.interact(cleared, 4);
    assert!(frames(&client.exchange(&bytes))[0].cell.is_none());
    let flat = UserInteractionSparse {
        cell: Some(Mat3 { m: vec![1.0; 9] }),
        ..moved(&[])
    };
    let bytes = client.builder.interact(flat, 5);
    assert!(texts(&client.exchange(&bytes))[0].starts_with("PROTO_VIOLATION: cell: "));
}

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

fn start_without_parameters() -> Payload {
    start(SimType::Md, None)
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

/// A client with uranium, for which no potential has parameters.
fn uranium() -> PrivateClient {
    let mut client = PrivateClient::with_default("auto");
    let uranium = client
        .builder
        .interact(whole(&[(92, [0.0; 3]), (92, [3.0, 0.0, 0.0])]), 1);
    let received = client.exchange(&uranium);
    assert!(
        texts(&received)[0].starts_with("COMPUTE_ERROR: "),
        "{received:?}"
    );
    assert_eq!(received.len(), 1, "one notice");
    client
}

#[test]
fn a_potential_is_selected_again_at_each_interaction_24() {
    let mut client = uranium();
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
            reason.starts_with("COMPUTE_ERROR: ") && reason.contains('U'),
            "{reason}"
        );
        assert_eq!(received.len(), 1, "one notice");
    }
    // A potential for uranium becomes available.
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
fn an_acknowledged_stream_has_two_to_seven_frames_in_flight_26() {
    let mut client = with_water();
    let start = client.builder.request(dynamics(300.0));
    client.send(&start);
    let mut last = client.receive_at_once().last().unwrap().seq;
    let ack = client.builder.acknowledge(last);
    client.send(&ack);
    client.now += Duration::from_millis(5);
    for _ in 0..50 {
        let received = client.receive_at_once();
        assert!((2..=7).contains(&received.len()), "{}", received.len());
        last += received.len() as u64;
        let ack = client.builder.acknowledge(last);
        client.send(&ack);
    }
}

#[test]
fn an_unacknowledged_stream_reaches_ten_messages_26() {
    let mut client = with_water();
    let begin = client.now;
    let start = client.builder.request(dynamics(300.0));
    let received = client.exchange(&start);
    assert_eq!(received.last().unwrap().text(), "WAITING_FOR_ACK");
    assert_eq!(frames(&received).len(), 9);
    assert!(client.now - begin < Duration::from_secs(1));
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

fn relaxation_of(fmax: f64) -> Start {
    Start {
        simulation_type: SimType::Relax.into(),
        simulation_params: Some(SimulationParams {
            fmax,
            ..parameters(0.0)
        }),
        ..Default::default()
    }
}

fn largest_force(frame: &Frame) -> f64 {
    let forces = frame.forces.chunks(3);
    let lengths = forces.map(|force| force.iter().map(|x| x * x).sum::<f64>().sqrt());
    lengths.fold(0.0, f64::max)
}

#[test]
fn a_relaxation_repeats_its_converged_structure_until_stop_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    let received = client.exchange_acknowledging(&start, 100);
    let notices: Vec<&ServerResult> = received
        .iter()
        .filter(|message| message.text() == "CONVERGED")
        .collect();
    assert_eq!(notices.len(), 1);
    let notice = notices[0].notice().unwrap();
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (None, Some(true))
    );
    let behind: Vec<&ServerResult> = received
        .iter()
        .filter(|message| message.seq > notices[0].seq && message.frame().is_some())
        .collect();
    assert!(behind.len() > 20, "{}", behind.len());
    let converged = behind[0].frame().unwrap();
    assert!(largest_force(converged) < 0.05 && converged.energy.unwrap() < -2.9);
    for pair in behind.windows(2) {
        assert_eq!(pair[1].sim_step.unwrap(), pair[0].sim_step.unwrap() + 1);
        let frame = pair[1].frame().unwrap();
        assert_eq!(
            (frame.step, &frame.positions),
            (converged.step, &converged.positions)
        );
        assert_eq!(frame.activity(), Activity::Relaxation);
    }
    let stop = client.builder.request(stop());
    let received = client.exchange(&stop);
    assert_eq!(texts(&received), ["SIMULATION_STOPPED"]);
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
}

#[test]
fn a_converged_structure_is_sent_at_the_maximum_rate_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    client.exchange_acknowledging(&start, 100);
    let (begin, bytes) = (client.now, client.builder.acknowledge(0));
    let received = client.exchange_acknowledging(&bytes, 60);
    let rate = frames(&received).len() as f64 / (client.now - begin).as_secs_f64();
    assert!((30.0..61.0).contains(&rate), "{rate}");
    let received = client.receive(1000);
    assert_eq!(received.last().unwrap().text(), "WAITING_FOR_ACK");
}

#[test]
fn a_relaxation_stops_at_convergence_on_request_28() {
    let mut client = with_water();
    let asked = || {
        Payload::Start(Start {
            stop_when_converged: true,
            ..relaxation_of(0.05)
        })
    };
    let start = client.builder.request(asked());
    let received = client.exchange_acknowledging(&start, 200);
    let notice = received.last().unwrap().notice().unwrap();
    assert_eq!(notice.message(), "CONVERGED");
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (Some(true), Some(true))
    );
    assert!(largest_force(frames(&received).last().unwrap()) < 0.05);
    let again = client.builder.request(asked());
    let received = client.exchange(&again);
    assert!(received[0].frame().is_some(), "every start sends a frame");
    assert_eq!((received.len(), received[1].text()), (2, "CONVERGED"));
}

#[test]
fn each_start_of_a_relaxation_sends_a_frame_even_when_converged_26_28() {
    let mut client = with_water();
    let mut energies = Vec::new();
    for _ in 0..200 {
        let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
        client.send(&start);
        let received = client.receive_at_once();
        assert_eq!(frames(&received).len(), 1);
        energies.push(frames(&received)[0].energy.unwrap());
        let ack = client.builder.acknowledge(received.last().unwrap().seq);
        let stop = client.builder.request(stop());
        client.send(&ack);
        client.send(&stop);
        let received = client.receive_at_once();
        assert_eq!(
            (frames(&received).len(), texts(&received)),
            (0, vec!["SIMULATION_STOPPED"])
        );
    }
    assert!(energies[199] < -2.9, "{energies:?}");
}

#[test]
fn a_converged_relaxation_restarts_after_a_change_20_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    let received = client.exchange_acknowledging(&start, 100);
    let converged = frames(&received).last().unwrap().step;
    let drag = client.builder.interact(moved(&[(0, [1.4, 0.3, 0.2])]), 7);
    let received = client.exchange_acknowledging(&drag, 150);
    let first = received.iter().find_map(MessageExt::frame).unwrap();
    assert_eq!(first.step, converged + 1);
    assert!(largest_force(first) > 0.05);
    assert!(
        texts(&received).contains(&"CONVERGED"),
        "the relaxation converges again"
    );
    assert!(largest_force(frames(&received).last().unwrap()) < 0.05);
    let failing = client
        .builder
        .interact(moved(&[(0, [0.0; 3]), (2, [0.0; 3])]), 8);
    let received = client.exchange(&failing);
    assert!(texts(&received)[0].starts_with("COMPUTE_ERROR: "));
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(received.len(), 1);
}

#[test]
fn without_fmax_a_relaxation_never_converges_28() {
    for fmax in [0.0, -1.0] {
        let mut client = with_water();
        let start = client.builder.request(Payload::Start(relaxation_of(fmax)));
        let received = client.exchange_acknowledging(&start, 100);
        assert_eq!(frames(&received).len(), 100);
        assert!(!texts(&received).contains(&"CONVERGED"));
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
fn the_stream_pauses_at_ten_messages_with_one_notice_30() {
    let (mut client, received) = running(300.0);
    assert_eq!(frames(&received).len(), 9);
    assert_eq!(texts(&received), ["WAITING_FOR_ACK"]);
    for count in 2..6 {
        assert!(client.receive(10).is_empty());
        let ack = client.builder.acknowledge(count);
        assert!(
            client.exchange(&ack).is_empty(),
            "the acknowledgement is too low"
        );
    }
    let mut idle = with_water();
    for count in 2..30 {
        let bytes = idle.builder.interact(moved(&[(0, [1.0, 0.0, 0.0])]), count);
        assert_eq!(
            frames(&idle.exchange(&bytes)).len(),
            1,
            "idle replies are not paused"
        );
    }
}

#[test]
fn the_stream_continues_after_a_notice_31() {
    let (mut client, received) = running(300.0);
    let waiting = received.last().unwrap().seq;
    let ack = client.builder.acknowledge(waiting);
    let received = client.exchange(&ack);
    assert_eq!(received[0].text(), "ACK_CLEARED");
    assert_eq!(received[0].seq, waiting + 1);
    assert_eq!(frames(&received).len(), 9);
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

#[test]
fn too_many_atoms_close_the_session_with_the_limit() {
    let mut client = with_water();
    let far = client.builder.interact(moved(&[(10_000, [0.0; 3])]), 2);
    let received = client.exchange(&far);
    assert!(
        received[0]
            .text()
            .starts_with("LIMIT: a private session has 10000 atoms")
    );
    assert_eq!(client.closed.as_ref().unwrap().code, 1008);
    let after = client.builder.interact(whole(&WATER), 3);
    assert!(client.exchange(&after).is_empty());
}

#[test]
fn a_hand_holds_an_atom_in_a_private_session() {
    let mut client = with_water();
    let grab = client.builder.request(Payload::Grab(Grab {
        hand: 1,
        atoms: vec![2],
        grip: None,
    }));
    assert_eq!(frames(&client.exchange(&grab))[0].grasps.len(), 1);
    let (x, y, z) = (0.0, 0.0, 0.5);
    let there = client
        .builder
        .request(Payload::Move(Move { hand: 1, x, y, z }));
    let received = client.exchange(&there);
    assert_eq!(frames(&received)[0].positions[6..], [0.0, 0.0, 0.5]);
    let nobody = client.builder.request(Payload::Grab(Grab {
        hand: 2,
        atoms: vec![99],
        grip: None,
    }));
    assert!(texts(&client.exchange(&nobody))[0].starts_with("REFUSED: there is no atom 99"));
}
