//! Arguments that choose a potential.

#[cfg(feature = "training")]
use std::sync::Arc;

use clap::Args;
use mlipview_core::potential::catalog::{AUTO, Catalog};
use mlipview_core::potential::request::Request;
#[cfg(feature = "uma")]
use mlipview_uma::Device;

#[cfg(feature = "uma")]
use super::ModelsFolderArgs;

/// Potential and its parameters.
#[derive(Args, Clone)]
pub(crate) struct PotentialArgs {
    #[arg(
        long,
        default_value = AUTO,
        value_name = "NAME",
        help_heading = "Potential",
        help = short_help(),
        long_help = long_help()
    )]
    pub(crate) potential: Request,
    /// Print how well each potential describes the structure, with reasons.
    #[arg(long, help_heading = "Potential")]
    pub(crate) verbose: bool,
    /// UMA checkpoint file, or name of an imported model [default: first imported].
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "PATH|NAME", help_heading = "Potential")]
    pub(crate) model: Option<String>,
    /// UMA task: omol, omat, omc, oc20, odac [default: by structure].
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "NAME", help_heading = "Potential")]
    pub(crate) task: Option<String>,
    /// Device for UMA: cpu, cuda:N, wgpu [default: cuda if present, else cpu].
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "NAME", help_heading = "Potential")]
    pub(crate) device: Option<Device>,
    #[cfg(feature = "uma")]
    #[command(flatten)]
    pub(crate) folder: ModelsFolderArgs,
}

fn short_help() -> String {
    let catalog = catalog();
    let names = catalog.entries().iter().map(|entry| entry.name);
    let names: Vec<&str> = std::iter::once(AUTO).chain(names).collect();
    format!(
        "Potential: {}; options follow a colon, as in lj:sigma=3.4,epsilon=0.01",
        names.join(", ")
    )
}

fn long_help() -> String {
    format!(
        "{}; a value with a comma goes between double quotes, as in 'nep:file=\"a, b.txt\"'\n\n{}",
        short_help(),
        catalog().help()
    )
}

#[cfg(feature = "training")]
fn catalog() -> Catalog {
    evaluating().with_last(mlipview_training::learning::entry(Arc::new(evaluating())))
}

#[cfg(not(feature = "training"))]
fn catalog() -> Catalog {
    evaluating()
}

/// The potentials that do not learn.
#[cfg(feature = "uma")]
fn evaluating() -> Catalog {
    Catalog::built_in().with_preferred(mlipview_uma::entry(mlipview_uma::Preferences::default()))
}

/// The potentials that do not learn.
#[cfg(not(feature = "uma"))]
fn evaluating() -> Catalog {
    Catalog::built_in()
}
