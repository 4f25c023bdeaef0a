//! The commands of the command line, one file each: everything that runs without a window.

#[cfg(feature = "imd")]
pub(crate) mod attach;
mod bonds;
mod convert;
#[cfg(feature = "uma")]
mod devices;
#[cfg(feature = "ipi")]
mod drive;
mod energy;
mod exit_code;
#[cfg(feature = "imd")]
pub(crate) mod imd;
mod info;
pub(crate) mod input;
pub(crate) mod interrupt;
mod library;
mod md;
#[cfg(feature = "uma")]
mod model;
mod output;
mod pack;
pub(crate) mod potential;
mod recording;
mod relax;
mod report;
mod rigid;
mod run;
#[cfg(feature = "server")]
pub(crate) mod serve;
#[cfg(any(feature = "server", feature = "viewer"))]
pub(crate) mod system;
#[cfg(feature = "server")]
mod telemetry;
#[cfg(feature = "training")]
pub(crate) mod train;

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;

use exit_code::DONE;

use crate::cli::{
    Cli, Command, LogFormat, LogLevel, RecordArgs, ServeArgs, TelemetryArgs, WindowArgs,
};

/// Runs a command and returns its exit code.
///
/// # Errors
/// The error of the command, as a message for the terminal.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    interrupt::install_handler()?;
    #[cfg(feature = "viewer")]
    if let Command::Movie(arguments) = &command {
        return crate::desktop::movie::run(arguments);
    }
    match execute(command) {
        // An error that a request to stop has caused.
        Err(error) if interrupt::requested() => {
            eprintln!("mlipview: {error:#}");
            Ok(ExitCode::from(interrupt::exit_code(DONE)))
        }
        Ok(code) if code != DONE => Ok(ExitCode::from(interrupt::exit_code(code))),
        ended => ended.map(ExitCode::from),
    }
}

fn execute(command: Command) -> anyhow::Result<u8> {
    let code = match command {
        Command::Energy(arguments) => energy::run(&arguments)?,
        Command::Relax(arguments) => relax::run(&arguments)?,
        Command::Md(arguments) => md::run(&arguments)?,
        Command::Convert(arguments) => convert::run(&arguments)?,
        Command::Info(arguments) => info::run(&arguments)?,
        #[cfg(feature = "ipi")]
        Command::Drive(arguments) => drive::run(&arguments)?,
        Command::Pack(arguments) => pack::run(&arguments)?,
        Command::Library(arguments) => library::run(&arguments)?,
        #[cfg(feature = "viewer")]
        Command::Movie(_) => DONE,
        Command::Serve(arguments) => serve(&arguments)?,
        #[cfg(feature = "imd")]
        Command::Attach(arguments) => attach::run(&arguments)?,
        #[cfg(feature = "training")]
        Command::Train(arguments) => train::run(&arguments)?,
        Command::Telemetry(arguments) => telemetry(&arguments)?,
        #[cfg(feature = "uma")]
        Command::Model(arguments) => model::run(&arguments)?,
        #[cfg(feature = "uma")]
        Command::Devices(format) => devices::run(format)?,
        Command::Completions { shell } => {
            let mut command = Cli::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "mlipview", &mut script);
            std::io::stdout().write_all(&script)?;
            DONE
        }
    };
    Ok(code)
}

/// Starts the server in place of the window, which cannot open for this reason.
///
/// # Errors
/// If the server cannot start, or the arguments need a window.
pub(crate) fn serve_instead(arguments: &WindowArgs, reason: &str) -> anyhow::Result<ExitCode> {
    let needs_window = arguments.no_serve || arguments.demo || arguments.screenshot.is_some();
    if needs_window || cfg!(not(feature = "server")) {
        anyhow::bail!("{reason}; `mlipview help` lists the commands that need no window");
    }
    eprintln!("mlipview: {reason}; starting the server instead");
    run(Command::Serve(Box::new(ServeArgs {
        simulation: arguments.simulation.clone(),
        network: arguments.network.clone(),
        #[cfg(feature = "imd")]
        imd: arguments.imd,
        record: None,
        recording: RecordArgs::none(),
        log: LogLevel::Info,
        log_format: LogFormat::Text,
    })))
}

#[cfg(feature = "server")]
fn serve(arguments: &ServeArgs) -> anyhow::Result<u8> {
    serve::run(arguments)
}

#[cfg(not(feature = "server"))]
fn serve(_arguments: &ServeArgs) -> anyhow::Result<u8> {
    anyhow::bail!("this build has no server; build with the default features")
}

#[cfg(feature = "server")]
fn telemetry(arguments: &TelemetryArgs) -> anyhow::Result<u8> {
    telemetry::run(arguments)
}

#[cfg(not(feature = "server"))]
fn telemetry(_arguments: &TelemetryArgs) -> anyhow::Result<u8> {
    anyhow::bail!("this build has no server; build with the default features")
}
