//! A private session, statement by statement.

use std::time::Duration;

use super::client::*;
use super::talk::{DEFAULT, Talk};

/// A session that has heard of water and has answered.
fn with_water() -> Talk {
    let mut talk = Talk::new();
    let first = talk.speaker.interact(whole(&WATER), 1);
    assert_eq!(frames(&talk.ask(&first)).len(), 1);
    talk
}

/// A session in which water moves, up to the first pause of the stream.
fn running(temperature: f64) -> (Talk, Vec<ServerResult>) {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(temperature));
    let heard = talk.ask(&start);
    (talk, heard)
}

fn all_numbers(heard: &[ServerResult]) -> Vec<u64> {
    heard.iter().map(|message| message.seq).collect()
}

#[test]
fn the_server_says_nothing_until_the_client_speaks_1() {
    assert!(Talk::new().listen(10).is_empty());
}

#[test]
fn what_cannot_be_read_is_answered_once_a_second_and_ends_nothing_2() {
    let mut talk = Talk::new();
    let heard = talk.ask(b"\xff\xff\xff");
    assert!(
        heard[0]
            .words()
            .starts_with("PROTO_VIOLATION: these 3 bytes")
    );
    talk.session.receive_text(talk.now);
    assert!(talk.ask(b"\x07").is_empty(), "within the same second");
    talk.now += Duration::from_secs(1);
    talk.session.receive_text(talk.now);
    assert!(talk.listen(1)[0].words().contains("text"));
    let water = talk.speaker.interact(whole(&WATER), 1);
    assert_eq!(frames(&talk.ask(&water)).len(), 1);
}

#[test]
fn every_message_has_schema_version_1_and_the_clients_need_not_3() {
    let mut talk = with_water();
    let stop = talk.speaker.say(stop());
    let bad = talk.speaker.interact(moved(&[(0, [f64::NAN; 3])]), 0);
    for message in [talk.ask(&stop), talk.ask(&bad)].concat() {
        assert_eq!(message.schema_version, 1);
    }
}

#[test]
fn a_message_without_payload_counts_4() {
    let mut talk = with_water();
    let empty = talk.speaker.action(ClientAction {
        user_interaction_count: Some(41),
        sim_step: Some(7),
        ..Default::default()
    });
    assert!(talk.ask(&empty).is_empty());
    let stop = talk.speaker.say(stop());
    let heard = talk.ask(&stop);
    assert_eq!(heard[0].user_interaction_count, Some(41));
    assert_eq!(heard[0].sim_step, Some(7));
    assert_eq!(heard[0].client_seq, Some(3));
}

#[test]
fn a_ping_of_the_originals_early_schema_is_a_message_without_payload_4() {
    let mut talk = with_water();
    let mut ping = talk.speaker.acknowledge(1);
    ping.extend([0x6a, 0x00]); // field 13, of no bytes
    assert!(talk.ask(&ping).is_empty());
    for count in 2..=30 {
        let bytes = talk
            .speaker
            .interact(moved(&[(0, [0.9 + 0.01 * count as f64, 0.0, 0.0])]), count);
        talk.send(&bytes);
        talk.send(&ping);
    }
    let heard = talk.listen(1000);
    assert_eq!(
        frames(&heard).len(),
        1,
        "pings do not keep interactions apart"
    );
    assert_eq!(heard[0].user_interaction_count, Some(30));
}

#[test]
fn numbers_rise_by_one_except_that_of_waiting_6() {
    let (mut talk, heard) = running(300.0);
    let mut all = all_numbers(&heard);
    let waiting = heard.last().unwrap();
    assert_eq!(waiting.words(), "WAITING_FOR_ACK");
    assert_eq!(
        all.pop().unwrap(),
        *all.last().unwrap(),
        "repeats the current number"
    );
    assert_eq!(all, (2..=10).collect::<Vec<u64>>());
    let ack = talk.speaker.acknowledge(10);
    talk.send(&ack);
    let stop = talk.speaker.say(stop());
    talk.send(&stop);
    let again = talk.speaker.say(dynamics(300.0));
    talk.send(&again);
    let later = all_numbers(&talk.listen(5));
    let risen: Vec<u64> = (11..11 + later.len() as u64).collect();
    assert_eq!(later, risen, "over stop and start too");
}

#[test]
fn every_message_tells_the_highest_number_of_the_client_7() {
    let mut talk = with_water();
    talk.speaker.seq = 99;
    let high = talk.speaker.say(stop());
    assert_eq!(talk.ask(&high)[0].client_seq, Some(100));
    talk.speaker.seq = 4;
    let low = talk.speaker.say(stop());
    assert_eq!(talk.ask(&low)[0].client_seq, Some(100), "never falls");
}

