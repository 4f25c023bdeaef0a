//! Playback in a room: what drivers show to all, and what one client looks back at.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::presence::Role;
use mlipview_core::sim::FrameAddress as Address;
use mlipview_core::sim::{Activity, Command, Engine};
use mlipview_server::session::timeline::TimelinePlace;

use super::client::*;
use super::private_client::PrivateClient;
use super::room::RoomClient;
use super::trajectory::Trajectory;

/// A room that runs dynamics, and the frames that the client has received.
fn run(role: Role, format: Format, steps: usize) -> (RoomClient, Vec<Frame>) {
    let mut room = RoomClient::new(role);
    room.request(Payload::Attach(Attach {
        format: format.into(),
        velocities: Some(true),
        forces: Some(true),
        ..Default::default()
    }));
    let mut live = Vec::new();
    let mut record = |received: Vec<ServerResult>| {
        live.extend(frames(&received).into_iter().cloned());
    };
    record(room.receive_later());
    let dynamics = mlipview_core::sim::task::DynamicsSettings::default().task();
    room.engine.apply(1, Command::Run(dynamics));
    for _ in 0..steps {
        room.step(1);
        record(room.receive_later());
    }
    (room, live)
}

/// A replay: a simulation without a potential, whose timeline has the frames of a file.
pub(crate) fn replay(role: Role, trajectory: Trajectory) -> RoomClient {
    let engine = Engine::new(Structure::empty(), None, 0);
    let mut room = RoomClient::of(role, engine);
    let source = Arc::new(trajectory);
    room.engine.apply(1, Command::RestartTimeline(Some(source)));
    room.step(1);
    room.receive_later();
    room
}

/// The frame that the client receives after a request to look back.
pub(crate) fn looked_back(room: &mut RoomClient, address: FrameAddress) -> Vec<ServerResult> {
    room.now += Duration::from_secs(1);
    room.request(look_back(address));
    room.read();
    room.receive_later()
}

fn snapshots(received: &[ServerResult]) -> Vec<&Snapshot> {
    let snapshots = received
        .iter()
        .filter_map(|message| match &message.payload {
            Some(Answer::Snapshot(snapshot)) => Some(snapshot),
            _ => None,
        });
    snapshots.collect()
}

#[test]
fn a_frame_looked_back_at_has_the_contents_that_it_had_when_it_was_live() {
    for format in [Format::Double, Format::Float, Format::Fixed16] {
        let (mut room, live) = run(Role::Spectator, format, 12);
        assert!(live.len() >= 12);
        for expected in live.iter().rev() {
            let received = looked_back(&mut room, in_memory(expected.number));
            let shown = frames(&received)[0];
            assert_eq!(shown.shown, Some(in_memory(expected.number)));
            let position = shown.position.unwrap();
            assert_eq!(live[position as usize].number, expected.number);
            let recorded = Frame {
                shown: None,
                position: None,
                ..shown.clone()
            };
            assert_eq!(recorded, *expected);
        }
    }
}

#[test]
fn a_client_that_looks_back_gets_no_newer_frames_until_it_follows_again() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 6);
    let received = looked_back(&mut room, in_memory(live[2].number));
    assert_eq!(frames(&received).len(), 1);
    room.step(3);
    assert!(frames(&room.receive_later()).is_empty());
    room.request(look_back(None));
    let received = room.receive_later();
    let newest = frames(&received)[0];
    assert_eq!(newest.number, room.engine.frame().number);
    assert_eq!(newest.shown, None);
    assert!(texts(&received).is_empty());
    assert_eq!(room.step(1).activity, room.engine.frame().activity);
    assert_eq!(frames(&room.receive_later()).len(), 1);
}

