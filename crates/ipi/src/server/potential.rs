//! Potential whose energies and forces come from a driver.

use std::sync::Arc;
use std::time::Duration;

use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

use super::drivers::Drivers;
use super::listener::{Listener, StartError};
use super::settings::ServerSettings;
use crate::address::Address;
use crate::answer::Answer;
use crate::error::WireError;
use crate::header::Header;
use crate::positions::Positions;
use crate::stream::Stream;
use crate::wire::Wire;

/// Longest wait of an evaluation for a driver that comes back.
const RETURN_WAIT: Duration = Duration::from_secs(5);

/// Total charges that are passed to a driver, which knows its own.
const MAX_CHARGE: i32 = 1000;

/// A potential whose energies and forces come from a driver.
///
/// One driver computes at a time; one more may wait, and takes the place of the first when its connection fails. The
/// socket is open until the potential is dropped, so that a driver may end and come back.
pub struct Ipi {
    settings: ServerSettings,
    name: String,
    capabilities: Capabilities,
    drivers: Arc<Drivers>,
    listener: Listener,
    driver: Option<Connected>,
    calls: u64,
    /// Why the last driver was lost.
    lost: Option<String>,
}

/// A driver that is connected.
struct Connected {
    wire: Wire<Stream>,
    peer: String,
    /// The atoms that it has received first; it cannot know others.
    elements: Vec<Element>,
}

/// Why a driver gave no answer.
#[derive(Debug, thiserror::Error)]
enum Failure {
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

impl Ipi {
    /// Listens for drivers.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub fn start(settings: ServerSettings) -> Result<Ipi, StartError> {
        let drivers = Arc::new(Drivers::default());
        let listener = Listener::start(&settings.listen, &drivers)?;
        Ok(Ipi {
            name: format!("i-PI driver at {}", listener.address()),
            settings,
            capabilities: Capabilities {
                elements: None,
                charges: -MAX_CHARGE..=MAX_CHARGE,
                spins: true,
                periodic: true,
                reactive: true,
            },
            drivers,
            listener,
            driver: None,
            calls: 0,
            lost: None,
        })
    }

    /// Where drivers connect.
    pub fn address(&self) -> &Address {
        self.listener.address()
    }

    /// Waits for a driver, for as long as the settings and a condition allow; returns whether there is one.
    pub fn wait_for_driver(&mut self, structure: &Structure, goes_on: &dyn Fn() -> bool) -> bool {
        self.wait_at_most(self.settings.wait, structure, goes_on)
    }

    fn wait_at_most(
        &mut self,
        wait: Duration,
        structure: &Structure,
        goes_on: &dyn Fn() -> bool,
    ) -> bool {
        if self.driver.is_none()
            && let Some(stream) = self.drivers.take(wait, goes_on)
        {
            self.driver = Some(Connected {
                peer: stream.peer(),
                wire: Wire::new(stream, self.settings.timeout),
                elements: structure.elements().to_vec(),
            });
        }
        self.driver.is_some()
    }

    /// Evaluates by the driver; one that fails is left.
    fn ask(&mut self, structure: &Structure) -> Result<Answer, Failure> {
        let Some(driver) = &mut self.driver else {
            return Err(WireError::Closed.into());
        };
        let answer = driver.answer(structure);
        if answer.is_err() {
            self.driver = None;
        }
        answer
    }

    fn failed(&self, reason: String) -> PotentialError {
        PotentialError::Failed {
            potential: self.name.clone(),
            reason,
        }
    }
}

impl Connected {
    fn answer(&mut self, structure: &Structure) -> Result<Answer, Failure> {
        let mut state = self.status()?;
        if state == Header::NeedInit {
            self.wire.send_init()?;
            state = self.status()?;
        }
        expect(state, Header::Ready, "READY")?;
        self.wire.send_positions(&Positions::of(structure))?;
        let state = self.status()?;
        expect(state, Header::HaveData, "HAVEDATA")?;
        self.wire.send(Header::GetForce)?;
        expect(self.wire.header()?, Header::ForceReady, "FORCEREADY")?;
        let answer = self.wire.answer()?;
        let (expected, found) = (structure.len(), answer.forces.len());
        if found != expected {
            return Err(Failure::Atoms { expected, found });
        }
        match answer.is_finite() {
            true => Ok(answer),
            false => Err(Failure::NotFinite),
        }
    }

    fn status(&mut self) -> Result<Header, WireError> {
        self.wire.send(Header::Status)?;
        self.wire.header()
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.wire.send(Header::Exit);
    }
}

fn expect(found: Header, wanted: Header, expected: &'static str) -> Result<(), WireError> {
    match found == wanted {
        true => Ok(()),
        false => Err(WireError::Unexpected {
            expected,
            found: found.text(),
        }),
    }
}

impl Potential for Ipi {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        "Energies and forces of another program that connects by the i-PI protocol; as good as that program"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn status(&self) -> Option<String> {
        let waiting = match self.drivers.has_waiting() {
            true => "; another driver waits",
            false => "",
        };
        Some(match (&self.driver, &self.lost) {
            (Some(driver), _) => format!("{} structures by {}{waiting}", self.calls, driver.peer),
            (None, Some(lost)) => format!("Lost the driver: {lost}{waiting}"),
            (None, None) => "Waits for a driver".to_owned(),
        })
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let knows_others = |driver: &Connected| driver.elements != structure.elements();
        if self.driver.as_ref().is_some_and(knows_others) {
            // The protocol does not send elements: it has to start anew, with the new structure.
            self.driver = None;
            self.lost = Some("the atoms of the structure have changed".to_owned());
        }
        loop {
            let wait = self.settings.wait.min(RETURN_WAIT);
            if !self.wait_at_most(wait, structure, &|| true) {
                let lost = self.lost.as_ref();
                let lost = lost.map_or_else(String::new, |lost| format!("{lost}; "));
                let (address, atoms) = (self.address(), structure.len());
                return Err(self.failed(format!(
                    "{lost}no driver has connected to {address} within {} s: start one for these {atoms} atoms, then \
                     run",
                    wait.as_secs()
                )));
            }
            match self.ask(structure) {
                Ok(answer) => {
                    self.calls += 1;
                    self.lost = None;
                    return Ok(answer.evaluation(structure));
                }
                Err(error) => {
                    self.lost = Some(error.to_string());
                    if !self.drivers.has_waiting() {
                        let address = self.address();
                        return Err(self.failed(format!(
                            "{error}; start the driver again, which connects to {address}, then run"
                        )));
                    }
                }
            }
        }
    }
}
