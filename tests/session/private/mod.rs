//! The statements of the protocol about private sessions, in memory.

mod flow_control;
mod interactions;
mod messages;
mod potentials;
mod relaxation;
mod runs;

use super::client::*;
use super::private_client::PrivateClient;

/// A client with water that has received its first answer.
fn with_water() -> PrivateClient {
    let mut client = PrivateClient::new();
    let first = client.builder.interact(whole(&WATER), 1);
    assert_eq!(frames(&client.exchange(&first)).len(), 1);
    client
}

/// A client with water in dynamics, up to the first pause of the stream.
fn running(temperature: f64) -> (PrivateClient, Vec<ServerResult>) {
    let mut client = with_water();
    let start = client.builder.request(dynamics(temperature));
    let received = client.exchange(&start);
    (client, received)
}

fn all_numbers(received: &[ServerResult]) -> Vec<u64> {
    received.iter().map(|message| message.seq).collect()
}

fn start_without_parameters() -> Payload {
    start(SimType::Md, None)
}

fn relaxation_of(fmax: f64) -> Start {
    Start {
        simulation_type: SimType::Relax.into(),
        simulation_params: Some(SimulationParams {
            fmax,
            ..parameters(0.0)
        }),
        ..Default::default()
    }
}
