//! Messages: round trips in both byte orders, bounds, and malformed bytes.

use mlipview_imd::decode::{ClientDecoder, MAX_FORCES, ServerDecoder};
use mlipview_imd::energies::EnergyBlock;
use mlipview_imd::{
    ByteOrder, ClientMessage, Header, Kind, ProtocolError, ServerMessage, SessionInfo, TimeBlock,
    Version, encode,
};
use proptest::prelude::*;

const ORDERS: [ByteOrder; 2] = [ByteOrder::Little, ByteOrder::Big];

fn server_bytes(messages: &[ServerMessage], order: ByteOrder) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        encode::server_message(message, order, &mut bytes);
    }
    bytes
}

/// Decodes bytes that arrive in pieces of this length.
fn decode_server(
    bytes: &[u8],
    atoms: usize,
    piece: usize,
) -> Result<Vec<ServerMessage>, ProtocolError> {
    let mut decoder = ServerDecoder::new(atoms);
    let mut messages = Vec::new();
    for piece in bytes.chunks(piece.max(1)) {
        decoder.push(piece);
        while let Some(message) = decoder.next_message()? {
            messages.push(message);
        }
    }
    Ok(messages)
}

fn decode_client(
    bytes: &[u8],
    atoms: usize,
    order: ByteOrder,
    piece: usize,
) -> Result<Vec<ClientMessage>, ProtocolError> {
    let mut decoder = ClientDecoder::new(atoms, order);
    let mut messages = Vec::new();
    for piece in bytes.chunks(piece.max(1)) {
        decoder.push(piece);
        while let Some(message) = decoder.next_message()? {
            messages.push(message);
        }
    }
    Ok(messages)
}

fn number() -> impl Strategy<Value = f32> {
    -1e6_f32..1e6
}

fn vectors(atoms: usize) -> impl Strategy<Value = Vec<[f32; 3]>> {
    proptest::collection::vec([number(), number(), number()], atoms)
}

fn frame_messages(atoms: usize) -> impl Strategy<Value = Vec<ServerMessage>> {
    let block = (any::<i32>(), [number(), number(), number()], vectors(2));
    let energies = block.prop_map(|(step, [temperature, total, potential], terms)| {
        let [a, b] = [terms[0], terms[1]];
        ServerMessage::Energies(EnergyBlock {
            step,
            temperature,
            total,
            potential,
            terms: [a[0], a[1], a[2], b[0], b[1], b[2]],
        })
    });
    let time = (-1e9..1e9, -1e9..1e9, any::<i64>());
    let time = time.prop_map(|(timestep, time, step)| {
        ServerMessage::Time(TimeBlock {
            timestep,
            time,
            step,
        })
    });
    let info = any::<[bool; 7]>();
    let info =
        info.prop_map(|it| ServerMessage::SessionInfo(SessionInfo::of_bytes(it.map(u8::from))));
    let cell = vectors(3).prop_map(|it| ServerMessage::Box([it[0], it[1], it[2]]));
    let lists = [vectors(atoms), vectors(atoms), vectors(atoms)];
    (info, energies, time, cell, lists).prop_map(|(info, energies, time, cell, [x, v, f])| {
        let of_atoms = [
            ServerMessage::Coordinates(x),
            ServerMessage::Velocities(v),
            ServerMessage::Forces(f),
        ];
        [info, energies, time, cell]
            .into_iter()
            .chain(of_atoms)
            .collect()
    })
}

