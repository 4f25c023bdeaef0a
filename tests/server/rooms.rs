//! Rooms: simulations that many clients share.

use std::time::Duration;

use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Edit, Task};
use tokio::time::timeout;

use super::client::*;
use super::test_server::{DRIVER, OWNER, TestServer, test_server};
use super::websocket_client::{Client, Received, connect};

/// A client in the room `main`, with its welcome.
pub(crate) async fn join(test: &TestServer, token: &str) -> (Client, Welcome) {
    let mut client = connect(&test.url(&format!("/ws?room=main&token={token}"))).await;
    let message = client.next().await;
    let Some(Answer::Welcome(welcome)) = message.payload else {
        panic!("{message:?}")
    };
    (client, welcome)
}

pub(crate) fn people(message: &ServerResult) -> Option<&People> {
    match &message.payload {
        Some(Answer::People(people)) => Some(people),
        _ => None,
    }
}

fn snapshot(message: &ServerResult) -> Option<&Snapshot> {
    match &message.payload {
        Some(Answer::Snapshot(snapshot)) => Some(snapshot),
        _ => None,
    }
}

fn attach(format: Format, max_rate: f64) -> Attach {
    Attach {
        format: format.into(),
        max_rate,
        ..Default::default()
    }
}

/// Starts dynamics of argon.
fn run(test: &TestServer) {
    let dynamics = Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 5.0,
        ensemble: Ensemble::Langevin {
            temperature: 40.0,
            friction: 1.0,
        },
    };
    test.sim
        .send(Command::Run(Task::Dynamics(dynamics)))
        .unwrap();
}

