//! Arguments of a simulation in the window or on the server.

use clap::Args;

use super::{CalculationArgs, SpeedArgs};

/// Structure, potential and speed limit of a simulation in the window or on the server.
#[derive(Args, Clone)]
pub(crate) struct SimulationArgs {
    /// Structure to show.
    #[arg(value_name = "FILE", default_value = "library:caffeine")]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) calculation: CalculationArgs,
    #[command(flatten)]
    pub(crate) speed: SpeedArgs,
}