#[test]
fn acknowledgements_are_cumulative_8() {
    let (mut talk, _) = running(300.0);
    let ack = talk.speaker.acknowledge(10);
    let heard = talk.ask(&ack);
    assert_eq!(heard[0].words(), "ACK_CLEARED");
    let old = talk.speaker.acknowledge(3);
    assert!(talk.ask(&old).is_empty(), "an old one changes nothing");
}

#[test]
fn an_acknowledgement_of_the_future_counts_until_it_is_reached_8() {
    let (mut talk, _) = running(300.0);
    let ahead = talk.speaker.acknowledge(30);
    let heard = talk.ask(&ahead);
    assert_eq!(words(&heard), ["ACK_CLEARED", "WAITING_FOR_ACK"]);
    assert_eq!(
        heard.last().unwrap().seq,
        40,
        "ten behind the acknowledgement"
    );
    let below = talk.speaker.acknowledge(20);
    assert!(talk.ask(&below).is_empty());
}

#[test]
fn an_idle_reply_echoes_the_interaction_that_caused_it_9() {
    let mut talk = with_water();
    for count in [5, 9, 7] {
        let bytes = talk.speaker.interact(moved(&[(0, [1.0, 0.0, 0.0])]), count);
        assert_eq!(talk.ask(&bytes)[0].user_interaction_count, Some(count));
    }
    let without = talk.speaker.interact(moved(&[(0, [1.1, 0.0, 0.0])]), 0);
    assert_eq!(talk.ask(&without)[0].user_interaction_count, None);
}

#[test]
fn a_simulation_frame_echoes_what_was_heard_when_its_step_began_10() {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    let before = talk.listen(4);
    assert!(frames(&before).len() >= 2);
    assert!(
        before
            .iter()
            .all(|message| message.user_interaction_count == Some(1))
    );
    let drag = talk.speaker.interact(moved(&[(0, [1.0, 0.1, 0.0])]), 12);
    talk.send(&drag);
    let after = talk.listen(4);
    assert!(!frames(&after).is_empty());
    assert!(
        after
            .iter()
            .all(|message| message.user_interaction_count == Some(12))
    );
}

#[test]
fn steps_are_counted_adopted_while_idle_and_reset_by_a_whole_structure_11() {
    let mut talk = with_water();
    let adopted = talk.speaker.action(ClientAction {
        sim_step: Some(100),
        ..Default::default()
    });
    talk.ask(&adopted);
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    let heard = talk.listen(4);
    assert_eq!(heard[0].sim_step, Some(101), "a start does not reset");
    let ignored = talk.speaker.action(ClientAction {
        sim_step: Some(5000),
        ..Default::default()
    });
    talk.send(&ignored);
    let next = talk.listen(1);
    assert_eq!(next[0].sim_step, Some(101 + frames(&heard).len() as u64));
    let anew = talk.speaker.interact(whole(&WATER), 2);
    talk.send(&anew);
    let heard = talk.listen(6);
    let first = heard
        .iter()
        .find(|message| message.frame().is_some())
        .unwrap();
    assert_eq!(first.sim_step, Some(1));
}

#[test]
fn notices_echo_the_counters_and_leave_out_zeros_12() {
    let mut talk = Talk::new();
    let stop_now = talk.speaker.say(stop());
    let heard = talk.ask(&stop_now);
    assert_eq!(
        (heard[0].user_interaction_count, heard[0].sim_step),
        (None, None)
    );
    let (mut talk, heard) = running(300.0);
    let waiting = heard.last().unwrap();
    assert_eq!(
        (waiting.user_interaction_count, waiting.sim_step),
        (Some(1), Some(9))
    );
    let stop = talk.speaker.say(stop());
    let heard = talk.ask(&stop);
    assert_eq!(
        (heard[0].user_interaction_count, heard[0].sim_step),
        (Some(1), Some(9))
    );
}

#[test]
fn full_update_must_be_present_13() {
    let mut talk = with_water();
    let unflagged = UserInteractionSparse {
        full_update_flag: None,
        ..moved(&[(0, [0.0; 3])])
    };
    let bytes = talk.speaker.interact(unflagged, 1);
    assert_eq!(
        words(&talk.ask(&bytes)),
        ["PROTO_VIOLATION: full_update flag must be set"]
    );
}

#[test]
fn sparse_changes_win_last_grow_and_never_shrink_14() {
    let mut talk = with_water();
    let twice = moved(&[(0, [9.0, 9.0, 9.0]), (0, [1.0, 0.5, 0.0])]);
    let bytes = talk.speaker.interact(twice, 2);
    let heard = talk.ask(&bytes);
    let frame = frames(&heard)[0];
    assert_eq!(frame.positions[..3], [1.0, 0.5, 0.0]);
    assert_eq!(frame.positions[3..6], WATER[1].1);
    let grown = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![3],
            values: vec![2],
        }),
        ..moved(&[(3, [0.0, 0.0, 5.0])])
    };
    let bytes = talk.speaker.interact(grown, 3);
    let heard = talk.ask(&bytes);
    assert_eq!(frames(&heard)[0].forces.len(), 12);
    let fewer = UserInteractionSparse {
        natoms: 2,
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(fewer, 4);
    assert_eq!(frames(&talk.ask(&bytes))[0].positions.len(), 12);
}

