//! Parses the command line and opens the doors asked for.

mod cli;
#[cfg(feature = "viewer")]
mod desktop;
mod headless;

use std::process::ExitCode;

use clap::Parser;
use mlipview_core::potential::simd::InstructionSet;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match run(cli) {
        Ok(code) => code,
        // Whoever read our output has heard enough: `mlipview … | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mlipview: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: cli::Cli) -> anyhow::Result<ExitCode> {
    InstructionSet::from_environment()?;
    match cli.command {
        Some(command) => headless::run(command),
        None => show(&cli.view),
    }
}

#[cfg(feature = "viewer")]
fn show(view: &cli::View) -> anyhow::Result<ExitCode> {
    desktop::show(view)
}

#[cfg(not(feature = "viewer"))]
fn show(view: &cli::View) -> anyhow::Result<ExitCode> {
    headless::serve_instead(
        view,
        "this program was built without its window (its default features have one)",
    )
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .downcast_ref::<std::io::Error>()
        .map(std::io::Error::kind);
    kind == Some(std::io::ErrorKind::BrokenPipe)
}
