//! The command line's work: no window, one answer.

mod bonds;
mod convert;
#[cfg(feature = "uma")]
mod devices;
mod energy;
mod info;
pub(crate) mod input;
mod interrupt;
mod library;
mod md;
#[cfg(feature = "uma")]
mod model;
mod output;
pub(crate) mod potential;
mod relax;
mod report;
mod run;
#[cfg(feature = "server")]
pub(crate) mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;

use crate::cli::{Cli, Command, LogFormat, LogLevel, Serve, View};

/// The run did what was asked.
const DONE: u8 = 0;
/// Something went wrong; what was computed before is saved.
const FAILED: u8 = 1;
/// The relaxation did not converge within its steps.
const NOT_CONVERGED: u8 = 3;
/// Ended by Ctrl-C; what was computed is saved.
const INTERRUPTED: u8 = 130;

/// Does what the command line asks.
///
/// # Errors
/// Whatever goes wrong, in words for the person at the terminal.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    interrupt::listen()?;
    let code = match command {
        Command::Energy(arguments) => energy::run(&arguments)?,
        Command::Relax(arguments) => relax::run(&arguments)?,
        Command::Md(arguments) => md::run(&arguments)?,
        Command::Convert(arguments) => convert::run(&arguments)?,
        Command::Info(arguments) => info::run(&arguments)?,
        Command::Library(arguments) => library::run(&arguments)?,
        Command::Serve(arguments) => serve(&arguments)?,
        #[cfg(feature = "uma")]
        Command::Model(arguments) => model::run(&arguments)?,
        #[cfg(feature = "uma")]
        Command::Devices { json } => devices::run(json)?,
        Command::Completions { shell } => {
            let mut command = Cli::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "mlipview", &mut script);
            std::io::stdout().write_all(&script)?;
            DONE
        }
    };
    Ok(ExitCode::from(code))
}

/// Serves what a window would show, where there can be none for this reason.
///
/// # Errors
/// If it cannot, or was asked for what only a window has.
pub(crate) fn serve_instead(view: &View, why: &str) -> anyhow::Result<ExitCode> {
    let wants_window = view.no_serve || view.demo || view.screenshot.is_some();
    if wants_window || cfg!(not(feature = "server")) {
        anyhow::bail!("{why}; `mlipview help` lists what needs none");
    }
    eprintln!("mlipview: {why}, so others are served instead");
    run(Command::Serve(Box::new(Serve {
        input: view.input.clone(),
        potential: view.potential.clone(),
        structure: view.structure.clone(),
        speed: view.speed,
        network: view.network.clone(),
        log: LogLevel::Info,
        log_format: LogFormat::Text,
    })))
}

#[cfg(feature = "server")]
fn serve(arguments: &Serve) -> anyhow::Result<u8> {
    serve::run(arguments)
}

#[cfg(not(feature = "server"))]
fn serve(_arguments: &Serve) -> anyhow::Result<u8> {
    anyhow::bail!("this program was built without its server; build it with its default features")
}
