//! Properties of every session, for random messages of the client.

use std::time::Duration;

use mlipview_core::presence::Role;
use proptest::prelude::*;

use super::client::*;
use super::private_client::PrivateClient;
use super::room::RoomClient;

/// Number of messages by which an acknowledgement is ahead of the server. \[8\]
const AHEAD: u64 = 5;

/// Input of a session: a message of the client, or execution on the server.
#[derive(Clone, Debug)]
enum Input {
    Move(usize, f64),
    Shrink(usize),
    Start(bool),
    Stop,
    /// Acknowledges all messages except this number of newest ones.
    Acknowledge(u64),
    AcknowledgeAhead,
    /// No message: random bytes after the key of field 0, which no field has.
    Invalid(Vec<u8>),
    Count(u64),
    /// Lets the server execute this number of requests.
    Receive(usize),
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        4 => (0..6_usize, 0.0..1.0).prop_map(|(atom, shift)| Input::Move(atom, shift)),
        1 => (1..6_usize).prop_map(Input::Shrink),
        2 => any::<bool>().prop_map(Input::Start),
        1 => Just(Input::Stop),
        3 => (0..12_u64).prop_map(Input::Acknowledge),
        1 => Just(Input::AcknowledgeAhead),
        1 => prop::collection::vec(any::<u8>(), 0..40)
            .prop_map(|rest| Input::Invalid([vec![0], rest].concat())),
        1 => (0..1000_u64).prop_map(Input::Count),
        6 => (1..30_usize).prop_map(Input::Receive),
    ]
}

/// Distant helium atoms, whose energy stays finite.
fn helium(atoms: usize) -> Vec<Atom> {
    (0..atoms)
        .map(|atom| (2, [4.0 * atom as f64, 0.0, 0.0]))
        .collect()
}

/// The message of an action, if it has one.
fn bytes(
    input: &Input,
    builder: &mut MessageBuilder,
    last: u64,
    count: &mut u64,
) -> Option<Vec<u8>> {
    Some(match input {
        Input::Move(atom, shift) => {
            *count += 1;
            let position = [4.0 * *atom as f64 + shift, 0.0, 0.0];
            let mut change = moved(&[(*atom, position)]);
            change.atomic_numbers = Some(IntDelta {
                indices: vec![*atom as u32],
                values: vec![2],
            });
            builder.interact(change, *count)
        }
        Input::Shrink(atoms) => {
            *count += 1;
            builder.interact(whole(&helium(*atoms)), *count)
        }
        Input::Start(relax) => builder.request(if *relax {
            relaxation(0.0)
        } else {
            dynamics(5.0)
        }),
        Input::Stop => builder.request(stop()),
        Input::Acknowledge(fewer) => builder.acknowledge(last.saturating_sub(*fewer)),
        Input::AcknowledgeAhead => builder.acknowledge(last + AHEAD),
        Input::Invalid(bytes) => bytes.clone(),
        Input::Count(value) => builder.action(ClientAction {
            user_interaction_count: Some(*value),
            sim_step: Some(*value),
            ..Default::default()
        }),
        Input::Receive(_) => return None,
    })
}

/// The highest message that an action acknowledges, after `last`.
fn acknowledges(input: &Input, last: u64) -> u64 {
    match input {
        Input::Acknowledge(fewer) => last.saturating_sub(*fewer),
        Input::AcknowledgeAhead => last + AHEAD,
        _ => 0,
    }
}

/// The client's record of sequence numbers and steps.
#[derive(Default)]
struct Record {
    last: u64,
    acknowledged: u64,
    steps: Vec<u64>,
}

impl Record {
    fn receive(&mut self, received: &[ServerResult]) -> Result<(), TestCaseError> {
        for message in received {
            let repeats = message.text() == "WAITING_FOR_ACK";
            let expected = if repeats { self.last } else { self.last + 1 };
            prop_assert_eq!(message.seq, expected, "numbers rise by one");
            self.last = message.seq;
            if let Some(frame) = message.frame()
                && frame.activity() != Activity::Idle
            {
                prop_assert!(
                    message.seq <= self.acknowledged + 10,
                    "a stream is at most ten messages ahead"
                );
                self.steps.push(frame.step);
            }
        }
        Ok(())
    }

