//! A guest in a room: the newest frame, roles, and what is told when.

use std::sync::Arc;
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::{Command, Engine, Event, Frame};
use mlipview_server::session::{Encodings, GuestSession, Invitation, Limits, Outgoing, Wish, wire};
use prost::Message;

use super::client::*;

const ME: PersonId = PersonId(7);

/// A room in memory: an engine, and one guest at its window.
pub(crate) struct Room {
    pub(crate) guest: GuestSession,
    pub(crate) speaker: Speaker,
    pub(crate) now: Duration,
    engine: Engine,
    tickets: u64,
}

impl Room {
    pub(crate) fn new(role: Role) -> Room {
        let places = (0..8).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
        let argon = Structure::new(vec![Element::AR; 8], places.collect()).unwrap();
        Room::with(role, argon)
    }

    pub(crate) fn with(role: Role, structure: Structure) -> Room {
        let mut engine = Engine::new(structure, Some(Box::new(LennardJones::noble_gases())), 1);
        engine.take_events();
        let mut guest = GuestSession::new(Invitation {
            person: ME,
            role,
            room: "main".to_owned(),
            rooms: vec!["main".to_owned()],
            title: "argon".into(),
            limits: Limits::default(),
        });
        guest.see(engine.newest());
        Room {
            guest,
            speaker: Speaker::default(),
            now: Duration::from_secs(100),
            engine,
            tickets: 0,
        }
    }

    /// Says something, and lets the room do what the guest wishes of its simulation.
    pub(crate) fn say(&mut self, payload: Payload) -> Vec<Wish> {
        let bytes = self.speaker.say(payload);
        self.send(&bytes)
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Vec<Wish> {
        self.guest.receive(bytes, self.now);
        let mut others = Vec::new();
        while let Some(wish) = self.guest.next_wish() {
            match wish {
                Wish::Command(command) => {
                    self.tickets += 1;
                    self.guest.sent(Ok(self.tickets));
                    self.engine.apply(self.tickets, *command);
                }
                other => others.push(other),
            }
        }
        others
    }

    /// Lets the simulation take so many steps; the guest sees the last frame.
    pub(crate) fn step(&mut self, steps: usize) -> Arc<Frame> {
        for _ in 0..steps {
            self.engine.step();
        }
        for event in self.engine.take_events() {
            self.guest.tell(&event);
        }
        self.guest.see(self.engine.newest());
        self.engine.newest()
    }

    /// All that the guest is told now.
    pub(crate) fn listen(&mut self) -> Vec<ServerResult> {
        let mut heard = Vec::new();
        while let Some(outgoing) = self.guest.poll(self.now) {
            if let Outgoing::Message(message) = outgoing {
                heard.push(ServerResult::decode(wire::encode(&message)).unwrap());
            }
        }
        heard
    }

    /// All that is told within a second of reading and acknowledging everything.
    fn later(&mut self) -> Vec<ServerResult> {
        self.now += Duration::from_secs(1);
        let heard = self.listen();
        if let Some(last) = heard.last() {
            let ack = self.speaker.acknowledge(last.seq);
            self.send(&ack);
        }
        heard
    }
}

fn attach(format: Format) -> Payload {
    Payload::Attach(Attach {
        format: format.into(),
        ..Default::default()
    })
}

/// Closes a hand around the first atom.
fn grab() -> Payload {
    Payload::Grab(Grab {
        hand: 0,
        atoms: vec![0],
        grip: None,
    })
}

#[test]
fn a_guest_is_welcomed_and_shown_everything_before_it_speaks() {
    let mut room = Room::new(Role::Spectator);
    let heard = room.listen();
    let Some(Answer::Welcome(welcome)) = &heard[0].payload else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (welcome.role(), welcome.room.as_str()),
        (super::client::Role::Spectator, "main")
    );
    assert_eq!(welcome.limits.as_ref().unwrap().unacknowledged, 10);
    let Some(Answer::Snapshot(snapshot)) = &heard[1].payload else {
        panic!("{heard:?}")
    };
    assert_eq!(&snapshot.atomic_numbers[..], [18; 8]);
    assert_eq!(snapshot.positions[21], 3.8 * 7.0);
    assert_eq!(
        (snapshot.title.as_str(), snapshot.multiplicity),
        ("argon", 1)
    );
    assert!(heard[2].frame().is_some());
    assert_eq!(heard.len(), 3);
}

