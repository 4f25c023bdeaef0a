//! The command `mlipview model`: shows models of UMA and NEP and networks, imports and lists models.

mod byte_progress;
mod configuration;
mod contents;
#[cfg(feature = "training")]
mod network;
mod text;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use mlipview_uma::models::{Model, Models, ModelsError};
use serde_json::{Value, json};

use super::exit_code::{DONE, FAILED, INTERRUPTED};
use crate::cli::{ModelCommand, ModelsFolderArgs};
use byte_progress::ByteProgress;
use configuration::Configuration;
use contents::{ModelContents, size_text};

pub(super) fn run(command: &ModelCommand) -> anyhow::Result<u8> {
    let result = match command {
        ModelCommand::Info {
            models,
            folder,
            format,
        } => info(models, folder, format.json),
        ModelCommand::Import {
            path,
            name,
            folder,
            format,
        } => import(path, name.as_deref(), folder, format.json),
        ModelCommand::List { folder, format } => list(folder, format.json),
    };
    match result {
        Err(error) if was_canceled(&error) => {
            eprintln!("mlipview: {error:#}");
            Ok(INTERRUPTED)
        }
        result => result,
    }
}

fn was_canceled(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ModelsError::Canceled))
}

fn models(folder: &ModelsFolderArgs) -> Result<Models, ModelsError> {
    let folder = folder.models_dir.clone().map(Models::open);
    folder.map_or_else(Models::of_user, Ok)
}

fn info(arguments: &[String], folder: &ModelsFolderArgs, json: bool) -> anyhow::Result<u8> {
    let mut code = DONE;
    for argument in arguments {
        let contents = contents(argument, folder)?;
        if contents.is_changed() {
            code = FAILED;
        }
        if json {
            writeln!(std::io::stdout(), "{}", contents.object())?;
        } else {
            write!(std::io::stdout(), "{}", contents.text())?;
        }
    }
    Ok(code)
}

/// The contents of a file, an imported model or a built-in network, in this order.
fn contents(argument: &str, folder: &ModelsFolderArgs) -> anyhow::Result<ModelContents> {
    let path = PathBuf::from(argument);
    if path.exists() {
        return ModelContents::read(argument.to_owned(), path, None);
    }
    let found = models(folder)?.find(argument);
    if found.is_err()
        && let Some(contents) = ModelContents::built_in(argument)?
    {
        return Ok(contents);
    }
    let model = found.with_context(|| {
        format!("{argument} is neither a file nor the name of an imported model")
    })?;
    ModelContents::read(model.name, model.path, model.checksum)
}

fn import(
    path: &Path,
    name: Option<&str>,
    folder: &ModelsFolderArgs,
    json: bool,
) -> anyhow::Result<u8> {
    let mut progress = ByteProgress::new("copied");
    let model = models(folder)?.import(path, name, &mut |done, all| progress.show(done, all))?;
    progress.clear();
    let checksum = model.checksum.as_deref().unwrap_or_default();
    if json {
        writeln!(std::io::stdout(), "{}", model_object(&model))?;
    } else {
        let (name, path, size) = (&model.name, model.path.display(), size_text(model.size));
        writeln!(
            std::io::stdout(),
            "{name}: {size} at {path}, SHA-256 {checksum}"
        )?;
    }
    Ok(DONE)
}

fn list(folder: &ModelsFolderArgs, json: bool) -> anyhow::Result<u8> {
    let models = models(folder)?;
    let list = models.list()?;
    if list.is_empty() && !json {
        writeln!(
            std::io::stdout(),
            "no models in {}; `mlipview model import FILE` adds one",
            models.folder().display()
        )?;
    }
    let mut code = DONE;
    for model in &list {
        let mut object = model_object(model);
        let summary = match Configuration::read(&model.path, model.kind) {
            Ok(configuration) => {
                object["model"] = json!(configuration.model());
                object["tasks"] = json!(configuration.tasks());
                configuration.summary()
            }
            Err(error) => {
                code = FAILED;
                object["error"] = json!(format!("{error:#}"));
                format!("{error:#}")
            }
        };
        if json {
            writeln!(std::io::stdout(), "{object}")?;
        } else {
            let (name, size) = (&model.name, size_text(model.size));
            writeln!(std::io::stdout(), "{name:<20} {size:>10}  {summary}")?;
        }
    }
    Ok(code)
}

fn model_object(model: &Model) -> Value {
    json!({
        "name": model.name,
        "path": model.path.display().to_string(),
        "size": model.size,
        "sha256": model.checksum,
    })
}
