//! Contents of a model, as `mlipview model info` prints them.

use std::path::PathBuf;

use anyhow::Context;
use mlipview_uma::models::{ModelKind, Models};
use serde_json::{Value, json};

use super::byte_progress::ByteProgress;
use super::configuration::Configuration;

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
        let configuration =
            Configuration::read(&path, ModelKind::at(&path)).with_context(|| name.clone())?;
        let mut progress = ByteProgress::new("read");
        let mut size = 0;
        let checksum = Models::checksum(&path, &mut |done, all| {
            size = all;
            progress.show(done, all)
        })?;
        progress.clear();
        Ok(ModelContents {
            configuration,
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
        let mut lines = self.configuration.lines();
        lines.push(("size", size_text(self.size)));
        lines.push(("SHA-256", self.checksum.clone()));
        if let Some(imported_checksum) = self
            .imported_checksum
            .as_ref()
            .filter(|_| self.is_changed())
        {
            let advice = "the file has changed since: import it again";
            lines.push(("at import", format!("{imported_checksum}; {advice}")));
        }
        let lines = lines
            .iter()
            .map(|(name, value)| format!("  {name:<14} {value}\n"));
        format!("{}\n{}", self.name, lines.collect::<String>())
    }

    /// The contents as a JSON object.
    pub(super) fn object(&self) -> Value {
        let mut object = self.configuration.object();
        object["name"] = json!(self.name);
        object["path"] = json!(self.path.display().to_string());
        object["size"] = json!(self.size);
        object["sha256"] = json!(self.checksum);
        object["changed"] = json!(self.is_changed());
        object
    }
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
