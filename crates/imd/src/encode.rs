//! Encoders of messages.

use crate::byte_order::ByteOrder;
use crate::header::Header;
use crate::kind::Kind;
use crate::message::{ClientMessage, ServerMessage, TimeBlock};
use crate::session_info::SESSION_INFO_BYTES;

/// Appends a message of a server in its byte order.
///
/// ```
/// use mlipview_imd::{ByteOrder, ServerMessage, Version, encode};
///
/// let mut bytes = Vec::new();
/// let message = ServerMessage::Handshake(Version::Two, ByteOrder::Little);
/// encode::server_message(&message, ByteOrder::Little, &mut bytes);
/// assert_eq!(bytes, [0, 0, 0, 4, 2, 0, 0, 0]);
/// ```
pub fn server_message(message: &ServerMessage, order: ByteOrder, bytes: &mut Vec<u8>) {
    match message {
        ServerMessage::Handshake(version, order) => {
            // The version is the only number of a header in the byte order of the server.
            let number = i32::from_be_bytes(order.of_i32(version.number()));
            header(Kind::Handshake, number, bytes);
        }
        ServerMessage::SessionInfo(info) => {
            header(Kind::SessionInfo, SESSION_INFO_BYTES as i32, bytes);
            bytes.extend(info.bytes());
        }
        ServerMessage::Energies(energies) => {
            header(Kind::Energies, 1, bytes);
            bytes.extend(energies.bytes(order));
        }
        ServerMessage::Time(TimeBlock {
            timestep,
            time,
            step,
        }) => {
            header(Kind::Time, 1, bytes);
            bytes.extend(order.of_f64(*timestep));
            bytes.extend(order.of_f64(*time));
            bytes.extend(order.of_i64(*step));
        }
        ServerMessage::Box(cell) => {
            header(Kind::Box, 1, bytes);
            write_vectors(cell, order, bytes);
        }
        ServerMessage::Coordinates(vectors)
        | ServerMessage::Velocities(vectors)
        | ServerMessage::Forces(vectors) => {
            header(message.kind(), vectors.len() as i32, bytes);
            write_vectors(vectors, order, bytes);
        }
    }
}

/// Appends a message of a client, with its body in the byte order of the server.
pub fn client_message(message: &ClientMessage, order: ByteOrder, bytes: &mut Vec<u8>) {
    let (kind, number) = match message {
        ClientMessage::Go => (Kind::Go, 0),
        ClientMessage::Disconnect => (Kind::Disconnect, 0),
        ClientMessage::Kill => (Kind::Kill, 0),
        ClientMessage::Pause => (Kind::Pause, 0),
        ClientMessage::Resume => (Kind::Resume, 0),
        ClientMessage::Rate(rate) => (Kind::Rate, *rate),
        ClientMessage::Wait(waits) => (Kind::Wait, i32::from(*waits)),
        ClientMessage::Forces(forces) => (Kind::Forces, forces.len() as i32),
    };
    header(kind, number, bytes);
    if let ClientMessage::Forces(forces) = message {
        for (atom, _) in forces {
            bytes.extend(order.of_i32(atom.cast_signed()));
        }
        let vectors: Vec<_> = forces.iter().map(|(_, force)| *force).collect();
        write_vectors(&vectors, order, bytes);
    }
}

fn header(kind: Kind, length: i32, bytes: &mut Vec<u8>) {
    bytes.extend(Header { kind, length }.bytes());
}

fn write_vectors(vectors: &[[f32; 3]], order: ByteOrder, bytes: &mut Vec<u8>) {
    let numbers = vectors.iter().flatten();
    bytes.extend(numbers.flat_map(|number| order.of_f32(*number)));
}
