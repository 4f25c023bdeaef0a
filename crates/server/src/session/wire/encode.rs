//! Encoding of server messages.

use prost::Message as _;
use prost::bytes::{BufMut, Bytes, BytesMut};

use super::frame::write_frame;
use super::generated as pb;
use super::generated::server_result::{Frame, Payload};
use super::presence::{write_person, write_role};
use super::script::write_script;
use super::structure::{write_bonds, write_snapshot};
use super::timeline::write_timeline;
use super::vectors::write_index;
use crate::session::limits::UNACKNOWLEDGED;
use crate::session::message::{Body, Notice, ServerMessage, Welcome};

/// Version of the schema. \[3\]
const SCHEMA_VERSION: u32 = 1;

/// Encodes the content of a message. All clients share it; only the [envelope] around it differs.
pub fn content(body: &Body) -> Bytes {
    let result = pb::ServerResult {
        payload: Some(payload(body)),
        ..pb::ServerResult::default()
    };
    result.encode_to_vec().into()
}

fn payload(body: &Body) -> Payload {
    match body {
        Body::Frame(frame, content) => Payload::Frame(write_frame(frame, *content)),
        Body::RecordedFrame(frame, content, place) => {
            let wire = write_frame(frame, *content);
            Payload::Frame(Frame {
                energy: wire.energy.or(place.energy),
                position: place.position,
                script: place.script.as_deref().map(write_script),
                ..wire
            })
        }
        Body::Notice(notice) => Payload::Notice(write_notice(notice)),
        Body::Welcome(welcome) => Payload::Welcome(write_welcome(welcome)),
        Body::Snapshot(frame, title, format) => {
            Payload::Snapshot(write_snapshot(frame, title, *format))
        }
        Body::Bonds(bonds) => Payload::Bonds(write_bonds(bonds)),
        Body::People(people) => Payload::People(pb::People {
            people: people.people.iter().map(write_person).collect(),
        }),
        Body::Timeline(timeline) => Payload::Timeline(write_timeline(timeline)),
        Body::LookBack(body) => payload(body),
    }
}

/// Prepends the counters of a message to its encoded [content]: protobuf allows fields in any order.
pub fn envelope(message: &ServerMessage, content: &Bytes) -> Bytes {
    let present = |count: u64| (count > 0).then_some(count);
    let counters = pb::ServerResult {
        seq: message.seq,
        client_seq: message.client_seq,
        payload: None,
        user_interaction_count: present(message.interaction_count),
        sim_step: present(message.sim_step),
        schema_version: SCHEMA_VERSION,
    };
    let mut bytes = BytesMut::with_capacity(counters.encoded_len() + content.len());
    counters.encode_raw(&mut bytes);
    bytes.put_slice(content);
    bytes.freeze()
}

/// Encodes a message.
pub fn encode(message: &ServerMessage) -> Bytes {
    envelope(message, &content(&message.body))
}

fn write_notice(notice: &Notice) -> pb::server_result::Notice {
    pb::server_result::Notice {
        message: Some(notice.message.clone()),
        simulation_stopped: notice.stopped.then_some(true),
        converged: notice.converged.then_some(true),
    }
}

fn write_welcome(welcome: &Welcome) -> pb::Welcome {
    let limits = &welcome.limits;
    pb::Welcome {
        role: write_role(welcome.role).into(),
        room: welcome.room.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        person: welcome.person.0,
        limits: Some(pb::Limits {
            unacknowledged: write_index(UNACKNOWLEDGED as usize),
            message_bytes: limits.message_bytes as u64,
            messages_per_second: limits.messages_per_second,
            max_rate: limits.max_rate,
            atoms: write_index(limits.atoms),
        }),
        rooms: welcome.rooms.clone(),
    }
}
