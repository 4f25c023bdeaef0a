//! Parses the command line and opens the doors asked for.

mod cli;
mod headless;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match headless::run(cli::Cli::parse()) {
        Ok(code) => code,
        // Whoever read our output has heard enough: `mlipview … | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mlipview: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .downcast_ref::<std::io::Error>()
        .map(std::io::Error::kind);
    kind == Some(std::io::ErrorKind::BrokenPipe)
}