#[test]
fn a_slow_spectator_gets_the_newest_frame() {
    let mut room = Room::new(Role::Driver);
    room.later();
    room.say(dynamics(50.0));
    room.step(50);
    let heard = room.later();
    let seen: Vec<u64> = frames(&heard).iter().map(|frame| frame.step).collect();
    assert_eq!(seen, [49], "those between are skipped");
    assert_eq!(heard.last().unwrap().sim_step, Some(49));
}

#[test]
fn whoever_acknowledges_nothing_is_told_ten_messages_and_then_that_it_is_waited_for() {
    let mut room = Room::new(Role::Driver);
    room.say(dynamics(50.0));
    let mut heard = Vec::new();
    for _ in 0..100 {
        room.step(1);
        room.now += Duration::from_secs(1);
        heard.extend(room.listen());
    }
    assert_eq!(heard.last().unwrap().words(), "WAITING_FOR_ACK");
    assert_eq!(heard.last().unwrap().seq, 10);
    let ack = room.speaker.acknowledge(10);
    room.send(&ack);
    let heard = room.listen();
    assert_eq!(heard[0].words(), "ACK_CLEARED");
    assert_eq!(
        frames(&heard)[0].step,
        99,
        "then the newest, none of those before"
    );
}

#[test]
fn frames_come_at_most_as_often_as_they_were_asked_for() {
    let mut room = Room::new(Role::Driver);
    room.later();
    room.say(Payload::Attach(Attach {
        max_rate: 10.0,
        ..Default::default()
    }));
    room.later();
    room.say(dynamics(50.0));
    let mut count = 0;
    for _ in 0..1000 {
        room.step(1);
        room.now += Duration::from_millis(2);
        let heard = room.listen();
        count += frames(&heard).len();
        if let Some(last) = heard.last() {
            let ack = room.speaker.acknowledge(last.seq);
            room.send(&ack);
        }
        if heard.is_empty() {
            assert!(room.guest.wait(room.now).unwrap() <= Duration::from_millis(100));
        }
    }
    assert!((19..=21).contains(&count), "{count} frames in two seconds");
}

#[test]
fn other_atoms_are_shown_before_the_frames_that_need_them() {
    let mut room = Room::new(Role::Driver);
    let first = room.later();
    let Some(Answer::Snapshot(before)) = &first[1].payload else {
        panic!()
    };
    let neon = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![3, 8],
            values: vec![10, 10],
        }),
        ..moved(&[(8, [0.0, 9.0, 0.0])])
    };
    let bytes = room.speaker.interact(neon, 5);
    room.send(&bytes);
    room.step(3);
    let heard = room.later();
    let Some(Answer::Snapshot(after)) = &heard[0].payload else {
        panic!("{heard:?}")
    };
    assert!(after.revision > before.revision);
    assert_eq!(
        &after.atomic_numbers[..],
        [18, 18, 18, 10, 18, 18, 18, 18, 10]
    );
    let frame = heard[1].frame().unwrap();
    assert_eq!(
        (frame.revision, frame.positions.len()),
        (after.revision, 27)
    );
    assert_eq!(
        heard[1].user_interaction_count,
        Some(5),
        "the frame that shows it says so"
    );
}

#[test]
fn a_spectators_hands_are_tied() {
    let mut room = Room::new(Role::Spectator);
    room.later();
    let forbidden = [
        dynamics(300.0),
        stop(),
        grab(),
        Payload::Undo(Undo {}),
        Payload::UserInteraction(moved(&[(0, [1.0; 3])])),
    ];
    let count = forbidden.len();
    for payload in forbidden {
        room.say(payload);
    }
    let heard = room.later();
    assert_eq!(words(&heard).len(), count);
    assert!(
        words(&heard)
            .iter()
            .all(|words| words.starts_with("FORBIDDEN: you are here as spectator"))
    );
    room.guest.set_role(Role::Driver);
    room.say(grab());
    assert_eq!(room.step(1).grips.grasps().len(), 1);
    assert!(
        room.later()
            .iter()
            .any(|message| matches!(message.payload, Some(Answer::Welcome(_))))
    );
    room.say(Payload::Admit(Admit { person: 1, role: 1 }));
    assert!(words(&room.later())[0].starts_with("FORBIDDEN: you are here as driver"));
}

