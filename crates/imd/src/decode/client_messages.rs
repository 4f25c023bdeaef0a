//! Decoder of what a client sends.

use super::buffer::Buffer;
use crate::byte_order::ByteOrder;
use crate::error::ProtocolError;
use crate::kind::Kind;
use crate::message::ClientMessage;

/// Atoms that a client may pull at once.
pub const MAX_FORCES: usize = 1024;

/// Decoder of what a client sends, with bodies in the byte order of the server.
pub struct ClientDecoder {
    buffer: Buffer,
    atoms: usize,
    order: ByteOrder,
}

impl ClientDecoder {
    /// A decoder for a simulation of this number of atoms, which has sent this byte order.
    pub fn new(atoms: usize, order: ByteOrder) -> ClientDecoder {
        ClientDecoder {
            buffer: Buffer::default(),
            atoms,
            order,
        }
    }

    /// Adds bytes that have arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    /// The next message; `None` until it is complete.
    ///
    /// # Errors
    /// If the bytes are no message of a client, or forces on atoms that do not exist. The connection is of no
    /// use afterwards.
    pub fn next_message(&mut self) -> Result<Option<ClientMessage>, ProtocolError> {
        let Some(header) = self.buffer.header()? else {
            return Ok(None);
        };
        let message = match header.kind {
            Kind::Go => ClientMessage::Go,
            Kind::Disconnect => ClientMessage::Disconnect,
            Kind::Kill => ClientMessage::Kill,
            Kind::Pause => ClientMessage::Pause,
            Kind::Resume => ClientMessage::Resume,
            Kind::Rate => ClientMessage::Rate(header.length),
            Kind::Wait => ClientMessage::Wait(header.length != 0),
            Kind::Forces => return self.forces(header.length),
            found => {
                return Err(ProtocolError::Unexpected {
                    found,
                    expected: "a message of a client",
                });
            }
        };
        self.buffer.take_array::<0>();
        Ok(Some(message))
    }

    /// Atoms, then the force on each.
    fn forces(&mut self, length: i32) -> Result<Option<ClientMessage>, ProtocolError> {
        let (order, atoms) = (self.order, self.atoms);
        let max = MAX_FORCES.min(atoms);
        let count = usize::try_from(length).ok().filter(|count| *count <= max);
        let count = count.ok_or(ProtocolError::TooManyForces { found: length, max })?;
        let Some(body) = self.buffer.take_body(16 * count) else {
            return Ok(None);
        };
        let (indices, forces) = body.split_at(4 * count);
        let (indices, _) = indices.as_chunks::<4>();
        let pairs = indices.iter().zip(order.vectors(forces));
        let pairs = pairs.map(|(index, force)| {
            let atom = order.i32(*index);
            let no_atom = || ProtocolError::NoSuchAtom { atom, atoms };
            let index = u32::try_from(atom).map_err(|_| no_atom())?;
            if index as usize >= atoms {
                return Err(no_atom());
            }
            if !force.iter().all(|component| component.is_finite()) {
                return Err(ProtocolError::NotFinite(index));
            }
            Ok((index, force))
        });
        let forces = pairs.collect::<Result<_, _>>()?;
        Ok(Some(ClientMessage::Forces(forces)))
    }
}
