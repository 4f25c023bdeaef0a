//! What holds in every conversation, whatever a client says and whenever.

use std::time::Duration;

use mlipview_core::presence::Role;
use proptest::prelude::*;

use super::client::*;
use super::guests::Room;
use super::talk::Talk;

/// Messages by which an acknowledgement of the future is ahead. \[8\]
const AHEAD: u64 = 5;

/// Something a client does.
#[derive(Clone, Debug)]
enum Act {
    Place(usize, f64),
    Shrink(usize),
    Start(bool),
    Stop,
    /// Acknowledges so many messages fewer than have come.
    Acknowledge(u64),
    AcknowledgeTheFuture,
    Nonsense(Vec<u8>),
    Count(u64),
    /// Lets the server do so much.
    Listen(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..6_usize, 0.0..1.0).prop_map(|(atom, shift)| Act::Place(atom, shift)),
        1 => (1..6_usize).prop_map(Act::Shrink),
        2 => any::<bool>().prop_map(Act::Start),
        1 => Just(Act::Stop),
        3 => (0..12_u64).prop_map(Act::Acknowledge),
        1 => Just(Act::AcknowledgeTheFuture),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Act::Nonsense),
        1 => (0..1000_u64).prop_map(Act::Count),
        6 => (1..30_usize).prop_map(Act::Listen),
    ]
}

/// Helium far apart: whatever moves, the energy is finite.
fn helium(atoms: usize) -> Vec<Atom> {
    (0..atoms)
        .map(|atom| (2, [4.0 * atom as f64, 0.0, 0.0]))
        .collect()
}

/// The bytes of what a client does, if it says something.
fn bytes(act: &Act, speaker: &mut Speaker, last: u64, count: &mut u64) -> Option<Vec<u8>> {
    Some(match act {
        Act::Place(atom, shift) => {
            *count += 1;
            let place = [4.0 * *atom as f64 + shift, 0.0, 0.0];
            let mut change = moved(&[(*atom, place)]);
            change.atomic_numbers = Some(IntDelta {
                indices: vec![*atom as u32],
                values: vec![2],
            });
            speaker.interact(change, *count)
        }
        Act::Shrink(atoms) => {
            *count += 1;
            speaker.interact(whole(&helium(*atoms)), *count)
        }
        Act::Start(relax) => speaker.say(if *relax {
            relaxation(0.0)
        } else {
            dynamics(5.0)
        }),
        Act::Stop => speaker.say(stop()),
        Act::Acknowledge(fewer) => speaker.acknowledge(last.saturating_sub(*fewer)),
        Act::AcknowledgeTheFuture => speaker.acknowledge(last + AHEAD),
        Act::Nonsense(bytes) => bytes.clone(),
        Act::Count(value) => speaker.action(ClientAction {
            user_interaction_count: Some(*value),
            sim_step: Some(*value),
            ..Default::default()
        }),
        Act::Listen(_) => return None,
    })
}

/// Up to which message a client acknowledges that has heard so many.
fn acknowledges(act: &Act, last: u64) -> u64 {
    match act {
        Act::Acknowledge(fewer) => last.saturating_sub(*fewer),
        Act::AcknowledgeTheFuture => last + AHEAD,
        _ => 0,
    }
}

/// What a client can check of all that it has heard and said.
#[derive(Default)]
struct Ledger {
    last: u64,
    acknowledged: u64,
    steps: Vec<u64>,
}

impl Ledger {
    fn hear(&mut self, heard: &[ServerResult]) -> Result<(), TestCaseError> {
        for message in heard {
            let repeats = message.words() == "WAITING_FOR_ACK";
            let expected = if repeats { self.last } else { self.last + 1 };
            prop_assert_eq!(message.seq, expected, "numbers rise by one");
            self.last = message.seq;
            if let Some(frame) = message.frame()
                && frame.activity() != Activity::Idle
            {
                prop_assert!(
                    message.seq <= self.acknowledged + 10,
                    "a stream is never more than ten ahead"
                );
                self.steps.push(frame.step);
            }
        }
        Ok(())
    }