#[test]
fn looking_back_is_everybodys_own_and_playback_is_for_drivers() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 4);
    let address = in_memory(live[1].number);
    let play = Play {
        rate: 10.0,
        ..Default::default()
    };
    let forbidden = [
        show_frame(address),
        Payload::Play(play),
        Payload::EndPlayback(EndPlayback {}),
        Payload::ContinueFrom(ContinueFrom {
            address: Some(address),
        }),
    ];
    for payload in forbidden {
        room.request(payload);
        let received = room.receive_later();
        assert!(texts(&received)[0].starts_with("FORBIDDEN: your role is spectator"));
    }
    assert!(matches!(room.step(1).activity, Activity::Running(_)));
    let received = looked_back(&mut room, address);
    assert_eq!(frames(&received)[0].number, live[1].number);
    assert!(matches!(room.step(1).activity, Activity::Running(_)));
}

#[test]
fn a_driver_shows_plays_ends_and_continues_for_the_room() {
    let (mut room, live) = run(Role::Driver, Format::Double, 8);
    let address = in_memory(live[3].number);
    room.request(show_frame(address));
    room.step(1);
    let received = room.receive_later();
    let shown = frames(&received)[0];
    assert_eq!(
        (shown.shown, shown.position, &shown.playing),
        (Some(address), Some(3), &None)
    );
    assert_eq!(shown.positions, live[3].positions);
    assert!(shown.number > live.last().unwrap().number, "numbers rise");

    let play = Play {
        rate: 4.0,
        first: Some(in_memory(live[2].number)),
        last: Some(in_memory(live[5].number)),
        repeat: play::Repeat::BackAndForth.into(),
        ..Default::default()
    };
    room.request(Payload::Play(play));
    let mut positions = Vec::new();
    for _ in 0..6 {
        room.step(1);
        let received = room.receive_later();
        let shown = frames(&received)[0];
        let playing = shown.playing.unwrap();
        assert_eq!((playing.first, playing.last), (play.first, play.last));
        assert_eq!(playing.repeat(), play::Repeat::BackAndForth);
        positions.push(shown.position.unwrap());
    }
    assert_eq!(positions, [3, 4, 5, 4, 3, 2]);

    let pause = Play {
        pause: true,
        ..Default::default()
    };
    room.request(Payload::Play(pause));
    room.step(1);
    let received = room.receive_later();
    let shown = frames(&received)[0];
    assert_eq!((shown.position, &shown.playing), (Some(2), &None));

    room.request(Payload::EndPlayback(EndPlayback {}));
    room.step(1);
    let received = room.receive_later();
    let newest = frames(&received)[0];
    assert_eq!((newest.shown, newest.position), (None, None));
    assert_eq!(newest.activity(), super::client::Activity::Dynamics);

    room.request(Payload::ContinueFrom(ContinueFrom {
        address: Some(address),
    }));
    room.step(1);
    let received = room.receive_later();
    let continued = frames(&received)[0];
    assert_eq!(continued.positions, live[3].positions);
    assert_eq!(continued.activity(), super::client::Activity::Idle);
    assert_eq!(room.engine.timeline().lines().len(), 2);
}

#[test]
fn a_driver_that_shows_a_frame_to_the_room_stops_looking_back() {
    let (mut room, live) = run(Role::Driver, Format::Double, 6);
    looked_back(&mut room, in_memory(live[1].number));
    assert!(room.session.looks_back());
    room.request(show_frame(in_memory(live[4].number)));
    room.step(1);
    let received = room.receive_later();
    assert_eq!(frames(&received)[0].position, Some(4));
    assert!(!room.session.looks_back());
}

#[test]
fn a_replay_without_a_potential_is_shown_played_and_looked_back_at() {
    let mut room = replay(Role::Driver, Trajectory::new(10, 10));
    room.request(show_frame(in_file(7)));
    room.step(1);
    let received = room.receive_later();
    assert_eq!(snapshots(&received)[0].atomic_numbers.len(), 2);
    let shown = frames(&received)[0];
    assert_eq!((shown.shown, shown.position), (Some(in_file(7)), Some(7)));
    assert_eq!((shown.energy, shown.positions[1]), (Some(-7.0), 0.07));

    let play = Play {
        rate: -5.0,
        ..Default::default()
    };
    room.request(Payload::Play(play));
    for position in [7, 6, 5] {
        room.step(1);
        let received = room.receive_later();
        assert_eq!(frames(&received)[0].position, Some(position));
    }
    // The room shows the same structure: no other Snapshot is needed.
    let received = looked_back(&mut room, in_file(2));
    assert!(snapshots(&received).is_empty());
    assert_eq!(frames(&received)[0].energy, Some(-2.0));
}

