//! One private session: round trips per second, their latency compared with the potential alone, and frames
//! per second of an acknowledged run.

use std::hint::black_box;
use std::time::Instant;

use futures_util::{SinkExt, StreamExt};
use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::request::Request;
use mlipview_core::potential::{Nano, Potential};
use mlipview_core::sim::{Engine, spawn};
use mlipview_server::session;
use mlipview_server::{Limits, Settings, start};
use prost::Message as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::quantile;
use super::room::rounded;
use super::wire::{
    Answer, ClientAction, FullUpdateFlag, IntDelta, Payload, ServerResult, SimulationParams, Start,
    UserInteractionSparse, Vec3Delta,
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Number of round trips.
const MESSAGES: usize = 10_000;

pub(crate) fn measure() -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let water = library::find("water").unwrap().structure().unwrap();
    let trivial = server("lj:sigma=0.1,epsilon=0.001", |address| {
        runtime.block_on(exchange(address, &water, MESSAGES))
    });
    let streamed = server("lj:sigma=0.1,epsilon=0.001", |address| {
        runtime.block_on(stream(address, &water, MESSAGES))
    });
    // About thirty atoms, for the learned potential.
    let near = library::find("benzoyl-peroxide").unwrap();
    let molecule = near.structure().unwrap();
    let alone = potential_alone(&molecule);
    let learned = server("nano", |address| {
        runtime.block_on(exchange(address, &molecule, 2000))
    });
    let line = |name: &str, atoms: usize, times: &[f64], potential: f64| {
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        serde_json::json!({
            "private_session": name,
            "atoms": atoms,
            "messages_per_second": rounded(1000.0 / mean),
            "round_trip_ms_p50": rounded(quantile(times, 0.5)),
            "round_trip_ms_p99": rounded(quantile(times, 0.99)),
            "potential_alone_ms_p50": rounded(potential),
        })
        .to_string()
    };
    let stream = serde_json::json!({
        "private_stream": "trivial",
        "atoms": water.len(),
        "frames_per_second": rounded(streamed),
    });
    vec![
        stream.to_string(),
        line("trivial", water.len(), &trivial, 0.0),
        line("nano", molecule.len(), &learned, alone),
    ]
}

fn server<T>(potential: &str, measure: impl FnOnce(String) -> T) -> T {
    let request: Request = potential.parse().unwrap();
    let settings = Settings {
        listen: vec!["127.0.0.1:0".to_owned()],
        potential: request,
        limits: Limits {
            session: session::Limits {
                messages_per_second: 1_000_000,
                ..session::Limits::default()
            },
            ..Limits::default()
        },
        ..Settings::default()
    };
    let sim = spawn(Engine::new(Structure::empty(), None, 0)).unwrap();
    let server = start(&settings, sim).unwrap();
    let address = server.addresses()[0].to_string();
    measure(address)
}

/// Sorted durations of round trips, ms: an atom is moved, energy and forces are returned.
async fn exchange(address: String, structure: &Structure, count: usize) -> Vec<f64> {
    let mut socket = connect(&address).await;
    request(&mut socket, 1, 0, whole(structure)).await;
    let mut ack = answer(&mut socket).await;
    let first = structure.positions()[0];
    let mut times = Vec::with_capacity(count);
    for index in 0..count {
        let shift = 0.01 * (index as f64 * 0.1).sin();
        let moved = UserInteractionSparse {
            positions: Some(Vec3Delta {
                indices: vec![0],
                coords: vec![first.x + shift, first.y, first.z],
            }),
            full_update_flag: Some(FullUpdateFlag::FullUpdate(false)),
            ..Default::default()
        };
        let start_time = Instant::now();
        request(&mut socket, index as u64 + 2, ack, moved).await;
        ack = answer(&mut socket).await;
        times.push(start_time.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    times
}

/// Frames per second of a run.
async fn stream(address: String, structure: &Structure, steps: usize) -> f64 {
    let mut socket = connect(&address).await;
    request(&mut socket, 1, 0, whole(structure)).await;
    let mut ack = answer(&mut socket).await;
    let parameters = SimulationParams {
        temperature: 300.0,
        timestep_fs: 0.1,
        ..Default::default()
    };
    let mut action = ClientAction {
        seq: 2,
        ack: Some(ack),
        payload: Some(Payload::Start(Start {
            simulation_params: Some(parameters),
            ..Default::default()
        })),
        ..Default::default()
    };
    let start_time = Instant::now();
    let mut frames = 0;
    while frames < steps {
        send(&mut socket, &action).await;
        let received = receive(&mut socket).await;
        frames += usize::from(matches!(received.payload, Some(Answer::Frame(_))));
        ack = received.seq;
        action = ClientAction {
            seq: action.seq + 1,
            ack: Some(ack),
            ..Default::default()
        };
    }
    frames as f64 / start_time.elapsed().as_secs_f64()
}

async fn connect(address: &str) -> Socket {
    let address = format!("ws://{address}/ws");
    // With TCP_NODELAY.
    let connected = tokio_tungstenite::connect_async_with_config(address, None, true).await;
    connected.unwrap().0
}

fn whole(structure: &Structure) -> UserInteractionSparse {
    let atoms = structure.len() as u32;
    UserInteractionSparse {
        natoms: atoms,
        atomic_numbers: Some(IntDelta {
            indices: (0..atoms).collect(),
            values: structure
                .elements()
                .iter()
                .map(|element| u32::from(element.number()))
                .collect(),
        }),
        positions: Some(Vec3Delta {
            indices: (0..atoms).collect(),
            coords: structure
                .positions()
                .iter()
                .flat_map(|at| at.to_array())
                .collect(),
        }),
        full_update_flag: Some(FullUpdateFlag::FullUpdate(true)),
        ..Default::default()
    }
}

async fn request(socket: &mut Socket, seq: u64, ack: u64, change: UserInteractionSparse) {
    let action = ClientAction {
        seq,
        ack: Some(ack),
        payload: Some(Payload::UserInteraction(change)),
        user_interaction_count: Some(seq),
        ..Default::default()
    };
    send(socket, &action).await;
}

async fn send(socket: &mut Socket, action: &ClientAction) {
    let message = Message::binary(action.encode_to_vec());
    socket.send(message).await.unwrap();
}

/// The sequence number of the next message, which must be a frame.
async fn answer(socket: &mut Socket) -> u64 {
    let received = receive(socket).await;
    assert!(
        matches!(received.payload, Some(Answer::Frame(_))),
        "{received:?}"
    );
    received.seq
}

async fn receive(socket: &mut Socket) -> ServerResult {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            return ServerResult::decode(bytes).unwrap();
        }
    }
}

fn potential_alone(structure: &Structure) -> f64 {
    let mut nano = Nano::new();
    let mut structure = structure.clone();
    let mut times = Vec::new();
    for index in 0..500 {
        structure.positions_mut()[0].x += 0.001 * (f64::from(index) * 0.1).cos();
        let start_time = Instant::now();
        black_box(nano.evaluate(&structure).unwrap());
        times.push(start_time.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    quantile(&times, 0.5)
}
