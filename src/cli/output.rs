//! The argument `--json`.

use clap::Args;

/// Format of the standard output.
#[derive(Args, Clone, Copy)]
pub(crate) struct OutputFormat {
    /// Print JSON: one object per line, numbers in full precision.
    #[arg(long)]
    pub(crate) json: bool,
}
