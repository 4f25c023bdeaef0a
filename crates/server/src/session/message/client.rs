//! Messages of clients.

use glam::DVec3;

use super::interaction::Interaction;
use crate::session::violation::Violation;
use mlipview_core::presence::{PersonId, Presence, Role};
use mlipview_core::sim::{FrameAddress, Grip, Play};

/// A message of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientMessage {
    /// Sequence number.
    pub seq: u64,
    /// The highest sequence number of the server that has arrived.
    pub ack: Option<u64>,
    /// Number of the interaction; 0 if absent.
    pub interaction_count: u64,
    /// The client's simulation step; 0 if absent.
    pub sim_step: u64,
    /// The request, if there is one. The counters of a message with an invalid request are valid.
    pub request: Result<Option<ClientRequest>, Violation>,
}

/// A request of a client.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientRequest {
    /// Changes the structure.
    Interact(Interaction),
    /// Starts a simulation.
    Start(Start),
    /// Stops the simulation.
    Stop,
    /// Selects the contents of frames, and introduces the client.
    Attach(Attach),
    /// Closes a hand around atoms.
    Grab {
        /// The client's number of the hand.
        hand: u32,
        /// The atoms; the one under the hand is the first.
        atoms: Vec<usize>,
        /// Hold or spring.
        grip: Grip,
    },
    /// Moves a hand.
    Move {
        /// The client's number of the hand.
        hand: u32,
        /// Target of the first atom, Å.
        to: DVec3,
    },
    /// Opens a hand.
    Release {
        /// The client's number of the hand.
        hand: u32,
    },
    /// Reports the poses of head and hands.
    Presence(Presence),
    /// Gives a person a role.
    Admit(PersonId, Role),
    /// Disconnects a person.
    Remove(PersonId),
    /// Creates a room with a copy of this room's structure.
    CreateRoom(String),
    /// Closes a room.
    CloseRoom(String),
    /// Undoes the last change.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// Shows a recorded frame to the room.
    ShowFrame(FrameAddress),
    /// Plays recorded frames to the room; `None` pauses.
    Play(Option<Play>),
    /// Ends playback in the room.
    EndPlayback,
    /// Makes a recorded frame the newest state of the room.
    ContinueFrom(FrameAddress),
    /// Sends a recorded frame to this client alone; `None`: the newest ones again.
    LookBack(Option<FrameAddress>),
}

/// A start of dynamics or of a relaxation.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Relaxation instead of dynamics.
    pub relax: bool,
    /// The parameters; `None` keeps the last ones.
    pub parameters: Option<StartParameters>,
    /// Maximum number of frames; 0: unlimited.
    pub steps: u64,
    /// Stops a relaxation at convergence, instead of sending the converged structure again.
    pub stop_when_converged: bool,
}

/// Parameters of dynamics and relaxation, in this program's units.
#[derive(Clone, Debug, PartialEq)]
pub struct StartParameters {
    /// The potential's name; empty for the server's default.
    pub calculator: String,
    /// Temperature, K.
    pub temperature: f64,
    /// Timestep, fs; 0 keeps the last one.
    pub timestep: f64,
    /// Friction of the thermostat, 1/ps.
    pub friction: f64,
    /// Force threshold of convergence, eV/Å; 0: never converges.
    pub fmax: f64,
    /// Maximum displacement of an atom per step of a relaxation, Å; 0 keeps the last one.
    pub max_step: f64,
    /// The optimizer's name; empty for a choice by the number of atoms.
    pub optimizer: String,
}

/// The contents of frames that a client selects, and its profile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attach {
    /// Number format.
    pub format: NumberFormat,
    /// Includes velocities; `None` for the session's default.
    pub velocities: Option<bool>,
    /// Includes forces; `None` for the session's default.
    pub forces: Option<bool>,
    /// Sends bonds.
    pub bonds: bool,
    /// Maximum frames per second; `None` for the server's maximum.
    pub max_rate: Option<f64>,
    /// Name shown to others.
    pub name: Option<String>,
    /// Color shown to others, sRGB.
    pub color: Option<[u8; 3]>,
    /// Sends summaries of the timeline.
    pub timeline: bool,
}

/// Number format of vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// Double precision.
    #[default]
    Double,
    /// Single precision.
    Float,
    /// Positions as 16-bit fractions of their bounding box, all else in single precision.
    Fixed16,
}

/// Contents of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameContent {
    /// Number format.
    pub format: NumberFormat,
    /// Includes velocities.
    pub velocities: bool,
    /// Includes forces.
    pub forces: bool,
}

impl FrameContent {
    /// The content of the original's frames, until a client selects another.
    pub(in crate::session) const ORIGINAL: FrameContent = FrameContent {
        format: NumberFormat::Double,
        velocities: true,
        forces: true,
    };

    /// The content that a client selects, with a default for velocities and forces.
    pub(in crate::session) fn select(attach: &Attach, default: bool) -> FrameContent {
        FrameContent {
            format: attach.format,
            velocities: attach.velocities.unwrap_or(default),
            forces: attach.forces.unwrap_or(default),
        }
    }
}
