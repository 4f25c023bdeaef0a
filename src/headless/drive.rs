//! The command `mlipview drive`: a potential for another program, by the i-PI protocol.

use std::time::{Duration, Instant};

use anyhow::bail;
use mlipview_ipi::{Driver, DriverError, Served};

use super::exit_code::DONE;
use super::{input, interrupt, potential};
use crate::cli::DriveArgs;

/// Time before a server is tried again: doubled from the first to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LAST_PAUSE: Duration = Duration::from_secs(5);

#[expect(
    clippy::disallowed_methods,
    reason = "reports the evaluations per second"
)]
pub(super) fn run(arguments: &DriveArgs) -> anyhow::Result<u8> {
    let calculation = &arguments.calculation;
    let input = input::read_one(&arguments.input, &calculation.structure)?;
    let structure = input.configuration.structure;
    if calculation.structure.fix.is_some() {
        bail!(
            "--fix has no meaning here: the server moves the atoms, and fixes some of them by its own input"
        );
    }
    let (chosen, sentence) = potential::choose(&calculation.potential, &structure)?;
    eprintln!("{sentence}");
    if structure.cell.is_none() {
        eprintln!(
            "mlipview: {} has no cell: the cell of the server is ignored",
            arguments.input
        );
    }
    let mut driver = Driver::new(structure, chosen.potential);
    let mut pause = FIRST_PAUSE;
    loop {
        let (calls, start) = (driver.calls(), Instant::now());
        let ended = driver.serve(&arguments.to, || !interrupt::requested());
        let calls = driver.calls() - calls;
        if calls > 0 {
            let rate = calls as f64 / start.elapsed().as_secs_f64();
            eprintln!(
                "{calls} structures for {}, {rate:.1} per second",
                arguments.to
            );
            pause = FIRST_PAUSE;
        }
        match ended {
            Ok(Served::Stopped) => return Ok(interrupt::exit_code(DONE)),
            Ok(Served::Exit) if !arguments.retry => return Ok(DONE),
            Ok(Served::Exit) | Err(DriverError::Connect { .. } | DriverError::Wire(_))
                if arguments.retry =>
            {
                if let Err(error) = ended
                    && pause == FIRST_PAUSE
                {
                    eprintln!("mlipview: {error}; trying again until Ctrl-C");
                }
            }
            Ok(Served::Exit) => return Ok(DONE),
            Err(error @ DriverError::Connect { .. }) => {
                bail!("{error}; start the server first, or add --retry")
            }
            Err(error) => return Err(error.into()),
        }
        sleep(pause);
        if interrupt::requested() {
            return Ok(interrupt::exit_code(DONE));
        }
        pause = (2 * pause).min(LAST_PAUSE);
    }
}

/// Sleeps, at most until Ctrl-C.
fn sleep(pause: Duration) {
    for _ in 0..pause.as_millis() / FIRST_PAUSE.as_millis() {
        if !interrupt::requested() {
            std::thread::sleep(FIRST_PAUSE);
        }
    }
}
