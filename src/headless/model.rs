//! `mlipview model`.

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

use super::{DONE, FAILED, INTERRUPTED, interrupt};
use crate::cli::{self, ModelsFolder};

/// Work that takes longer shows a bar.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn run(arguments: &cli::Model) -> anyhow::Result<u8> {
    let done = match arguments {
        cli::Model::Info {
            models,
            folder,
            json,
        } => info(models, folder, *json),
        cli::Model::Import {
            path,
            name,
            folder,
            json,
        } => import(path, name.as_deref(), folder, *json),
        cli::Model::List { folder, json } => list(folder, *json),
    };
    match done {
        Err(error) if was_ended(&error) => {
            eprintln!("mlipview: {error:#}");
            Ok(INTERRUPTED)
        }
        done => done,
    }
}

fn was_ended(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ModelsError::Ended))
}

fn models(folder: &ModelsFolder) -> Result<Models, ModelsError> {
    let named = folder.models_dir.clone().map(Models::open);
    named.map_or_else(Models::of_user, Ok)
}

fn info(arguments: &[String], folder: &ModelsFolder, json: bool) -> anyhow::Result<u8> {
    let mut code = DONE;
    for argument in arguments {
        let path = PathBuf::from(argument);
        let (name, path, noted) = match path.exists() {
            true => (argument.clone(), path, None),
            false => {
                let model = models(folder)?.find(argument).with_context(|| {
                    format!("{argument} is neither a file nor the name of a model")
                })?;
                (model.name, model.path, model.checksum)
            }
        };
        let told = Told::of(name, path, noted)?;
        if told.was_changed() {
            code = FAILED;
        }
        if json {
            writeln!(std::io::stdout(), "{}", told.object())?;
        } else {
            write!(std::io::stdout(), "{}", told.text())?;
        }
    }
    Ok(code)
}

fn import(
    path: &Path,
    name: Option<&str>,
    folder: &ModelsFolder,
    json: bool,
) -> anyhow::Result<u8> {
    let mut bar = Bar::new("copied");
    let model = models(folder)?.import(path, name, &mut |done, all| bar.show(done, all))?;
    bar.clear();
    let checksum = model.checksum.as_deref().unwrap_or_default();
    if json {
        writeln!(std::io::stdout(), "{}", object_of(&model))?;
    } else {
        let (name, path, size) = (&model.name, model.path.display(), in_bytes(model.size));
        writeln!(
            std::io::stdout(),
            "{name} is at {path}: {size}, SHA-256 {checksum}"
        )?;
    }
    Ok(DONE)
}

fn list(folder: &ModelsFolder, json: bool) -> anyhow::Result<u8> {
    let models = models(folder)?;
    let list = models.list()?;
    if list.is_empty() && !json {
        writeln!(
            std::io::stdout(),
            "no models in {}; `mlipview model import FILE` puts one there",
            models.folder().display()
        )?;
    }
    let mut code = DONE;
    for model in &list {
        let opened = Checkpoint::open(&model.path);
        let mut object = object_of(model);
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
            let (name, size) = (&model.name, in_bytes(model.size));
            writeln!(std::io::stdout(), "{name:<20} {size:>10}  {words}")?;
        }
    }
    Ok(code)
}

fn object_of(model: &Model) -> Value {
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

/// What is told of a model.
struct Told {
    name: String,
    path: PathBuf,
    configuration: Configuration,
    size: u64,
    checksum: String,
    /// The checksum that was noted when it was imported.
    noted: Option<String>,
}

impl Told {
    fn of(name: String, path: PathBuf, noted: Option<String>) -> anyhow::Result<Told> {
        let checkpoint = Checkpoint::open(&path).with_context(|| name.clone())?;
        let mut bar = Bar::new("read");
        let mut size = 0;
        let checksum = Models::checksum(&path, &mut |done, all| {
            size = all;
            bar.show(done, all)
        })?;
        bar.clear();
        Ok(Told {
            configuration: checkpoint.configuration().clone(),
            name,
            path,
            size,
            checksum,
            noted,
        })
    }

    fn was_changed(&self) -> bool {
        let noted = self.noted.as_ref();
        noted.is_some_and(|noted| *noted != self.checksum)
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
        let alone = match model.single_atoms {
            true => "by the network",
            false => "from a table",
        };
        line("lone atoms", alone.to_owned());
        line("size", in_bytes(self.size));
        line("SHA-256", self.checksum.clone());
        if let Some(noted) = self.noted.as_ref().filter(|_| self.was_changed()) {
            let advice = "the file was changed since: import it again";
            line("when imported", format!("{noted}; {advice}"));
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
            "changed": self.was_changed(),
        })
    }
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes in the largest unit that leaves something before the point.
fn in_bytes(bytes: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = bytes as f64;
    let fitting = units.iter().find(|(unit, _)| size >= *unit);
    fitting.map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| format!("{:.2} {name}", size / unit),
    )
}

/// A bar on the error output, with the time left, for work that takes more than a moment.
struct Bar {
    bar: ProgressBar,
    shown: bool,
}

impl Bar {
    fn new(what: &'static str) -> Bar {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template =
            "{bar:20.cyan/blue} {bytes}/{total_bytes} {msg} · {bytes_per_sec} · {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        Bar { bar, shown: false }
    }

    /// Shows how much is done, and ends the work if someone asks.
    fn show(&mut self, done: u64, all: u64) -> ControlFlow<()> {
        self.bar.set_length(all);
        self.bar.set_position(done);
        if !self.shown && self.bar.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.shown = true;
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
