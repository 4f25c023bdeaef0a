//! Properties of the decoders of interactive molecular dynamics.
//!
//! `tests/imd` checks them on random bytes, too.

use mlipview_imd::decode::{ClientDecoder, ServerDecoder};
use mlipview_imd::frame::FrameAssembler;
use mlipview_imd::{ByteOrder, ServerMessage, encode};

/// Number of atoms of the structure.
const ATOMS: usize = 3;

/// Decoding never panics, whatever the bytes are. Messages that were decoded are the same after a round trip,
/// and assemble to frames of all atoms.
pub fn check_imd(bytes: &[u8]) {
    let mut decoder = ServerDecoder::new(ATOMS);
    decoder.push(bytes);
    let mut assembler = None;
    let mut order = ByteOrder::Little;
    while let Ok(Some(message)) = decoder.next_message() {
        if let ServerMessage::Handshake(version, of_server) = message {
            order = of_server;
            assembler = Some(FrameAssembler::new(version, version.energy_unit()));
        }
        let mut again = Vec::new();
        encode::server_message(&message, order, &mut again);
        assert!(!again.is_empty());
        if let Some(Ok(Some(frame))) = assembler.as_mut().map(|it| it.push(message)) {
            assert!(frame.has_atoms(ATOMS));
        }
    }
    let mut decoder = ClientDecoder::new(ATOMS, ByteOrder::Big);
    decoder.push(bytes);
    while let Ok(Some(message)) = decoder.next_message() {
        let mut again = Vec::new();
        encode::client_message(&message, ByteOrder::Big, &mut again);
        let mut second = ClientDecoder::new(ATOMS, ByteOrder::Big);
        second.push(&again);
        assert_eq!(second.next_message(), Ok(Some(message)));
    }
}
