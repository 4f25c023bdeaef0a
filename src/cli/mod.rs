//! The arguments of the command line.

mod speed;
mod window;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use mlipview_core::chem::format::{Compression, Format, FormatInfo};
use mlipview_core::potential::request::Request;
#[cfg(feature = "uma")]
use mlipview_uma::Device;
pub(crate) use speed::Speed;
#[cfg(feature = "viewer")]
pub(crate) use window::PictureSize;
pub(crate) use window::View;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

const INPUT_HELP: &str = "\
Structures are named as FILE, FILE@N or FILE@A:B:C (frames, as in ASE; the last one unless said \
otherwise), library:KEY for a built-in one (KEY alone where no file is called so), or smiles:TEXT for \
a molecule. Units: Å, eV, fs, amu, K, e; velocities in Å/fs, pressures in bar.

Environment: MLIPVIEW_MODELS is the folder of models; MLIPVIEW_CPU=avx512|avx2|portable forces the \
vector instructions of the potentials (the best that the CPU has unless set).";

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 relaxation not converged, 130 interrupted (what \
was computed is saved).";

/// How structures are named, the formats of files, and the exit codes.
fn help() -> String {
    let list = |of: fn(&FormatInfo) -> bool| -> String {
        let infos = Format::all().map(Format::info);
        let named = infos.filter(|info| of(info) && !info.extensions.is_empty());
        let shown = named.map(|info| format!("{} (.{})", info.title, info.extensions.join(", .")));
        shown.collect::<Vec<String>>().join(", ")
    };
    let compressed = Compression::ALL.map(Compression::extension).join(", .");
    format!(
        "{INPUT_HELP}\n\nFiles: {}. Only read: {}. The name, or else the content, tells the format; \
         any file may be compressed (.{compressed}).\n\n{EXIT_CODES}",
        list(FormatInfo::is_written),
        list(|info| !info.is_written()),
    )
}

/// An interactive atomistic simulator.
#[derive(Parser)]
#[command(
    version,
    styles = STYLES,
    after_help = help(),
    args_conflicts_with_subcommands = true,
    allow_negative_numbers = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) view: View,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Energy, forces and stress of structures.
    #[command(after_help = "Example: mlipview energy cu.xyz --potential emt --json")]
    Energy(Energy),
    /// Moves atoms, and the cell if asked, until the forces are small.
    #[command(
        allow_negative_numbers = true,
        after_help = "Example: mlipview relax slab.vasp --fmax 0.01 --fix 'z<3' -o relaxed.xyz"
    )]
    Relax(Relax),
    /// Molecular dynamics.
    #[command(
        allow_negative_numbers = true,
        after_help = "Example: mlipview md library:argon-liquid --temperature 90 --steps 5000 -o argon.xyz"
    )]
    Md(Md),
    /// Writes structures in another format.
    #[command(after_help = "Example: mlipview convert run.xyz@::10 thinned.pdb")]
    Convert(Convert),
    /// What is in a file.
    #[command(after_help = "Example: mlipview info crystal.cif")]
    Info(Info),
    /// The built-in structures.
    #[command(after_help = "Example: mlipview library water")]
    Library(Library),
    /// Lets browsers and programs watch and join a simulation over the network.
    #[command(
        after_help = "Example: mlipview serve library:caffeine --listen 0.0.0.0:8000\n\n\
                      Prints a link for those who watch and one for those who may also drag, edit, \
                      start and stop. Ends with Ctrl-C."
    )]
    Serve(Box<Serve>),
    /// The large models that do not come with the program.
    #[cfg(feature = "uma")]
    #[command(
        subcommand,
        after_help = "Example: mlipview model import Downloads/uma-s-1p1.pt\n\n\
                      How to obtain them: models/README.md in the sources."
    )]
    Model(Model),
    /// What UMA can be computed on here, found by trying.
    #[cfg(feature = "uma")]
    Devices {
        /// One line of JSON for each device.
        #[arg(long)]
        json: bool,
    },
    /// A script that completes these commands in a shell.
    #[command(
        after_help = "Example: mlipview completions bash > ~/.local/share/bash-completion/completions/mlipview"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Which potential, with what parameters.
