//! Arguments of `mlipview md`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mlipview_core::sim::task::WATER_COMPRESSIBILITY;

use super::{CalculationArgs, OutputFormat, RecordArgs, RigidArgs};

/// Thermostat of molecular dynamics.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum ThermostatArg {
    /// Constant energy.
    None,
    /// Langevin dynamics.
    Langevin,
    /// Stochastic velocity rescaling (Bussi, Donadio, Parrinello).
    Bussi,
}

/// Barostat of molecular dynamics: stochastic cell rescaling.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum BarostatArg {
    /// The cell changes its volume and keeps its shape.
    Isotropic,
    /// All cell vectors change.
    Anisotropic,
}

/// Arguments of `mlipview md`.
#[derive(Args)]
pub(crate) struct MdArgs {
    /// Structure to start from, with its velocities if the file has them.
    #[arg(value_name = "FILE")]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) calculation: CalculationArgs,
    #[command(flatten)]
    pub(crate) rigid: RigidArgs,
    /// Number of steps.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) steps: u64,
    /// Time step, fs.
    #[arg(long, default_value_t = 1.0, value_name = "FS")]
    pub(crate) timestep: f64,
    /// Temperature of the thermostat, and of velocities drawn for atoms at rest, K.
    #[arg(long, default_value_t = 300.0, value_name = "K")]
    pub(crate) temperature: f64,
    /// Draw new start velocities at this temperature, K [default: velocities of the file].
    #[arg(long, value_name = "K")]
    pub(crate) initial_temperature: Option<f64>,
    /// Thermostat.
    #[arg(long, value_enum, default_value = "langevin")]
    pub(crate) thermostat: ThermostatArg,
    /// Friction of the Langevin thermostat, 1/ps.
    #[arg(long, default_value_t = 10.0, value_name = "1/PS")]
    pub(crate) friction: f64,
    /// Relaxation time of the Bussi thermostat, fs.
    #[arg(long, default_value_t = 100.0, value_name = "FS")]
    pub(crate) relaxation_time: f64,
    /// Barostat (stochastic cell rescaling); requires --thermostat bussi [default: constant cell].
    #[arg(long, value_enum)]
    pub(crate) barostat: Option<BarostatArg>,
    /// Pressure of the barostat, bar.
    #[arg(
        long,
        default_value_t = 1.0,
        allow_hyphen_values = true,
        value_name = "BAR",
        requires = "barostat"
    )]
    pub(crate) pressure: f64,
    /// Relaxation time of the barostat, fs.
    #[arg(
        long,
        default_value_t = 1000.0,
        value_name = "FS",
        requires = "barostat"
    )]
    pub(crate) pressure_relaxation_time: f64,
    /// Isothermal compressibility for the barostat, 1/bar; changes its speed, not its results.
    #[arg(
        long,
        default_value_t = WATER_COMPRESSIBILITY,
        value_name = "1/BAR",
        requires = "barostat"
    )]
    pub(crate) compressibility: f64,
    /// Seed of the random numbers; the same seed gives the same run.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) seed: u64,
    /// Report and record every N-th step.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) every: u64,
    /// Trajectory file (.xyz or .extxyz) [default: NAME.md.xyz if new; none with --json or --record].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Record to this file (.mcap), which survives crashes; every N-th step, as --every says.
    #[arg(long, value_name = "FILE", help_heading = "Recording")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) recording: RecordArgs,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}
