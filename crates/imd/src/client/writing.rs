//! The thread of a client that writes: forces, pause and end.

use std::io::Write;
use std::time::Duration;

use glam::DVec3;
use mlipview_core::sim::external::{ExternalEnd, ExternalPhase};

use super::exchange::{Exchange, State};
use crate::encode;
use crate::message::ClientMessage;
use crate::version::Version;

/// Time for a program to read; then the connection is given up.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// Time in which a program closes the connection after it was told the end. Until then its frames are read: a
/// program that writes to a closed connection may end its run.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// Writes what is due until the client ends.
pub(super) fn run(exchange: &Exchange) {
    loop {
        let mut state = exchange.wait_until(is_due);
        let end = state.end;
        let (messages, stream) = take(&mut state);
        drop(state);
        if let Some((stream, order)) = stream {
            let mut bytes = Vec::new();
            for message in &messages {
                encode::client_message(message, order, &mut bytes);
            }
            let mut stream = stream;
            let written = stream
                .set_write_timeout(Some(WRITE_TIMEOUT))
                .and_then(|()| stream.write_all(&bytes));
            if written.is_err() {
                // The reader learns it too, and connects again.
                exchange.forget_connection();
            } else if end.is_some() {
                exchange.wait_for_reader(CLOSE_TIMEOUT);
            }
        }
        if end.is_some() {
            exchange.forget_connection();
            exchange.publish(|state| {
                if state.phase != ExternalPhase::Ended {
                    state.phase = ExternalPhase::Ended;
                    state.sentence = format!("detached from {}", exchange.program).into();
                }
            });
            return;
        }
    }
}

/// Whether something is to be written.
fn is_due(state: &State) -> bool {
    let has_changed = state.forces.is_some() || state.wants_pause != state.is_paused;
    state.end.is_some() || (state.connection.is_some() && has_changed)
}

/// A connection to write to, with its byte order.
type Target = Option<(std::net::TcpStream, crate::byte_order::ByteOrder)>;

/// Takes the messages that are due, and the connection to write them to.
fn take(state: &mut State) -> (Vec<ClientMessage>, Target) {
    let Some(connection) = &state.connection else {
        return (Vec::new(), None);
    };
    let (version, order) = (connection.version, connection.order);
    let target = connection.stream.try_clone().ok();
    let mut messages = Vec::new();
    if let Some(forces) = state.forces.take() {
        messages.push(forces_message(&forces, version));
    }
    if state.wants_pause != state.is_paused {
        state.is_paused = state.wants_pause;
        messages.push(match (state.wants_pause, version) {
            (false, Version::Three) => ClientMessage::Resume,
            // In version 2 a second pause continues.
            _ => ClientMessage::Pause,
        });
    }
    match state.end {
        // Of a program that does not permit to be killed, the rest is a detachment.
        Some(ExternalEnd::Kill) => {
            messages.extend([ClientMessage::Kill, ClientMessage::Disconnect]);
        }
        Some(ExternalEnd::Detach) => messages.push(ClientMessage::Disconnect),
        None => {}
    }
    (messages, target.map(|stream| (stream, order)))
}

/// Forces (eV/Å) in the units of a version.
fn forces_message(forces: &[(usize, DVec3)], version: Version) -> ClientMessage {
    let per_unit = 1.0 / version.energy_unit().in_ev();
    let forces = forces.iter().map(|(atom, force)| {
        let force = (per_unit * *force).as_vec3().to_array();
        (u32::try_from(*atom).unwrap_or(u32::MAX), force)
    });
    ClientMessage::Forces(forces.collect())
}