#[derive(Args, Clone)]
pub(crate) struct PotentialChoice {
    /// The potential, with options after a colon: auto (one that fits, and says why), uma, nano, emt,
    /// lj, lj:sigma=3.4,epsilon=0.01,cutoff=10,smooth=true (Å, eV).
    #[arg(
        long,
        default_value = "auto",
        value_name = "NAME",
        help_heading = "Potential"
    )]
    pub(crate) potential: Request,
    /// Prints how well each potential describes the structure.
    #[arg(long, help_heading = "Potential")]
    pub(crate) verbose: bool,
    /// The model of UMA: a checkpoint, or the name of an imported one; the first of them unless given.
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "PATH|NAME", help_heading = "Potential")]
    pub(crate) model: Option<String>,
    /// What UMA is to act for: omol, omat, omc, oc20, odac, … unless given, what fits the structure.
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "NAME", help_heading = "Potential")]
    pub(crate) task: Option<String>,
    /// What computes UMA: cpu, cuda:0, wgpu; a card of NVIDIA unless given, or else the processor.
    #[cfg(feature = "uma")]
    #[arg(long, value_name = "NAME", help_heading = "Potential")]
    pub(crate) device: Option<Device>,
    #[cfg(feature = "uma")]
    #[command(flatten)]
    pub(crate) folder: ModelsFolder,
}

/// What the structure is, where the file does not say.
#[derive(Args, Clone)]
pub(crate) struct StructureChoice {
    /// Total charge, e.
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "E",
        help_heading = "Structure"
    )]
    pub(crate) charge: Option<i32>,
    /// Spin multiplicity 2S + 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Structure")]
    pub(crate) multiplicity: Option<u32>,
    /// Atoms held in place, besides those that the file fixes: '0:4', '7,9', 'Cu', 'z<3'.
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
        help = format!("File that names the atoms of a trajectory ({})", Format::endings(FormatInfo::needs_topology))
    )]
    pub(crate) topology: Option<String>,
}

/// Arguments of `energy`.
#[derive(Args)]
pub(crate) struct Energy {
    /// Structures; all frames of a file unless said otherwise.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) potential: PotentialChoice,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    /// One line of JSON for each structure, with full precision.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write the structures with energy, forces and stress here.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// How an optimization moves.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Optimizer {
    /// Best for up to a few hundred atoms; as ASE's.
    Bfgs,
    /// Any size; as ASE's, but learns nothing where the energy curves down.
    Lbfgs,
    /// Slow and sturdy, for rough starts; as ASE's.
    Fire,
    /// FIRE 2.0; as ASE's, but never steps back farther than --max-step.
    Fire2,
}

/// Arguments of `relax`.
#[derive(Args)]
pub(crate) struct Relax {
    /// The structure to start from.
    #[arg(value_name = "FILE")]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) potential: PotentialChoice,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    /// Done when no force is larger, eV/Å.
    #[arg(long, default_value_t = 0.05, value_name = "EV/Å")]
    pub(crate) fmax: f64,
    /// Give up after so many moves.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) steps: u64,
    /// How to move; by the number of atoms unless given.
    #[arg(long, value_enum)]
    pub(crate) optimizer: Option<Optimizer>,
    /// The farthest that an atom moves in one step, Å.
    #[arg(long, default_value_t = 0.2, value_name = "Å")]
    pub(crate) max_step: f64,
    /// Relax the cell too.
    #[arg(long)]
    pub(crate) cell: bool,
    /// With --cell: the pressure to relax to, bar.
    #[arg(
        long,
        default_value_t = 0.0,
        allow_hyphen_values = true,
        value_name = "BAR",
        requires = "cell"
    )]
    pub(crate) pressure: f64,
    /// With --cell: also wait until no stress differs more from the pressure, bar.
    #[arg(long, value_name = "BAR", requires = "cell")]
    pub(crate) smax: Option<f64>,
    /// Report every N-th step.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) every: u64,
    /// Where the relaxed structure goes; NAME.relaxed.xyz unless given, which must not exist yet.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Also write every reported step here.
    #[arg(long, value_name = "FILE")]
    pub(crate) trajectory: Option<PathBuf>,
    /// A line of JSON for each reported step and a last one with the outcome; files are written only
    /// where named.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What keeps the temperature.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Thermostat {
    /// Nothing: constant energy.
    None,
    /// Friction and random kicks on every atom.
    Langevin,
    /// Stochastic velocity rescaling (Bussi, Donadio, Parrinello).
    Bussi,
}