#[test]
fn who_may_no_longer_drive_lets_go_of_what_they_held() {
    let mut room = Room::new(Role::Driver);
    room.say(grab());
    assert_eq!(room.step(1).grips.grasps().len(), 1);
    room.guest.set_role(Role::Spectator);
    room.say(attach(Format::Double));
    assert_eq!(room.step(1).grips.grasps(), []);
    assert_eq!(room.guest.hands().count(), 0);
}

#[test]
fn an_owner_admits_removes_and_makes_rooms() {
    let mut room = Room::new(Role::Owner);
    let wishes = [
        room.say(Payload::Admit(Admit { person: 3, role: 1 })),
        room.say(Payload::Remove(Remove { person: 4 })),
        room.say(Payload::CreateRoom(CreateRoom { name: "b".into() })),
        room.say(Payload::CloseRoom(CloseRoom { name: "b".into() })),
    ];
    let wishes: Vec<Wish> = wishes.into_iter().flatten().collect();
    assert!(matches!(wishes[0], Wish::Admit(PersonId(3), Role::Driver)));
    assert!(matches!(wishes[1], Wish::Remove(PersonId(4))));
    assert!(matches!(&wishes[2], Wish::CreateRoom(name) if name == "b"));
    assert!(matches!(&wishes[3], Wish::CloseRoom(name) if name == "b"));
}

#[test]
fn hands_are_named_by_whose_they_are_and_counted() {
    let mut room = Room::new(Role::Driver);
    room.later();
    for hand in 0..20 {
        room.say(Payload::Grab(Grab {
            hand,
            atoms: vec![hand % 8],
            grip: None,
        }));
    }
    let frame = room.step(1);
    assert_eq!(frame.grips.grasps().len(), 16);
    let heard = room.later();
    assert_eq!(words(&heard).len(), 4);
    let shown = frames(&heard)[0];
    assert!(
        shown
            .grasps
            .iter()
            .all(|grasp| grasp.person == ME.0 && grasp.holds)
    );
    assert_eq!(room.guest.hands().count(), 16);
    room.say(Payload::Release(Release { hand: 3 }));
    assert_eq!(room.guest.hands().count(), 15);
    assert_eq!(room.step(1).grips.grasps().len(), 15);
}

#[test]
fn a_refusal_reaches_only_who_asked() {
    let mut room = Room::new(Role::Driver);
    room.later();
    room.say(Payload::Grab(Grab {
        hand: 0,
        atoms: vec![99],
        grip: None,
    }));
    room.step(1);
    assert!(words(&room.later())[0].starts_with("REFUSED: there is no atom 99"));
    room.guest.tell(&Event::Refused {
        ticket: 1000,
        reason: "someone else's".to_owned(),
    });
    assert!(words(&room.later()).is_empty());
}

#[test]
fn sixteen_bits_are_within_half_a_step_of_the_truth() {
    let mut seed = 1_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let places: Vec<DVec3> = (0..1000)
        .map(|_| DVec3::new(200.0 * random() - 500.0, 1e-3 * random(), 5.0))
        .collect();
    let atoms = Structure::new(vec![Element::AR; 1000], places.clone()).unwrap();
    let mut room = Room::with(Role::Spectator, atoms);
    room.say(attach(Format::Fixed16));
    let heard = room.listen();
    let frame = frames(&heard)[0];
    assert!(frame.positions.is_empty() && frame.forces.is_empty());
    let compact = frame.compact_positions.as_ref().unwrap();
    assert_eq!(compact.u16.len(), 6 * 1000, "six bytes for each atom");
    for (atom, place) in places.iter().enumerate() {
        for axis in 0..3 {
            let at = 6 * atom + 2 * axis;
            let steps = u16::from_le_bytes([compact.u16[at], compact.u16[at + 1]]);
            let read = compact.origin[axis] + compact.extent[axis] * f32::from(steps) / 65_535.0;
            let half = 0.5 * f64::from(compact.extent[axis]) / 65_535.0;
            // Besides, numbers near 700 are rounded to 6e-5 in single precision.
            assert!(
                (f64::from(read) - place[axis]).abs() <= half + 7e-5,
                "{read} {place}"
            );
        }
    }
}