    fn send(&mut self, input: &Input) {
        self.acknowledged = self.acknowledged.max(acknowledges(input, self.last));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// \[6, 26, 30\]: numbers rise, no step is missing, and at most ten messages are unacknowledged.
    #[test]
    fn a_private_session_counts_messages_and_steps_without_gaps(inputs in prop::collection::vec(input(), 1..60)) {
        let mut client = PrivateClient::new();
        let mut record = Record::default();
        let mut count = 0;
        let first = client.builder.interact(whole(&helium(4)), 0);
        client.send(&first);
        for input in &inputs {
            match input {
                Input::Receive(max) => {
                    let received = client.receive(*max);
                    record.receive(&received)?;
                }
                input => {
                    record.send(input);
                    let bytes = bytes(input, &mut client.builder, record.last, &mut count);
                    client.send(&bytes.unwrap());
                }
            }
            prop_assert_eq!(&client.closed, &None);
        }
        for pair in record.steps.windows(2) {
            prop_assert_eq!(pair[1], pair[0] + 1, "no frame is lost");
        }
    }

    /// \[14, 15, 19\]: merged interactions have the effect of single ones.
    #[test]
    fn the_last_write_wins_in_merged_and_single_interactions(
        inputs in prop::collection::vec(input(), 1..30),
        pauses in prop::collection::vec(any::<bool>(), 30),
    ) {
        let mut truth: Vec<[f64; 3]> = helium(4).into_iter().map(|(_, at)| at).collect();
        let mut client = PrivateClient::new();
        let first = client.builder.interact(whole(&helium(4)), 0);
        let mut received = client.exchange(&first);
        let mut count = 0;
        for (input, pause) in inputs.iter().zip(&pauses) {
            match input {
                // Atoms beyond the next one would lack an element or a position.
                Input::Move(atom, shift) if *atom <= truth.len() => {
                    let position = [4.0 * *atom as f64 + shift, 0.0, 0.0];
                    if *atom == truth.len() {
                        truth.push(position);
                    }
                    truth[*atom] = position;
                }
                Input::Shrink(atoms) => truth = helium(*atoms).into_iter().map(|(_, at)| at).collect(),
                _ => continue,
            }
            let bytes = bytes(input, &mut client.builder, 0, &mut count).unwrap();
            client.send(&bytes);
            if *pause {
                received.extend(client.receive(1000));
            }
        }
        received.extend(client.receive(1000));
        let last = received.iter().rev().find_map(MessageExt::frame).unwrap();
        prop_assert_eq!(&last.positions, &truth.concat());
        prop_assert_eq!(last.forces.len(), last.positions.len());
    }

    /// Numbers rise, at most ten messages are unacknowledged, and the last frame is the newest.
    #[test]
    fn a_room_session_is_at_most_ten_messages_behind_and_ends_at_the_newest(
        inputs in prop::collection::vec(input(), 1..60),
        waits in prop::collection::vec(0..200_u64, 60),
    ) {
        let mut room = RoomClient::new(Role::Driver);
        let (mut last, mut acknowledged, mut count) = (0, 0, 0);
        let mut seen = None;
        for (input, wait) in inputs.iter().zip(&waits) {
            room.now += Duration::from_millis(*wait);
            let received = match input {
                Input::Receive(max) => {
                    room.step(*max);
                    room.receive()
                }
                input => {
                    acknowledged = acknowledged.max(acknowledges(input, last));
                    let bytes = bytes(input, &mut room.builder, last, &mut count).unwrap();
                    room.send(&bytes);
                    Vec::new()
                }
            };
            for message in &received {
                let repeats = message.text() == "WAITING_FOR_ACK";
                prop_assert_eq!(message.seq, if repeats { last } else { last + 1 });
                last = message.seq;
                seen = message.frame().map(|frame| frame.number).or(seen);
                prop_assert!(message.notice().is_some() || last <= acknowledged + 10);
            }
        }
        // Acknowledge and wait until all pending messages have arrived.
        let newest = room.step(1);
        for _ in 0..4 {
            let ack = room.builder.acknowledge(last);
            room.send(&ack);
            room.now += Duration::from_secs(1);
            for message in room.receive() {
                last = message.seq;
                seen = message.frame().map(|frame| frame.number).or(seen);
            }
        }
        prop_assert_eq!(seen, Some(newest.number));
    }

    /// Random bytes and damaged messages are answered by notices at most.
    #[test]
    fn random_and_damaged_messages_never_break_a_session(
        messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..20),
        cut in 0..60_usize,
        flip in 0..60_usize,
    ) {
        let mut client = PrivateClient::new();
        let mut valid = client.builder.interact(whole(&WATER), 1);
        if let Some(byte) = valid.get_mut(flip) {
            *byte ^= 0x55;
        }
        valid.truncate(valid.len().saturating_sub(cut));
        client.send(&valid);
        client.receive(20);
        for message in messages {
            client.send(&message);
            let received = client.receive(20);
            prop_assert!(frames(&received).len() <= 10, "an unacknowledged stream pauses");
        }
        let again = client.builder.interact(whole(&WATER), 2);
        let received = client.exchange(&again);
        prop_assert!(client.closed.is_some() || !received.is_empty(), "the session still answers");
    }
}
