//! The command `mlipview model`: shows, imports and lists checkpoints of large models.

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mlipview_uma::checkpoint::{Checkpoint, Configuration, Task};
use mlipview_uma::models::{Model, Models, ModelsError};
use serde_json::{Value, json};

use super::exit_code::{DONE, FAILED, INTERRUPTED};
use super::interrupt;
use crate::cli::{ModelCommand, ModelsFolderArgs};

/// Work that takes longer shows a progress bar.
const PROGRESS_DELAY: Duration = Duration::from_secs(2);

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
        let path = PathBuf::from(argument);
        let (name, path, imported_checksum) = match path.exists() {
            true => (argument.clone(), path, None),
            false => {
                let model = models(folder)?.find(argument).with_context(|| {
                    format!("{argument} is neither a file nor the name of an imported model")
                })?;
                (model.name, model.path, model.checksum)
            }
        };
        let report = ModelReport::read(name, path, imported_checksum)?;
        if report.is_changed() {
            code = FAILED;
        }
        if json {
            writeln!(std::io::stdout(), "{}", report.object())?;
        } else {
            write!(std::io::stdout(), "{}", report.text())?;
        }
    }
    Ok(code)
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
        let opened = Checkpoint::open(&model.path);
        let mut object = model_object(model);
        let words = match &opened {
            Ok(checkpoint) => {
                let configuration = checkpoint.configuration();
                let tasks = names(&configuration.tasks);
                object["model"] = json!(configuration.model);
                object["tasks"] = json!(tasks);
                format!("{:<12} {}", configuration.model, tasks.join(" "))
            }
            Err(error) => {
                code = FAILED;
                object["error"] = json!(error.to_string());
                error.to_string()
            }
        };
        if json {
            writeln!(std::io::stdout(), "{object}")?;
        } else {
            let (name, size) = (&model.name, size_text(model.size));
            writeln!(std::io::stdout(), "{name:<20} {size:>10}  {words}")?;
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

fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.name.as_str()).collect()
}

/// Contents of a model, as `mlipview model info` prints them.
struct ModelReport {
    name: String,
    path: PathBuf,
    configuration: Configuration,
    size: u64,
    checksum: String,
    /// Checksum at its import.
    imported_checksum: Option<String>,
}

impl ModelReport {
    fn read(
        name: String,
        path: PathBuf,
        imported_checksum: Option<String>,
    ) -> anyhow::Result<ModelReport> {
        let checkpoint = Checkpoint::open(&path).with_context(|| name.clone())?;
        let mut progress = ByteProgress::new("read");
        let mut size = 0;
        let checksum = Models::checksum(&path, &mut |done, all| {
            size = all;
            progress.show(done, all)
        })?;
        progress.clear();
        Ok(ModelReport {
            configuration: checkpoint.configuration().clone(),
            name,
            path,
            size,
            checksum,
            imported_checksum,
        })
    }

    fn is_changed(&self) -> bool {
        let imported_checksum = self.imported_checksum.as_ref();
        imported_checksum.is_some_and(|imported_checksum| *imported_checksum != self.checksum)
    }

    fn text(&self) -> String {
        let model = &self.configuration;
        let mut text = format!("{}\n", self.name);
        // Writing to a String cannot fail.
        let mut line = |name: &str, value: String| {
            let _ = writeln!(text, "  {name:<14} {value}");
        };
        line("model", model.model.clone());
        let tasks = model.tasks.iter().map(|task| match task.stress {
            true => format!("{} (with stress)", task.name),
            false => task.name.clone(),
        });
        line("tasks", tasks.collect::<Vec<_>>().join(", "));
        let elements: Vec<_> = model.elements().collect();
        if let (Some(first), Some(last)) = (elements.first(), elements.last()) {
            line("elements", format!("{first} to {last}"));
        }
        line(
            "parameters",
            format!(
                "{} of {} experts; {} for a structure",
                grouped(model.parameters()),
                model.experts,
                grouped(model.active_parameters())
            ),
        );
        line(
            "network",
            format!(
                "{} blocks, {} channels, degrees to {}, orders to {}",
                model.layers, model.sphere_channels, model.lmax, model.mmax
            ),
        );
        line(
            "cutoff",
            format!("{} Å, {} neighbors", model.cutoff, model.max_neighbors),
        );
        let single_atoms = match model.single_atoms {
            true => "by the network",
            false => "from a table",
        };
        line("single atoms", single_atoms.to_owned());
        line("size", size_text(self.size));
        line("SHA-256", self.checksum.clone());
        if let Some(imported_checksum) = self
            .imported_checksum
            .as_ref()
            .filter(|_| self.is_changed())
        {
            let advice = "the file has changed since: import it again";
            line("at import", format!("{imported_checksum}; {advice}"));
        }
        text
    }

    fn object(&self) -> Value {
        let model = &self.configuration;
        let task = |task: &Task| json!({ "name": task.name, "stress": task.stress });
        let elements = model.elements().map(|element| element.symbol());
        json!({
            "name": self.name,
            "path": self.path.display().to_string(),
            "model": model.model,
            "tasks": model.tasks.iter().map(task).collect::<Vec<_>>(),
            "elements": elements.collect::<Vec<_>>(),
            "parameters": model.parameters(),
            "active_parameters": model.active_parameters(),
            "experts": model.experts,
            "layers": model.layers,
            "channels": model.sphere_channels,
            "lmax": model.lmax,
            "mmax": model.mmax,
            "cutoff": model.cutoff,
            "max_neighbors": model.max_neighbors,
            "single_atoms": model.single_atoms,
            "size": self.size,
            "sha256": self.checksum,
            "changed": self.is_changed(),
        })
    }
}

/// Formats a number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Formats a number of bytes in the largest unit with a value of at least 1.
fn size_text(bytes: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = bytes as f64;
    let fitting = units.iter().find(|(unit, _)| size >= *unit);
    fitting.map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| format!("{:.2} {name}", size / unit),
    )
}

/// Progress bar of bytes on the standard error output, shown after a delay.
struct ByteProgress {
    bar: ProgressBar,
    is_shown: bool,
}

impl ByteProgress {
    fn new(verb: &'static str) -> ByteProgress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template =
            "{bar:20.cyan/blue} {bytes}/{total_bytes} {msg} · {bytes_per_sec} · {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(verb);
        ByteProgress {
            bar,
            is_shown: false,
        }
    }

    /// Updates the bar; breaks after Ctrl-C.
    fn show(&mut self, done: u64, all: u64) -> ControlFlow<()> {
        self.bar.set_length(all);
        self.bar.set_position(done);
        if !self.is_shown && self.bar.elapsed() > PROGRESS_DELAY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.is_shown = true;
        }
        match interrupt::requested() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
