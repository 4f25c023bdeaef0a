//! Relaxes water on a server and prints each step: `cargo run -p mlipview-server --example 4_relax_water [ws://HOST:PORT/ws]`.
//!
//! Without an address, it starts a server of its own.

#![allow(clippy::print_stdout, reason = "an example prints its results")]

use futures_util::{SinkExt, StreamExt};
use prost::Message as _;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

// In your own program, generate these types with prost-build from proto/session.proto.
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/session.proto"
)]
mod wire {
    include!(concat!(env!("OUT_DIR"), "/fairchem.session.rs"));
}
use wire::client_action::{Payload, Start, start::SimType};
use wire::server_result::Payload as Answer;
use wire::user_interaction_sparse::FullUpdateFlag;
use wire::{
    ClientAction, IntDelta, ServerResult, SimulationParams, UserInteractionSparse, Vec3Delta,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given = std::env::args().nth(1);
    let server = given.is_none().then(own_server).transpose()?;
    let own = server
        .as_ref()
        .map(|server| format!("ws://{}/ws", server.addresses()[0]));
    let address = given.or(own).unwrap_or_default();
    let (mut socket, _) = connect_async(&address).await?;

    let water = UserInteractionSparse {
        natoms: 3,
        full_update_flag: Some(FullUpdateFlag::FullUpdate(true)),
        atomic_numbers: Some(IntDelta {
            indices: vec![0, 1, 2],
            values: vec![8, 1, 1],
        }),
        positions: Some(Vec3Delta {
            indices: vec![0, 1, 2],
            coords: vec![0.0, 0.0, 0.0, 1.1, 0.0, 0.0, -0.3, 1.0, 0.0], // Å
        }),
        ..Default::default()
    };
    let relax = Start {
        simulation_type: SimType::Relax.into(),
        simulation_params: Some(SimulationParams {
            fmax: 0.01, // eV/Å
            ..Default::default()
        }),
        stop_when_converged: true,
        ..Default::default()
    };
    let requests = [Payload::UserInteraction(water), Payload::Start(relax)];
    for (seq, payload) in (1..).zip(requests) {
        let action = ClientAction {
            seq,
            payload: Some(payload),
            ..Default::default()
        };
        socket.send(Message::binary(action.encode_to_vec())).await?;
    }

    for seq in 3.. {
        let Some(message) = socket.next().await else {
            break;
        };
        let result = ServerResult::decode(message?.into_data())?;
        // The server pauses after ten messages without acknowledgement.
        let action = ClientAction {
            seq,
            ack: Some(result.seq),
            ..Default::default()
        };
        socket.send(Message::binary(action.encode_to_vec())).await?;
        match result.payload {
            Some(Answer::Frame(frame)) => {
                let energy = frame.energy.unwrap_or(f64::NAN);
                println!("step {:3}: {energy:.6} eV ({})", frame.step, frame.model);
            }
            Some(Answer::Notice(notice)) => {
                println!("{}", notice.message());
                if notice.simulation_stopped() {
                    break;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A server on a free port.
fn own_server() -> Result<mlipview_server::Server, Box<dyn std::error::Error>> {
    use mlipview_core::chem::Structure;
    use mlipview_core::sim::{Engine, spawn};
    use mlipview_server::{Settings, start};
    let settings = Settings {
        listen: vec!["127.0.0.1:0".to_owned()],
        ..Settings::default()
    };
    let sim = spawn(Engine::new(Structure::empty(), None, 0))?;
    Ok(start(&settings, sim)?)
}
