//! Potential whose energies and forces come from a driver.

use std::sync::Arc;
use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

use super::connected_driver::ConnectedDriver;
use super::drivers::Drivers;
use super::listener::{Listener, StartError};
use super::settings::ServerSettings;
use crate::address::Address;

/// Longest wait of an evaluation for a driver that comes back.
const RETURN_WAIT: Duration = Duration::from_secs(5);

/// The most drivers that one evaluation tries.
const MAX_DRIVERS: usize = 3;

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
    driver: Option<ConnectedDriver>,
    calls: u64,
    /// Why the last driver was lost.
    lost: Option<String>,
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

    /// Waits for a driver that is ready, for as long as the settings allow; returns whether there is one.
    pub fn wait_for_driver(&mut self, structure: &Structure) -> bool {
        self.wait_at_most(self.settings.wait, structure)
    }

    fn wait_at_most(&mut self, wait: Duration, structure: &Structure) -> bool {
        // A program that connects and leaves is no driver.
        for _ in 0..MAX_DRIVERS {
            if self.driver.is_some() {
                break;
            }
            let Some(stream) = self.drivers.take(wait, self.settings.goes_on) else {
                break;
            };
            match ConnectedDriver::greet(stream, structure, &self.settings) {
                Ok(driver) => self.driver = Some(driver),
                Err(error) => self.lost = Some(error.to_string()),
            }
        }
        self.driver.is_some()
    }

    /// The error without a driver, with a remedy.
    fn without_driver(&self, structure: &Structure) -> PotentialError {
        let (address, atoms) = (self.address(), structure.len());
        let remedy = format!(
            "start a driver for these {atoms} atoms, which connects to {address}, then run again"
        );
        let reason = self.lost.as_deref().unwrap_or("no driver has connected");
        PotentialError::Failed {
            potential: self.name.clone(),
            reason: format!("{reason}; {remedy}"),
        }
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
            (None, Some(lost)) => format!("No driver: {lost}{waiting}"),
            (None, None) => "Waits for a driver".to_owned(),
        })
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        if self
            .driver
            .as_ref()
            .is_some_and(|driver| !driver.is_for(structure))
        {
            // The protocol does not send elements: it has to start anew, with the new structure.
            self.driver = None;
            self.lost = Some("the atoms of the structure have changed".to_owned());
        }
        for _ in 0..MAX_DRIVERS {
            let wait = self.settings.wait.min(RETURN_WAIT);
            if !self.wait_at_most(wait, structure) {
                break;
            }
            let Some(driver) = &mut self.driver else {
                break;
            };
            match driver.evaluate(structure) {
                Ok(evaluation) => {
                    self.calls += 1;
                    self.lost = None;
                    return Ok(evaluation);
                }
                Err(error) => {
                    self.driver = None;
                    self.lost = Some(error.to_string());
                    if !self.drivers.has_waiting() {
                        break;
                    }
                }
            }
        }
        Err(self.without_driver(structure))
    }
}
