//! The checkpoints of UMA, the universal models for atoms of Meta's FAIR Chemistry: what is in the
//! file, typed and checked, with nothing of it run.
//!
//! A [`Checkpoint`] is opened in an instant: the file is mapped into memory, and its numbers come
//! from the disk when they are asked for. Two containers are read. `torch` is the official one:
//! `zip` finds its parts, `pickle` reads what Python has written, `global` knows the names that it
//! may use, `plain` unwraps configurations. `safetensors_file` is the other. Both give views of
//! `tensor`s by name, and a [`Configuration`], of which `settings` understands every entry and
//! `layout` says which tensors it calls for.
//!
//! Source of the format: fairchem-core 2.24 (MIT), <https://github.com/facebookresearch/fairchem>.

mod configuration;
mod error;
mod global;
mod layout;
mod number;
mod pickle;
mod plain;
mod safetensors_file;
mod settings;
mod single_atoms;
mod source;
mod task;
mod tensor;
mod torch;
mod zip;

pub use configuration::{Configuration, Head};
pub use error::CheckpointError;
pub use number::Number;
pub use task::Task;
pub use tensor::Tensor;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value as Plain;

use source::Source;
use tensor::View;
use zip::Archive;

/// The weights of a model and its configuration, ready to be looked at.
#[derive(Debug)]
pub struct Checkpoint {
    source: Source,
    views: BTreeMap<String, View>,
    configuration: Configuration,
}

/// What a container holds, before it is understood.
struct Contents {
    views: BTreeMap<String, View>,
    /// The configuration of the model.
    model: Plain,
    /// That of its tasks, where the file has it in the official form.
    tasks: Plain,
    /// What else a file says that has it in another form.
    flat: Plain,
}

impl Checkpoint {
    /// Opens an official checkpoint (`.pt`), a safetensors file with `config.json` beside it, or a
    /// folder with `weights.safetensors` and `config.json`; the content decides, not the name.
    ///
    /// The file must not be changed as long as the checkpoint is in use: whoever cuts it short
    /// meanwhile ends the program.
    ///
    /// # Errors
    /// If the file cannot be read, is something else or damaged, or the model is of a kind that is
    /// not implemented. The error says what, and what would do instead.
    pub fn open(path: &Path) -> Result<Checkpoint, CheckpointError> {
        let in_folder = path.join("weights.safetensors");
        let path = if path.is_dir() { &in_folder } else { path };
        let source = Source::of_file(path)?;
        let beside = path.with_file_name("config.json");
        Checkpoint::read(source, || read_text(&beside))
    }

    /// The same for bytes in memory, with those of `config.json` if they are of a safetensors file.
    ///
    /// # Errors
    /// As for [`open`](Checkpoint::open).
    pub fn from_bytes(bytes: Vec<u8>, configuration: &[u8]) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::read(Source::of_memory(bytes), || Ok(configuration.to_vec()))
    }

    fn read(
        source: Source,
        beside: impl FnOnce() -> Result<Vec<u8>, CheckpointError>,
    ) -> Result<Checkpoint, CheckpointError> {
        let bytes = source.bytes()?;
        let mut contents = if Archive::recognizes(&bytes) {
            torch::read(&bytes)?
        } else if safetensors_file::recognizes(&bytes) {
            safetensors_file::read(&bytes, &beside()?)?
        } else {
            return Err(CheckpointError::NotAModel {
                found: what_else(&bytes),
            });
        };
        contents.views.retain(|name, _| layout::is_parameter(name));
        let (configuration, head) = Configuration::read(&contents)?;
        let views = with_head_renamed(contents.views, &head);
        layout::expect(&configuration, &views)?;
        source.forget();
        Ok(Checkpoint {
            source,
            views,
            configuration,
        })
    }

    /// What the model is.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The names of all tensors, as fairchem has them, without `module.`: those of the moving
    /// average where the file has it, parameters only.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.views.keys().map(String::as_str)
    }

    /// A tensor. Its numbers are read from the disk when they are first looked at.
    ///
    /// # Errors
    /// If there is none of this name, or the file cannot be mapped into memory again.
    pub fn tensor(&self, name: &str) -> Result<Tensor<'_>, CheckpointError> {
        let view = self
            .views
            .get(name)
            .ok_or_else(|| CheckpointError::NoTensor {
                name: name.to_owned(),
                count: self.views.len(),
            })?;
        Ok(Tensor::new(self.source.bytes()?, view))
    }

    /// Gives the memory with the file's pages back to the system as soon as no [`Tensor`] is left;
    /// they come again from the disk when they are needed. For after the experts were mixed.
    pub fn forget_pages(&self) {
        self.source.forget();
    }
}

/// The tensors with their head called as in the released models.
fn with_head_renamed(views: BTreeMap<String, View>, head: &str) -> BTreeMap<String, View> {
    let given = format!("output_heads.{head}.");
    let rename = |(name, view): (String, View)| match name.strip_prefix(&given) {
        Some(rest) => (format!("output_heads.{}.{rest}", layout::HEAD), view),
        None => (name, view),
    };
    views.into_iter().map(rename).collect()
}

/// What a file is that is no model, as far as its first bytes tell.
fn what_else(bytes: &[u8]) -> String {
    let known: [(&[u8], &str); 6] = [
        (b"", "an empty file"),
        (
            b"version https://git-lfs",
            "a pointer of Git LFS in the place of the file",
        ),
        (b"<", "a web page"),
        (b"{", "a text in JSON"),
        (b"\x80", "a file of an old PyTorch"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    let is = |(start, _): &&(&[u8], &str)| match start.is_empty() {
        true => bytes.is_empty(),
        false => bytes.starts_with(start),
    };
    let found = known.iter().find(is);
    found
        .map_or("a file of another kind", |(_, words)| words)
        .to_owned()
}

/// A file of text that is not absurdly long.
fn read_text(path: &Path) -> Result<Vec<u8>, CheckpointError> {
    let mut bytes = Vec::new();
    // One more than is understood, so that it is noticed.
    let longest = safetensors_file::LONGEST as u64 + 1;
    File::open(path)
        .and_then(|file| file.take(longest).read_to_end(&mut bytes))
        .map_err(|reason| CheckpointError::Read {
            path: path.display().to_string(),
            reason,
        })?;
    Ok(bytes)
}
