//! Sessions in a room: the newest frame, roles, and the order of messages.

use std::sync::Arc;
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::playback::PlaybackStatus;
use mlipview_core::sim::{Command, Engine, Event, Frame, FrameAddress};
use mlipview_server::session::timeline::TimelinePlace;
use mlipview_server::session::{
    EncodeCache, JoinInfo, Limits, LookBackError, Outgoing, RecordedFrame, RoomRequest,
    RoomSession, wire,
};
use prost::Message;

use super::client::*;
use super::private_client::pass;

const PERSON: PersonId = PersonId(7);

/// A room in memory: an engine and the session of one client.
pub(crate) struct RoomClient {
    pub(crate) session: RoomSession,
    pub(crate) builder: MessageBuilder,
    pub(crate) now: Duration,
    pub(crate) engine: Engine,
    tickets: u64,
}

impl RoomClient {
    pub(crate) fn new(role: Role) -> RoomClient {
        let positions = (0..8).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
        let argon = Structure::new(vec![Element::AR; 8], positions.collect()).unwrap();
        RoomClient::with(role, argon)
    }

    pub(crate) fn with(role: Role, structure: Structure) -> RoomClient {
        let engine = Engine::new(structure, Some(Box::new(LennardJones::noble_gases())), 1);
        RoomClient::of(role, engine)
    }

    pub(crate) fn of(role: Role, mut engine: Engine) -> RoomClient {
        engine.take_events();
        let mut session = RoomSession::new(JoinInfo {
            person: PERSON,
            role,
            room: "main".to_owned(),
            rooms: vec!["main".to_owned()],
            title: "argon".into(),
            limits: Limits::default(),
        });
        session.on_frame(engine.frame());
        RoomClient {
            session,
            builder: MessageBuilder::default(),
            now: Duration::from_secs(100),
            engine,
            tickets: 0,
        }
    }

