//! Arguments of `mlipview train`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[cfg(feature = "server")]
use super::NetworkArgs;
use super::OutputFormat;

/// Treatment of the energies of free atoms.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum EnergyReferenceArg {
    /// Fit them if the labels have another energy reference than the start.
    Auto,
    /// Keep those of the start.
    Keep,
    /// Fit them to the labels.
    Fit,
}

/// Arguments of `mlipview train`.
#[derive(Args)]
pub(crate) struct TrainArgs {
    #[command(flatten)]
    pub(crate) training: TrainingArgs,
    /// Serve the progress at /ws/training, as --listen also does; drivers may pause, resume and stop.
    #[cfg(feature = "server")]
    #[arg(long)]
    pub(crate) serve: bool,
    #[cfg(feature = "server")]
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) format: OutputFormat,
}

/// Arguments of a training, also of one that the window starts.
#[derive(Args)]
pub(crate) struct TrainingArgs {
    /// Files of labels: structures with energies and forces, and stresses and charges if present; all
    /// frames, or some as in labels.xyz@::10.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) labels: Vec<String>,
    /// Parameters to start from: nano, solid, a file that this command has written, or scratch (random).
    #[arg(long, default_value = "nano", value_name = "NAME|FILE")]
    pub(crate) start: String,
    /// Fraction of the labels that is not learned, but measures errors.
    #[arg(long, default_value_t = 0.1, value_name = "FRACTION")]
    pub(crate) validation: f64,
    /// File of validation labels, in place of a fraction.
    #[arg(long, value_name = "FILE", conflicts_with = "validation")]
    pub(crate) validation_labels: Option<String>,
    /// How often each label is seen.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) epochs: u64,
    /// Atoms per batch, about.
    #[arg(long, default_value_t = 256, value_name = "ATOMS")]
    pub(crate) batch: usize,
    /// Largest learning rate [default: 0.001, from scratch 0.005].
    #[arg(long, value_name = "RATE")]
    pub(crate) learning_rate: Option<f64>,
    /// Stop early: after this many validations without a smaller loss; 0: never.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) early_stopping: u64,
    /// Seed of the random choices.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) seed: u64,
    /// Energies of free atoms.
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) energy_reference: EnergyReferenceArg,
    /// The method of the labels, for the model card, as in "PBE-D3, VASP".
    #[arg(long, value_name = "TEXT")]
    pub(crate) method: Option<String>,
    /// Weight of squared force errors in the loss, 1/(eV/Å)².
    #[arg(long, default_value_t = 1.0, value_name = "W", help_heading = "Loss")]
    pub(crate) force_weight: f64,
    /// Weight of squared energy errors per atom, 1/(eV/atom)².
    #[arg(long, default_value_t = 100.0, value_name = "W", help_heading = "Loss")]
    pub(crate) energy_weight: f64,
    /// Weight of squared errors of stress times volume per atom, 1/(eV/atom)².
    #[arg(long, default_value_t = 10.0, value_name = "W", help_heading = "Loss")]
    pub(crate) stress_weight: f64,
    /// Weight of squared errors of charges, 1/e².
    #[arg(long, default_value_t = 2.0, value_name = "W", help_heading = "Loss")]
    pub(crate) charge_weight: f64,
    /// Name of the energy in the files, eV [default: energy, else REF_energy].
    #[arg(long, value_name = "NAME", help_heading = "Files")]
    pub(crate) energy_key: Option<String>,
    /// Name of the forces in the files, eV/Å [default: forces, else REF_forces].
    #[arg(long, value_name = "NAME", help_heading = "Files")]
    pub(crate) forces_key: Option<String>,
    /// File for the trained parameters [default: NAME.safetensors if new].
    #[arg(short, long, value_name = "FILE", help_heading = "Files")]
    pub(crate) output: Option<PathBuf>,
    /// Folder for the checkpoint, samples and events [default: the output's name with .training].
    #[arg(long, value_name = "FOLDER", help_heading = "Files")]
    pub(crate) run: Option<PathBuf>,
    /// Start again, although there is a checkpoint.
    #[arg(long, help_heading = "Files")]
    pub(crate) restart: bool,
    /// Number of samples: validation structures relaxed during the training; 0: none.
    #[arg(long, default_value_t = 5, value_name = "N", help_heading = "Files")]
    pub(crate) samples: u64,
    /// Compute device: cpu, cuda:N or wgpu.
    #[arg(long, default_value = "cpu", value_name = "NAME")]
    pub(crate) device: String,
}

#[cfg(feature = "viewer")]
impl TrainingArgs {
    /// Labels with the default settings.
    pub(crate) fn of(labels: &str) -> TrainingArgs {
        use clap::FromArgMatches;
        let command = TrainingArgs::augment_args(clap::Command::new("train"));
        // After "--" no name is an option.
        let matches = command.get_matches_from(["train", "--", labels]);
        TrainingArgs::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}
