//! Arguments of `mlipview energy`.

use std::path::PathBuf;

use clap::Args;

use super::{CalculationArgs, OutputFormat};

/// Arguments of `mlipview energy`.
#[derive(Args)]
pub(crate) struct EnergyArgs {
    /// Structures [default of a file: all frames].
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) calculation: CalculationArgs,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
    /// Also write the structures with energy, forces and stress to this file.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