/// What keeps the pressure.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Barostat {
    /// The cell keeps its shape.
    Isotropic,
    /// All cell vectors move.
    Anisotropic,
}

/// Arguments of `md`.
#[derive(Args)]
pub(crate) struct Md {
    /// The structure to start from; its velocities too, if the file has them.
    #[arg(value_name = "FILE")]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) potential: PotentialChoice,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    /// Number of steps.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) steps: u64,
    /// Length of a step, fs.
    #[arg(long, default_value_t = 1.0, value_name = "FS")]
    pub(crate) timestep: f64,
    /// Temperature of the thermostat, K; without one, that at which atoms at rest start.
    #[arg(long, default_value_t = 300.0, value_name = "K")]
    pub(crate) temperature: f64,
    /// Draw the starting velocities at this temperature, K, even where the file has some; the
    /// thermostat's unless given.
    #[arg(long, value_name = "K")]
    pub(crate) initial_temperature: Option<f64>,
    /// What keeps the temperature.
    #[arg(long, value_enum, default_value = "langevin")]
    pub(crate) thermostat: Thermostat,
    /// Langevin friction, 1/ps.
    #[arg(long, default_value_t = 10.0, value_name = "1/PS")]
    pub(crate) friction: f64,
    /// Relaxation time of velocity rescaling, fs.
    #[arg(long, default_value_t = 100.0, value_name = "FS")]
    pub(crate) relaxation_time: f64,
    /// Let the cell follow the pressure, by stochastic cell rescaling; wants --thermostat bussi.
    #[arg(long, value_enum)]
    pub(crate) barostat: Option<Barostat>,
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
    /// Isothermal compressibility that the barostat assumes, 1/bar; it sets the pace, not the result.
    #[arg(
        long,
        default_value_t = mlipview_core::sim::task::WATER_COMPRESSIBILITY,
        value_name = "1/BAR",
        requires = "barostat"
    )]
    pub(crate) compressibility: f64,
    /// Seed of the random numbers: the same seed gives the same run.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) seed: u64,
    /// Report and record every N-th step.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) every: u64,
    /// Where the recorded frames go (.xyz or .extxyz); NAME.md.xyz unless given, which must not exist
    /// yet.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// A line of JSON for each reported step and a last one with the outcome; files are written only
    /// where named.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much the log tells.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogLevel {
    /// What has failed.
    Error,
    /// What was refused, too.
    Warn,
    /// Who comes and goes, too.
    Info,
    /// Everything.
    Debug,
}

/// How the log is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// An object in each line, for programs.
    Json,
}

/// Arguments of `serve`.
#[derive(Args, Clone)]
pub(crate) struct Serve {
    /// The structure to show; a built-in one unless given.
    #[arg(value_name = "FILE")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) potential: PotentialChoice,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    #[command(flatten)]
    pub(crate) speed: Speed,
    #[command(flatten)]
    pub(crate) network: Network,
    /// How much is told on the error output.
    #[arg(long, value_enum, default_value = "info", help_heading = "Log")]
    pub(crate) log: LogLevel,
    /// How it is written there.
    #[arg(long, value_enum, default_value = "text", help_heading = "Log")]
    pub(crate) log_format: LogFormat,
}

