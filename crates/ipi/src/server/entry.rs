//! The catalog entry of drivers.

use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{CatalogError, Entry, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::{Applicability, Potential};

use super::potential::Ipi;
use super::settings::ServerSettings;
use crate::address::{Address, AddressError};

/// Name in requests.
const NAME: &str = "ipi";

/// Names and defaults of the options.
const LISTEN: &str = "listen";
const WAIT: &str = "wait";
const TIMEOUT: &str = "timeout";
const CUBE: &str = "cube";
const DEFAULT_WAIT: f64 = 60.0;
const DEFAULT_TIMEOUT: f64 = 600.0;

/// Largest cube, Å.
const MAX_CUBE: f64 = 1e5;

/// Range of both times, s.
const MIN_TIME: f64 = 0.1;
const MAX_TIME: f64 = 1e6;

/// The start of a server.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Whether to go on, which is asked five times a second.
    pub goes_on: fn() -> bool,
    /// Is called with the address when the server waits for its first driver.
    pub on_waiting: fn(&Address),
}

/// The entry `ipi`: energies and forces of another program.
pub fn entry(start: Start) -> Entry {
    Entry {
        name: NAME,
        summary: "energies and forces of another program that connects: ASE, LAMMPS, DFTB+, CP2K and others",
        source: "The i-PI protocol: M. Ceriotti, J. More, D. E. Manolopoulos, Comput. Phys. Commun. 185, 1019 (2014), \
                 doi:10.1016/j.cpc.2013.10.027; cite the program that connects",
        options: &[
            OptionSpec {
                name: LISTEN,
                help: "where the program connects: unix:NAME (the socket /tmp/ipi_NAME), unix:/absolute/path, or \
                       HOST:PORT, as in 127.0.0.1:31415",
                default: None,
            },
            OptionSpec {
                name: WAIT,
                help: "time for which the start waits for a program to connect, s",
                default: Some("60"),
            },
            OptionSpec {
                name: TIMEOUT,
                help: "time for which the program may compute one structure, s",
                default: Some("600"),
            },
            OptionSpec {
                name: CUBE,
                help: "edge of the cube that is sent for a structure without a cell, Å",
                default: Some("its size and 100"),
            },
        ],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(move |options, structure| build(options, structure, start)),
    }
}

fn applicability(options: &Options, structure: &Structure) -> Applicability {
    match options.text(LISTEN) {
        Some(address) => Applicability::suitable(format!(
            "the program that connects to {address} computes it"
        )),
        None => Applicability::Impossible {
            // So that the automatic choice does not count it as a potential with parameters.
            missing: mlipview_core::potential::species::Species::of(structure).elements,
            reason: "it needs an address, as in ipi:listen=unix:water".to_owned(),
        },
    }
}

/// Listens, and waits for the first driver.
fn build(
    options: &Options,
    structure: &Structure,
    start: Start,
) -> Result<Box<dyn Potential>, CatalogError> {
    let failed = |reason: String| CatalogError::Failed {
        potential: NAME,
        reason,
    };
    let missing = || failed("it needs the option listen, as in ipi:listen=unix:water".to_owned());
    let listen = options.text(LISTEN).ok_or_else(missing)?;
    let settings = ServerSettings {
        listen: listen
            .parse()
            .map_err(|error: AddressError| failed(error.to_string()))?,
        timeout: time(options, TIMEOUT, DEFAULT_TIMEOUT)?,
        wait: time(options, WAIT, DEFAULT_WAIT)?,
        cube: cube(options)?,
        goes_on: start.goes_on,
    };
    let wait = settings.wait;
    let mut potential = Ipi::start(settings).map_err(|error| failed(error.to_string()))?;
    let address = potential.address().to_string();
    (start.on_waiting)(potential.address());
    match potential.wait_for_driver(structure) {
        true => Ok(Box::new(potential)),
        false if !(start.goes_on)() => Err(failed(format!(
            "interrupted while waiting for a program that connects to {address}"
        ))),
        false => Err(failed(format!(
            "no program has connected to {address} within {} s: start it, or wait longer by the option {WAIT}",
            wait.as_secs_f64()
        ))),
    }
}

/// The edge of the cube, Å.
fn cube(options: &Options) -> Result<Option<f64>, CatalogError> {
    match options.number(CUBE)? {
        Some(cube) if !(1.0..=MAX_CUBE).contains(&cube) => Err(CatalogError::Failed {
            potential: NAME,
            reason: format!("invalid {CUBE}={cube}: expected 1 to {MAX_CUBE} Å"),
        }),
        cube => Ok(cube),
    }
}

fn time(options: &Options, name: &'static str, default: f64) -> Result<Duration, CatalogError> {
    let seconds = options.number(name)?.unwrap_or(default);
    match (MIN_TIME..=MAX_TIME).contains(&seconds) {
        true => Ok(Duration::from_secs_f64(seconds)),
        false => Err(CatalogError::Failed {
            potential: NAME,
            reason: format!("invalid {name}={seconds}: expected {MIN_TIME} to {MAX_TIME} s"),
        }),
    }
}