proptest! {
    #[test]
    fn messages_of_a_server_are_the_same_after_a_round_trip(
        messages in (0..40_usize).prop_flat_map(|atoms| (Just(atoms), frame_messages(atoms))),
        piece in 1..200_usize,
        version in prop_oneof![Just(Version::Two), Just(Version::Three)],
    ) {
        let (atoms, messages) = messages;
        for order in ORDERS {
            let mut sent = vec![ServerMessage::Handshake(version, order)];
            sent.extend(messages.iter().cloned());
            let bytes = server_bytes(&sent, order);
            prop_assert_eq!(decode_server(&bytes, atoms, piece).unwrap(), sent);
        }
    }

    #[test]
    fn messages_of_a_client_are_the_same_after_a_round_trip(
        forces in proptest::collection::vec((0..40_u32, [number(), number(), number()]), 0..30),
        rate in any::<i32>(),
        waits in any::<bool>(),
        piece in 1..50_usize,
    ) {
        let sent = [
            ClientMessage::Go,
            ClientMessage::Rate(rate),
            ClientMessage::Forces(forces),
            ClientMessage::Pause,
            ClientMessage::Resume,
            ClientMessage::Wait(waits),
            ClientMessage::Kill,
            ClientMessage::Disconnect,
        ];
        for order in ORDERS {
            let mut bytes = Vec::new();
            for message in &sent {
                encode::client_message(message, order, &mut bytes);
            }
            prop_assert_eq!(decode_client(&bytes, 40, order, piece).unwrap(), sent.clone());
        }
    }

    #[test]
    fn malformed_bytes_are_errors_in_words_and_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        kind in 0..17_i32,
        piece in 1..40_usize,
    ) {
        // Random bytes behind a valid head reach the bodies.
        let handshake = server_bytes(&[ServerMessage::Handshake(Version::Three, ByteOrder::Big)], ByteOrder::Big);
        let head = kind.to_be_bytes();
        for stream in [bytes.clone(), [&handshake[..], &head, &bytes].concat()] {
            if let Err(error) = decode_server(&stream, 5, piece) {
                prop_assert!(error.to_string().len() > 20);
            }
        }
        for stream in [bytes.clone(), [&head[..], &bytes].concat()] {
            if let Err(error) = decode_client(&stream, 5, ByteOrder::Big, piece) {
                prop_assert!(error.to_string().len() > 15);
            }
        }
    }
}

#[test]
fn the_handshake_has_the_version_in_the_byte_order_of_the_server() {
    // As GROMACS and LAMMPS send it on x86: the length is not swapped.
    let bytes = [0, 0, 0, 4, 2, 0, 0, 0];
    let little = ServerMessage::Handshake(Version::Two, ByteOrder::Little);
    assert_eq!(decode_server(&bytes, 3, 3).unwrap(), [little]);
    let bytes = [0, 0, 0, 4, 0, 0, 0, 3];
    let big = ServerMessage::Handshake(Version::Three, ByteOrder::Big);
    assert_eq!(decode_server(&bytes, 3, 3).unwrap(), [big]);
    let one = decode_server(&[0, 0, 0, 4, 0, 0, 0, 1], 3, 8).unwrap_err();
    assert_eq!(one, ProtocolError::Version(1));
}

#[test]
fn a_stream_that_does_not_begin_with_a_handshake_is_another_program() {
    let error = decode_server(b"HTTP/1.1 400 Bad Request", 3, 8).unwrap_err();
    assert!(error.to_string().contains("another program"), "{error}");
    let go = Header {
        kind: Kind::Go,
        length: 0,
    };
    let error = decode_server(&go.bytes(), 3, 8).unwrap_err();
    assert!(error.to_string().contains("a handshake"), "{error}");
}

#[test]
fn a_length_beyond_the_structure_is_an_error_before_its_body_arrives() {
    for found in [4, 2, -1, i32::MAX, i32::MIN] {
        let mut bytes = server_bytes(
            &[ServerMessage::Handshake(Version::Two, ByteOrder::Little)],
            ByteOrder::Little,
        );
        let kind = Kind::Coordinates;
        let header = Header {
            kind,
            length: found,
        };
        bytes.extend(header.bytes());
        let expected = 3;
        let error = ProtocolError::Atoms {
            kind,
            found,
            expected,
        };
        assert_eq!(decode_server(&bytes, 3, 64), Err(error));
    }
    for found in [-1, MAX_FORCES as i32 + 1, i32::MAX] {
        let header = Header {
            kind: Kind::Forces,
            length: found,
        };
        let max = MAX_FORCES;
        let error = ProtocolError::TooManyForces { found, max };
        let decoded = decode_client(&header.bytes(), 1 << 20, ByteOrder::Little, 64);
        assert_eq!(decoded, Err(error));
    }
}

#[test]
fn forces_on_no_atom_and_infinite_ones_are_errors() {
    let cases = [(5, 0.0), (u32::MAX, 0.0), (1, f32::NAN), (1, f32::INFINITY)];
    for (atom, force) in cases {
        let mut bytes = Vec::new();
        let message = ClientMessage::Forces(vec![(atom, [0.0, force, 0.0])]);
        encode::client_message(&message, ByteOrder::Little, &mut bytes);
        assert!(
            decode_client(&bytes, 5, ByteOrder::Little, 64).is_err(),
            "{atom} {force}"
        );
    }
}
