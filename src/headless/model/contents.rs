//! Contents of a model, as `mlipview model info` prints them.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Context;
use mlipview_uma::checkpoint::{Checkpoint, Configuration, Task};
use mlipview_uma::models::Models;
use serde_json::{Value, json};

use super::byte_progress::ByteProgress;

/// Contents of a model, as `mlipview model info` prints them.
pub(super) struct ModelContents {
    name: String,
    path: PathBuf,
    configuration: Configuration,
    size: u64,
    checksum: String,
    /// Checksum at its import; `None` for a file.
    imported_checksum: Option<String>,
}

impl ModelContents {
    /// Reads a model and computes its checksum, with a progress bar.
    pub(super) fn read(
        name: String,
        path: PathBuf,
        imported_checksum: Option<String>,
    ) -> anyhow::Result<ModelContents> {
        let checkpoint = Checkpoint::open(&path).with_context(|| name.clone())?;
        let mut progress = ByteProgress::new("read");
        let mut size = 0;
        let checksum = Models::checksum(&path, &mut |done, all| {
            size = all;
            progress.show(done, all)
        })?;
        progress.clear();
        Ok(ModelContents {
            configuration: checkpoint.configuration().clone(),
            name,
            path,
            size,
            checksum,
            imported_checksum,
        })
    }

    /// Whether the file has changed since its import.
    pub(super) fn is_changed(&self) -> bool {
        let imported_checksum = self.imported_checksum.as_ref();
        imported_checksum.is_some_and(|imported_checksum| *imported_checksum != self.checksum)
    }

    /// The contents as lines for the terminal.
    pub(super) fn text(&self) -> String {
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

    /// The contents as a JSON object.
    pub(super) fn object(&self) -> Value {
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
pub(super) fn size_text(bytes: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = bytes as f64;
    let fitting = units.iter().find(|(unit, _)| size >= *unit);
    fitting.map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| format!("{:.2} {name}", size / unit),
    )
}
