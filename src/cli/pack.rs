//! Arguments of `mlipview pack`.

use std::path::PathBuf;

use clap::Args;

use super::OutputFormat;

/// Arguments of `mlipview pack`.
#[derive(Args)]
pub(crate) struct PackArgs {
    /// Molecules with their numbers, as in water:200, caffeine.pdb:3 or smiles:CCO:20: built-in structures,
    /// files or SMILES. One may be without a number if the region and --density are given.
    #[arg(required = true, value_name = "MOLECULE:NUMBER")]
    pub(crate) molecules: Vec<String>,
    /// Density, g/cm³: of everything in a cube, if no region is given; else of the molecules in the space that
    /// the other structure leaves, and gives their number.
    #[arg(long, value_name = "DENSITY", required_unless_present_any = ["size", "inside", "shell"], help_heading = "Region")]
    pub(crate) density: Option<f64>,
    /// Edges of a periodic box, Å, as in 24 or 20x20x40.
    #[arg(long = "box", value_name = "EDGES", conflicts_with_all = ["inside", "shell"], help_heading = "Region")]
    pub(crate) size: Option<String>,
    /// Structure in the middle of the cell, around which the molecules are packed.
    #[arg(long, value_name = "STRUCTURE", help_heading = "Region")]
    pub(crate) around: Option<String>,
    /// Structure with a cell, into whose pores the molecules are packed.
    #[arg(
        long,
        value_name = "STRUCTURE",
        conflicts_with = "around",
        help_heading = "Region"
    )]
    pub(crate) inside: Option<String>,
    /// Greatest distance of the molecules from the structure of --around, Å: a droplet, without a cell.
    #[arg(
        long,
        value_name = "DISTANCE",
        requires = "around",
        conflicts_with = "inside",
        help_heading = "Region"
    )]
    pub(crate) shell: Option<f64>,
    /// Smallest distance between atoms of different molecules, Å.
    #[arg(long, default_value_t = 2.0, value_name = "DISTANCE")]
    pub(crate) distance: f64,
    /// Seed of places and orientations.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) seed: u64,
    /// Most steps in which overlapping molecules are pushed apart.
    #[arg(long, default_value_t = 20_000, value_name = "N")]
    pub(crate) max_steps: u64,
    /// File to write, in the format of its name.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}
