//! Command line arguments: one file per command, and the groups of arguments that commands share.

#[cfg(feature = "imd")]
mod attach;
mod calculation;
mod convert;
#[cfg(feature = "ipi")]
mod drive;
mod dynamics;
mod energy;
mod help;
#[cfg(feature = "imd")]
mod imd;
mod info;
mod library;
#[cfg(feature = "uma")]
mod model;
#[cfg(feature = "viewer")]
mod movie;
mod network;
mod output;
mod pack;
mod potential;
mod record;
mod relax;
mod rigid;
mod serve;
mod simulation;
mod speed;
mod structure;
mod telemetry;
#[cfg(feature = "training")]
mod train;
mod window;

use clap::{Parser, Subcommand};

#[cfg(feature = "imd")]
pub(crate) use attach::AttachArgs;
pub(crate) use calculation::CalculationArgs;
pub(crate) use convert::ConvertArgs;
#[cfg(feature = "ipi")]
pub(crate) use drive::DriveArgs;
pub(crate) use dynamics::{BarostatArg, MdArgs, ThermostatArg};
pub(crate) use energy::EnergyArgs;
#[cfg(feature = "imd")]
pub(crate) use imd::ImdArgs;
pub(crate) use info::InfoArgs;
pub(crate) use library::LibraryArgs;
#[cfg(feature = "uma")]
pub(crate) use model::{ModelCommand, ModelsFolderArgs};
#[cfg(feature = "viewer")]
pub(crate) use movie::{MovieArgs, TurnAxisArg};
pub(crate) use network::NetworkArgs;
pub(crate) use output::OutputFormat;
pub(crate) use pack::PackArgs;
pub(crate) use potential::PotentialArgs;
pub(crate) use record::RecordArgs;
pub(crate) use relax::{OptimizerArg, RelaxArgs};
pub(crate) use rigid::RigidArgs;
pub(crate) use serve::{LogFormat, LogLevel, ServeArgs};
pub(crate) use simulation::SimulationArgs;
pub(crate) use speed::SpeedArgs;
pub(crate) use structure::StructureArgs;
pub(crate) use telemetry::TelemetryArgs;
#[cfg(feature = "training")]
pub(crate) use train::{EnergyReferenceArg, TrainArgs, TrainingArgs};
#[cfg(feature = "viewer")]
pub(crate) use window::PictureSize;
pub(crate) use window::WindowArgs;

/// An interactive atomistic simulator.
#[derive(Parser)]
#[command(
    version,
    styles = help::STYLES,
    after_help = help::epilogue(),
    args_conflicts_with_subcommands = true,
    allow_negative_numbers = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
}

/// A command; without one, `mlipview` opens a window.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Computes energies, forces and stress of structures.
    #[command(after_help = "Example: mlipview energy cu.xyz --potential emt --json")]
    Energy(EnergyArgs),
    /// Relaxes atoms, and the cell with --cell, to a minimum of the energy.
    #[command(
        allow_negative_numbers = true,
        after_help = "Example: mlipview relax slab.vasp --fmax 0.01 --fix 'z<3' -o relaxed.xyz"
    )]
    Relax(RelaxArgs),
    /// Runs molecular dynamics.
    #[command(
        allow_negative_numbers = true,
        after_help = "Example: mlipview md library:argon-liquid --temperature 90 --steps 5000 -o argon.xyz"
    )]
    Md(MdArgs),
    /// Converts structures to another format.
    #[command(after_help = "Example: mlipview convert run.xyz@::10 thinned.pdb")]
    Convert(ConvertArgs),
    /// Shows the contents of structure files.
    #[command(after_help = "Example: mlipview info crystal.cif")]
    Info(InfoArgs),
    /// Computes energies and forces for another program, by the i-PI protocol.
    #[cfg(feature = "ipi")]
    #[command(
        after_help = "Example: mlipview drive water.xyz --to unix:water --potential nano\n\n\
                      The server (i-PI, ASE's SocketIOCalculator) listens first; docs/ipi.md in the sources has the \
                      lines for each program."
    )]
    Drive(DriveArgs),
    /// Packs molecules into a cell, around a structure or into its pores.
    #[command(
        after_help = "Example: mlipview pack water:200 ethanol:20 --density 0.95 -o mixture.xyz\n\n\
                      Molecules keep their geometry; mlipview relax mixture.xyz relaxes them."
    )]
    Pack(PackArgs),
    /// Lists the built-in structures.
    #[command(after_help = "Example: mlipview library water")]
    Library(LibraryArgs),
    /// Makes a movie of a recording, a trajectory or a structure, without a window.
    #[cfg(feature = "viewer")]
    #[command(
        after_help = "Example: mlipview movie run.mcap -o run.mp4 --size 1280x720 --fps 30 --turn 360"
    )]
    Movie(Box<MovieArgs>),
    /// Starts a server: browsers and programs watch and join a simulation.
    #[command(
        after_help = "Example: mlipview serve library:caffeine --listen 0.0.0.0:8000\n\n\
                      Prints a link for each role: spectators watch; drivers also drag, edit, start and \
                      stop; owners also manage people and rooms. Ctrl-C stops the server."
    )]
    Serve(Box<ServeArgs>),
    /// Attaches to a running LAMMPS, GROMACS or NAMD by IMD: watch and pull its atoms.
    #[cfg(feature = "imd")]
    #[command(
        after_help = "Example: mlipview attach imd://127.0.0.1:8888 --topology water.gro --program gromacs\n\n\
                      Opens the window, or without a display the server. Stop pauses the program, Run lets it \
                      continue; the end of this one detaches. docs/imd.md in the sources has the two lines for each \
                      program."
    )]
    Attach(Box<AttachArgs>),
    /// Trains or fine-tunes nano or solid on structures with energies and forces.
    #[cfg(feature = "training")]
    #[command(
        after_help = "Example: mlipview train labels.xyz --start nano --validation 0.1 --epochs 50 -o mine.safetensors\n\n\
                      The same command continues a training that was interrupted. Use the result by \
                      --potential nano:file=mine.safetensors (or solid:file=…, which the command says)."
    )]
    Train(Box<TrainArgs>),
    /// Serves the progress of a training to any number of clients.
    #[command(
        after_help = "Example: python train.py | mlipview telemetry --feed - --name ethanol --run runs/ethanol\n\n\
                      docs/training-telemetry.md in the sources describes the reports of trainers and the \
                      messages of clients."
    )]
    Telemetry(Box<TelemetryArgs>),
    /// Manages models that are not part of the program: checkpoints of UMA, and NEP (nep.txt).
    #[cfg(feature = "uma")]
    #[command(
        subcommand,
        after_help = "Example: mlipview model import Downloads/uma-s-1p1.pt\n\n\
                      models/README.md in the sources describes how to obtain them."
    )]
    Model(ModelCommand),
    /// Lists compute devices for UMA, after testing each.
    #[cfg(feature = "uma")]
    Devices(OutputFormat),
    /// Prints a completion script for a shell.
    #[command(
        after_help = "Example: mlipview completions bash > ~/.local/share/bash-completion/completions/mlipview"
    )]
    Completions {
        /// Shell.
        shell: clap_complete::Shell,
    },
}
