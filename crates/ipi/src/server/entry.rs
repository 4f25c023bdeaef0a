//! The catalog entry of drivers.

use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{CatalogError, Entry, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::{Applicability, Potential};

use super::potential::Ipi;
use super::settings::ServerSettings;

/// Name in requests.
const NAME: &str = "ipi";

/// Names and defaults of the options.
const LISTEN: &str = "listen";
const WAIT: &str = "wait";
const TIMEOUT: &str = "timeout";
const DEFAULT_WAIT: f64 = 60.0;
const DEFAULT_TIMEOUT: f64 = 600.0;

/// Range of both times, s.
const MIN_TIME: f64 = 0.1;
const MAX_TIME: f64 = 1e6;

/// The entry `ipi`: energies and forces of another program. Waiting for the first one ends when `goes_on` does not hold
/// any more, which is asked five times a second.
pub fn entry(goes_on: fn() -> bool) -> Entry {
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
        ],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(move |options, structure| build(options, structure, goes_on)),
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
    goes_on: fn() -> bool,
) -> Result<Box<dyn Potential>, CatalogError> {
    let failed = |reason: String| CatalogError::Failed {
        potential: NAME,
        reason,
    };
    let listen = options.text(LISTEN).ok_or(CatalogError::Missing {
        potential: NAME,
        missing: LISTEN,
        example: "ipi:listen=unix:water",
    })?;
    let settings = ServerSettings {
        listen: listen
            .parse()
            .map_err(|error: crate::AddressError| failed(error.to_string()))?,
        timeout: time(options, TIMEOUT, DEFAULT_TIMEOUT)?,
        wait: time(options, WAIT, DEFAULT_WAIT)?,
    };
    let wait = settings.wait;
    let mut potential = Ipi::start(settings).map_err(|error| failed(error.to_string()))?;
    let address = potential.address().to_string();
    match potential.wait_for_driver(structure, &goes_on) {
        true => Ok(Box::new(potential)),
        false if !goes_on() => Err(failed(format!("no program had connected to {address}"))),
        false => Err(failed(format!(
            "no program has connected to {address} within {} s: start it, or wait longer by the option {WAIT}",
            wait.as_secs_f64()
        ))),
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
