//! Messages: decoding, schema version, sequence numbers, acknowledgements and counters. Statements 1 to 12.

use std::time::Duration;

use super::{all_numbers, running, with_water};
use crate::client::*;
use crate::private_client::PrivateClient;

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
