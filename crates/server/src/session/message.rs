//! What is said on both sides.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::{DMat3, DVec3, IVec3};

use super::refusal::Violation;
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::presence::{Person, PersonId, Presence, Role};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::{Grip, Hand};

/// What a client says.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientMessage {
    /// Counts the client's messages.
    pub seq: u64,
    /// The highest number of the server's messages that has arrived.
    pub ack: Option<u64>,
    /// Counts the client's interactions; 0 where it does not.
    pub interaction_count: u64,
    /// The simulation step that the client is at; 0 where it does not say.
    pub sim_step: u64,
    /// What it asks for, if anything. A request that makes no sense still counts as a message.
    pub request: Result<Option<Request>, Violation>,
}

/// What a client asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A change of the structure.
    Interact(Interaction),
    /// To simulate.
    Start(Start),
    /// To stop that.
    Stop,
    /// To see this much, and to be called so.
    Attach(Attach),
    /// To close a hand around atoms.
    Grab {
        /// Its number with the client.
        hand: u32,
        /// The one under the hand first.
        atoms: Vec<usize>,
        /// Hold or pull.
        grip: Grip,
    },
    /// To move a hand, Å.
    Move {
        /// Its number with the client.
        hand: u32,
        /// Where the first atom is to be, Å.
        to: DVec3,
    },
    /// To open a hand.
    Release {
        /// Its number with the client.
        hand: u32,
    },
    /// To be seen here.
    Presence(Presence),
    /// To give someone a role.
    Admit(PersonId, Role),
    /// To end someone's connection.
    Remove(PersonId),
    /// To make a room with a copy of this one's structure.
    CreateRoom(String),
    /// To end a room.
    CloseRoom(String),
    /// To take back the last change.
    Undo,
    /// To make it again.
    Redo,
}

/// A change of the structure: what is not mentioned stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interaction {
    /// Whether it is the whole structure, of exactly `atoms` atoms.
    pub full: bool,
    /// How many atoms there are at least.
    pub atoms: usize,
    /// Atomic numbers by atom; 0 where there is no element yet.
    pub elements: BTreeMap<usize, u8>,
    /// Positions by atom, Å.
    pub positions: BTreeMap<usize, DVec3>,
    /// Velocities by atom, Å/fs.
    pub velocities: BTreeMap<usize, DVec3>,
    /// The cell; `None` leaves it.
    pub cell: Option<CellChange>,
    /// Total charge, e.
    pub charge: Option<i32>,
    /// Spin multiplicity 2S + 1.
    pub multiplicity: Option<u32>,
}

/// What becomes of the cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellChange {
    /// There is none.
    Clear,
    /// Its vectors are the columns (Å), and it repeats along some of them.
    Set(DMat3, [bool; 3]),
}

impl Interaction {
    /// How many atoms there are at least, by the largest index that is named.
    pub fn reach(&self) -> usize {
        let last = |index: Option<&usize>| index.map_or(0, |index| index.saturating_add(1));
        self.atoms
            .max(last(self.elements.keys().next_back()))
            .max(last(self.positions.keys().next_back()))
            .max(last(self.velocities.keys().next_back()))
    }

    /// What this one and a later one do together: the last value of each atom, and a whole structure
    /// stays one under later changes of it. \[19\]
    pub fn merge(&mut self, later: Interaction) {
        if later.full {
            let before = std::mem::replace(self, later);
            self.cell = self.cell.or(before.cell);
            self.charge = self.charge.or(before.charge);
            self.multiplicity = self.multiplicity.or(before.multiplicity);
            return;
        }
        self.atoms = self.atoms.max(if self.full {
            later.reach()
        } else {
            later.atoms
        });
        self.elements.extend(later.elements);
        self.positions.extend(later.positions);
        self.velocities.extend(later.velocities);
        self.cell = later.cell.or(self.cell);
        self.charge = later.charge.or(self.charge);
        self.multiplicity = later.multiplicity.or(self.multiplicity);
    }
}

/// What to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Relaxation rather than dynamics.
    pub relax: bool,
    /// How; `None`: as before.
    pub parameters: Option<StartParameters>,
    /// Frames to send before it stops; 0: until it is stopped.
    pub steps: u64,
    /// Whether a relaxation ends when it has converged, rather than repeat the converged structure.
    pub stop_when_converged: bool,
}

