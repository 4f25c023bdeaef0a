//! Who may do what.

use std::time::Duration;

use tokio::time::sleep;

use super::client::*;
use super::place::{DRIVER, OWNER, Place, place};
use super::rooms::{guest, people};
use super::wire::visit;

fn grab() -> Payload {
    Payload::Grab(Grab {
        hand: 0,
        atoms: vec![0],
        grip: Some(grab::Grip::Hold(true)),
    })
}

/// Waits until the simulation has so many hands at work.
async fn hands(place: &Place, count: usize) {
    while place.sim.newest().grips.grasps().len() != count {
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_spectator_may_only_watch() {
    let place = place();
    let (mut client, welcome) = guest(&place, "").await;
    assert_eq!(welcome.role(), Role::Spectator);
    for payload in [
        grab(),
        stop(),
        dynamics(300.0),
        Payload::UserInteraction(whole(&WATER)),
    ] {
        client.say(payload).await;
        client.notice("FORBIDDEN: you are here as spectator").await;
    }
    assert_eq!(place.sim.newest().positions.len(), 8);
    assert!(place.sim.newest().grips.grasps().is_empty());
}

#[tokio::test]
async fn a_driver_drags_and_its_hands_open_when_it_leaves() {
    let place = place();
    let (mut client, welcome) = guest(&place, DRIVER).await;
    assert_eq!(welcome.role(), Role::Driver);
    client.say(grab()).await;
    client
        .say(Payload::Move(Move {
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
    hands(&place, 1).await;
    drop(client);
    hands(&place, 0).await;
    assert!(place.sim.roster().is_empty());
}

#[tokio::test]
async fn a_driver_starts_and_stops() {
    let place = place();
    let (mut client, _) = guest(&place, DRIVER).await;
    client.say(dynamics(40.0)).await;
    client
        .until(|message| message.frame().is_some_and(|frame| frame.step > 3))
        .await;
    client.say(stop()).await;
    let stopped = client.notice("SIMULATION_STOPPED").await;
    assert_eq!(stopped.notice().unwrap().simulation_stopped, Some(true));
    client
        .say(Payload::CreateRoom(CreateRoom {
            name: "mine".to_owned(),
        }))
        .await;
    client
        .notice("FORBIDDEN: you are here as driver, and this takes the role of owner")
        .await;
}

#[tokio::test]
async fn an_owner_admits_and_removes() {
    let place = place();
    let (mut owner, _) = guest(&place, OWNER).await;
    let (mut client, welcome) = guest(&place, "").await;
    let admit = |role: Role| {
        Payload::Admit(Admit {
            person: welcome.person,
            role: role.into(),
        })
    };
    owner.say(admit(Role::Driver)).await;
    let again = client
        .until(|message| matches!(&message.payload, Some(Answer::Welcome(_))))
        .await;
    let Some(Answer::Welcome(again)) = again.payload else {
        panic!()
    };
    assert_eq!(again.role(), Role::Driver);
    client.say(grab()).await;
    hands(&place, 1).await;
    owner.say(Payload::Remove(Remove { person: 4711 })).await;
    owner
        .notice("REFUSED: nobody here has the number 4711")
        .await;
    owner
        .say(Payload::Remove(Remove {
            person: welcome.person,
        }))
        .await;
    let (words, code) = client.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("REMOVED: an owner has ended this connection", 1008)
    );
    owner
        .until(|message| people(message).is_some_and(|people| people.people.len() == 1))
        .await;
    hands(&place, 0).await;
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_never_a_spectator() {
    let place = place();
    for wanted in ["/ws?room=main&token=guess", "/ws?token=guess"] {
        let mut client = visit(&place.at(wanted)).await;
        let (words, code) = client.end().await;
        assert!(
            words.starts_with("FORBIDDEN: this token is not known here"),
            "{words}"
        );
        assert_eq!(code, 1008);
    }
    assert!(place.sim.roster().is_empty());
}

#[tokio::test]
async fn programs_say_their_token_in_a_header() {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let place = place();
    let mut request = place.at("/ws?room=main").into_client_request().unwrap();
    let bearer = format!("Bearer {DRIVER}").parse().unwrap();
    request.headers_mut().insert("authorization", bearer);
    let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let message = super::wire::Client::over(socket).next().await;
    let Some(Answer::Welcome(welcome)) = message.payload else {
        panic!("{message:?}")
    };
    assert_eq!(welcome.role(), Role::Driver);
}
