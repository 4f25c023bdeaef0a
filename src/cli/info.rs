//! Arguments of `mlipview info`.

use clap::Args;

use super::{OutputFormat, StructureArgs};

/// Arguments of `mlipview info`.
#[derive(Args)]
pub(crate) struct InfoArgs {
    /// Structures [default of a file: last frame].
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) structure: StructureArgs,
    /// Also list the bonds, perceived from distances, and their orders.
    #[arg(long)]
    pub(crate) bonds: bool,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}
