//! Tests of roles and tokens.

use std::time::Duration;

use tokio::time::sleep;

use super::client::*;
use super::rooms::{join, people};
use super::test_server::{DRIVER, OWNER, TestServer, test_server};
use super::websocket_client::connect;

fn grab() -> Payload {
    Payload::Grab(Grab {
        hand: 0,
        atoms: vec![0],
        grip: Some(grab::Grip::Hold(true)),
    })
}

/// Waits until the simulation has this number of closed hands.
async fn wait_for_hands(test: &TestServer, count: usize) {
    while test.sim.frame().grips.grasps().len() != count {
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_spectator_may_only_watch() {
    let test = test_server();
    let (mut client, welcome) = join(&test, "").await;
    assert_eq!(welcome.role(), Role::Spectator);
    for payload in [
        grab(),
        stop(),
        dynamics(300.0),
        Payload::UserInteraction(whole(&WATER)),
    ] {
        client.request(payload).await;
        client.notice("FORBIDDEN: your role is spectator").await;
    }
    assert_eq!(test.sim.frame().positions.len(), 8);
    assert!(test.sim.frame().grips.grasps().is_empty());
}

#[tokio::test]
async fn a_drivers_hands_drag_atoms_and_open_when_it_disconnects() {
    let test = test_server();
    let (mut client, welcome) = join(&test, DRIVER).await;
    assert_eq!(welcome.role(), Role::Driver);
    client.request(grab()).await;
    client
        .request(Payload::Move(Move {
            hand: 0,
            x: -1.0,
            y: 0.5,
            z: 0.0,
        }))
        .await;
    let dragged = client.until(|message| {
        message
            .frame()
            .is_some_and(|frame| frame.positions.starts_with(&[-1.0, 0.5, 0.0]))
    });
    let grasp = dragged.await.frame().unwrap().grasps[0].clone();
    assert_eq!(
        (grasp.person, grasp.hand, grasp.atoms),
        (welcome.person, 0, vec![0])
    );
    wait_for_hands(&test, 1).await;
    drop(client);
    wait_for_hands(&test, 0).await;
    assert!(test.sim.roster().is_empty());
}

#[tokio::test]
async fn a_driver_starts_and_stops() {
    let test = test_server();
    let (mut client, _) = join(&test, DRIVER).await;
    client.request(dynamics(40.0)).await;
    client
        .until(|message| message.frame().is_some_and(|frame| frame.step > 3))
        .await;
    client.request(stop()).await;
    let stopped = client.notice("SIMULATION_STOPPED").await;
    assert_eq!(stopped.notice().unwrap().simulation_stopped, Some(true));
    client
        .request(Payload::CreateRoom(CreateRoom {
            name: "mine".to_owned(),
        }))
        .await;
    client
        .notice("FORBIDDEN: your role is driver, this requires owner")
        .await;
}

#[tokio::test]
async fn an_owner_admits_and_removes() {
    let test = test_server();
    let (mut owner, _) = join(&test, OWNER).await;
    let (mut client, welcome) = join(&test, "").await;
    let admit = |role: Role| {
        Payload::Admit(Admit {
            person: welcome.person,
            role: role.into(),
        })
    };
    owner.request(admit(Role::Driver)).await;
    let again = client
        .until(|message| matches!(&message.payload, Some(Answer::Welcome(_))))
        .await;
    let Some(Answer::Welcome(again)) = again.payload else {
        panic!()
    };
    assert_eq!(again.role(), Role::Driver);
    client.request(grab()).await;
    wait_for_hands(&test, 1).await;
    owner
        .request(Payload::Remove(Remove { person: 4711 }))
        .await;
    owner
        .notice("REFUSED: there is no person 4711 in this room")
        .await;
    owner
        .request(Payload::Remove(Remove {
            person: welcome.person,
        }))
        .await;
    let (text, code) = client.end().await;
    assert_eq!(
        (text.as_str(), code),
        ("REMOVED: an owner has ended this connection", 1008)
    );
    owner
        .until(|message| people(message).is_some_and(|people| people.people.len() == 1))
        .await;
    wait_for_hands(&test, 0).await;
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let test = test_server();
    for query in ["/ws?room=main&token=guess", "/ws?token=guess"] {
        let mut client = connect(&test.url(query)).await;
        let (text, code) = client.end().await;
        assert!(text.starts_with("FORBIDDEN: unknown token"), "{text}");
        assert_eq!(code, 1008);
    }
    assert!(test.sim.roster().is_empty());
}

#[tokio::test]
async fn programs_can_send_their_token_in_a_header() {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let test = test_server();
    let mut request = test.url("/ws?room=main").into_client_request().unwrap();
    let bearer = format!("Bearer {DRIVER}").parse().unwrap();
    request.headers_mut().insert("authorization", bearer);
    let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let message = super::websocket_client::Client::over(socket).next().await;
    let Some(Answer::Welcome(welcome)) = message.payload else {
        panic!("{message:?}")
    };
    assert_eq!(welcome.role(), Role::Driver);
}
