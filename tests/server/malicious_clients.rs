//! Malicious and faulty clients, which must not affect the simulation.

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
use super::rooms::join;
use super::test_server::{
    DRIVER, OWNER, TestServer, catalog_with, settings, test_server, test_server_with,
};
use super::websocket_client::{Received, connect};

/// Checks that the server still serves clients.
async fn serves(test: &TestServer) {
    let (mut client, _) = join(test, "").await;
    client.frame().await;
    assert_eq!(test.sim.frame().positions.len(), 8);
}

#[tokio::test]
async fn random_and_truncated_messages_change_nothing() {
    let test = TestServer::limited(|limits| limits.session.messages_per_second = 100_000);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut builder = MessageBuilder::default();
    let valid = builder.interact(whole(&WATER), 1);
    for query in ["/ws", "/ws?room=main"] {
        let mut client = connect(&test.url(query)).await;
        client.acknowledges = false;
        for round in 0..300 {
            let mut bytes = valid.clone();
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
            while let Ok(Received::Message(_)) =
                timeout(Duration::from_millis(1), client.receive()).await
            {}
        }
    }
    serves(&test).await;
}

#[tokio::test]
async fn answers_shorten_long_names() {
    let test = test_server();
    let mut nowhere = connect(&test.url(&format!("/ws?room={}", "x".repeat(5000)))).await;
    let (text, _) = nowhere.end().await;
    assert!(
        text.starts_with("NO_SUCH_ROOM") && text.len() < 400,
        "{text}"
    );
    let (mut owner, _) = join(&test, OWNER).await;
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
        owner.request(request).await;
        let refused = owner.until(|message| message.notice().is_some()).await;
        assert!(refused.text().len() < 400, "{}", refused.text());
    }
}

#[tokio::test]
async fn invalid_numbers_are_refused_with_a_reason() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
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
    assert!(far.frame().is_some() || !far.text().is_empty());
    client
        .interact(moved(&[(u32::MAX as usize, [0.0; 3])]), 4)
        .await;
    let (text, code) = client.end().await;
    assert!(
        text.starts_with("LIMIT: a private session has 10000 atoms at most"),
        "{text}"
    );
    assert_eq!(code, 1008);
    serves(&test).await;
}

#[tokio::test]
async fn a_burst_of_ten_thousand_messages_closes_the_session_with_a_reason() {
    let test = test_server();
    for query in ["/ws".to_owned(), format!("/ws?room=main&token={DRIVER}")] {
        let mut client = connect(&test.url(&query)).await;
        client.acknowledges = false;
        for _ in 0..10_000 {
            let message = client.builder.interact(moved(&[(0, [0.0; 3])]), 1);
            if client.socket_binary(message).await.is_err() {
                break;
            }
        }
        let (text, code) = client.end().await;
        assert!(text.starts_with("LIMIT: 200 messages per second"), "{text}");
        assert_eq!(code, 1008);
    }
    serves(&test).await;
}

#[tokio::test]
async fn a_thousand_connections_leak_nothing() {
    let test = test_server();
    for round in 0..1000 {
        let query = ["/ws?room=main", "/ws", "/ws?room=main&token=wrong"][round % 3];
        match tokio_tungstenite::connect_async(test.url(query)).await {
            Ok((socket, _)) => drop(socket),
            Err(error) => panic!("{error}"),
        }
    }
    while test.server.connections() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(test.sim.roster().is_empty());
    serves(&test).await;
}

/// A potential that panics.
struct Panicking(Capabilities);

impl Potential for Panicking {
    fn name(&self) -> &str {
        "panicking"
    }

    fn description(&self) -> &str {
        "Panics."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn evaluate(&mut self, _: &Structure) -> Result<Evaluation, PotentialError> {
        panic!("panic in a potential (this is a test)")
    }
}

#[tokio::test]
async fn a_panic_in_a_potential_ends_only_its_own_session() {
    let build = |_: &_, _: &_| -> Result<Box<dyn Potential>, CatalogError> {
        Ok(Box::new(Panicking(Capabilities {
            elements: None,
            charges: 0..=0,
            spins: false,
            periodic: true,
            reactive: false,
        })))
    };
    let test = test_server_with(Settings {
        catalog: catalog_with(Entry {
            name: "panicking",
            summary: "",
            source: "",
            options: &[],
            choices: None,
            files: &[],
            reduced_units: None,
            applicability: Box::new(|_, structure| {
                Applicability::without_parameters(structure.elements().to_vec())
            }),
            build: Box::new(build),
        }),
        potential: "panicking".parse().unwrap(),
        ..settings()
    });
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    let (text, code) = client.end().await;
    assert!(
        text.starts_with("COMPUTE_ERROR: the calculation has failed inside"),
        "{text}"
    );
    assert_eq!(code, 1011);
    serves(&test).await;
}
