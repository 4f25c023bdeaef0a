//! Arguments of `mlipview library`.

use clap::Args;

use super::OutputFormat;

/// Arguments of `mlipview library`.
#[derive(Args)]
pub(crate) struct LibraryArgs {
    /// Words to search in keys, titles and tags [default: list all structures].
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}
