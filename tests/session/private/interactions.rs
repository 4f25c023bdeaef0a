//! Interactions: full and sparse updates, and their answers. Statements 13 to 21.

use super::with_water;
use crate::client::*;
use crate::private_client::PrivateClient;

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
