//! Playback in rooms over sockets.

use std::sync::Arc;
use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine, spawn};

use super::client::*;
use super::rooms::join;
use super::test_server::{DRIVER, TestServer, settings, test_server};
use super::trajectory::Trajectory;
use super::websocket_client::Client;

/// A server whose room `main` replays a file, without a potential.
fn replay(trajectory: Trajectory) -> TestServer {
    let mut engine = Engine::new(Structure::empty(), None, 0);
    engine.apply(1, Command::RestartTimeline(Some(Arc::new(trajectory))));
    let sim = spawn(engine).unwrap();
    sim.set_title("run.xyz");
    let server = mlipview_server::start(&settings(), sim.clone()).unwrap();
    TestServer { server, sim }
}

/// Asks for all contents of frames, as doubles.
fn everything() -> Attach {
    Attach {
        velocities: Some(true),
        forces: Some(true),
        ..Default::default()
    }
}

async fn recorded(client: &mut Client, address: FrameAddress) -> Frame {
    let message = client
        .until(|message| message.frame().is_some_and(|it| it.shown == Some(address)))
        .await;
    message.frame().unwrap().clone()
}

fn timeline(message: &ServerResult) -> Option<&Timeline> {
    match &message.payload {
        Some(Answer::Timeline(timeline)) => Some(timeline),
        _ => None,
    }
}

/// Starts dynamics, so slow that no frame is dropped from memory.
fn run(test: &TestServer) {
    test.sim.send(Command::SpeedLimit(Some(500.0))).unwrap();
    test.sim
        .send(Command::Run(DynamicsSettings::default().task()))
        .unwrap();
}

#[tokio::test]
async fn one_client_looks_back_while_another_follows_the_run() {
    let test = test_server();
    let (mut follower, _) = join(&test, "").await;
    follower.request(Payload::Attach(everything())).await;
    follower.frame().await;
    run(&test);
    let live = loop {
        let frame = follower.frame().await;
        if frame.step > 20 {
            break frame;
        }
    };
    let (mut other, _) = join(&test, "").await;
    other.request(Payload::Attach(everything())).await;
    let address = in_memory(live.number);
    other.request(look_back(address)).await;
    let shown = recorded(&mut other, address).await;
    let without_address = Frame {
        shown: None,
        position: None,
        ..shown
    };
    assert_eq!(
        without_address, live,
        "the frame as the other client has received it"
    );
    // The room goes on for everybody else.
    let mut newest = live.number;
    for _ in 0..5 {
        let frame = follower.frame().await;
        assert!(frame.number > newest && frame.shown.is_none());
        newest = frame.number;
    }
    other.request(look_back(None)).await;
    let message = other
        .until(|message| message.frame().is_some_and(|frame| frame.shown.is_none()))
        .await;
    let number = message.frame().unwrap().number;
    assert!(number >= newest, "not older than what the other client has");
}

#[tokio::test]
async fn a_drivers_scrub_is_seen_by_all() {
    let test = test_server();
    let (mut driver, _) = join(&test, DRIVER).await;
    let (mut spectator, _) = join(&test, "").await;
    run(&test);
    let live = loop {
        let frame = spectator.frame().await;
        if frame.step > 20 {
            break frame;
        }
    };
    let address = in_memory(live.number);
    driver.request(show_frame(address)).await;
    for client in [&mut driver, &mut spectator] {
        let shown = recorded(client, address).await;
        assert_eq!(shown.positions, live.positions);
        assert_eq!(shown.activity(), Activity::Playback);
        assert!(shown.position.is_some() && shown.playing.is_none());
    }
    let play = Play {
        rate: 30.0,
        repeat: play::Repeat::Loop.into(),
        ..Default::default()
    };
    driver.request(Payload::Play(play)).await;
    spectator
        .until(|message| {
            message
                .frame()
                .is_some_and(|frame| frame.playing == Some(play) && frame.shown != Some(address))
        })
        .await;
    driver.request(Payload::EndPlayback(EndPlayback {})).await;
    spectator
        .until(|message| {
            message
                .frame()
                .is_some_and(|frame| frame.shown.is_none() && frame.number > live.number)
        })
        .await;
}

