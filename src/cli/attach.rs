//! Arguments of `mlipview attach`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mlipview_core::sim::ExternalEnd;
use mlipview_imd::{Address, EnergyUnit};

#[cfg(feature = "xr")]
use super::window::HeadsetArgs;
use super::{LogFormat, LogLevel, NetworkArgs, RecordArgs};

/// Program that computes the dynamics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program(pub(crate) String);

impl std::str::FromStr for Program {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Program, Self::Err> {
        let known = ["LAMMPS", "GROMACS", "NAMD"];
        let name = known.into_iter().find(|it| it.eq_ignore_ascii_case(text));
        Ok(Program(name.unwrap_or(text).to_owned()))
    }
}

impl Program {
    /// The unit of its energies, if it departs from that of the version: GROMACS sends kJ/mol in version 2 too.
    pub(crate) fn energy_unit(&self) -> Option<EnergyUnit> {
        (self.0 == "GROMACS").then_some(EnergyUnit::KilojoulePerMole)
    }
}

/// How to part with the program.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum AtEnd {
    /// Its run goes on.
    Detach,
    /// Its run ends too.
    Kill,
}

impl AtEnd {
    /// The same for a simulation.
    pub(crate) fn end(self) -> ExternalEnd {
        match self {
            AtEnd::Detach => ExternalEnd::Detach,
            AtEnd::Kill => ExternalEnd::Kill,
        }
    }
}

/// Arguments of `mlipview attach`.
#[derive(Args, Clone)]
pub(crate) struct AttachArgs {
    /// Where the program listens, as in imd://127.0.0.1:8888.
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: Address,
    /// Structure of the same atoms in the same order, in any format: its elements, labels and cell are shown.
    #[arg(long, value_name = "FILE")]
    pub(crate) topology: String,
    /// The program, which is named beside its energies: lammps, gromacs, namd, or any text. Energies of GROMACS are
    /// read in kJ/mol [default: the address].
    #[arg(long, value_name = "NAME")]
    pub(crate) program: Option<Program>,
    /// Steps per frame to ask for [default: as the program was started].
    #[arg(long, value_name = "STEPS", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) every: Option<u32>,
    /// Undo the wrapping into the cell: show each atom in the image nearest to its last position, at first that of
    /// FILE. For a cell that changes only where the program sends it.
    #[arg(long)]
    pub(crate) unwrap: bool,
    /// Time to wait for the program, at first and after a loss, s.
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=86_400))]
    pub(crate) wait: u32,
    /// How to part with the program when this one ends.
    #[arg(long, value_enum, default_value = "detach")]
    pub(crate) at_end: AtEnd,
    /// Open no window: start the server alone, as without a display.
    #[arg(long)]
    pub(crate) headless: bool,
    /// Do not start the server beside the window.
    #[arg(long, conflicts_with = "headless", help_heading = "Network")]
    pub(crate) no_serve: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) imd: super::ImdArgs,
    #[cfg(feature = "xr")]
    #[command(flatten)]
    pub(crate) headset: HeadsetArgs,
    /// Record the frames to new files in this folder (--headless; the window has a button).
    #[arg(
        long,
        value_name = "FOLDER",
        requires = "headless",
        help_heading = "Recording"
    )]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) recording: RecordArgs,
    /// Level of the log of the server on the standard error output.
    #[arg(long, value_enum, default_value = "info", help_heading = "Log")]
    pub(crate) log: LogLevel,
    /// Format of the log.
    #[arg(long, value_enum, default_value = "text", help_heading = "Log")]
    pub(crate) log_format: LogFormat,
}
