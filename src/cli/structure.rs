//! Arguments that complete or change the structure of a file.

use clap::Args;
use mlipview_core::chem::format::{Format, FormatInfo};

/// Charge, multiplicity, fixed atoms and topology of a structure.
#[derive(Args, Clone, Default)]
pub(crate) struct StructureArgs {
    /// Total charge, e [default: of the file, else 0].
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "E",
        help_heading = "Structure"
    )]
    pub(crate) charge: Option<i32>,
    /// Spin multiplicity 2S + 1 [default: of the file, else the lowest].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Structure")]
    pub(crate) multiplicity: Option<u32>,
    /// Atoms to fix, in addition to those of the file: '0:4', '7,9', 'Cu', 'z<3'.
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "ATOMS",
        help_heading = "Structure"
    )]
    pub(crate) fix: Option<String>,
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Structure",
        help = format!(
            "File with the atoms of a trajectory ({})",
            Format::endings(FormatInfo::needs_topology)
        )
    )]
    pub(crate) topology: Option<String>,
}
