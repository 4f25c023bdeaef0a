//! Limits: a client that exceeds one is disconnected with a notice.

use std::time::Duration;

use mlipview_core::chem::{Element, Structure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::*;
use super::rooms::join;
use super::test_server::{DRIVER, TestServer, settings, test_server_of};
use super::websocket_client::{Received, connect};

#[tokio::test]
async fn connections_are_limited() {
    let test = TestServer::limited(|limits| limits.connections = 2);
    let (first, _) = join(&test, "").await;
    let (_second, _) = join(&test, "").await;
    let mut third = connect(&test.url("/ws?room=main")).await;
    let (text, code) = third.end().await;
    assert_eq!(
        (text.as_str(), code),
        ("LIMIT: 2 connections at most; try again later", 1013)
    );
    drop(first);
    while test.server.connections() > 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    join(&test, "").await;
}

#[tokio::test]
async fn private_sessions_are_limited() {
    let test = TestServer::limited(|limits| limits.private_sessions = 1);
    let mut first = connect(&test.url("/ws")).await;
    first.interact(whole(&WATER), 1).await;
    first.frame().await;
    let mut second = connect(&test.url("/ws")).await;
    let (text, code) = second.end().await;
    assert_eq!(
        (text.as_str(), code),
        ("LIMIT: 1 private sessions at most; try again later", 1013)
    );
    join(&test, "").await;
}

#[tokio::test]
async fn atoms_in_a_private_session_are_limited() {
    let test = TestServer::limited(|limits| limits.session.atoms = 2);
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    let (text, code) = client.end().await;
    assert_eq!(
        (text.as_str(), code),
        (
            "LIMIT: a private session has 2 atoms at most, not 3; send fewer",
            1008
        )
    );
}

#[tokio::test]
async fn the_size_of_messages_is_limited() {
    let test = TestServer::limited(|limits| limits.session.message_bytes = 1000);
    for query in ["/ws", "/ws?room=main"] {
        let mut client = connect(&test.url(query)).await;
        client.acknowledges = false;
        let _ = client.socket_binary(vec![0; 5 << 20]).await;
        let (text, code) = client.end().await;
        assert_eq!(
            (text.as_str(), code),
            (
                "LIMIT: a message has 1000 bytes at most; send smaller ones",
                1009
            )
        );
    }
}

#[tokio::test]
async fn the_rate_of_messages_is_limited() {
    let test = TestServer::limited(|limits| limits.session.messages_per_second = 20);
    for query in ["/ws", "/ws?room=main"] {
        let mut client = connect(&test.url(query)).await;
        client.acknowledges = false;
        for _ in 0..100 {
            let stop = client.builder.request(stop());
            let _ = client.socket_binary(stop).await;
        }
        let (text, code) = client.end().await;
        assert!(
            text.starts_with("LIMIT: 20 messages per second at most"),
            "{text}"
        );
        assert_eq!(code, 1008);
    }
}

#[tokio::test]
async fn acknowledgements_of_sent_messages_are_free() {
    let test = TestServer::limited(|limits| limits.session.messages_per_second = 5);
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    client.frame().await;
    client.request(dynamics(100.0)).await;
    for _ in 0..200 {
        client.frame().await;
    }
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_disconnected() {
    let test = TestServer::limited(|limits| limits.ping_interval = Duration::from_millis(400));
    let (mut client, _) = join(&test, DRIVER).await;
    client.frame().await;
    // A client that does not read answers no ping.
    let disconnected = async {
        while test.server.connections() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), disconnected)
        .await
        .unwrap();
    assert!(test.sim.roster().is_empty());
}

#[tokio::test]
async fn a_client_that_answers_pings_stays_connected() {
    let test = TestServer::limited(|limits| limits.ping_interval = Duration::from_millis(1500));
    let (mut client, _) = join(&test, "").await;
    client.acknowledges = false;
    client.frame().await;
    // tungstenite answers pings while it reads.
    let three = Duration::from_secs(3);
    while let Ok(Received::Message(_)) = timeout(three, client.receive()).await {}
    assert_eq!(test.server.connections(), 1);
}

#[tokio::test]
async fn a_connection_without_a_request_times_out() {
    let test = TestServer::limited(|limits| limits.handshake_timeout = Duration::from_millis(300));
    let address = test.server.addresses()[0];
    for request in [
        "",
        "GET / HT",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let ended = timeout(Duration::from_secs(30), stream.read_to_end(&mut rest)).await;
        ended.expect("the server closes the connection").unwrap();
    }
}

#[tokio::test]
async fn a_client_that_never_reads_times_out_without_delaying_others() {
    // Ten frames of this size exceed the socket buffers of the system.
    let along = |atom: i32| 12.0 * f64::from(atom);
    let grid = (0..27 * 27 * 27)
        .map(|atom| glam::DVec3::new(along(atom % 27), along(atom / 27 % 27), along(atom / 729)));
    let at: Vec<glam::DVec3> = grid.collect();
    let grid_structure = Structure::new(vec![Element::AR; at.len()], at).unwrap();
    let mut settings = settings();
    settings.limits.write_timeout = Duration::from_millis(500);
    let test = test_server_of(settings, grid_structure);
    let mut blocked = Vec::new();
    for _ in 0..3 {
        blocked.push(join(&test, "").await.0);
    }
    let (mut other, _) = join(&test, DRIVER).await;
    other
        .request(Payload::Attach(Attach {
            format: Format::Fixed16.into(),
            ..Default::default()
        }))
        .await;
    other.request(dynamics(10.0)).await;
    while test.server.connections() > 1 {
        other.frame().await;
    }
    drop(blocked);
    other.frame().await;
}
