//! Driver that is connected, and what it was told.

use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;

use super::settings::ServerSettings;
use crate::error::WireError;
use crate::header::Header;
use crate::positions::Positions;
use crate::stream::Stream;
use crate::wire::Wire;

/// A driver that is connected.
pub(super) struct ConnectedDriver {
    wire: Wire<Stream>,
    /// Its address, for messages.
    pub(super) peer: String,
    /// The structure at the connection: its elements, charge and periodicity are those of the driver's input.
    structure: Structure,
    /// Edge of the cube that stands for no cell, Å.
    cube: f64,
    has_failed: bool,
}

/// Why a driver gave no results.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Wire(#[from] WireError),
    #[error(
        "the driver sends forces on {found} atoms, the structure has {expected}: start it with the same atoms in the \
         same order"
    )]
    Atoms { expected: usize, found: usize },
    #[error("the driver sends an energy, force or virial that is not finite: look into its output")]
    NotFinite,
}

impl ConnectedDriver {
    /// Greets a program that has connected: it is to be ready for positions.
    pub(super) fn greet(
        stream: Stream,
        structure: &Structure,
        settings: &ServerSettings,
    ) -> Result<ConnectedDriver, Failure> {
        let cube = settings
            .cube
            .unwrap_or_else(|| Positions::cube_of(structure));
        let mut driver = ConnectedDriver {
            peer: stream.peer(),
            wire: Wire::new(stream, settings.timeout, settings.goes_on),
            structure: structure.clone(),
            cube,
            has_failed: false,
        };
        driver.get_ready()?;
        Ok(driver)
    }

    /// Whether the driver's input describes another structure too.
    pub(super) fn is_for(&self, structure: &Structure) -> bool {
        let periodicity = |it: &Structure| it.cell.as_ref().map(|cell| cell.periodic());
        self.structure.elements() == structure.elements()
            && self.structure.charge == structure.charge
            && self.structure.multiplicity() == structure.multiplicity()
            && periodicity(&self.structure) == periodicity(structure)
    }

    /// Energy, forces and stress of a structure.
    pub(super) fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, Failure> {
        let evaluation = self.ask(structure);
        self.has_failed = evaluation.is_err();
        evaluation
    }

    fn get_ready(&mut self) -> Result<(), Failure> {
        let mut state = self.status()?;
        if state == Header::NeedInit {
            self.wire.send_init()?;
            state = self.status()?;
        }
        Ok(expect(state, Header::Ready)?)
    }

    fn ask(&mut self, structure: &Structure) -> Result<Evaluation, Failure> {
        self.get_ready()?;
        let (positions, orientation) = Positions::of(structure, self.cube);
        self.wire.send_positions(&positions)?;
        expect(self.status()?, Header::HaveData)?;
        self.wire.send(Header::GetForce)?;
        expect(self.wire.header()?, Header::ForceReady)?;
        let answer = self.wire.answer()?;
        let (expected, found) = (structure.len(), answer.forces.len());
        if found != expected {
            return Err(Failure::Atoms { expected, found });
        }
        match answer.is_finite() {
            true => Ok(answer.evaluation(structure, &orientation)),
            false => Err(Failure::NotFinite),
        }
    }

    fn status(&mut self) -> Result<Header, WireError> {
        self.wire.send(Header::Status)?;
        self.wire.header()
    }
}

impl Drop for ConnectedDriver {
    fn drop(&mut self) {
        // One that has failed may not read, and would be waited for.
        if !self.has_failed {
            let _ = self.wire.send(Header::Exit);
        }
    }
}

fn expect(found: Header, expected: Header) -> Result<(), WireError> {
    match found == expected {
        true => Ok(()),
        false => Err(WireError::Unexpected {
            expected: expected.text(),
            found: found.text(),
        }),
    }
}