#[test]
fn single_precision_has_what_was_asked_for() {
    let mut room = Room::new(Role::Driver);
    room.say(Payload::Attach(Attach {
        format: Format::Float.into(),
        forces: Some(true),
        velocities: Some(true),
        ..Default::default()
    }));
    let heard = room.listen();
    let frame = frames(&heard)[0];
    let vectors = [
        &frame.compact_positions,
        &frame.compact_velocities,
        &frame.compact_forces,
    ];
    for vectors in vectors {
        assert_eq!(vectors.as_ref().unwrap().f32.len(), 12 * 8);
    }
    let force = &frame.compact_forces.as_ref().unwrap().f32[..4];
    let force = f32::from_le_bytes(force.try_into().unwrap());
    let truth = room.engine.newest().evaluation.as_ref().unwrap().forces[0].x;
    assert!((f64::from(force) / truth - 1.0).abs() < 1e-6);
}

#[test]
fn all_readers_of_a_format_share_one_encoding() {
    let encodings = Encodings::default();
    let mut bytes = Vec::new();
    for reader in 0..3 {
        let mut room = Room::new(Role::Spectator);
        room.speaker.seq = reader;
        room.say(attach(Format::Fixed16));
        while let Some(Outgoing::Message(message)) = room.guest.poll(room.now) {
            let shared = encodings.encode(&message);
            assert_eq!(
                ServerResult::decode(shared.clone()).unwrap(),
                ServerResult::decode(wire::encode(&message)).unwrap()
            );
            bytes.push(shared);
        }
    }
    assert!(bytes.len() >= 9);
}

#[test]
fn a_cell_travels_with_what_repeats() {
    let vectors = [
        DVec3::new(9.0, 0.0, 0.0),
        DVec3::new(2.0, 8.0, 0.0),
        DVec3::new(0.0, 1.0, 7.0),
    ];
    let cell = Cell::new(vectors, [true, true, false]).unwrap();
    let slab = Structure::new(vec![Element::AR], vec![DVec3::ONE])
        .unwrap()
        .with_cell(cell);
    let mut room = Room::with(Role::Spectator, slab);
    let heard = room.listen();
    let frame = frames(&heard)[0];
    assert_eq!(
        frame.cell.as_ref().unwrap().m,
        [9.0, 0.0, 0.0, 2.0, 8.0, 0.0, 0.0, 1.0, 7.0]
    );
    assert_eq!(frame.pbc, [true, true, false]);
}

#[test]
fn a_room_keeps_its_potential() {
    let mut room = Room::new(Role::Driver);
    room.later();
    let other = SimulationParams {
        calculator: "emt".to_owned(),
        ..parameters(300.0)
    };
    room.say(start(SimType::Md, Some(other)));
    assert!(words(&room.later())[0].starts_with("CALCULATOR_NOT_SUPPORTED: this room has"));
    let uma = SimulationParams {
        calculator: "uma".to_owned(),
        ..parameters(300.0)
    };
    room.say(start(SimType::Md, Some(uma)));
    room.step(2);
    let heard = room.later();
    let model = &frames(&heard)[0].model;
    assert!(
        model.contains("Lennard-Jones") || model.contains("lj"),
        "{model}"
    );
}

#[test]
fn a_run_that_ends_is_told_to_all() {
    let mut room = Room::new(Role::Spectator);
    room.later();
    room.engine.apply(1, Command::Stop);
    room.step(1);
    let heard = room.later();
    assert_eq!(words(&heard), ["SIMULATION_STOPPED"]);
    assert_eq!(heard[0].notice().unwrap().simulation_stopped, Some(true));
}