    fn say(&mut self, act: &Act) {
        self.acknowledged = self.acknowledged.max(acknowledges(act, self.last));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// \[6, 26, 30\]: numbers never fall, no step is left out, and never more than ten are unheard.
    #[test]
    fn a_private_session_keeps_count_whatever_is_said(acts in prop::collection::vec(act(), 1..60)) {
        let mut talk = Talk::new();
        let mut ledger = Ledger::default();
        let mut count = 0;
        let first = talk.speaker.interact(whole(&helium(4)), 0);
        talk.send(&first);
        for act in &acts {
            match act {
                Act::Listen(most) => {
                    let heard = talk.listen(*most);
                    ledger.hear(&heard)?;
                }
                act => {
                    ledger.say(act);
                    let bytes = bytes(act, &mut talk.speaker, ledger.last, &mut count);
                    talk.send(&bytes.unwrap());
                }
            }
            prop_assert_eq!(&talk.closed, &None);
        }
        for pair in ledger.steps.windows(2) {
            prop_assert_eq!(pair[1], pair[0] + 1, "no frame is lost");
        }
    }

    /// \[14, 15, 19\]: however interactions are merged, what comes out is what they say one by one.
    #[test]
    fn merged_or_one_by_one_the_last_write_wins(
        acts in prop::collection::vec(act(), 1..30),
        pauses in prop::collection::vec(any::<bool>(), 30),
    ) {
        let mut truth: Vec<[f64; 3]> = helium(4).into_iter().map(|(_, at)| at).collect();
        let mut talk = Talk::new();
        let first = talk.speaker.interact(whole(&helium(4)), 0);
        let mut heard = talk.ask(&first);
        let mut count = 0;
        for (act, pause) in acts.iter().zip(&pauses) {
            match act {
                // Atoms beyond the next one would have no element or place.
                Act::Place(atom, shift) if *atom <= truth.len() => {
                    let place = [4.0 * *atom as f64 + shift, 0.0, 0.0];
                    if *atom == truth.len() {
                        truth.push(place);
                    }
                    truth[*atom] = place;
                }
                Act::Shrink(atoms) => truth = helium(*atoms).into_iter().map(|(_, at)| at).collect(),
                _ => continue,
            }
            let bytes = bytes(act, &mut talk.speaker, 0, &mut count).unwrap();
            talk.send(&bytes);
            if *pause {
                heard.extend(talk.listen(1000));
            }
        }
        heard.extend(talk.listen(1000));
        let last = heard.iter().rev().find_map(Heard::frame).unwrap();
        prop_assert_eq!(&last.positions, &truth.concat());
        prop_assert_eq!(last.forces.len(), last.positions.len());
    }

    /// A guest's numbers never fall, it is never more than ten messages behind, and the last frame it
    /// hears is the newest.
    #[test]
    fn a_guest_is_never_far_behind_and_ends_at_the_newest(
        acts in prop::collection::vec(act(), 1..60),
        waits in prop::collection::vec(0..200_u64, 60),
    ) {
        let mut room = Room::new(Role::Driver);
        let (mut last, mut acknowledged, mut count) = (0, 0, 0);
        let mut seen = None;
        for (act, wait) in acts.iter().zip(&waits) {
            room.now += Duration::from_millis(*wait);
            let heard = match act {
                Act::Listen(most) => {
                    room.step(*most);
                    room.listen()
                }
                act => {
                    acknowledged = acknowledged.max(acknowledges(act, last));
                    let bytes = bytes(act, &mut room.speaker, last, &mut count).unwrap();
                    room.send(&bytes);
                    Vec::new()
                }
            };
            for message in &heard {
                let repeats = message.words() == "WAITING_FOR_ACK";
                prop_assert_eq!(message.seq, if repeats { last } else { last + 1 });
                last = message.seq;
                seen = message.frame().map(|frame| frame.number).or(seen);
                prop_assert!(message.notice().is_some() || last <= acknowledged + 10);
            }
        }
        // Let all pending be told: acknowledge, wait, and look at the last frame.
        let newest = room.step(1);
        for _ in 0..4 {
            let ack = room.speaker.acknowledge(last);
            room.send(&ack);
            room.now += Duration::from_secs(1);
            for message in room.listen() {
                last = message.seq;
                seen = message.frame().map(|frame| frame.number).or(seen);
            }
        }
        prop_assert_eq!(seen, Some(newest.number));
    }

    /// Bytes that mean nothing, and messages with parts exchanged, are answered in words at most.
    #[test]
    fn whatever_bytes_come_nothing_breaks(
        messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..20),
        cut in 0..60_usize,
        flip in 0..60_usize,
    ) {
        let mut talk = Talk::new();
        let mut valid = talk.speaker.interact(whole(&WATER), 1);
        if let Some(byte) = valid.get_mut(flip) {
            *byte ^= 0x55;
        }
        valid.truncate(valid.len().saturating_sub(cut));
        talk.send(&valid);
        talk.listen(20);
        for message in messages {
            talk.send(&message);
            let heard = talk.listen(20);
            prop_assert!(frames(&heard).len() <= 10, "a stream that nobody acknowledges pauses");
        }
        let again = talk.speaker.interact(whole(&WATER), 2);
        let heard = talk.ask(&again);
        prop_assert!(talk.closed.is_some() || !heard.is_empty(), "it still answers");
    }
}