#[test]
fn each_revision_that_a_client_receives_stands_for_one_structure() {
    let mut room = replay(Role::Spectator, Trajectory::new(10, 5));
    let mut structures: BTreeMap<u64, usize> = BTreeMap::new();
    let mut current = None;
    let mut receive = |received: &[ServerResult]| {
        for message in received {
            match &message.payload {
                Some(Answer::Snapshot(snapshot)) => {
                    let atoms = snapshot.atomic_numbers.len();
                    assert_eq!(*structures.entry(snapshot.revision).or_insert(atoms), atoms);
                    current = Some((snapshot.revision, atoms));
                }
                Some(Answer::Frame(frame)) => {
                    let atoms = frame.positions.len() / 3;
                    assert_eq!(Some((frame.revision, atoms)), current);
                }
                _ => {}
            }
        }
    };
    for index in [0, 1, 7, 8, 3, 9] {
        receive(&looked_back(&mut room, in_file(index)));
    }
    room.request(look_back(None));
    receive(&room.receive_later());
    // The room shows what the client has looked back at, under a revision of the room.
    room.engine.apply(2, Command::ShowFrame(Address::File(8)));
    room.step(1);
    receive(&room.receive_later());
    for index in [9, 2, 9, 0] {
        receive(&looked_back(&mut room, in_file(index)));
    }
    room.request(look_back(None));
    receive(&room.receive_later());
    let sizes: Vec<usize> = structures.values().copied().collect();
    assert!(
        [0, 2, 3].iter().all(|size| sizes.contains(size)),
        "{structures:?}"
    );
}

#[test]
fn frames_are_read_one_at_a_time_and_no_faster_than_they_are_sent() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 30);
    room.now += Duration::from_secs(1);
    let mut reads = 0;
    for tick in 0..1000 {
        room.now += Duration::from_millis(1);
        let address = in_memory(live[tick % 30].number);
        room.request(look_back(address));
        reads += u32::from(room.read().is_some());
        assert!(
            room.session.next_read(room.now).is_none(),
            "the last was not sent"
        );
        let received = room.receive();
        if let Some(last) = received.last() {
            let ack = room.builder.acknowledge(last.seq);
            room.send(&ack);
        }
    }
    assert!((50..=61).contains(&reads), "{reads} reads in a second");
}

#[test]
fn a_fast_run_does_not_keep_a_client_from_looking_back() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 8);
    let address = in_memory(live[3].number);
    room.request(look_back(address));
    // As a connection does: a newer frame comes in, all that can be sent is sent, then it is read.
    let shown = (0..100).find_map(|_| {
        room.now += Duration::from_millis(1);
        room.step(1);
        let received = room.receive();
        room.read();
        frames(&received).last().and_then(|frame| frame.shown)
    });
    assert_eq!(shown, Some(address), "within 0.1 s");
}

#[test]
fn the_newest_request_replaces_those_that_wait() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 8);
    room.now += Duration::from_secs(1);
    for frame in &live[1..6] {
        room.request(look_back(in_memory(frame.number)));
    }
    assert_eq!(room.read(), Some(Address::Memory(live[5].number)));
    assert_eq!(room.read(), None);
    let received = room.receive_later();
    assert_eq!(frames(&received).len(), 1);
}

