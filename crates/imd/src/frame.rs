//! Frames of a server, assembled of its messages and converted to Å, eV and fs.

use glam::DVec3;
use mlipview_core::chem::Cell;
use mlipview_core::sim::external::ExternalFrame;

use crate::error::ProtocolError;
use crate::kind::Kind;
use crate::message::ServerMessage;
use crate::session_info::SessionInfo;
use crate::units::{EnergyUnit, PICOSECOND};
use crate::version::Version;

/// Assembles the messages of a server to frames. In version 2 coordinates complete a frame, with the energies
/// that came since the last one; in version 3 the last message of the session information does.
pub struct FrameAssembler {
    version: Version,
    /// Unit of energies.
    unit: EnergyUnit,
    info: Option<SessionInfo>,
    /// The messages of the present frame that are due in version 3, the next one last.
    due: Vec<Kind>,
    frame: ExternalFrame,
}

impl FrameAssembler {
    /// An assembler behind a handshake; energies have this unit.
    pub fn new(version: Version, unit: EnergyUnit) -> FrameAssembler {
        FrameAssembler {
            version,
            unit,
            info: None,
            due: Vec::new(),
            frame: ExternalFrame::default(),
        }
    }

    /// Whether a client may send its go: at once in version 2, behind the session information in version 3.
    pub fn is_ready(&self) -> bool {
        self.version == Version::Two || self.info.is_some()
    }

    /// Takes the next message; returns the frame that it completes.
    ///
    /// # Errors
    /// If the message is not the one that is due.
    pub fn push(&mut self, message: ServerMessage) -> Result<Option<ExternalFrame>, ProtocolError> {
        let is_last = match self.version {
            Version::Two => self.check_version_2(message.kind())?,
            Version::Three => self.check_version_3(message.kind())?,
        };
        let force = Version::energy_unit(self.version).in_ev();
        match message {
            ServerMessage::SessionInfo(info) if info.coordinates => self.info = Some(info),
            ServerMessage::SessionInfo(_) => return Err(ProtocolError::NoCoordinates),
            ServerMessage::Handshake(..) => {}
            ServerMessage::Energies(block) => {
                self.frame.values = block.values(self.unit);
                self.frame.step = u64::try_from(block.step).ok();
            }
            ServerMessage::Time(block) => {
                self.frame.time = Some(block.time * PICOSECOND);
                self.frame.step = u64::try_from(block.step).ok();
            }
            ServerMessage::Box(vectors) => self.frame.cell = cell(vectors)?,
            ServerMessage::Coordinates(list) => self.frame.positions = scaled(&list, 1.0),
            ServerMessage::Velocities(list) => {
                self.frame.velocities = Some(scaled(&list, 1.0 / PICOSECOND));
            }
            ServerMessage::Forces(list) => self.frame.forces = Some(scaled(&list, force)),
        }
        Ok(is_last.then(|| std::mem::take(&mut self.frame)))
    }

    /// Checks a message of version 2; returns whether it completes a frame.
    fn check_version_2(&self, found: Kind) -> Result<bool, ProtocolError> {
        match found {
            Kind::Energies => Ok(false),
            Kind::Coordinates => Ok(true),
            _ => Err(ProtocolError::Unexpected {
                found,
                expected: "energies or coordinates (version 2)",
            }),
        }
    }

    /// Checks that a message of version 3 is the next one; returns whether it completes a frame.
    fn check_version_3(&mut self, found: Kind) -> Result<bool, ProtocolError> {
        let unexpected = |expected| Err(ProtocolError::Unexpected { found, expected });
        let Some(info) = self.info else {
            return match found {
                Kind::SessionInfo => Ok(false),
                _ => unexpected("session information (version 3)"),
            };
        };
        if self.due.is_empty() {
            self.due = info.kinds();
            self.due.reverse();
        }
        if self.due.pop() != Some(found) {
            return unexpected("the next message of the session information (version 3)");
        }
        Ok(self.due.is_empty())
    }
}

/// The cell of its vectors; `None` of zero vectors, as without periodicity.
fn cell(vectors: [[f32; 3]; 3]) -> Result<Option<Cell>, ProtocolError> {
    let vectors = vectors.map(|vector| DVec3::from(vector.map(f64::from)));
    if vectors.iter().all(|vector| *vector == DVec3::ZERO) {
        return Ok(None);
    }
    let cell = Cell::new(vectors, [true; 3]);
    cell.map(Some).map_err(|_| ProtocolError::FlatCell)
}

fn scaled(vectors: &[[f32; 3]], factor: f64) -> Vec<DVec3> {
    let vectors = vectors.iter();
    vectors
        .map(|vector| factor * DVec3::from(vector.map(f64::from)))
        .collect()
}
