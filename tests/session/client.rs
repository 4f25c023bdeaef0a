//! Client messages: building requests and reading answers.

use prost::Message;

#[allow(
    dead_code,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/session.proto"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/fairchem.session.rs"));
}
pub(crate) use generated::client_action::start::SimType;
pub(crate) use generated::client_action::{Payload, Start, Stop};
pub(crate) use generated::server_result::{Frame, Notice, Payload as Answer};
pub(crate) use generated::user_interaction_sparse::{FullUpdateFlag, Mat3};
pub(crate) use generated::*;

pub(crate) type Atom = (u32, [f64; 3]);

/// Water, in the order of the reference values.
pub(crate) const WATER: [Atom; 3] = [
    (1, [0.9575, 0.0, 0.0]),
    (1, [-0.239_900_64, 0.926_959_51, 0.0]),
    (8, [0.0; 3]),
];

/// A full update.
pub(crate) fn whole(atoms: &[Atom]) -> UserInteractionSparse {
    UserInteractionSparse {
        natoms: atoms.len() as u32,
        atomic_numbers: Some(IntDelta {
            indices: (0..atoms.len() as u32).collect(),
            values: atoms.iter().map(|(number, _)| *number).collect(),
        }),
        positions: Some(rows(
            atoms.iter().enumerate().map(|(atom, (_, at))| (atom, *at)),
        )),
        full_update_flag: Some(FullUpdateFlag::FullUpdate(true)),
        ..Default::default()
    }
}

/// A sparse update of some positions.
pub(crate) fn moved(positions: &[(usize, [f64; 3])]) -> UserInteractionSparse {
    UserInteractionSparse {
        positions: Some(rows(positions.iter().copied())),
        full_update_flag: Some(FullUpdateFlag::FullUpdate(false)),
        ..Default::default()
    }
}

pub(crate) fn rows(rows: impl IntoIterator<Item = (usize, [f64; 3])>) -> Vec3Delta {
    let (indices, coords): (Vec<u32>, Vec<[f64; 3]>) =
        rows.into_iter().map(|(atom, at)| (atom as u32, at)).unzip();
    Vec3Delta {
        indices,
        coords: coords.concat(),
    }
}

pub(crate) fn dynamics(temperature: f64) -> Payload {
    start(SimType::Md, Some(parameters(temperature)))
}

pub(crate) fn relaxation(fmax: f64) -> Payload {
    let parameters = SimulationParams {
        fmax,
        ..parameters(0.0)
    };
    start(SimType::Relax, Some(parameters))
}

pub(crate) fn parameters(temperature: f64) -> SimulationParams {
    SimulationParams {
        temperature,
        timestep_fs: 0.5,
        friction: 0.02,
        max_step: 0.2,
        ..Default::default()
    }
}

pub(crate) fn start(kind: SimType, simulation_params: Option<SimulationParams>) -> Payload {
    Payload::Start(Start {
        simulation_type: kind.into(),
        simulation_params,
        ..Default::default()
    })
}

pub(crate) fn stop() -> Payload {
    Payload::Stop(Stop {})
}

/// Address of a frame in memory.
pub(crate) fn in_memory(number: u64) -> FrameAddress {
    FrameAddress {
        at: Some(frame_address::At::Memory(number)),
    }
}

/// Address of a frame of the file.
pub(crate) fn in_file(index: u64) -> FrameAddress {
    FrameAddress {
        at: Some(frame_address::At::File(index)),
    }
}

pub(crate) fn show_frame(address: FrameAddress) -> Payload {
    Payload::ShowFrame(ShowFrame {
        address: Some(address),
    })
}

/// Looks back at a frame, or follows again.
pub(crate) fn look_back(address: impl Into<Option<FrameAddress>>) -> Payload {
    Payload::LookBack(LookBack {
        address: address.into(),
    })
}

/// Builds the numbered messages of a client.
#[derive(Default)]
pub(crate) struct MessageBuilder {
    pub(crate) seq: u64,
}

impl MessageBuilder {
    /// The bytes of a message with a request, or of an empty one.
    pub(crate) fn request(&mut self, payload: impl Into<Option<Payload>>) -> Vec<u8> {
        self.action(ClientAction {
            payload: payload.into(),
            ..Default::default()
        })
    }

    /// The bytes of an interaction with a count.
    pub(crate) fn interact(&mut self, what: UserInteractionSparse, count: u64) -> Vec<u8> {
        self.action(ClientAction {
            payload: Some(Payload::UserInteraction(what)),
            user_interaction_count: (count > 0).then_some(count),
            ..Default::default()
        })
    }

    /// The bytes of an acknowledgement.
    pub(crate) fn acknowledge(&mut self, ack: u64) -> Vec<u8> {
        self.action(ClientAction {
            ack: Some(ack),
            ..Default::default()
        })
    }

    pub(crate) fn action(&mut self, action: ClientAction) -> Vec<u8> {
        self.seq += 1;
        let action = ClientAction {
            seq: self.seq,
            ..action
        };
        action.encode_to_vec()
    }
}

/// Access to frame and notice of a message.
pub(crate) trait MessageExt {
    fn frame(&self) -> Option<&Frame>;
    fn notice(&self) -> Option<&Notice>;
    fn text(&self) -> &str;
}

impl MessageExt for ServerResult {
    fn frame(&self) -> Option<&Frame> {
        match &self.payload {
            Some(Answer::Frame(frame)) => Some(frame),
            _ => None,
        }
    }

    fn notice(&self) -> Option<&Notice> {
        match &self.payload {
            Some(Answer::Notice(notice)) => Some(notice),
            _ => None,
        }
    }

    fn text(&self) -> &str {
        self.notice()
            .and_then(|notice| notice.message.as_deref())
            .unwrap_or_default()
    }
}

pub(crate) fn frames(received: &[ServerResult]) -> Vec<&Frame> {
    received.iter().filter_map(MessageExt::frame).collect()
}

pub(crate) fn texts(received: &[ServerResult]) -> Vec<&str> {
    let notices = received.iter().filter(|message| message.notice().is_some());
    notices.map(MessageExt::text).collect()
}
