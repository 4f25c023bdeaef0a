//! Arguments of `mlipview convert`.

use std::path::PathBuf;

use clap::Args;
use mlipview_core::chem::format::{Format, FormatInfo};

use super::StructureArgs;

/// Arguments of `mlipview convert`.
#[derive(Args)]
pub(crate) struct ConvertArgs {
    /// Structures [default of a file: all frames].
    #[arg(value_name = "INPUT")]
    pub(crate) input: String,
    #[arg(
        value_name = "OUTPUT",
        help = format!("File to write, in the format of its name: {}", Format::endings(FormatInfo::is_written))
    )]
    pub(crate) output: PathBuf,
    /// Wrap atoms into the cell.
    #[arg(long)]
    pub(crate) wrap: bool,
    /// Build a supercell, as in 2x2x1.
    #[arg(long, value_name = "NxMxK")]
    pub(crate) repeat: Option<String>,
    #[command(flatten)]
    pub(crate) structure: StructureArgs,
}