    /// Sends a request, applies its commands to the simulation, and returns all other requests.
    pub(crate) fn request(&mut self, payload: Payload) -> Vec<RoomRequest> {
        let bytes = self.builder.request(payload);
        self.send(&bytes)
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Vec<RoomRequest> {
        pass(&mut self.session, bytes, self.now);
        let mut others = Vec::new();
        while let Some(request) = self.session.next_request() {
            match request {
                RoomRequest::Command(command) => {
                    self.tickets += 1;
                    self.session.on_ticket(Ok(self.tickets));
                    self.engine.apply(self.tickets, *command);
                }
                other => others.push(other),
            }
        }
        others
    }

    /// Lets the simulation take steps, and passes the last frame to the session.
    pub(crate) fn step(&mut self, steps: usize) -> Arc<Frame> {
        for _ in 0..steps {
            self.engine.step();
        }
        for event in self.engine.take_events() {
            self.session.on_event(&event);
        }
        let frame = self.engine.frame();
        let place = |status| TimelinePlace::of(self.engine.timeline(), &status, &frame);
        let place = frame.playback.map(place).unwrap_or_default();
        self.session.on_recorded_frame(Arc::clone(&frame), place);
        frame
    }

    /// Reads the frame that the session looks back at, if it wants one now.
    pub(crate) fn read(&mut self) -> Option<FrameAddress> {
        let address = self.session.next_read(self.now)?;
        let timeline = self.engine.timeline();
        let outcome = timeline.frame(address).map_err(LookBackError::from);
        let recorded = outcome.map(|frame| RecordedFrame {
            place: TimelinePlace::of(timeline, &PlaybackStatus::paused(address), &frame),
            frame,
            bonds: None,
        });
        self.session.on_read(address, recorded);
        Some(address)
    }

    /// All messages that can be sent now.
    pub(crate) fn receive(&mut self) -> Vec<ServerResult> {
        let mut received = Vec::new();
        while let Some(outgoing) = self.session.poll(self.now) {
            if let Outgoing::Message(message) = outgoing {
                received.push(ServerResult::decode(wire::encode(&message)).unwrap());
            }
        }
        received
    }

    /// All messages after another second, which are then acknowledged.
    pub(crate) fn receive_later(&mut self) -> Vec<ServerResult> {
        self.now += Duration::from_secs(1);
        let received = self.receive();
        if let Some(last) = received.last() {
            let ack = self.builder.acknowledge(last.seq);
            self.send(&ack);
        }
        received
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
fn a_client_receives_welcome_snapshot_and_frame_before_its_first_message() {
    let mut room = RoomClient::new(Role::Spectator);
    let received = room.receive();
    let Some(Answer::Welcome(welcome)) = &received[0].payload else {
        panic!("{received:?}")
    };
    assert_eq!(
        (welcome.role(), welcome.room.as_str()),
        (super::client::Role::Spectator, "main")
    );
    assert_eq!(welcome.limits.as_ref().unwrap().unacknowledged, 10);
    let Some(Answer::Snapshot(snapshot)) = &received[1].payload else {
        panic!("{received:?}")
    };
    assert_eq!(&snapshot.atomic_numbers[..], [18; 8]);
    assert_eq!(snapshot.positions[21], 3.8 * 7.0);
    assert_eq!(
        (snapshot.title.as_str(), snapshot.multiplicity),
        ("argon", 1)
    );
    assert!(received[2].frame().is_some());
    assert_eq!(received.len(), 3);
}

#[test]
fn a_slow_spectator_gets_the_newest_frame() {
    let mut room = RoomClient::new(Role::Driver);
    room.receive_later();
    room.request(dynamics(50.0));
    room.step(50);
    let received = room.receive_later();
    let seen: Vec<u64> = frames(&received).iter().map(|frame| frame.step).collect();
    assert_eq!(seen, [49], "frames between are skipped");
    assert_eq!(received.last().unwrap().sim_step, Some(49));
}

#[test]
fn a_client_without_acknowledgements_receives_ten_messages_and_a_notice() {
    let mut room = RoomClient::new(Role::Driver);
    room.request(dynamics(50.0));
    let mut received = Vec::new();
    for _ in 0..100 {
        room.step(1);
        room.now += Duration::from_secs(1);
        received.extend(room.receive());
    }
    assert_eq!(received.last().unwrap().text(), "WAITING_FOR_ACK");
    assert_eq!(received.last().unwrap().seq, 10);
    let ack = room.builder.acknowledge(10);
    room.send(&ack);
    let received = room.receive();
    assert_eq!(received[0].text(), "ACK_CLEARED");
    assert_eq!(frames(&received)[0].step, 99, "only the newest frame");
}

#[test]
fn frames_arrive_at_most_at_the_requested_rate() {
    let mut room = RoomClient::new(Role::Driver);
    room.receive_later();
    room.request(Payload::Attach(Attach {
        max_rate: 10.0,
        ..Default::default()
    }));
    room.receive_later();
    room.request(dynamics(50.0));
    let mut count = 0;
    for _ in 0..1000 {
        room.step(1);
        room.now += Duration::from_millis(2);
        let received = room.receive();
        count += frames(&received).len();
        if let Some(last) = received.last() {
            let ack = room.builder.acknowledge(last.seq);
            room.send(&ack);
        }
        if received.is_empty() {
            assert!(room.session.wait(room.now).unwrap() <= Duration::from_millis(100));
        }
    }
    assert!((19..=21).contains(&count), "{count} frames in two seconds");
}

#[test]
fn a_snapshot_comes_before_the_frames_of_its_structure() {
    let mut room = RoomClient::new(Role::Driver);
    let first = room.receive_later();
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
    let bytes = room.builder.interact(neon, 5);
    room.send(&bytes);
    room.step(3);
    let received = room.receive_later();
    let Some(Answer::Snapshot(after)) = &received[0].payload else {
        panic!("{received:?}")
    };
    assert!(after.revision > before.revision);
    assert_eq!(
        &after.atomic_numbers[..],
        [18, 18, 18, 10, 18, 18, 18, 18, 10]
    );
    let frame = received[1].frame().unwrap();
    assert_eq!(
        (frame.revision, frame.positions.len()),
        (after.revision, 27)
    );
    assert_eq!(
        received[1].user_interaction_count,
        Some(5),
        "the frame with the change answers it"
    );
}

#[test]
fn spectators_and_drivers_get_no_more_than_their_roles_allow() {
    let mut room = RoomClient::new(Role::Spectator);
    room.receive_later();
    let forbidden = [
        dynamics(300.0),
        stop(),
        grab(),
        Payload::Undo(Undo {}),
        Payload::UserInteraction(moved(&[(0, [1.0; 3])])),
    ];
    let count = forbidden.len();
    for payload in forbidden {
        room.request(payload);
    }
    let received = room.receive_later();
    assert_eq!(texts(&received).len(), count);
    assert!(
        texts(&received)
            .iter()
            .all(|text| text.starts_with("FORBIDDEN: your role is spectator"))
    );
    room.session.set_role(Role::Driver);
    room.request(grab());
    assert_eq!(room.step(1).grips.grasps().len(), 1);
    assert!(
        room.receive_later()
            .iter()
            .any(|message| matches!(message.payload, Some(Answer::Welcome(_))))
    );
    room.request(Payload::Admit(Admit { person: 1, role: 1 }));
    assert!(texts(&room.receive_later())[0].starts_with("FORBIDDEN: your role is driver"));
}

#[test]
fn a_driver_that_becomes_a_spectator_releases_its_hands() {
    let mut room = RoomClient::new(Role::Driver);
    room.request(grab());
    assert_eq!(room.step(1).grips.grasps().len(), 1);
    room.session.set_role(Role::Spectator);
    room.request(attach(Format::Double));
    assert_eq!(room.step(1).grips.grasps(), []);
    assert_eq!(room.session.hands().count(), 0);
}

#[test]
fn an_owner_admits_removes_and_creates_rooms() {
    let mut room = RoomClient::new(Role::Owner);
    let requests = [
        room.request(Payload::Admit(Admit { person: 3, role: 1 })),
        room.request(Payload::Remove(Remove { person: 4 })),
        room.request(Payload::CreateRoom(CreateRoom { name: "b".into() })),
        room.request(Payload::CloseRoom(CloseRoom { name: "b".into() })),
    ];
    let requests: Vec<RoomRequest> = requests.into_iter().flatten().collect();
    assert!(matches!(
        requests[0],
        RoomRequest::Admit(PersonId(3), Role::Driver)
    ));
    assert!(matches!(requests[1], RoomRequest::Remove(PersonId(4))));
    assert!(matches!(&requests[2], RoomRequest::CreateRoom(name) if name == "b"));
    assert!(matches!(&requests[3], RoomRequest::CloseRoom(name) if name == "b"));
}

#[test]
fn hands_belong_to_their_person_and_are_limited() {
    let mut room = RoomClient::new(Role::Driver);
    room.receive_later();
    for hand in 0..20 {
        room.request(Payload::Grab(Grab {
            hand,
            atoms: vec![hand % 8],
            grip: None,
        }));
    }
    let frame = room.step(1);
    assert_eq!(frame.grips.grasps().len(), 16);
    let received = room.receive_later();
    assert_eq!(texts(&received).len(), 4);
    let shown = frames(&received)[0];
    assert!(
        shown
            .grasps
            .iter()
            .all(|grasp| grasp.person == PERSON.0 && grasp.holds)
    );
    assert_eq!(room.session.hands().count(), 16);
    room.request(Payload::Release(Release { hand: 3 }));
    assert_eq!(room.session.hands().count(), 15);
    assert_eq!(room.step(1).grips.grasps().len(), 15);
}

#[test]
fn a_refusal_reaches_only_the_client_of_the_command() {
    let mut room = RoomClient::new(Role::Driver);
    room.receive_later();
    room.request(Payload::Grab(Grab {
        hand: 0,
        atoms: vec![99],
        grip: None,
    }));
    room.step(1);
    assert!(texts(&room.receive_later())[0].starts_with("REFUSED: there is no atom 99"));
    room.session.on_event(&Event::Refused {
        ticket: 1000,
        reason: "someone else's".to_owned(),
    });
    assert!(texts(&room.receive_later()).is_empty());
}

#[test]
fn the_error_of_fixed16_is_at_most_half_a_step() {
    let mut seed = 1_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let positions: Vec<DVec3> = (0..1000)
        .map(|_| DVec3::new(200.0 * random() - 500.0, 1e-3 * random(), 5.0))
        .collect();
    let atoms = Structure::new(vec![Element::AR; 1000], positions.clone()).unwrap();
    let mut room = RoomClient::with(Role::Spectator, atoms);
    room.request(attach(Format::Fixed16));
    let received = room.receive();
    let frame = frames(&received)[0];
    assert!(frame.positions.is_empty() && frame.forces.is_empty());
    let compact = frame.compact_positions.as_ref().unwrap();
    assert_eq!(compact.u16.len(), 6 * 1000, "six bytes for each atom");
    for (atom, position) in positions.iter().enumerate() {
        for axis in 0..3 {
            let at = 6 * atom + 2 * axis;
            let steps = u16::from_le_bytes([compact.u16[at], compact.u16[at + 1]]);
            let read = compact.origin[axis] + compact.extent[axis] * f32::from(steps) / 65_535.0;
            let half = 0.5 * f64::from(compact.extent[axis]) / 65_535.0;
            // Single precision rounds numbers near 700 to 6e-5.
            assert!(
                (f64::from(read) - position[axis]).abs() <= half + 7e-5,
                "{read} {position}"
            );
        }
    }
}

#[test]
fn single_precision_frames_have_the_requested_contents() {
    let mut room = RoomClient::new(Role::Driver);
    room.request(Payload::Attach(Attach {
        format: Format::Float.into(),
        forces: Some(true),
        velocities: Some(true),
        ..Default::default()
    }));
    let received = room.receive();
    let frame = frames(&received)[0];
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
    let expected = room.engine.frame().evaluation.as_ref().unwrap().forces[0].x;
    assert!((f64::from(force) / expected - 1.0).abs() < 1e-6);
}

#[test]
fn all_clients_of_a_format_share_one_encoding() {
    let cache = EncodeCache::default();
    let mut bytes = Vec::new();
    for reader in 0..3 {
        let mut room = RoomClient::new(Role::Spectator);
        room.builder.seq = reader;
        room.request(attach(Format::Fixed16));
        while let Some(Outgoing::Message(message)) = room.session.poll(room.now) {
            let shared = cache.encode(&message);
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
fn a_cell_is_sent_with_its_periodic_axes() {
    let vectors = [
        DVec3::new(9.0, 0.0, 0.0),
        DVec3::new(2.0, 8.0, 0.0),
        DVec3::new(0.0, 1.0, 7.0),
    ];
    let cell = Cell::new(vectors, [true, true, false]).unwrap();
    let slab = Structure::new(vec![Element::AR], vec![DVec3::ONE])
        .unwrap()
        .with_cell(cell);
    let mut room = RoomClient::with(Role::Spectator, slab);
    let received = room.receive();
    let frame = frames(&received)[0];
    assert_eq!(
        frame.cell.as_ref().unwrap().m,
        [9.0, 0.0, 0.0, 2.0, 8.0, 0.0, 0.0, 1.0, 7.0]
    );
    assert_eq!(frame.pbc, [true, true, false]);
}

#[test]
fn clients_cannot_change_the_potential_of_a_room() {
    let mut room = RoomClient::new(Role::Driver);
    room.receive_later();
    let other = SimulationParams {
        calculator: "emt".to_owned(),
        ..parameters(300.0)
    };
    room.request(start(SimType::Md, Some(other)));
    assert!(texts(&room.receive_later())[0].starts_with("CALCULATOR_NOT_SUPPORTED: this room has"));
    let uma = SimulationParams {
        calculator: "uma".to_owned(),
        ..parameters(300.0)
    };
    room.request(start(SimType::Md, Some(uma)));
    room.step(2);
    let received = room.receive_later();
    let model = &frames(&received)[0].model;
    assert!(
        model.contains("Lennard-Jones") || model.contains("lj"),
        "{model}"
    );
}

#[test]
fn the_end_of_a_run_is_reported_to_all() {
    let mut room = RoomClient::new(Role::Spectator);
    room.receive_later();
    room.engine.apply(1, Command::Stop);
    room.step(1);
    let received = room.receive_later();
    assert_eq!(texts(&received), ["SIMULATION_STOPPED"]);
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
}