#[test]
fn a_frame_that_cannot_be_read_ends_looking_back_with_a_notice() {
    let trajectory = Trajectory {
        damaged: Some(3),
        ..Trajectory::new(10, 10)
    };
    let mut room = replay(Role::Spectator, trajectory);
    for (index, reason) in [
        (3, "cannot read frame 3 of run.xyz"),
        (10, "run.xyz has no frame 10"),
    ] {
        looked_back(&mut room, in_file(2));
        let received = looked_back(&mut room, in_file(index));
        let text = texts(&received)[0];
        assert!(
            text.starts_with("LOOK_BACK_ENDED: ") && text.contains(reason),
            "{text}"
        );
        assert!(!room.session.looks_back());
        assert!(frames(&received).iter().all(|frame| frame.shown.is_none()));
    }
    let received = looked_back(&mut room, in_memory(12_345));
    assert!(texts(&received)[0].contains("frame 12345 is not in the timeline"));
}

#[test]
fn a_frame_that_was_requested_before_following_again_is_not_sent() {
    let (mut room, live) = run(Role::Spectator, Format::Double, 4);
    room.now += Duration::from_secs(1);
    room.request(look_back(in_memory(live[1].number)));
    let address = room.session.next_read(room.now).unwrap();
    room.request(look_back(None));
    let timeline = room.engine.timeline();
    let recorded = mlipview_server::session::RecordedFrame {
        frame: timeline.frame(address).unwrap(),
        place: TimelinePlace::default(),
        bonds: None,
    };
    room.session.on_read(address, Ok(recorded));
    assert!(!room.session.looks_back());
    assert!(
        frames(&room.receive_later()).is_empty(),
        "the newest was sent before"
    );
}

#[test]
fn invalid_requests_of_playback_are_reported_and_change_nothing() {
    let mut room = replay(Role::Driver, Trajectory::new(10, 10));
    let play = |rate: f64| Play {
        rate,
        ..Default::default()
    };
    let empty = FrameAddress { at: None };
    let invalid = [
        show_frame(empty),
        Payload::ShowFrame(ShowFrame { address: None }),
        Payload::ContinueFrom(ContinueFrom { address: None }),
        look_back(empty),
        Payload::Play(play(0.0)),
        Payload::Play(play(f64::NAN)),
        Payload::Play(play(f64::INFINITY)),
        Payload::Play(Play {
            first: Some(in_file(1)),
            ..play(5.0)
        }),
        Payload::Play(Play {
            first: Some(in_file(1)),
            last: Some(empty),
            ..play(5.0)
        }),
        Payload::Play(Play {
            repeat: 3,
            ..play(5.0)
        }),
    ];
    for payload in invalid {
        let text = format!("{payload:?}");
        room.request(payload);
        let received = room.receive_later();
        assert!(
            texts(&received)[0].starts_with("PROTO_VIOLATION: "),
            "{text}: {received:?}"
        );
    }
    assert!(!room.session.looks_back());
    assert_eq!(room.engine.frame().playback, None);
    room.request(show_frame(in_file(99)));
    room.step(1);
    assert!(texts(&room.receive_later())[0].starts_with("REFUSED: run.xyz has no frame 99"));
}

#[test]
fn a_private_session_has_no_timeline() {
    let mut client = PrivateClient::new();
    let bytes = client.builder.request(look_back(in_memory(1)));
    client.send(&bytes);
    let received = client.receive(10);
    assert!(texts(&received)[0].starts_with("FORBIDDEN: a private session has no timeline"));
}

#[test]
fn a_recorded_frame_without_forces_has_the_energy_that_its_file_knows() {
    let mut trajectory = Trajectory::new(10, 10);
    for frame in &mut trajectory.frames {
        Arc::make_mut(frame).evaluation = None;
    }
    let mut room = replay(Role::Driver, trajectory);
    room.request(show_frame(in_file(4)));
    room.step(1);
    assert_eq!(frames(&room.receive_later())[0].energy, Some(-4.0));
    let received = looked_back(&mut room, in_file(7));
    let shown = frames(&received)[0];
    assert_eq!((shown.energy, shown.forces.len()), (Some(-7.0), 0));
}