#[tokio::test]
async fn a_file_without_a_potential_is_replayed_to_a_room() {
    let test = replay(Trajectory::new(600, 300));
    let (mut driver, _) = join(&test, DRIVER).await;
    let (mut spectator, _) = join(&test, "").await;
    let wants = Attach {
        timeline: true,
        bonds: true,
        ..everything()
    };
    spectator.request(Payload::Attach(wants)).await;
    let message = spectator.until(|message| timeline(message).is_some()).await;
    let summary = timeline(&message).unwrap();
    assert_eq!((summary.file.as_str(), summary.searched), ("run.xyz", 1.0));
    assert_eq!(summary.file_frames, 600);

    driver.request(show_frame(in_file(10))).await;
    let shown = recorded(&mut spectator, in_file(10)).await;
    assert_eq!((shown.energy, shown.position), (Some(-10.0), Some(10)));
    let play = Play {
        rate: 60.0,
        ..Default::default()
    };
    driver.request(Payload::Play(play)).await;
    recorded(&mut spectator, in_file(20)).await;
    driver
        .request(Payload::Play(Play {
            pause: true,
            ..Default::default()
        }))
        .await;

    // Another structure than that of the room, with its own Snapshot and bonds.
    spectator.request(look_back(in_file(450))).await;
    let message = spectator
        .until(|message| match &message.payload {
            Some(Answer::Snapshot(snapshot)) => snapshot.atomic_numbers.len() == 3,
            _ => false,
        })
        .await;
    let Some(Answer::Snapshot(snapshot)) = message.payload else {
        panic!()
    };
    let bonds = |message: &ServerResult| match &message.payload {
        Some(Answer::Bonds(bonds)) => bonds.revision == snapshot.revision,
        _ => false,
    };
    let message = spectator.until(bonds).await;
    let Some(Answer::Bonds(bonds)) = message.payload else {
        panic!()
    };
    assert_eq!(bonds.atoms.len(), 4, "argon atoms at 1.5 Å are bonded");
    let shown = recorded(&mut spectator, in_file(450)).await;
    assert_eq!(
        (shown.revision, shown.positions.len()),
        (snapshot.revision, 9)
    );
    assert_eq!(shown.energy, Some(-450.0));
    driver.request(show_frame(in_file(5))).await;
    assert_eq!(recorded(&mut driver, in_file(5)).await.positions.len(), 6);
    spectator.request(look_back(None)).await;
    assert_eq!(
        recorded(&mut spectator, in_file(5)).await.positions.len(),
        6
    );
}

#[tokio::test]
async fn a_client_follows_again_when_its_frame_is_gone() {
    let test = replay(Trajectory::new(20, 20));
    let (mut client, _) = join(&test, "").await;
    client.request(look_back(in_file(3))).await;
    recorded(&mut client, in_file(3)).await;
    test.sim.send(Command::RestartTimeline(None)).unwrap();
    client
        .notice("LOOK_BACK_ENDED: frame 3 of the file is no longer in the timeline")
        .await;
    assert_eq!(client.frame().await.shown, None);
    client.request(look_back(in_file(3))).await;
    client
        .notice("LOOK_BACK_ENDED: frame 3 of the file is not in the timeline")
        .await;
}

#[tokio::test]
async fn a_spectator_cannot_play_for_the_room() {
    let test = replay(Trajectory::new(20, 20));
    let (mut client, _) = join(&test, "").await;
    let address = Some(in_file(3));
    for payload in [
        show_frame(in_file(3)),
        Payload::Play(Play {
            rate: 1.0,
            ..Default::default()
        }),
        Payload::EndPlayback(EndPlayback {}),
        Payload::ContinueFrom(ContinueFrom { address }),
    ] {
        client.request(payload).await;
        client.notice("FORBIDDEN: your role is spectator").await;
    }
    assert_eq!(test.sim.frame().playback, None);
}

#[tokio::test]
async fn requests_to_look_back_count_for_the_rate_limit() {
    let test = TestServer::limited(|limits| limits.session.messages_per_second = 5);
    let (mut client, _) = join(&test, "").await;
    for _ in 0..30 {
        client.request(look_back(in_memory(1))).await;
    }
    let (text, code) = client.end().await;
    assert!(text.starts_with("LIMIT: 5 messages per second"), "{text}");
    assert_eq!(code, 1008);
}

#[tokio::test]
async fn a_slow_reader_that_looks_back_delays_nobody() {
    let test = test_server();
    let (mut slow, _) = join(&test, "").await;
    let first = slow.frame().await.number;
    slow.acknowledges = false;
    run(&test);
    for _ in 0..40 {
        slow.request(look_back(in_memory(first))).await;
        // Longer than the interval of frames: each request is answered with a frame.
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let (mut quick, _) = join(&test, "").await;
    while quick.frame().await.step < 300 {}
    tokio::time::timeout(Duration::from_secs(30), slow.notice("WAITING_FOR_ACK"))
        .await
        .unwrap();
}
