//! Contents of a model, as `mlipview model info` prints them.

use std::path::PathBuf;

use anyhow::Context;
use mlipview_uma::models::{ModelKind, Models};
use serde_json::{Value, json};

use super::byte_progress::ByteProgress;
use super::configuration::Configuration;
#[cfg(feature = "training")]
use super::network::Network;

/// Contents of a model, as `mlipview model info` prints them.
pub(super) struct ModelContents {
    name: String,
    /// `None` if it is built in, and so is the checksum.
    path: Option<PathBuf>,
    configuration: Configuration,
    size: u64,
    checksum: Option<String>,
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
        let checksum_of = match configuration {
            #[cfg(feature = "training")]
            Configuration::Network(_) => Models::file_checksum,
            _ => Models::checksum,
        };
        let checksum = checksum_of(&path, &mut |done, all| {
            size = all;
            progress.show(done, all)
        })?;
        progress.clear();
        Ok(ModelContents {
            configuration,
            name,
            path: Some(path),
            size,
            checksum: Some(checksum),
            imported_checksum,
        })
    }

    /// The contents of a built-in network, if there is one of this name.
    #[cfg(feature = "training")]
    pub(super) fn built_in(name: &str) -> anyhow::Result<Option<ModelContents>> {
        let network = Network::built_in(name)?;
        Ok(network.map(|(network, size)| ModelContents {
            name: name.to_owned(),
            path: None,
            configuration: Configuration::Network(Box::new(network)),
            size,
            checksum: None,
            imported_checksum: None,
        }))
    }

    /// The contents of a built-in network, of which this build shows none.
    #[cfg(not(feature = "training"))]
    pub(super) fn built_in(_name: &str) -> anyhow::Result<Option<ModelContents>> {
        Ok(None)
    }

    /// Whether the file has changed since its import.
    pub(super) fn is_changed(&self) -> bool {
        self.imported_checksum.is_some() && self.imported_checksum != self.checksum
    }

    /// The contents as lines for the terminal.
    pub(super) fn text(&self) -> String {
        let mut lines = self.configuration.lines();
        lines.push(("size", size_text(self.size)));
        lines.extend(self.checksum.clone().map(|checksum| ("SHA-256", checksum)));
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
        object["path"] = json!(self.path.as_ref().map(|path| path.display().to_string()));
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