/// How to simulate, in the units of this program.
#[derive(Clone, Debug, PartialEq)]
pub struct StartParameters {
    /// A potential by name; empty: the server's default.
    pub calculator: String,
    /// K.
    pub temperature: f64,
    /// fs; 0: as before.
    pub timestep: f64,
    /// 1/ps.
    pub friction: f64,
    /// eV/Å; 0: until stopped.
    pub fmax: f64,
    /// Å; 0: as before.
    pub max_step: f64,
    /// By name; empty: by the number of atoms.
    pub optimizer: String,
}

/// What a client wants to see, and who it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attach {
    /// How numbers travel.
    pub format: Format,
    /// Whether velocities do; `None`: as is usual.
    pub velocities: Option<bool>,
    /// Whether forces do; `None`: as is usual.
    pub forces: Option<bool>,
    /// Whether bonds do.
    pub bonds: bool,
    /// Frames per second at most; `None`: as many as the server allows.
    pub max_rate: Option<f64>,
    /// What others see.
    pub name: Option<String>,
    /// sRGB.
    pub color: Option<[u8; 3]>,
}

/// How numbers travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// As they are.
    #[default]
    Double,
    /// In single precision.
    Float,
    /// Positions in 16 bits within the box that bounds them, all else in single precision.
    Fixed16,
}

/// What travels in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Content {
    /// How numbers travel.
    pub format: Format,
    /// Whether velocities do.
    pub velocities: bool,
    /// Whether forces do.
    pub forces: bool,
}

/// What the server says.
#[derive(Clone, Debug)]
pub struct ServerMessage {
    /// Counts the server's messages.
    pub seq: u64,
    /// The highest number of the client's messages that has arrived.
    pub client_seq: Option<u64>,
    /// The client's count of interactions that this answers; 0 where there is none.
    pub interaction_count: u64,
    /// The simulation step; 0 where there is none.
    pub sim_step: u64,
    /// What is said.
    pub body: Body,
}

/// What is said in a message of the server.
#[derive(Clone, Debug)]
pub enum Body {
    /// What is.
    Frame(Arc<Frame>, Content),
    /// Something in words.
    Notice(Notice),
    /// Who you are and where.
    Welcome(Welcome),
    /// Which atoms there are, and where they are in this frame.
    Snapshot(Arc<Frame>, Arc<str>, Format),
    /// What is bonded.
    Bonds(Arc<SeenBonds>),
    /// Who is here.
    People(Arc<People>),
}

/// Something in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// `KEYWORD`, or `KEYWORD: reason`.
    pub message: String,
    /// Whether the simulation has stopped.
    pub stopped: bool,
    /// Whether that is because it has converged.
    pub converged: bool,
}

/// Who you are and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Welcome {
    /// What you may do.
    pub role: Role,
    /// The room's name.
    pub room: String,
    /// Who you are to the others.
    pub person: PersonId,
    /// What the server allows.
    pub limits: super::Limits,
    /// All rooms.
    pub rooms: Vec<String>,
}

/// Bonds as they are seen from distances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenBonds {
    /// Of the structure that they belong to.
    pub structure: u64,
    /// Rises with every change of them.
    pub revision: u64,
    /// The bonds.
    pub bonds: Vec<SeenBond>,
}

/// A bond as it is seen, rounded as it is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenBond {
    /// The atoms.
    pub atoms: [u32; 2],
    /// In which image the second atom is meant, cells along a, b, c.
    pub shift: IVec3,
    /// 0 to 1.
    pub strength: f64,
    /// Between which lengths it fades, 0.01 Å.
    pub limits: [u32; 2],
    /// The order, where it is known.
    pub order: Option<BondOrder>,
}

/// Who is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Rises with every change.
    pub revision: u64,
    /// All of them.
    pub people: Vec<Person>,
}

/// What goes out to a client.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A message.
    Message(ServerMessage),
    /// The end of the conversation, behind all messages before.
    Close(Closing),
}

/// How a conversation ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// A close code of WebSocket (RFC 6455, 7.4.1).
    pub code: u16,
    /// Why; at most 123 bytes travel.
    pub reason: String,
}

impl Closing {
    /// The client has broken a rule.
    pub const POLICY: u16 = 1008;
    /// A message was too big.
    pub const TOO_BIG: u16 = 1009;
    /// The server has no room; later it may.
    pub const TRY_LATER: u16 = 1013;
}

/// The hand of a client that has a simulation of its own.
pub(super) fn own_hand(number: u32) -> Hand {
    Hand(u64::from(number))
}
