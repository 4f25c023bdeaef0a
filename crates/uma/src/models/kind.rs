//! Kinds of models.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Kind of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// A checkpoint of UMA: a file `.pt`, or a folder.
    Uma,
    /// A neuroevolution potential: a file `.txt` in the format of GPUMD's nep.txt.
    Nep,
}

impl ModelKind {
    /// The kind of a model at any path, by its first letters or else by its extension.
    pub fn at(path: &Path) -> ModelKind {
        let mut first = [0; 3];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
        let is_text = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("txt"));
        if is_text || read.is_ok() && first == *b"nep" {
            ModelKind::Nep
        } else {
            ModelKind::Uma
        }
    }

    /// The extension of its file in the models folder.
    pub(super) fn extension(self) -> &'static str {
        match self {
            ModelKind::Uma => ".pt",
            ModelKind::Nep => ".txt",
        }
    }
}
