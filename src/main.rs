//! The program `mlipview`: parses the command line, then runs a command or opens the window.

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
        // The reader of the output has closed it, as in `mlipview … | head`.
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
        #[cfg(all(feature = "imd", feature = "viewer"))]
        Some(cli::Command::Attach(arguments)) if desktop::shows_attached(&arguments) => {
            desktop::run_attached(&arguments)
        }
        Some(command) => headless::run(command),
        None => show_window(&cli.window),
    }
}

#[cfg(feature = "viewer")]
fn show_window(arguments: &cli::WindowArgs) -> anyhow::Result<ExitCode> {
    desktop::run(arguments)
}

#[cfg(not(feature = "viewer"))]
fn show_window(arguments: &cli::WindowArgs) -> anyhow::Result<ExitCode> {
    headless::serve_instead(
        arguments,
        "this build has no window (the default features include it)",
    )
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .downcast_ref::<std::io::Error>()
        .map(std::io::Error::kind);
    kind == Some(std::io::ErrorKind::BrokenPipe)
}
