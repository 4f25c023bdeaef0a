//! Messages of the server.

use std::sync::Arc;

use glam::IVec3;

use super::client::{FrameContent, NumberFormat};
use crate::session::close::CloseFrame;
use crate::session::limits::Limits;
use crate::session::timeline::{TimelinePlace, TimelineSummary};
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::presence::{Person, PersonId, Role};
use mlipview_core::sim::frame::Frame;

/// The next item to send to a client.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A message.
    Message(ServerMessage),
    /// The end of the connection, after all messages before it.
    Close(CloseFrame),
}

/// A message of the server.
#[derive(Clone, Debug)]
pub struct ServerMessage {
    /// Sequence number.
    pub seq: u64,
    /// The highest sequence number of the client that has arrived.
    pub client_seq: Option<u64>,
    /// The interaction count that this message answers; 0 if there is none.
    pub interaction_count: u64,
    /// The simulation step; 0 if there is none.
    pub sim_step: u64,
    /// The content.
    pub body: Body,
}

/// Content of a message of the server.
#[derive(Clone, Debug)]
pub enum Body {
    /// A frame of the simulation.
    Frame(Arc<Frame>, FrameContent),
    /// A recorded frame, with its place in the timeline.
    RecordedFrame(Arc<Frame>, FrameContent, TimelinePlace),
    /// A text.
    Notice(Notice),
    /// Role, room and limits of the client.
    Welcome(Welcome),
    /// The structure of a frame, with a title.
    Snapshot(Arc<Frame>, Arc<str>, NumberFormat),
    /// Perceived bonds.
    Bonds(Arc<PerceivedBonds>),
    /// The people in the room.
    People(Arc<People>),
    /// The recorded frames.
    Timeline(Arc<TimelineSummary>),
    /// Content for a client that looks back, which no other client shares.
    LookBack(Box<Body>),
}

impl Body {
    /// The frame, if it is one.
    pub fn frame(&self) -> Option<&Arc<Frame>> {
        match self {
            Body::Frame(frame, _) | Body::RecordedFrame(frame, ..) => Some(frame),
            Body::LookBack(body) => body.frame(),
            _ => None,
        }
    }
}

/// A text message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// `KEYWORD`, or `KEYWORD: reason`.
    pub message: String,
    /// Whether the simulation has stopped.
    pub stopped: bool,
    /// Whether it has converged.
    pub converged: bool,
}

/// Role, room and limits of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Welcome {
    /// The client's role.
    pub role: Role,
    /// The room's name.
    pub room: String,
    /// The client's id in the room.
    pub person: PersonId,
    /// Limits of the session.
    pub limits: Limits,
    /// Names of all rooms.
    pub rooms: Vec<String>,
}

/// Bonds perceived from distances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerceivedBonds {
    /// Revision of their structure.
    pub structure: u64,
    /// Revision of the list.
    pub revision: u64,
    /// The bonds.
    pub bonds: Vec<PerceivedBond>,
}

/// A bond perceived from distances, in the precision of the wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerceivedBond {
    /// The atoms.
    pub atoms: [u32; 2],
    /// Image of the second atom, cells along a, b, c.
    pub shift: IVec3,
    /// Strength, 0 to 1.
    pub strength: f64,
    /// Lengths between which the bond fades, 0.01 Å.
    pub limits: [u32; 2],
    /// Bond order, if known.
    pub order: Option<BondOrder>,
}

/// The people in a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Revision of the list.
    pub revision: u64,
    /// The people, by id.
    pub people: Vec<Person>,
}