#[test]
fn a_whole_structure_has_exactly_its_atoms_at_rest_15() {
    let mut talk = with_water();
    let moving = UserInteractionSparse {
        velocities: Some(rows([(0, [0.1, 0.2, 0.3])])),
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(moving, 2);
    let heard = talk.ask(&bytes);
    let velocities = &frames(&heard)[0].velocities;
    assert!(
        (velocities[1] - 0.2).abs() < 1e-12,
        "in the unit in which it came"
    );
    let bytes = talk.speaker.interact(whole(&WATER[1..]), 3);
    let heard = talk.ask(&bytes);
    let frame = frames(&heard)[0];
    assert_eq!(frame.positions.len(), 6);
    assert_eq!(frame.velocities, [0.0; 6]);
}

#[test]
fn every_interaction_while_idle_gets_one_answer_16() {
    let mut talk = with_water();
    for count in 2..20 {
        let place = [0.9 + 0.01 * count as f64, 0.0, 0.0];
        let bytes = talk.speaker.interact(moved(&[(0, place)]), count);
        let heard = talk.ask(&bytes);
        assert_eq!(heard.len(), 1);
        let frame = heard[0].frame().unwrap();
        let lengths = [&frame.positions, &frame.velocities, &frame.forces].map(Vec::len);
        assert_eq!(lengths, [9; 3]);
        assert!(frame.energy.unwrap().is_finite());
        assert_eq!(frame.temperature, None);
    }
    let nothing = talk.speaker.interact(moved(&[]), 20);
    assert_eq!(talk.ask(&nothing).len(), 1, "also where nothing changes");
}

#[test]
fn half_a_structure_waits_for_the_other_half_17() {
    let mut talk = Talk::new();
    let empty = talk.speaker.interact(whole(&[]), 1);
    assert_eq!(words(&talk.ask(&empty)), ["IDLE_WAITING_FOR_GEOMETRY"]);
    let nameless = UserInteractionSparse {
        atomic_numbers: None,
        ..whole(&WATER)
    };
    let bytes = talk.speaker.interact(nameless, 2);
    let heard = talk.ask(&bytes);
    assert_eq!(words(&heard), ["IDLE_WAITING_FOR_GEOMETRY"]);
    assert_eq!(heard[0].user_interaction_count, Some(2));
    let names = UserInteractionSparse {
        positions: None,
        full_update_flag: Some(FullUpdateFlag::FullUpdate(false)),
        ..whole(&WATER)
    };
    let bytes = talk.speaker.interact(names, 3);
    assert_eq!(frames(&talk.ask(&bytes)).len(), 1, "and then it is whole");
    let zero = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![0],
            values: vec![0],
        }),
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(zero, 4);
    assert_eq!(words(&talk.ask(&bytes)), ["IDLE_WAITING_FOR_GEOMETRY"]);
}

#[test]
fn what_cannot_be_computed_is_said_18() {
    let mut talk = with_water();
    let on_top = talk.speaker.interact(moved(&[(0, [0.0; 3])]), 2);
    let heard = talk.ask(&on_top);
    assert!(heard[0].words().starts_with("COMPUTE_ERROR: "), "{heard:?}");
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, None);
    let apart = talk.speaker.interact(moved(&[(0, WATER[0].1)]), 3);
    assert_eq!(frames(&talk.ask(&apart)).len(), 1, "and it goes on");
}

#[test]
fn interactions_that_wait_are_merged_19() {
    let mut talk = with_water();
    for count in 1..=30 {
        let place = [0.9 + 0.01 * count as f64, 0.0, 0.0];
        let bytes = talk
            .speaker
            .interact(moved(&[(count as usize % 2, place)]), count);
        talk.send(&bytes);
    }
    let heard = talk.listen(1000);
    assert!(frames(&heard).len() <= 7);
    assert_eq!(heard.last().unwrap().user_interaction_count, Some(30));
    let positions = &heard.last().unwrap().frame().unwrap().positions;
    assert!((positions[0] - 1.2).abs() < 1e-12 && (positions[3] - 1.19).abs() < 1e-12);
}

