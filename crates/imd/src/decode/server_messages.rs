//! Decoder of what a server sends.

use super::buffer::Buffer;
use crate::byte_order::ByteOrder;
use crate::energies::{ENERGY_BYTES, EnergyBlock};
use crate::error::ProtocolError;
use crate::header::{HEADER_BYTES, Header};
use crate::kind::Kind;
use crate::message::{ServerMessage, TimeBlock};
use crate::session_info::{SESSION_INFO_BYTES, SessionInfo};
use crate::version::Version;

/// Length of the body with the time, bytes.
const TIME_BYTES: usize = 24;

/// Length of the body with the cell, bytes.
const BOX_BYTES: usize = 36;

/// Decoder of what a server sends: the handshake first, then messages in its byte order.
pub struct ServerDecoder {
    buffer: Buffer,
    atoms: usize,
    order: Option<ByteOrder>,
}

impl ServerDecoder {
    /// A decoder for a structure of this number of atoms.
    pub fn new(atoms: usize) -> ServerDecoder {
        ServerDecoder {
            buffer: Buffer::default(),
            atoms,
            order: None,
        }
    }

    /// Adds bytes that have arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    /// The next message; `None` until it is complete.
    ///
    /// # Errors
    /// If the bytes are no message of a server, or one of another number of atoms. The connection is of no use
    /// afterwards.
    pub fn next_message(&mut self) -> Result<Option<ServerMessage>, ProtocolError> {
        let Some(order) = self.order else {
            return self.handshake();
        };
        let Some(header) = self.buffer.header()? else {
            return Ok(None);
        };
        match header.kind {
            Kind::SessionInfo => {
                check_length(header, SESSION_INFO_BYTES as i32, "7")?;
                let body = self.buffer.take_array();
                Ok(body.map(|body| ServerMessage::SessionInfo(SessionInfo::of_bytes(body))))
            }
            Kind::Energies => {
                check_length(header, 1, "1")?;
                let body = self.buffer.take_array::<ENERGY_BYTES>();
                Ok(body.map(|body| ServerMessage::Energies(EnergyBlock::of_bytes(&body, order))))
            }
            Kind::Time => {
                check_length(header, 1, "1")?;
                let body = self.buffer.take_array::<TIME_BYTES>();
                Ok(body.map(|body| time(&body, order)))
            }
            Kind::Box => {
                check_length(header, 1, "1")?;
                let body = self.buffer.take_array::<BOX_BYTES>();
                Ok(body.and_then(|body| {
                    let vectors = order.vectors(&body);
                    Some(ServerMessage::Box(*vectors.first_chunk()?))
                }))
            }
            Kind::Coordinates => self.vectors(header, order, ServerMessage::Coordinates),
            Kind::Velocities => self.vectors(header, order, ServerMessage::Velocities),
            Kind::AtomForces => self.vectors(header, order, ServerMessage::Forces),
            found => Err(ProtocolError::Unexpected {
                found,
                expected: "data of a simulation",
            }),
        }
    }

    /// The first message: the version in the byte order of the server, all else big endian.
    fn handshake(&mut self) -> Result<Option<ServerMessage>, ProtocolError> {
        let Some(header) = self.buffer.header()? else {
            return Ok(None);
        };
        if header.kind != Kind::Handshake {
            return Err(ProtocolError::Unexpected {
                found: header.kind,
                expected: "a handshake",
            });
        }
        let number = header.length;
        let big = Version::of_number(number).map(|version| (version, ByteOrder::Big));
        let little = || {
            let version = Version::of_number(number.swap_bytes())?;
            Some((version, ByteOrder::Little))
        };
        let (version, order) = big
            .or_else(little)
            .ok_or(ProtocolError::Version(number.min(number.swap_bytes())))?;
        self.buffer.take_array::<0>();
        self.order = Some(order);
        Ok(Some(ServerMessage::Handshake(version, order)))
    }

    fn vectors(
        &mut self,
        header: Header,
        order: ByteOrder,
        message: fn(Vec<[f32; 3]>) -> ServerMessage,
    ) -> Result<Option<ServerMessage>, ProtocolError> {
        if usize::try_from(header.length) != Ok(self.atoms) {
            return Err(ProtocolError::Atoms {
                kind: header.kind,
                found: header.length,
                expected: self.atoms,
            });
        }
        let body = self.buffer.take_body(12 * self.atoms);
        Ok(body.map(|body| message(order.vectors(body))))
    }
}

fn time(body: &[u8; TIME_BYTES], order: ByteOrder) -> ServerMessage {
    let (words, _) = body.as_chunks::<HEADER_BYTES>();
    ServerMessage::Time(TimeBlock {
        timestep: order.f64(words[0]),
        time: order.f64(words[1]),
        step: order.i64(words[2]),
    })
}

fn check_length(header: Header, length: i32, expected: &'static str) -> Result<(), ProtocolError> {
    if header.length == length {
        return Ok(());
    }
    Err(ProtocolError::Length {
        kind: header.kind,
        found: header.length,
        expected,
    })
}
