//! Clients that mean harm, or do not know better: the simulation never notices.

use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{CatalogError, Entry};
use mlipview_core::potential::{
    Applicability, Capabilities, Evaluation, Potential, PotentialError,
};
use mlipview_server::Settings;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::time::timeout;

use super::client::*;
use super::place::{DRIVER, OWNER, Place, catalog_with, place, place_with, settings};
use super::rooms::guest;
use super::wire::{Told, visit};

/// Whether a guest can still come and see.
async fn serves(place: &Place) {
    let (mut client, _) = guest(place, "").await;
    client.frame().await;
    assert_eq!(place.sim.newest().positions.len(), 8);
}

#[tokio::test]
async fn random_and_truncated_bytes_change_nothing() {
    let place = Place::limited(|limits| limits.conversation.messages_per_second = 100_000);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut speaker = Speaker::default();
    let sound = speaker.interact(whole(&WATER), 1);
    for wanted in ["/ws", "/ws?room=main"] {
        let mut client = visit(&place.at(wanted)).await;
        client.polite = false;
        for round in 0..300 {
            let mut bytes = sound.clone();
            match round % 3 {
                0 => bytes.truncate(random.random_range(0..bytes.len())),
                1 => {
                    let at = random.random_range(0..bytes.len());
                    bytes[at] = random.random();
                }
                _ => {
                    bytes = (0..random.random_range(0..200))
                        .map(|_| random.random())
                        .collect();
                }
            }
            if client.socket_binary(bytes).await.is_err() {
                break;
            }
            while let Ok(Told::Message(_)) = timeout(Duration::from_millis(1), client.told()).await
            {
            }
        }
    }
    serves(&place).await;
}

#[tokio::test]
async fn no_answer_repeats_a_long_name() {
    let place = place();
    let mut nowhere = visit(&place.at(&format!("/ws?room={}", "x".repeat(5000)))).await;
    let (words, _) = nowhere.end().await;
    assert!(
        words.starts_with("NO_SUCH_ROOM") && words.len() < 400,
        "{words}"
    );
    let (mut owner, _) = guest(&place, OWNER).await;
    let name = "y".repeat(1_000_000);
    let unknown = SimulationParams {
        calculator: name.clone(),
        ..parameters(0.0)
    };
    let requests = [
        Payload::CreateRoom(CreateRoom { name: name.clone() }),
        Payload::CloseRoom(CloseRoom { name }),
        start(SimType::Md, Some(unknown)),
    ];
    for request in requests {
        owner.say(request).await;
        let refused = owner.until(|message| message.notice().is_some()).await;
        assert!(refused.words().len() < 400, "{}", refused.words());
    }
}

#[tokio::test]
async fn numbers_that_make_no_sense_are_refused_with_a_reason() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    client.frame().await;
    let cases = [
        moved(&[(0, [f64::NAN; 3])]),
        moved(&[(0, [f64::INFINITY, 0.0, 0.0])]),
        UserInteractionSparse {
            positions: Some(Vec3Delta {
                indices: vec![0, 1],
                coords: vec![1.0; 5],
            }),
            ..moved(&[])
        },
        UserInteractionSparse {
            atomic_numbers: Some(IntDelta {
                indices: vec![0],
                values: vec![4711],
            }),
            ..moved(&[])
        },
        UserInteractionSparse {
            cell: Some(Mat3 { m: vec![1.0; 4] }),
            ..moved(&[])
        },
    ];
    for case in cases {
        client.interact(case, 2).await;
        client.notice("PROTO_VIOLATION: ").await;
    }
    client.interact(moved(&[(0, [1e300, 0.0, 0.0])]), 3).await;
    let far = client.next().await;
    assert!(far.frame().is_some() || !far.words().is_empty());
    client
        .interact(moved(&[(u32::MAX as usize, [0.0; 3])]), 4)
        .await;
    let (words, code) = client.end().await;
    assert!(
        words.starts_with("LIMIT: a private session has 10000 atoms at most"),
        "{words}"
    );
    assert_eq!(code, 1008);
    serves(&place).await;
}

#[tokio::test]
async fn ten_thousand_messages_in_a_burst_end_with_a_reason() {
    let place = place();
    for wanted in ["/ws".to_owned(), format!("/ws?room=main&token={DRIVER}")] {
        let mut client = visit(&place.at(&wanted)).await;
        client.polite = false;
        for _ in 0..10_000 {
            let message = client.speaker.interact(moved(&[(0, [0.0; 3])]), 1);
            if client.socket_binary(message).await.is_err() {
                break;
            }
        }
        let (words, code) = client.end().await;
        assert!(
            words.starts_with("LIMIT: 200 messages per second"),
            "{words}"
        );
        assert_eq!(code, 1008);
    }
    serves(&place).await;
}

#[tokio::test]
async fn a_thousand_may_come_and_go() {
    let place = place();
    for round in 0..1000 {
        let wanted = ["/ws?room=main", "/ws", "/ws?room=main&token=wrong"][round % 3];
        match tokio_tungstenite::connect_async(place.at(wanted)).await {
            Ok((socket, _)) => drop(socket),
            Err(error) => panic!("{error}"),
        }
    }
    while place.server.connections() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(place.sim.roster().is_empty());
    serves(&place).await;
}

/// A potential with a fault in it.
struct Faulty(Capabilities);

impl Potential for Faulty {
    fn name(&self) -> &str {
        "faulty"
    }

    fn description(&self) -> &str {
        "Fails."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn evaluate(&mut self, _: &Structure) -> Result<Evaluation, PotentialError> {
        panic!("a fault in a potential (this is a test)")
    }
}

#[tokio::test]
async fn a_fault_in_a_potential_ends_only_its_own_conversation() {
    let build = |_: &_, _: &_| -> Result<Box<dyn Potential>, CatalogError> {
        Ok(Box::new(Faulty(Capabilities {
            elements: None,
            charges: 0..=0,
            spins: false,
            periodic: true,
            reactive: false,
        })))
    };
    let place = place_with(Settings {
        catalog: catalog_with(Entry {
            name: "faulty",
            summary: "",
            source: "",
            options: &[],
            choices: None,
            reduced_units: None,
            applicability: Box::new(|_, structure| {
                Applicability::without_parameters(structure.elements().to_vec())
            }),
            build: Box::new(build),
        }),
        potential: "faulty".parse().unwrap(),
        ..settings()
    });
    let mut client = visit(&place.at("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    let (words, code) = client.end().await;
    assert!(
        words.starts_with("COMPUTE_ERROR: the calculation has failed inside"),
        "{words}"
    );
    assert_eq!(code, 1011);
    serves(&place).await;
}