#[tokio::test]
async fn a_client_receives_welcome_snapshot_and_frame_before_its_first_message() {
    let test = test_server();
    let (mut client, welcome) = join(&test, "").await;
    assert_eq!(
        (welcome.role(), welcome.room.as_str()),
        (Role::Spectator, "main")
    );
    assert_eq!(welcome.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(welcome.rooms, ["main"]);
    let limits = welcome.limits.unwrap();
    assert_eq!(
        (limits.unacknowledged, limits.message_bytes),
        (10, 16 << 20)
    );
    assert_eq!((limits.messages_per_second, limits.atoms), (200, 10_000));
    let message = client.next().await;
    let shown = snapshot(&message).unwrap();
    assert_eq!(&shown.atomic_numbers[..], [18; 8]);
    assert_eq!(shown.positions[21], 3.8 * 7.0);
    assert_eq!((shown.title.as_str(), shown.multiplicity), ("argon", 1));
    assert!(shown.model.starts_with("lj:sigma=3.405"));
    assert!(client.frame().await.energy.is_some());
}

#[tokio::test]
async fn a_snapshot_comes_before_the_frames_of_its_structure() {
    let test = test_server();
    let (mut client, _) = join(&test, "").await;
    let first = client.frame().await.revision;
    test.sim.send(Command::Edit(Edit::Remove(vec![7]))).unwrap();
    let message = client.until(|message| snapshot(message).is_some()).await;
    let shown = snapshot(&message).unwrap();
    assert_eq!(shown.atomic_numbers.len(), 7);
    assert!(shown.revision > first);
    let frame = client.frame().await;
    assert_eq!(
        (frame.revision, frame.positions.len()),
        (shown.revision, 21)
    );
}

#[tokio::test]
async fn a_slow_client_gets_the_newest_frame_without_delaying_others() {
    let test = test_server();
    let (mut slow, _) = join(&test, "").await;
    slow.acknowledges = false;
    slow.frame().await;
    run(&test);
    let (mut quick, _) = join(&test, "").await;
    let newest = loop {
        let frame = quick.frame().await;
        if frame.step > 300 {
            break frame;
        }
    };
    let waiting = slow.notice("WAITING_FOR_ACK").await;
    let last = waiting.seq;
    slow.acknowledge(last).await;
    slow.notice("ACK_CLEARED").await;
    let next = slow.frame().await;
    assert!(
        next.number >= newest.number,
        "{} is behind {}",
        next.number,
        newest.number
    );
}

#[tokio::test]
async fn frames_arrive_at_most_at_the_requested_rate() {
    let test = test_server();
    let (mut slow, _) = join(&test, "").await;
    slow.request(Payload::Attach(attach(Format::Float, 0.01)))
        .await;
    slow.until(|message| {
        message
            .frame()
            .is_some_and(|frame| frame.compact_positions.is_some())
    })
    .await;
    let (mut fast, _) = join(&test, "").await;
    run(&test);
    for _ in 0..30 {
        fast.frame().await;
    }
    let mut frames = 0;
    while let Ok(Received::Message(message)) =
        timeout(Duration::from_millis(100), slow.receive()).await
    {
        frames += u32::from(message.frame().is_some());
    }
    assert!(frames <= 1, "{frames} within a second, at one in a hundred");
}

#[tokio::test]
async fn all_formats_have_the_same_positions() {
    let test = test_server();
    let expected: Vec<f64> = test
        .sim
        .frame()
        .positions
        .iter()
        .flat_map(|at| at.to_array())
        .collect();
    for format in [Format::Double, Format::Float, Format::Fixed16] {
        let (mut client, _) = join(&test, "").await;
        client.frame().await;
        client.request(Payload::Attach(attach(format, 0.0))).await;
        let message =
            client.until(|message| message.frame().is_some_and(|frame| frame.forces.is_empty()));
        let frame = message.await.frame().unwrap().clone();
        let values: Vec<f64> = match format {
            Format::Double => frame.positions,
            Format::Float => {
                let compact = frame.compact_positions.unwrap();
                let floats = compact.f32.as_chunks::<4>().0.iter();
                floats
                    .map(|bytes| f64::from(f32::from_le_bytes(*bytes)))
                    .collect()
            }
            Format::Fixed16 => {
                let compact = frame.compact_positions.unwrap();
                assert_eq!(compact.u16.len(), 6 * 8, "6 bytes for each atom");
                let steps = compact.u16.as_chunks::<2>().0.iter().enumerate();
                let value = |(index, bytes): (usize, &[u8; 2])| {
                    let (origin, extent) = (compact.origin[index % 3], compact.extent[index % 3]);
                    let step = f64::from(u16::from_le_bytes(*bytes));
                    f64::from(origin) + f64::from(extent) * step / 65_535.0
                };
                steps.map(value).collect()
            }
        };
        // Half a step of fixed16 in a box of 26.6 Å.
        for (value, expected) in values.iter().zip(&expected) {
            assert!(
                (value - expected).abs() < 2.2e-4,
                "{value} is not {expected}"
            );
        }
        assert_eq!(values.len(), expected.len());
    }
}

#[tokio::test]
async fn bonds_are_sent_on_request() {
    let test = test_server();
    let (mut client, _) = join(&test, "").await;
    let wants = Attach {
        bonds: true,
        ..attach(Format::Float, 0.0)
    };
    client.request(Payload::Attach(wants)).await;
    let bonds = |message: &ServerResult| match &message.payload {
        Some(Answer::Bonds(bonds)) => Some(bonds.clone()),
        _ => None,
    };
    let message = client.until(|message| bonds(message).is_some()).await;
    assert!(
        bonds(&message).unwrap().atoms.is_empty(),
        "argon is not bonded"
    );
    // Argon has a covalent radius of about 1 Å.
    let together = Edit::SetPositions(vec![(1, glam::DVec3::new(2.0, 0.0, 0.0))]);
    test.sim.send(Command::Edit(together)).unwrap();
    let bonded = |message: &ServerResult| bonds(message).is_some_and(|bonds| bonds.atoms == [0, 1]);
    client.until(bonded).await;
}

#[tokio::test]
async fn presence_is_relayed_to_other_people() {
    let test = test_server();
    let (mut one, _) = join(&test, "").await;
    let (mut other, welcome) = join(&test, "").await;
    let named = Attach {
        name: "Ada".to_owned(),
        color: 0x11_22_33,
        ..Default::default()
    };
    other.request(Payload::Attach(named)).await;
    let head = Pose {
        position: vec![1.0, 2.0, 3.0],
        orientation: vec![0.0, 0.0, 0.0, 1.0],
    };
    other
        .request(Payload::Presence(Presence {
            head: Some(head.clone()),
            hands: Vec::new(),
        }))
        .await;
    let seen = |message: &ServerResult| {
        people(message).is_some_and(|people| {
            people.people.iter().any(|person| {
                (person.id, person.name.as_str(), person.color)
                    == (welcome.person, "Ada", 0x11_22_33)
                    && person
                        .presence
                        .as_ref()
                        .is_some_and(|presence| presence.head == Some(head.clone()))
            })
        })
    };
    one.until(seen).await;
    drop(other);
    one.until(|message| people(message).is_some_and(|people| people.people.len() == 1))
        .await;
}

#[tokio::test]
async fn an_owner_creates_and_closes_a_room_with_a_copy() {
    let test = test_server();
    let (mut owner, _) = join(&test, OWNER).await;
    owner
        .request(Payload::CreateRoom(CreateRoom {
            name: "Copy!".to_owned(),
        }))
        .await;
    owner.notice("REFUSED: invalid room name \"Copy!\"").await;
    owner
        .request(Payload::CreateRoom(CreateRoom {
            name: "copy".to_owned(),
        }))
        .await;
    owner.notice("ROOM_CREATED: copy").await;
    owner
        .request(Payload::CreateRoom(CreateRoom {
            name: "copy".to_owned(),
        }))
        .await;
    owner
        .notice("REFUSED: the room \"copy\" exists already")
        .await;

    let mut visitor = connect(&test.url(&format!("/ws?room=copy&token={DRIVER}"))).await;
    let message = visitor.next().await;
    let Some(Answer::Welcome(welcome)) = message.payload else {
        panic!("{message:?}")
    };
    assert_eq!(
        (welcome.room.as_str(), welcome.rooms),
        ("copy", vec!["main".to_owned(), "copy".to_owned()])
    );
    assert_eq!(visitor.frame().await.positions.len(), 24);
    visitor.interact(whole(&WATER), 1).await;
    visitor
        .until(|message| snapshot(message).is_some_and(|shown| shown.atomic_numbers.len() == 3))
        .await;
    assert_eq!(
        test.sim.frame().positions.len(),
        8,
        "the copy is another simulation"
    );

    owner
        .request(Payload::CloseRoom(CloseRoom {
            name: "copy".to_owned(),
        }))
        .await;
    let (text, code) = visitor.end().await;
    assert_eq!(
        (text.as_str(), code),
        ("ROOM_CLOSED: an owner has closed this room", 1001)
    );
    owner
        .request(Payload::CloseRoom(CloseRoom {
            name: "main".to_owned(),
        }))
        .await;
    owner
        .notice("REFUSED: the room \"main\" cannot be closed")
        .await;
}

#[tokio::test]
async fn rooms_are_limited_and_unknown_names_are_refused() {
    let test = TestServer::limited(|limits| limits.rooms = 2);
    let (mut owner, _) = join(&test, OWNER).await;
    owner
        .request(Payload::CreateRoom(CreateRoom {
            name: "a".to_owned(),
        }))
        .await;
    owner.notice("ROOM_CREATED").await;
    owner
        .request(Payload::CreateRoom(CreateRoom {
            name: "b".to_owned(),
        }))
        .await;
    owner.notice("LIMIT: 2 rooms at most").await;
    let mut client = connect(&test.url("/ws?room=b")).await;
    let (text, code) = client.end().await;
    assert_eq!(
        (text.as_str(), code),
        (
            "NO_SUCH_ROOM: there is no room \"b\"; expected main, a",
            1008
        )
    );
    let mut client = connect(&test.url(&format!("/ws?room=b&token={OWNER}"))).await;
    assert!(
        client
            .end()
            .await
            .0
            .ends_with("send CreateRoom from a room that has the structure")
    );
}
