//! Checkpoints of UMA, the universal models for atoms of Meta's FAIR Chemistry: typed, checked, and
//! read without running any code of the file.
//!
//! Opening a [`Checkpoint`] takes milliseconds: the file is mapped into memory, and its pages are read
//! from the disk on first use. Two containers are supported. `torch` is the official one: `zip` finds
//! its entries, `pickle` parses the objects that Python has written, `global` lists the class names
//! that it may use, `to_json` converts configurations. `safetensors_file` is the other. Both give
//! views of `tensor`s by name and a [`Configuration`]: `settings` checks each of its entries, and
//! `layout` lists the tensors that it requires.
//!
//! Source of the format: fairchem-core 2.24 (MIT), <https://github.com/facebookresearch/fairchem>.

mod configuration;
mod contents;
mod dtype;
mod error;
mod global;
mod layout;
mod number;
mod pickle;
mod safetensors_file;
mod settings;
mod single_atoms;
mod source;
mod task;
mod tensor;
mod to_json;
mod torch;
mod widths;
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

use source::ByteSource;
use tensor::TensorView;
use zip::Archive;

/// The weights of a model and its configuration.
#[derive(Debug)]
pub struct Checkpoint {
    source: ByteSource,
    views: BTreeMap<String, TensorView>,
    configuration: Configuration,
}

impl Checkpoint {
    /// Opens an official checkpoint (`.pt`), a safetensors file with `config.json` beside it, or a
    /// folder with `weights.safetensors` and `config.json`; the content decides, not the name.
    ///
    /// The file must not be changed while the checkpoint is in use: truncating it terminates the
    /// program.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged or of another kind, or the model is not supported. The
    /// error names what was found and what is supported.
    pub fn open(path: &Path) -> Result<Checkpoint, CheckpointError> {
        let in_folder = path.join("weights.safetensors");
        let path = if path.is_dir() { &in_folder } else { path };
        let source = ByteSource::of_file(path)?;
        let config = path.with_file_name("config.json");
        Checkpoint::read(source, || read_text(&config))
    }

    /// Reads a checkpoint in memory; a safetensors file needs the bytes of its `config.json`.
    ///
    /// # Errors
    /// As for [`open`](Checkpoint::open).
    pub fn from_bytes(bytes: Vec<u8>, configuration: &[u8]) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::read(ByteSource::of_memory(bytes), || Ok(configuration.to_vec()))
    }

    fn read(
        source: ByteSource,
        config: impl FnOnce() -> Result<Vec<u8>, CheckpointError>,
    ) -> Result<Checkpoint, CheckpointError> {
        let bytes = source.bytes()?;
        let mut contents = if Archive::recognizes(&bytes) {
            torch::read(&bytes)?
        } else if safetensors_file::recognizes(&bytes) {
            safetensors_file::read(&bytes, &config()?)?
        } else {
            return Err(CheckpointError::NotAModel {
                found: describe(&bytes),
            });
        };
        contents.views.retain(|name, _| layout::is_parameter(name));
        let (configuration, head) = Configuration::read(&contents)?;
        let views = with_head_renamed(contents.views, &head);
        layout::expect(&configuration, &views)?;
        source.unmap();
        Ok(Checkpoint {
            source,
            views,
            configuration,
        })
    }

    /// The configuration of the model.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The names of all parameters, as in fairchem without `module.`; of the exponential moving
    /// average if the file has it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.views.keys().map(String::as_str)
    }

    /// A tensor. Its numbers are read from the disk on first use.
    ///
    /// # Errors
    /// If there is no tensor of this name, or the file cannot be mapped into memory again.
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

    /// Releases the memory of the file's pages as soon as no [`Tensor`] is left; they are read again
    /// from the disk on the next use. Call it after merging experts.
    pub fn release_pages(&self) {
        self.source.unmap();
    }
}

/// Renames the tensors of the head as in the released models.
fn with_head_renamed(
    views: BTreeMap<String, TensorView>,
    head: &str,
) -> BTreeMap<String, TensorView> {
    let given = format!("output_heads.{head}.");
    let rename = |(name, view): (String, TensorView)| match name.strip_prefix(&given) {
        Some(rest) => (format!("output_heads.{}.{rest}", layout::HEAD), view),
        None => (name, view),
    };
    views.into_iter().map(rename).collect()
}

/// Describes a file that is no model, by its first bytes.
fn describe(bytes: &[u8]) -> String {
    let known: [(&[u8], &str); 6] = [
        (b"", "an empty file"),
        (
            b"version https://git-lfs",
            "a Git LFS pointer instead of the file",
        ),
        (b"<", "a web page"),
        (b"{", "a JSON text"),
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

/// Reads a text file of limited length.
fn read_text(path: &Path) -> Result<Vec<u8>, CheckpointError> {
    let mut bytes = Vec::new();
    // One byte more than is parsed, so that a longer file is an error.
    let longest = safetensors_file::MAX_LENGTH as u64 + 1;
    File::open(path)
        .and_then(|file| file.take(longest).read_to_end(&mut bytes))
        .map_err(|reason| CheckpointError::Read {
            path: path.display().to_string(),
            reason,
        })?;
    Ok(bytes)
}
