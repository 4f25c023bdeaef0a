//! Arguments of a calculation: potential, and additions to the structure.

use clap::Args;

use super::{PotentialArgs, StructureArgs};

/// Potential, and additions to the structure.
#[derive(Args, Clone)]
pub(crate) struct CalculationArgs {
    #[command(flatten)]
    pub(crate) potential: PotentialArgs,
    #[command(flatten)]
    pub(crate) structure: StructureArgs,
}
