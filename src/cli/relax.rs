//! Arguments of `mlipview relax`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CalculationArgs, OutputFormat, RigidArgs};

/// Optimizer of a relaxation.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum OptimizerArg {
    /// Fewest steps up to a few hundred atoms (same defaults as ASE).
    Bfgs,
    /// Any size (same defaults as ASE, but skips updates at negative curvature).
    Lbfgs,
    /// Slow and robust, for rough starts (same defaults as ASE).
    Fire,
    /// FIRE 2.0 (same defaults as ASE, but no step back exceeds --max-step).
    Fire2,
}

/// Arguments of `mlipview relax`.
#[derive(Args)]
pub(crate) struct RelaxArgs {
    /// Structure to relax.
    #[arg(value_name = "FILE")]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) calculation: CalculationArgs,
    #[command(flatten)]
    pub(crate) rigid: RigidArgs,
    /// Converged when the largest force is below this, eV/Å.
    #[arg(long, default_value_t = 0.05, value_name = "EV/Å")]
    pub(crate) fmax: f64,
    /// Maximum number of steps.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) steps: u64,
    /// Optimizer [default: by number of atoms].
    #[arg(long, value_enum)]
    pub(crate) optimizer: Option<OptimizerArg>,
    /// Maximum displacement of an atom per step, Å.
    #[arg(long, default_value_t = 0.2, value_name = "Å")]
    pub(crate) max_step: f64,
    /// Relax the cell too.
    #[arg(long)]
    pub(crate) cell: bool,
    /// With --cell: external pressure, bar.
    #[arg(
        long,
        default_value_t = 0.0,
        allow_hyphen_values = true,
        value_name = "BAR",
        requires = "cell"
    )]
    pub(crate) pressure: f64,
    /// With --cell: converged when also no stress component deviates more from the pressure, bar
    /// [default: no such criterion].
    #[arg(long, value_name = "BAR", requires = "cell")]
    pub(crate) smax: Option<f64>,
    /// Report every N-th step.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) every: u64,
    /// File for the relaxed structure [default: NAME.relaxed.xyz if new; none with --json].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// File for the reported steps (.xyz or .extxyz) [default: none].
    #[arg(long, value_name = "FILE")]
    pub(crate) trajectory: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}
