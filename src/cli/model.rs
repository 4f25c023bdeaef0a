//! Arguments of `mlipview model`, and the models folder.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::OutputFormat;

/// Subcommands of `mlipview model`.
#[derive(Subcommand)]
pub(crate) enum ModelCommand {
    /// Shows the contents of a model: tasks, elements, sizes, checksum; of a trained network the labels,
    /// the settings and the errors.
    Info {
        /// Checkpoint of UMA (.pt, or folder with weights.safetensors and config.json), model of NEP
        /// (.txt), network of `mlipview train` (.safetensors), name of an imported model, nano or solid.
        #[arg(required = true, value_name = "PATH|NAME")]
        models: Vec<String>,
        #[command(flatten)]
        folder: ModelsFolderArgs,
        #[command(flatten)]
        format: OutputFormat,
    },
    /// Copies a model into the models folder, and its checksum.
    Import {
        /// Checkpoint of UMA (.pt, or folder with weights.safetensors and config.json), or model of NEP
        /// (GPUMD's nep.txt).
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Name of the imported model [default: file name].
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        folder: ModelsFolderArgs,
        #[command(flatten)]
        format: OutputFormat,
    },
    /// Lists the imported models.
    List {
        #[command(flatten)]
        folder: ModelsFolderArgs,
        #[command(flatten)]
        format: OutputFormat,
    },
}

/// Folder of imported models.
#[derive(Args, Clone)]
pub(crate) struct ModelsFolderArgs {
    /// Models folder [default: MLIPVIEW_MODELS, else mlipview/models in the user's data folder].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) models_dir: Option<PathBuf>,
}
