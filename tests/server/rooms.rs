//! Rooms: the same socket as a window on a simulation that others see too.

use std::time::Duration;

use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Edit, Task};
use tokio::time::timeout;

use super::client::*;
use super::place::{DRIVER, OWNER, Place, place};
use super::wire::{Client, Told, visit};

/// Someone in the room `main`, who has been welcomed.
pub(crate) async fn guest(place: &Place, token: &str) -> (Client, Welcome) {
    let mut client = visit(&place.at(&format!("/ws?room=main&token={token}"))).await;
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

/// Argon moves, for as long as nobody stops it.
fn run(place: &Place) {
    let dynamics = Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 5.0,
        ensemble: Ensemble::Langevin {
            temperature: 40.0,
            friction: 1.0,
        },
    };
    place
        .sim
        .send(Command::Run(Task::Dynamics(dynamics)))
        .unwrap();
}

#[tokio::test]
async fn a_guest_is_welcomed_and_shown_everything_before_it_speaks() {
    let place = place();
    let (mut client, welcome) = guest(&place, "").await;
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
async fn another_structure_is_shown_before_its_frames() {
    let place = place();
    let (mut client, _) = guest(&place, "").await;
    let first = client.frame().await.revision;
    place
        .sim
        .send(Command::Edit(Edit::Remove(vec![7])))
        .unwrap();
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
async fn a_slow_reader_gets_the_newest_frame_and_others_do_not_wait() {
    let place = place();
    let (mut slow, _) = guest(&place, "").await;
    slow.polite = false;
    slow.frame().await;
    run(&place);
    let (mut quick, _) = guest(&place, "").await;
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
async fn frames_come_at_most_as_often_as_they_were_asked_for() {
    let place = place();
    let (mut rare, _) = guest(&place, "").await;
    rare.say(Payload::Attach(attach(Format::Float, 0.01))).await;
    rare.until(|message| {
        message
            .frame()
            .is_some_and(|frame| frame.compact_positions.is_some())
    })
    .await;
    let (mut often, _) = guest(&place, "").await;
    run(&place);
    for _ in 0..30 {
        often.frame().await;
    }
    let mut frames = 0;
    while let Ok(Told::Message(message)) = timeout(Duration::from_millis(100), rare.told()).await {
        frames += u32::from(message.frame().is_some());
    }
    assert!(frames <= 1, "{frames} within a second, at one in a hundred");
}

#[tokio::test]
async fn all_formats_tell_the_same_places() {
    let place = place();
    let truth: Vec<f64> = place
        .sim
        .newest()
        .positions
        .iter()
        .flat_map(|at| at.to_array())
        .collect();
    for format in [Format::Double, Format::Float, Format::Fixed16] {
        let (mut client, _) = guest(&place, "").await;
        client.frame().await;
        client.say(Payload::Attach(attach(format, 0.0))).await;
        let message =
            client.until(|message| message.frame().is_some_and(|frame| frame.forces.is_empty()));
        let frame = message.await.frame().unwrap().clone();
        let told: Vec<f64> = match format {
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
        // The row is 26.6 Å long: half of 1/65535 of that.
        for (told, truth) in told.iter().zip(&truth) {
            assert!((told - truth).abs() < 2.2e-4, "{told} is not {truth}");
        }
        assert_eq!(told.len(), truth.len());
    }
}

#[tokio::test]
async fn bonds_are_told_to_those_who_ask_for_them() {
    let place = place();
    let (mut client, _) = guest(&place, "").await;
    let wants = Attach {
        bonds: true,
        ..attach(Format::Float, 0.0)
    };
    client.say(Payload::Attach(wants)).await;
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
    place.sim.send(Command::Edit(together)).unwrap();
    let bonded = |message: &ServerResult| bonds(message).is_some_and(|bonds| bonds.atoms == [0, 1]);
    client.until(bonded).await;
}

#[tokio::test]
async fn where_others_are_is_relayed() {
    let place = place();
    let (mut one, _) = guest(&place, "").await;
    let (mut other, welcome) = guest(&place, "").await;
    let named = Attach {
        name: "Ada".to_owned(),
        color: 0x11_22_33,
        ..Default::default()
    };
    other.say(Payload::Attach(named)).await;
    let head = Pose {
        position: vec![1.0, 2.0, 3.0],
        orientation: vec![0.0, 0.0, 0.0, 1.0],
    };
    other
        .say(Payload::Presence(Presence {
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
async fn an_owner_makes_a_room_with_a_copy_and_ends_it() {
    let place = place();
    let (mut owner, _) = guest(&place, OWNER).await;
    owner
        .say(Payload::CreateRoom(CreateRoom {
            name: "Copy!".to_owned(),
        }))
        .await;
    owner.notice("REFUSED: \"Copy!\" is no name").await;
    owner
        .say(Payload::CreateRoom(CreateRoom {
            name: "copy".to_owned(),
        }))
        .await;
    owner.notice("ROOM_CREATED: copy").await;
    owner
        .say(Payload::CreateRoom(CreateRoom {
            name: "copy".to_owned(),
        }))
        .await;
    owner
        .notice("REFUSED: there is a room \"copy\" already")
        .await;

    let mut visitor = visit(&place.at(&format!("/ws?room=copy&token={DRIVER}"))).await;
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
        place.sim.newest().positions.len(),
        8,
        "the original is another simulation"
    );

    owner
        .say(Payload::CloseRoom(CloseRoom {
            name: "copy".to_owned(),
        }))
        .await;
    let (words, code) = visitor.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("ROOM_CLOSED: an owner has ended this room", 1001)
    );
    owner
        .say(Payload::CloseRoom(CloseRoom {
            name: "main".to_owned(),
        }))
        .await;
    owner
        .notice("REFUSED: the room \"main\" is always there")
        .await;
}

#[tokio::test]
async fn rooms_are_limited_and_those_that_are_not_there_are_named() {
    let place = Place::limited(|limits| limits.rooms = 2);
    let (mut owner, _) = guest(&place, OWNER).await;
    owner
        .say(Payload::CreateRoom(CreateRoom {
            name: "a".to_owned(),
        }))
        .await;
    owner.notice("ROOM_CREATED").await;
    owner
        .say(Payload::CreateRoom(CreateRoom {
            name: "b".to_owned(),
        }))
        .await;
    owner.notice("LIMIT: there are 2 rooms at most").await;
    let mut lost = visit(&place.at("/ws?room=b")).await;
    let (words, code) = lost.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("NO_SUCH_ROOM: there is no \"b\"; there is main, a", 1008)
    );
    let mut lost = visit(&place.at(&format!("/ws?room=b&token={OWNER}"))).await;
    assert!(
        lost.end()
            .await
            .0
            .ends_with("send CreateRoom from a room that has the structure")
    );
}
