//! Over a limit, the limit is named and the connection ends.

use std::time::Duration;

use mlipview_core::chem::{Element, Structure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::*;
use super::place::{DRIVER, Place, place_of, settings};
use super::rooms::guest;
use super::wire::{Told, visit};

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let place = Place::limited(|limits| limits.connections = 2);
    let (first, _) = guest(&place, "").await;
    let (_second, _) = guest(&place, "").await;
    let mut third = visit(&place.at("/ws?room=main")).await;
    let (words, code) = third.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("LIMIT: 2 connections at most; try again later", 1013)
    );
    drop(first);
    while place.server.connections() > 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    guest(&place, "").await;
}

#[tokio::test]
async fn no_more_private_sessions_than_allowed() {
    let place = Place::limited(|limits| limits.private_sessions = 1);
    let mut first = visit(&place.at("/ws")).await;
    first.interact(whole(&WATER), 1).await;
    first.frame().await;
    let mut second = visit(&place.at("/ws")).await;
    let (words, code) = second.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("LIMIT: 1 private sessions at most; try again later", 1013)
    );
    guest(&place, "").await;
}

#[tokio::test]
async fn no_more_atoms_in_a_private_session_than_allowed() {
    let place = Place::limited(|limits| limits.conversation.atoms = 2);
    let mut client = visit(&place.at("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    let (words, code) = client.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("LIMIT: a private session has 2 atoms at most, not 3", 1008)
    );
}

#[tokio::test]
async fn no_larger_messages_than_allowed() {
    let place = Place::limited(|limits| limits.conversation.message_bytes = 1000);
    for wanted in ["/ws", "/ws?room=main"] {
        let mut client = visit(&place.at(wanted)).await;
        client.polite = false;
        let _ = client.socket_binary(vec![0; 5 << 20]).await;
        let (words, code) = client.end().await;
        assert_eq!(
            (words.as_str(), code),
            ("LIMIT: a message has 1000 bytes at most", 1009)
        );
    }
}

#[tokio::test]
async fn no_more_messages_per_second_than_allowed() {
    let place = Place::limited(|limits| limits.conversation.messages_per_second = 20);
    for wanted in ["/ws", "/ws?room=main"] {
        let mut client = visit(&place.at(wanted)).await;
        client.polite = false;
        for _ in 0..100 {
            let stop = client.speaker.say(stop());
            let _ = client.socket_binary(stop).await;
        }
        let (words, code) = client.end().await;
        assert!(
            words.starts_with("LIMIT: 20 messages per second at most"),
            "{words}"
        );
        assert_eq!(code, 1008);
    }
}

#[tokio::test]
async fn acknowledgements_of_what_was_sent_do_not_count() {
    let place = Place::limited(|limits| limits.conversation.messages_per_second = 5);
    let mut client = visit(&place.at("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    client.frame().await;
    client.say(dynamics(100.0)).await;
    for _ in 0..200 {
        client.frame().await;
    }
}

#[tokio::test]
async fn who_gives_no_sign_of_life_is_gone() {
    let place = Place::limited(|limits| limits.ping = Duration::from_millis(400));
    let (mut client, _) = guest(&place, DRIVER).await;
    client.frame().await;
    // It reads no more, so it hears no ping and answers none.
    let gone = async {
        while place.server.connections() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), gone).await.unwrap();
    assert!(place.sim.roster().is_empty());
}

#[tokio::test]
async fn who_answers_pings_stays() {
    let place = Place::limited(|limits| limits.ping = Duration::from_millis(1500));
    let (mut client, _) = guest(&place, "").await;
    client.polite = false;
    client.frame().await;
    // Reading answers pings.
    let three = Duration::from_secs(3);
    while let Ok(Told::Message(_)) = timeout(three, client.told()).await {}
    assert_eq!(place.server.connections(), 1);
}

#[tokio::test]
async fn who_does_not_say_what_it_wants_is_cut_off() {
    let place = Place::limited(|limits| limits.handshake = Duration::from_millis(300));
    let address = place.server.addresses()[0];
    for begun in [
        "",
        "GET / HT",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let ended = timeout(Duration::from_secs(30), stream.read_to_end(&mut rest)).await;
        ended.expect("the server ends it").unwrap();
    }
}

#[tokio::test]
async fn who_never_reads_is_cut_off_and_nobody_notices() {
    // Ten frames of so many atoms are more than the system keeps for a reader that does not read.
    let along = |atom: i32| 12.0 * f64::from(atom);
    let grid = (0..27 * 27 * 27)
        .map(|atom| glam::DVec3::new(along(atom % 27), along(atom / 27 % 27), along(atom / 729)));
    let at: Vec<glam::DVec3> = grid.collect();
    let crowd = Structure::new(vec![Element::AR; at.len()], at).unwrap();
    let mut settings = settings();
    settings.limits.patience = Duration::from_millis(500);
    let place = place_of(settings, crowd);
    let mut deaf = Vec::new();
    for _ in 0..3 {
        deaf.push(guest(&place, "").await.0);
    }
    let (mut other, _) = guest(&place, DRIVER).await;
    other
        .say(Payload::Attach(Attach {
            format: Format::Fixed16.into(),
            ..Default::default()
        }))
        .await;
    other.say(dynamics(10.0)).await;
    while place.server.connections() > 1 {
        other.frame().await;
    }
    drop(deaf);
    other.frame().await;
}
