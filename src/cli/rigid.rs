//! The argument `--rigid`: molecules that move as rigid bodies.

use clap::Args;

/// Molecules that keep their geometry.
#[derive(Args, Clone)]
pub(crate) struct RigidArgs {
    /// Atoms whose molecules, by bonds, move as rigid bodies: 'all', '0:4', 'O' [default: none].
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "ATOMS",
        help_heading = "Structure"
    )]
    pub(crate) rigid: Option<String>,
}
