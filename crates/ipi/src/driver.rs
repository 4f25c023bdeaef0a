//! Driver: one of our potentials for another program that moves the atoms.

use std::io;
use std::time::Duration;

use mlipview_core::chem::cell::CellError;
use mlipview_core::chem::{Cell, Structure};
use mlipview_core::potential::{Potential, PotentialError};

use super::address::Address;
use super::answer::Answer;
use super::error::WireError;
use super::header::Header;
use super::positions::Positions;
use super::stream::Stream;
use super::wire::Wire;

/// Time for which a server may be silent within a message.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Why a driver has ended.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// No server listens there.
    #[error("cannot connect to {address}: {cause}")]
    Connect {
        /// The address.
        address: String,
        /// The cause.
        cause: io::Error,
    },
    /// The connection has failed.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// Positions of another number of atoms.
    #[error(
        "the server sends {found} atoms, the structure of this driver has {expected}: start both with the same atoms in \
         the same order"
    )]
    Atoms {
        /// Atoms of the driver.
        expected: usize,
        /// Atoms of the server.
        found: usize,
    },
    /// A cell that is none.
    #[error("the server sends an invalid cell: {0}")]
    Cell(CellError),
    /// Positions or a cell that are not finite.
    #[error("the server sends positions that are not finite")]
    Positions,
    /// The potential has failed.
    #[error(transparent)]
    Potential(#[from] PotentialError),
    /// A result that is not finite.
    #[error(
        "{0} gives an energy or force that is not finite for these positions, which is not sent"
    )]
    NotFinite(String),
}

/// How a conversation has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// The server has ended it.
    Exit,
    /// The condition does not hold any more.
    Stopped,
}

/// A driver: a potential, and the structure whose elements and periodicity it has.
///
/// The protocol sends neither elements nor whether a cell is periodic: both are those of the structure. The cell that
/// is sent replaces that of a structure with a cell, and is ignored else.
pub struct Driver {
    structure: Structure,
    potential: Box<dyn Potential>,
    calls: u64,
}

impl Driver {
    /// A driver for the atoms of a structure.
    pub fn new(structure: Structure, potential: Box<dyn Potential>) -> Driver {
        Driver {
            structure,
            potential,
            calls: 0,
        }
    }

    /// Number of structures that were evaluated.
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// Connects to a server and computes for it until it ends the conversation, or a condition does not hold any
    /// more, which is asked five times a second while the server is silent.
    ///
    /// # Errors
    /// If there is no server, the connection fails, the server sends other atoms, or the potential fails. The
    /// protocol has no message for errors: the connection is closed.
    pub fn serve(
        &mut self,
        address: &Address,
        goes_on: fn() -> bool,
    ) -> Result<Served, DriverError> {
        let connect = || {
            let stream = Stream::connect(address)?;
            stream.prepare()?;
            Ok(stream)
        };
        let stream = connect().map_err(|cause| DriverError::Connect {
            address: address.to_string(),
            cause,
        })?;
        let mut wire = Wire::new(stream, TIMEOUT, goes_on);
        match self.answer_requests(&mut wire) {
            Err(DriverError::Wire(WireError::Interrupted)) => Ok(Served::Stopped),
            ended => ended,
        }
    }

    fn answer_requests(&mut self, wire: &mut Wire<Stream>) -> Result<Served, DriverError> {
        let mut answer = None;
        loop {
            let header = wire.next_header()?;
            match header {
                Header::Status => wire.send(match answer {
                    Some(_) => Header::HaveData,
                    None => Header::Ready,
                })?,
                Header::Init => wire.skip_init()?,
                Header::PosData => answer = Some(self.evaluate(wire.positions()?)?),
                Header::Exit => return Ok(Served::Exit),
                Header::GetForce => match answer.take() {
                    Some(answer) => wire.send_answer(&answer)?,
                    None => return Err(unexpected("POSDATA before GETFORCE", header)),
                },
                found => return Err(unexpected("a message of a server", found)),
            }
        }
    }

    fn evaluate(&mut self, sent: Positions) -> Result<Answer, DriverError> {
        let (expected, found) = (self.structure.len(), sent.positions.len());
        if found != expected {
            return Err(DriverError::Atoms { expected, found });
        }
        if !sent.positions.iter().all(|position| position.is_finite()) {
            return Err(DriverError::Positions);
        }
        if let Some(cell) = &mut self.structure.cell {
            *cell = Cell::new(sent.cell, cell.periodic()).map_err(DriverError::Cell)?;
        }
        self.structure
            .positions_mut()
            .copy_from_slice(&sent.positions);
        let evaluation = self.potential.evaluate(&self.structure)?;
        let answer = Answer::of(&evaluation, &self.structure);
        if !answer.is_finite() {
            return Err(DriverError::NotFinite(self.potential.name().to_owned()));
        }
        self.calls += 1;
        Ok(answer)
    }
}

fn unexpected(expected: &'static str, found: Header) -> DriverError {
    let found = found.text();
    WireError::Unexpected { expected, found }.into()
}