#[test]
fn a_shrink_is_not_lost_under_a_later_change_19() {
    let mut talk = with_water();
    let shrink = talk.speaker.interact(whole(&WATER[1..]), 2);
    let change = talk.speaker.interact(moved(&[(0, [0.0, 1.0, 0.0])]), 3);
    talk.send(&shrink);
    talk.send(&change);
    let heard = talk.listen(100);
    let frame = heard.last().unwrap().frame().unwrap();
    assert_eq!(frame.positions, [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn a_running_simulation_takes_changes_in_before_the_next_step_20() {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(0.0));
    talk.send(&start);
    talk.listen(3);
    let far = talk.speaker.interact(moved(&[(2, [0.0, 0.0, 20.0])]), 2);
    talk.send(&far);
    let heard = talk.listen(4);
    assert!((frames(&heard)[0].positions[8] - 20.0).abs() < 0.1);
    let anew = talk.speaker.interact(whole(&WATER[..2]), 3);
    talk.send(&anew);
    let heard = talk.listen(5);
    assert_eq!(heard[0].words(), "STRUCTURE_CHANGED");
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, None);
    assert_eq!(frames(&heard)[0].positions.len(), 6, "and it runs on");
    assert!(frames(&heard).len() > 1);
}

#[test]
fn a_cell_stays_until_it_is_replaced_or_cleared_21() {
    let mut talk = with_water();
    let boxed = UserInteractionSparse {
        cell: Some(Mat3 {
            m: vec![9.0, 0.0, 0.0, 0.0, 10.0, 0.0, 1.0, 0.0, 11.0],
        }),
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(boxed.clone(), 2);
    let heard = talk.ask(&bytes);
    assert_eq!(
        frames(&heard)[0].cell.as_ref().unwrap().m,
        boxed.cell.unwrap().m
    );
    assert_eq!(frames(&heard)[0].pbc, [true; 3]);
    let absent = talk.speaker.interact(moved(&[(0, [1.0, 0.0, 0.0])]), 3);
    assert!(frames(&talk.ask(&absent))[0].cell.is_some());
    let cleared = UserInteractionSparse {
        clear_cell: true,
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(cleared, 4);
    assert!(frames(&talk.ask(&bytes))[0].cell.is_none());
    let flat = UserInteractionSparse {
        cell: Some(Mat3 { m: vec![1.0; 9] }),
        ..moved(&[])
    };
    let bytes = talk.speaker.interact(flat, 5);
    assert!(words(&talk.ask(&bytes))[0].starts_with("PROTO_VIOLATION: cell: "));
}

#[test]
fn a_start_while_running_changes_what_runs_without_a_stop_22() {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    talk.listen(3);
    let relax = talk.speaker.say(relaxation(0.0));
    talk.send(&relax);
    let heard = talk.listen(6);
    assert!(words(&heard).is_empty());
    assert_eq!(frames(&heard)[0].temperature, None, "it relaxes now");
    let as_before = talk.speaker.say(start_without_parameters());
    talk.send(&as_before);
    let heard = talk.listen(3);
    assert!(
        frames(&heard)
            .iter()
            .all(|frame| frame.temperature.is_some())
    );
}

fn start_without_parameters() -> Payload {
    start(SimType::Md, None)
}

#[test]
fn given_parameters_are_meant_as_they_are_22() {
    let mut talk = with_water();
    let cold = talk.speaker.say(dynamics(0.0));
    talk.send(&cold);
    let heard = talk.listen(4);
    let first = frames(&heard)[0];
    // At rest, one step of 0.5 fs under forces alone.
    let distance = (first.positions[0] - WATER[0].1[0]).abs();
    assert!(distance > 1e-3, "{distance}");
    let step = 51.024_657_952 / 1.008 * 0.009_648_533 * 0.25 / 2.0;
    assert!(
        (distance / step - 1.0).abs() < 0.01,
        "no heat was added: {distance} {step}"
    );
    let mad = SimulationParams {
        temperature: -5.0,
        ..parameters(0.0)
    };
    let bytes = talk.speaker.say(start(SimType::Md, Some(mad)));
    talk.send(&bytes);
    let heard = talk.listen(4);
    assert!(words(&heard)[0].starts_with("INVALID_PARAMETERS: "));
    assert_eq!(
        heard[0].notice().unwrap().simulation_stopped,
        None,
        "what ran runs on"
    );
    assert!(!frames(&heard).is_empty());
}

#[test]
fn another_temperature_keeps_the_velocities_23() {
    let mut talk = with_water();
    let apart = whole(&[(2, [0.0; 3]), (2, [50.0, 0.0, 0.0])]);
    let bytes = talk.speaker.interact(apart, 2);
    talk.ask(&bytes);
    let free = |temperature| {
        let parameters = SimulationParams {
            friction: 0.0,
            ..parameters(temperature)
        };
        start(SimType::Md, Some(parameters))
    };
    let cool = talk.speaker.say(free(300.0));
    talk.send(&cool);
    let before = talk.listen(5);
    let hotter = talk.speaker.say(free(600.0));
    talk.send(&hotter);
    let after = talk.listen(4);
    let (before, after) = (frames(&before), frames(&after));
    let (before, after) = (&before.last().unwrap().velocities, &after[0].velocities);
    assert!(before.iter().any(|component| component.abs() > 0.01));
    for (before, after) in before.iter().zip(after) {
        assert!((before - after).abs() < 1e-6, "{before} {after}");
    }
}

#[test]
fn a_calculator_that_is_not_there_is_refused_by_name_24() {
    let mut talk = with_water();
    let unknown = SimulationParams {
        calculator: "orca".to_owned(),
        ..parameters(300.0)
    };
    let bytes = talk.speaker.say(start(SimType::Md, Some(unknown)));
    let heard = talk.ask(&bytes);
    assert!(heard[0].words().starts_with("CALCULATOR_NOT_SUPPORTED: "));
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(heard.len(), 1, "nothing was started");
    let again = talk.speaker.say(start_without_parameters());
    talk.send(&again);
    assert!(
        !frames(&talk.listen(4)).is_empty(),
        "what was before still goes"
    );
}

#[test]
fn uma_and_nothing_mean_the_default_which_says_its_name_24() {
    for calculator in ["uma", "UMA", ""] {
        let mut talk = with_water();
        let asked = SimulationParams {
            calculator: calculator.to_owned(),
            ..parameters(300.0)
        };
        let bytes = talk.speaker.say(start(SimType::Md, Some(asked)));
        talk.send(&bytes);
        let heard = talk.listen(4);
        let model = &frames(&heard)[0].model;
        assert!(!model.is_empty() && !model.contains("uma"), "{model}");
    }
    let mut talk = with_water();
    let asked = SimulationParams {
        calculator: "nano".to_owned(),
        ..parameters(300.0)
    };
    let bytes = talk.speaker.say(start(SimType::Md, Some(asked)));
    talk.send(&bytes);
    assert_eq!(frames(&talk.listen(4))[0].model, "nano");
}

#[test]
fn the_name_of_a_calculator_may_have_spaces_around_and_is_cut_in_answers_24() {
    let mut talk = with_water();
    let named = |calculator: &str| {
        let parameters = SimulationParams {
            calculator: calculator.to_owned(),
            ..parameters(300.0)
        };
        start(SimType::Md, Some(parameters))
    };
    for calculator in [" uma ", "\tUMA\n", " LJ:sigma=1,epsilon=1 "] {
        let bytes = talk.speaker.say(named(calculator));
        talk.send(&bytes);
        let heard = talk.listen(4);
        assert!(
            words(&heard).is_empty() && !frames(&heard).is_empty(),
            "{calculator:?}"
        );
        let stop = talk.speaker.say(stop());
        talk.ask(&stop);
    }
    for calculator in [
        "x".repeat(100_000),
        format!("lj:sigma={}", "9x".repeat(50_000)),
    ] {
        let bytes = talk.speaker.say(named(&calculator));
        let heard = talk.ask(&bytes);
        let refusal = words(&heard)[0];
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
    let bytes = talk.speaker.say(start(SimType::Relax, Some(optimizer)));
    let heard = talk.ask(&bytes);
    assert!(
        words(&heard)[0].starts_with("OPTIMIZER_NOT_SUPPORTED: ") && words(&heard)[0].len() < 400
    );
}

/// A session whose default potential is the one that fits; nothing here has parameters for uranium.
fn refused() -> Talk {
    let mut talk = Talk::with_default("auto");
    let uranium = talk
        .speaker
        .interact(whole(&[(92, [0.0; 3]), (92, [3.0, 0.0, 0.0])]), 1);
    let heard = talk.ask(&uranium);
    assert!(words(&heard)[0].starts_with("COMPUTE_ERROR: "), "{heard:?}");
    assert_eq!(heard.len(), 1, "said once");
    talk
}

#[test]
fn a_refused_structure_is_tried_again_at_any_interaction_24() {
    let mut talk = refused();
    let moved_alone = talk.speaker.interact(moved(&[(1, [4.0, 0.0, 0.0])]), 2);
    let grab = talk.speaker.say(Payload::Grab(Grab {
        hand: 1,
        atoms: vec![0],
        grip: None,
    }));
    for bytes in [moved_alone, grab] {
        let heard = talk.ask(&bytes);
        let reason = words(&heard)[0];
        assert!(
            reason.starts_with("COMPUTE_ERROR: ") && reason.contains('U'),
            "{reason}"
        );
        assert_eq!(heard.len(), 1, "said once");
    }
    // As if a potential for it had come meanwhile.
    talk.default = DEFAULT.to_owned();
    let (x, y, z) = (0.5, 0.0, 0.0);
    let there = talk.speaker.say(Payload::Move(Move { hand: 1, x, y, z }));
    let heard = talk.ask(&there);
    let frame = frames(&heard)[0];
    assert_eq!(frame.positions, [0.5, 0.0, 0.0, 4.0, 0.0, 0.0]);
    assert_eq!(frame.model, DEFAULT);
}

/// Two oxygen atoms are unlike anything that nano has learned.
const UNUSUAL: [Atom; 2] = [(8, [0.0; 3]), (8, [1.0, 0.0, 0.0])];

#[test]
fn an_unsure_potential_cautions_once_for_each_structure_behind_the_first_frame_24() {
    let mut talk = Talk::with_default("auto");
    let unusual = talk.speaker.interact(whole(&UNUSUAL), 1);
    let heard = talk.ask(&unusual);
    let frame = heard[0].frame().expect("the answer comes first");
    assert!(frame.expected_force_error.unwrap() > 0.5, "{frame:?}");
    assert_eq!(frame.model, "nano");
    assert!(words(&heard)[0].starts_with("CAUTION: "), "{heard:?}");
    assert_eq!(heard.len(), 2);
    let drag = talk.speaker.interact(moved(&[(1, [1.1, 0.0, 0.0])]), 2);
    let run = talk.speaker.say(dynamics(300.0));
    for bytes in [drag, run] {
        let heard = talk.ask(&bytes);
        assert!(
            heard
                .iter()
                .all(|message| !message.words().starts_with("CAUTION"))
        );
        assert!(frames(&heard)[0].expected_force_error.is_some());
    }
    let stop = talk.speaker.say(stop());
    talk.ask(&stop);
    let other = talk
        .speaker
        .interact(whole(&[UNUSUAL[0], UNUSUAL[1], (8, [2.0, 0.0, 0.0])]), 3);
    assert!(words(&talk.ask(&other))[0].starts_with("CAUTION: "));
}

#[test]
fn a_potential_that_does_not_estimate_its_errors_says_nothing_of_them_24() {
    let (_, heard) = running(300.0);
    assert!(
        frames(&heard)
            .iter()
            .all(|frame| frame.expected_force_error.is_none())
    );
}

#[test]
fn a_simulation_frame_has_all_that_belongs_to_it_25() {
    let (_, heard) = running(300.0);
    for frame in frames(&heard) {
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
    let (mut talk, heard) = running(300.0);
    let steps: Vec<u64> = frames(&heard).iter().map(|frame| frame.step).collect();
    assert_eq!(steps, (1..=9).collect::<Vec<u64>>());
    let stop_now = talk.speaker.say(stop());
    talk.ask(&stop_now);
    let ack = talk.speaker.acknowledge(11);
    talk.ask(&ack);
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    let mut heard = Vec::new();
    while frames(&heard).is_empty() {
        heard.extend(talk.listen(1));
    }
    let stop = talk.speaker.say(stop());
    heard.extend(talk.ask(&stop));
    assert_eq!(
        frames(&heard).len(),
        1,
        "start, one frame, stop is one step"
    );
    assert_eq!(frames(&heard)[0].step, 10);
}

#[test]
fn start_one_frame_stop_is_one_step_also_behind_its_acknowledgement_26() {
    for acknowledges in [false, true] {
        let mut talk = with_water();
        let start = talk.speaker.say(dynamics(300.0));
        talk.send(&start);
        assert_eq!(frames(&talk.at_once()).len(), 1);
        talk.now += Duration::from_millis(1);
        if acknowledges {
            let ack = talk.speaker.acknowledge(2);
            talk.send(&ack);
        }
        assert!(talk.at_once().is_empty());
        talk.now += Duration::from_millis(3);
        let stop = talk.speaker.say(stop());
        talk.send(&stop);
        assert_eq!(words(&talk.at_once()), ["SIMULATION_STOPPED"]);
    }
}

#[test]
fn a_stream_that_is_acknowledged_is_never_far_ahead_and_waits_for_nothing_26() {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    let mut last = talk.at_once().last().unwrap().seq;
    let ack = talk.speaker.acknowledge(last);
    talk.send(&ack);
    talk.now += Duration::from_millis(5);
    for _ in 0..50 {
        let heard = talk.at_once();
        assert!((2..=7).contains(&heard.len()), "{}", heard.len());
        last += heard.len() as u64;
        let ack = talk.speaker.acknowledge(last);
        talk.send(&ack);
    }
}

#[test]
fn a_stream_that_is_never_acknowledged_still_reaches_ten_26() {
    let mut talk = with_water();
    let begin = talk.now;
    let start = talk.speaker.say(dynamics(300.0));
    let heard = talk.ask(&start);
    assert_eq!(heard.last().unwrap().words(), "WAITING_FOR_ACK");
    assert_eq!(frames(&heard).len(), 9);
    assert!(talk.now - begin < Duration::from_secs(1));
}

#[test]
fn a_start_may_ask_for_an_exact_number_of_steps_26() {
    let mut talk = with_water();
    let start = talk.speaker.say(Payload::Start(Start {
        steps: 5,
        simulation_params: Some(parameters(300.0)),
        ..Default::default()
    }));
    let heard = talk.ask(&start);
    assert_eq!(
        (frames(&heard).len(), words(&heard)),
        (5, vec!["SIMULATION_STOPPED"])
    );
    assert_eq!(frames(&heard)[4].step, 5);
    // Of a relaxation that converges earlier, the converged structure counts.
    let relax = talk.speaker.say(Payload::Start(Start {
        steps: 80,
        ..relaxation_of(0.05)
    }));
    let heard = talk.acknowledge_all(&relax, 200);
    assert_eq!(frames(&heard).len(), 80);
    assert_eq!(heard.last().unwrap().words(), "SIMULATION_STOPPED");
    let again = talk.speaker.say(stop());
    assert_eq!(words(&talk.ask(&again)), ["SIMULATION_STOPPED"]);
}

#[test]
fn a_stop_is_answered_also_while_idle_27() {
    let (mut talk, _) = running(300.0);
    for _ in 0..2 {
        let stop = talk.speaker.say(stop());
        let heard = talk.ask(&stop);
        assert_eq!(words(&heard), ["SIMULATION_STOPPED"]);
        assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
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
fn a_relaxation_goes_on_with_its_converged_structure_until_it_is_stopped_28() {
    let mut talk = with_water();
    let start = talk.speaker.say(Payload::Start(relaxation_of(0.05)));
    let heard = talk.acknowledge_all(&start, 100);
    let said: Vec<&ServerResult> = heard
        .iter()
        .filter(|message| message.words() == "CONVERGED")
        .collect();
    assert_eq!(said.len(), 1);
    let notice = said[0].notice().unwrap();
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (None, Some(true))
    );
    let behind: Vec<&ServerResult> = heard
        .iter()
        .filter(|message| message.seq > said[0].seq && message.frame().is_some())
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
    let stop = talk.speaker.say(stop());
    let heard = talk.ask(&stop);
    assert_eq!(words(&heard), ["SIMULATION_STOPPED"]);
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
}

#[test]
fn a_converged_structure_is_sent_as_all_frames_are_and_at_a_bounded_rate_28() {
    let mut talk = with_water();
    let start = talk.speaker.say(Payload::Start(relaxation_of(0.05)));
    talk.acknowledge_all(&start, 100);
    let (begin, bytes) = (talk.now, talk.speaker.acknowledge(0));
    let heard = talk.acknowledge_all(&bytes, 60);
    let rate = frames(&heard).len() as f64 / (talk.now - begin).as_secs_f64();
    assert!((30.0..61.0).contains(&rate), "{rate}");
    let heard = talk.listen(1000);
    assert_eq!(heard.last().unwrap().words(), "WAITING_FOR_ACK");
}

#[test]
fn a_relaxation_ends_when_it_has_converged_if_that_was_asked_for_28() {
    let mut talk = with_water();
    let asked = || {
        Payload::Start(Start {
            stop_when_converged: true,
            ..relaxation_of(0.05)
        })
    };
    let start = talk.speaker.say(asked());
    let heard = talk.acknowledge_all(&start, 200);
    let notice = heard.last().unwrap().notice().unwrap();
    assert_eq!(notice.message(), "CONVERGED");
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (Some(true), Some(true))
    );
    assert!(largest_force(frames(&heard).last().unwrap()) < 0.05);
    let again = talk.speaker.say(asked());
    let heard = talk.ask(&again);
    assert!(heard[0].frame().is_some(), "every start sends a frame");
    assert_eq!((heard.len(), heard[1].words()), (2, "CONVERGED"));
}

#[test]
fn step_by_step_a_relaxation_sends_a_frame_for_each_start_also_when_converged_26_28() {
    let mut talk = with_water();
    let mut energies = Vec::new();
    for _ in 0..200 {
        let start = talk.speaker.say(Payload::Start(relaxation_of(0.05)));
        talk.send(&start);
        let heard = talk.at_once();
        assert_eq!(frames(&heard).len(), 1);
        energies.push(frames(&heard)[0].energy.unwrap());
        let ack = talk.speaker.acknowledge(heard.last().unwrap().seq);
        let stop = talk.speaker.say(stop());
        talk.send(&ack);
        talk.send(&stop);
        let heard = talk.at_once();
        assert_eq!(
            (frames(&heard).len(), words(&heard)),
            (0, vec!["SIMULATION_STOPPED"])
        );
    }
    assert!(energies[199] < -2.9, "{energies:?}");
}

#[test]
fn a_converged_relaxation_takes_up_what_is_changed_20_28() {
    let mut talk = with_water();
    let start = talk.speaker.say(Payload::Start(relaxation_of(0.05)));
    let heard = talk.acknowledge_all(&start, 100);
    let converged = frames(&heard).last().unwrap().step;
    let drag = talk.speaker.interact(moved(&[(0, [1.4, 0.3, 0.2])]), 7);
    let heard = talk.acknowledge_all(&drag, 150);
    let first = heard.iter().find_map(Heard::frame).unwrap();
    assert_eq!(first.step, converged + 1);
    assert!(largest_force(first) > 0.05);
    assert!(words(&heard).contains(&"CONVERGED"), "and converges again");
    assert!(largest_force(frames(&heard).last().unwrap()) < 0.05);
    let failing = talk
        .speaker
        .interact(moved(&[(0, [0.0; 3]), (2, [0.0; 3])]), 8);
    let heard = talk.ask(&failing);
    assert!(words(&heard)[0].starts_with("COMPUTE_ERROR: "));
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(heard.len(), 1);
}

#[test]
fn without_fmax_a_relaxation_never_converges_28() {
    for fmax in [0.0, -1.0] {
        let mut talk = with_water();
        let start = talk.speaker.say(Payload::Start(relaxation_of(fmax)));
        let heard = talk.acknowledge_all(&start, 100);
        assert_eq!(frames(&heard).len(), 100);
        assert!(!words(&heard).contains(&"CONVERGED"));
    }
}

#[test]
fn a_failure_in_a_run_ends_the_run_and_not_the_conversation_29() {
    let mut talk = with_water();
    let start = talk.speaker.say(dynamics(300.0));
    talk.send(&start);
    talk.listen(3);
    let on_top = talk
        .speaker
        .interact(moved(&[(0, [3.0, 3.0, 3.0]), (1, [3.0, 3.0, 3.0])]), 2);
    let heard = talk.ask(&on_top);
    let failure = heard
        .iter()
        .find(|message| message.notice().is_some())
        .unwrap();
    assert!(failure.words().starts_with("COMPUTE_ERROR: "));
    assert_eq!(failure.notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(words(&heard).len(), 1, "it is said once");
    let anew = talk.speaker.interact(whole(&WATER), 3);
    assert_eq!(frames(&talk.ask(&anew)).len(), 1);
}

#[test]
fn the_stream_pauses_at_ten_and_says_so_once_30() {
    let (mut talk, heard) = running(300.0);
    assert_eq!(frames(&heard).len(), 9);
    assert_eq!(words(&heard), ["WAITING_FOR_ACK"]);
    for count in 2..6 {
        assert!(talk.listen(10).is_empty());
        let ack = talk.speaker.acknowledge(count);
        assert!(talk.ask(&ack).is_empty(), "too early an acknowledgement");
    }
    let mut idle = with_water();
    for count in 2..30 {
        let bytes = idle.speaker.interact(moved(&[(0, [1.0, 0.0, 0.0])]), count);
        assert_eq!(
            frames(&idle.ask(&bytes)).len(),
            1,
            "idle replies are not gated"
        );
    }
}

#[test]
fn the_stream_goes_on_after_saying_so_31() {
    let (mut talk, heard) = running(300.0);
    let waiting = heard.last().unwrap().seq;
    let ack = talk.speaker.acknowledge(waiting);
    let heard = talk.ask(&ack);
    assert_eq!(heard[0].words(), "ACK_CLEARED");
    assert_eq!(heard[0].seq, waiting + 1);
    assert_eq!(frames(&heard).len(), 9);
}

#[test]
fn a_start_without_atoms_waits_for_them() {
    let mut talk = Talk::new();
    let start = talk.speaker.say(dynamics(300.0));
    let heard = talk.ask(&start);
    assert_eq!(words(&heard), ["IDLE_WAITING_FOR_GEOMETRY"]);
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
}

#[test]
fn a_run_whose_structure_goes_ends() {
    let (mut talk, _) = running(300.0);
    let nothing = talk.speaker.interact(whole(&[]), 2);
    let heard = talk.ask(&nothing);
    assert_eq!(
        words(&heard),
        [
            "STRUCTURE_CHANGED",
            "IDLE_WAITING_FOR_GEOMETRY",
            "SIMULATION_STOPPED"
        ]
    );
}

#[test]
fn too_many_atoms_end_the_conversation_with_the_limit_named() {
    let mut talk = with_water();
    let far = talk.speaker.interact(moved(&[(10_000, [0.0; 3])]), 2);
    let heard = talk.ask(&far);
    assert!(
        heard[0]
            .words()
            .starts_with("LIMIT: a private session has 10000 atoms")
    );
    assert_eq!(talk.closed.as_ref().unwrap().code, 1008);
    let after = talk.speaker.interact(whole(&WATER), 3);
    assert!(talk.ask(&after).is_empty());
}

#[test]
fn a_hand_holds_an_atom_here_too() {
    let mut talk = with_water();
    let grab = talk.speaker.say(Payload::Grab(Grab {
        hand: 1,
        atoms: vec![2],
        grip: None,
    }));
    assert_eq!(frames(&talk.ask(&grab))[0].grasps.len(), 1);
    let (x, y, z) = (0.0, 0.0, 0.5);
    let there = talk.speaker.say(Payload::Move(Move { hand: 1, x, y, z }));
    let heard = talk.ask(&there);
    assert_eq!(frames(&heard)[0].positions[6..], [0.0, 0.0, 0.5]);
    let nobody = talk.speaker.say(Payload::Grab(Grab {
        hand: 2,
        atoms: vec![99],
        grip: None,
    }));
    assert!(words(&talk.ask(&nobody))[0].starts_with("REFUSED: there is no atom 99"));
}