/// Where a server listens, whom it lets in, and how much it takes on.
#[derive(Args, Clone)]
pub(crate) struct Network {
    /// Address to listen on; may be given several times. Port 0 is any free port, host 0.0.0.0 lets
    /// other machines in. [default: 127.0.0.1:8000, or a free port if that one is in use]
    #[arg(long, value_name = "HOST:PORT", help_heading = "Network")]
    pub(crate) listen: Vec<String>,
    /// What drivers show, who may drag, edit, start and stop; made up unless given.
    #[arg(long, value_name = "TOKEN", help_heading = "Network")]
    pub(crate) driver_token: Option<String>,
    /// What owners show, who may also admit and remove people and make rooms; made up unless given.
    #[arg(long, value_name = "TOKEN", help_heading = "Network")]
    pub(crate) owner_token: Option<String>,
    /// Another server whose pages may connect, and a name that this one goes by; may be given several
    /// times.
    #[arg(long, value_name = "ORIGIN", help_heading = "Network")]
    pub(crate) allow_origin: Vec<String>,
    /// The certificate (PEM), for connections that nobody can read on their way.
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_key",
        help_heading = "Network"
    )]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM).
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_cert",
        help_heading = "Network"
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// Connections at a time.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) connections: u32,
    /// Connections at a time that have a simulation of their own.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(0..=256), help_heading = "Limits", hide_short_help = true)]
    pub(crate) private_sessions: u32,
    /// Atoms in such a simulation.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) private_atoms: u32,
    /// Rooms, the one that is always there included.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=256), help_heading = "Limits", hide_short_help = true)]
    pub(crate) rooms: u32,
    /// Size of a message, bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, value_parser = clap::value_parser!(u32).range(1024..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) message_bytes: u32,
    /// Messages per second from one connection.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) messages_per_second: u32,
    /// Frames per second to one reader of a room.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) max_rate: u32,
    /// Time between two signs of life, s; who gives none for two of these is disconnected.
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) ping: u64,
    /// Time to shake hands, s.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) handshake: u64,
    /// Time for which a reader may not read, s.
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) patience: u64,
}

/// Arguments of `convert`.
#[derive(Args)]
pub(crate) struct Convert {
    /// Structures; all frames of a file unless said otherwise.
    #[arg(value_name = "INPUT")]
    pub(crate) input: String,
    #[arg(
        value_name = "OUTPUT",
        help = format!("File to write, in the format of its name: {}", Format::endings(FormatInfo::is_written))
    )]
    pub(crate) output: PathBuf,
    /// Move atoms into the cell.
    #[arg(long)]
    pub(crate) wrap: bool,
    /// Repeat the cell, as in 2x2x1.
    #[arg(long, value_name = "NxMxK")]
    pub(crate) repeat: Option<String>,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
}

/// Arguments of `info`.
#[derive(Args)]
pub(crate) struct Info {
    /// Structures; the last frame of a file unless said otherwise.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) structure: StructureChoice,
    /// Also list the bonds, perceived from distances, and their orders
    #[arg(long)]
    pub(crate) bonds: bool,
    /// One line of JSON for each structure.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to do with models.
#[cfg(feature = "uma")]
#[derive(Subcommand)]
pub(crate) enum Model {
    /// What is in a model: tasks, elements, sizes, checksum.
    Info {
        /// A checkpoint (.pt), a folder with weights.safetensors and config.json, or the name of an
        /// imported model.
        #[arg(required = true, value_name = "PATH|NAME")]
        models: Vec<String>,
        #[command(flatten)]
        folder: ModelsFolder,
        /// One line of JSON for each model.
        #[arg(long)]
        json: bool,
    },
    /// Copies a model into the models folder, with its checksum beside it.
    Import {
        /// A checkpoint (.pt), or a folder with weights.safetensors and config.json.
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// What it will be asked for by; as its file is called unless given.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        folder: ModelsFolder,
        /// The imported model as a line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// The imported models.
    List {
        #[command(flatten)]
        folder: ModelsFolder,
        /// One line of JSON for each model.
        #[arg(long)]
        json: bool,
    },
}

/// Where imported models are.
#[cfg(feature = "uma")]
#[derive(Args, Clone)]
pub(crate) struct ModelsFolder {
    /// The models folder; otherwise that of MLIPVIEW_MODELS in the environment, or mlipview/models
    /// among the user's data.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) models_dir: Option<PathBuf>,
}

/// Arguments of `library`.
#[derive(Args)]
pub(crate) struct Library {
    /// Words to look for in keys, titles and tags; all structures unless given.
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,
    /// One line of JSON for each structure.
    #[arg(long)]
    pub(crate) json: bool,
}
