//! Arguments of `mlipview drive`.

use clap::Args;
use mlipview_ipi::Address;

use super::CalculationArgs;

/// Arguments of `mlipview drive`.
#[derive(Args)]
pub(crate) struct DriveArgs {
    /// Structure with the elements and the periodicity of the server's atoms, in their order.
    #[arg(value_name = "FILE")]
    pub(crate) input: String,
    /// Address of the server: unix:NAME (the socket /tmp/ipi_NAME), unix:/absolute/path, or HOST:PORT.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Address,
    /// Wait for the server, and connect again when it ends, until Ctrl-C.
    #[arg(long)]
    pub(crate) retry: bool,
    #[command(flatten)]
    pub(crate) calculation: CalculationArgs,
}
