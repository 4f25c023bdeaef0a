//! Flow control of a run: frames in flight, pause and continuation. Statements 26, 30 and 31.

use std::time::Duration;

use super::{running, with_water};
use crate::client::*;

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
