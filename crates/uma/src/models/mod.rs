//! The models folder: models that the user has imported.
//!
//! A model is a checkpoint of UMA, `NAME.pt` or a folder NAME with `weights.safetensors` and
//! `config.json`, or a neuroevolution potential, `NAME.txt`. Beside it, `NAME.sha256` has the checksums of
//! its files, in the format of `sha256sum -c`; a text without checksums is no model. A folder `NAME.part`
//! is an incomplete copy.

mod checksum;
mod copy;
mod error;
mod kind;
mod progress;

pub use error::ModelsError;
pub use kind::ModelKind;
pub use progress::Progress;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::checkpoint::Checkpoint;
use mlipview_core::chem::excerpt;
use mlipview_core::potential::Nep;

/// Environment variable with the path of the folder.
pub const VARIABLE: &str = "MLIPVIEW_MODELS";

/// The files of a model that is a folder, weights first.
const IN_FOLDER: [&str; 2] = ["weights.safetensors", "config.json"];

/// A folder with models. The first import creates it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Models {
    folder: PathBuf,
}

/// A model of the folder, by its file names; it may be damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its name in requests.
    pub name: String,
    /// Its kind.
    pub kind: ModelKind,
    /// The path of its file or folder.
    pub path: PathBuf,
    /// Size of its files, bytes.
    pub size: u64,
    /// SHA-256 of its weights at import, in hexadecimal digits, if recorded.
    pub checksum: Option<String>,
}

impl Models {
    /// The models of a folder.
    pub fn open(folder: impl Into<PathBuf>) -> Models {
        Models {
            folder: folder.into(),
        }
    }

    /// The models of the user: the folder `MLIPVIEW_MODELS`, or `mlipview/models` in the platform's
    /// folder for user data.
    ///
    /// # Errors
    /// If the environment has neither `MLIPVIEW_MODELS` nor a home.
    pub fn of_user() -> Result<Models, ModelsError> {
        let named = |variable| env::var_os(variable).filter(|value| !value.is_empty());
        let home = || named("HOME").map(PathBuf::from);
        let data = || {
            if cfg!(windows) {
                named("APPDATA").map(PathBuf::from)
            } else if cfg!(target_os = "macos") {
                home().map(|home| home.join("Library/Application Support"))
            } else {
                let data = named("XDG_DATA_HOME").map(PathBuf::from);
                data.filter(|data| data.is_absolute())
                    .or_else(|| home().map(|home| home.join(".local/share")))
            }
        };
        named(VARIABLE)
            .map(PathBuf::from)
            .or_else(|| data().map(|data| data.join("mlipview").join("models")))
            .map(Models::open)
            .ok_or(ModelsError::NoFolder)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All models, sorted by name, without opening them; none if the folder does not exist.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn list(&self) -> Result<Vec<Model>, ModelsError> {
        let unreadable = |reason| ModelsError::read(&self.folder, reason);
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(unreadable)?,
        };
        let mut models = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable)?.path();
            models.extend(self.model_at(&path));
        }
        models.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(models)
    }

    /// The models of one kind, sorted by name.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn list_of(&self, kind: ModelKind) -> Result<Vec<Model>, ModelsError> {
        let mut models = self.list()?;
        models.retain(|model| model.kind == kind);
        Ok(models)
    }

    /// The model of a name, with or without its extension.
    ///
    /// # Errors
    /// If there is none, or the folder cannot be read.
    pub fn find(&self, name: &str) -> Result<Model, ModelsError> {
        let models = self.list()?;
        let kinds = [ModelKind::Uma, ModelKind::Nep].into_iter();
        let mut names = kinds.filter_map(|kind| name.strip_suffix(kind.extension()));
        let wanted = names.next().unwrap_or(name);
        let known: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
        let known = match known.is_empty() {
            true => "no models".to_owned(),
            false => known.join(", "),
        };
        models
            .into_iter()
            .find(|model| model.name == wanted)
            .ok_or_else(|| ModelsError::Unknown {
                name: excerpt(name).into_owned(),
                folder: self.folder.display().to_string(),
                known,
            })
    }

    /// Copies a model into the folder and records its checksums. It becomes visible when the copy is
    /// complete.
    ///
    /// # Errors
    /// If it is not a model, the name is invalid or taken, a file cannot be read or written, or the
    /// work is canceled; then no files are left.
    pub fn import(
        &self,
        path: &Path,
        name: Option<&str>,
        progress: Progress<'_>,
    ) -> Result<Model, ModelsError> {
        let source = ModelFiles::of(path)?;
        let name = name.unwrap_or(&source.name);
        check_name(name)?;
        if let Ok(existing) = self.find(name) {
            return Err(ModelsError::Exists {
                name: name.to_owned(),
                path: existing.path.display().to_string(),
            });
        }
        let paths = source.paths_as(name);
        copy::copy_all(&self.folder, name, &paths, &source.files, progress)?;
        self.find(name)
    }

    /// Computes the checksum of a model's weights.
    ///
    /// # Errors
    /// If its files cannot be read, or the work is canceled.
    pub fn checksum(path: &Path, progress: Progress<'_>) -> Result<String, ModelsError> {
        let source = ModelFiles::of(path)?;
        let weights = &source.files[0];
        checksum::of_file(weights, progress)
    }

    /// Computes the checksum of one file, whatever it contains.
    ///
    /// # Errors
    /// If it cannot be read, or the work is canceled.
    pub fn file_checksum(path: &Path, progress: Progress<'_>) -> Result<String, ModelsError> {
        checksum::of_file(path, progress)
    }

    /// The model at a path in the folder, if its name is that of a model.
    fn model_at(&self, path: &Path) -> Option<Model> {
        let name = path.file_name()?.to_str()?;
        let text = ModelKind::Nep.extension();
        let (name, kind) = match path.is_dir() {
            true => (name, ModelKind::Uma),
            false if name.ends_with(text) => (name.strip_suffix(text)?, ModelKind::Nep),
            false => (
                name.strip_suffix(ModelKind::Uma.extension())?,
                ModelKind::Uma,
            ),
        };
        check_name(name).ok()?;
        let checksum = checksum::recorded(&self.folder, name);
        if kind == ModelKind::Nep && checksum.is_none() {
            return None;
        }
        let files = files_of(path);
        let sizes = files
            .iter()
            .map(|file| Some(fs::metadata(file).ok()?.len()));
        Some(Model {
            name: name.to_owned(),
            kind,
            path: path.to_path_buf(),
            size: sizes.sum::<Option<u64>>()?,
            checksum,
        })
    }
}

/// The files of a model at any path.
struct ModelFiles {
    /// The default name, from its path.
    name: String,
    /// Weights first.
    files: Vec<PathBuf>,
    kind: ModelKind,
    is_folder: bool,
}

impl ModelFiles {
    /// The files of a model, after opening it.
    fn of(path: &Path) -> Result<ModelFiles, ModelsError> {
        let path = fs::canonicalize(path).map_err(|reason| ModelsError::read(path, reason))?;
        let kind = ModelKind::at(&path);
        let text = path.display().to_string();
        match kind {
            ModelKind::Nep => {
                Nep::from_file(&text)?;
            }
            ModelKind::Uma => {
                let opened = Checkpoint::open(&path);
                opened.map_err(|reason| ModelsError::NotAModel { path: text, reason })?;
            }
        }
        let is_weights = path.extension().is_some_and(|end| end == "safetensors");
        let folder = match is_weights {
            true => path.parent().unwrap_or(&path),
            false => &path,
        };
        let is_folder = folder.is_dir();
        let files = match is_weights {
            true => vec![path.clone(), folder.join(IN_FOLDER[1])],
            false => files_of(&path),
        };
        let name = if is_folder {
            folder.file_name()
        } else {
            path.file_stem()
        };
        Ok(ModelFiles {
            name: name.unwrap_or_default().to_string_lossy().into_owned(),
            files,
            kind,
            is_folder,
        })
    }

    /// The paths of its files in the models folder under a name.
    fn paths_as(&self, name: &str) -> Vec<PathBuf> {
        match self.is_folder {
            true => IN_FOLDER.map(|file| Path::new(name).join(file)).into(),
            false => vec![PathBuf::from(format!("{name}{}", self.kind.extension()))],
        }
    }
}

/// The files of a model at a path, weights first.
fn files_of(path: &Path) -> Vec<PathBuf> {
    match path.is_dir() {
        true => IN_FOLDER.map(|file| path.join(file)).into(),
        false => vec![path.to_path_buf()],
    }
}

/// Checks that a name is a valid file name, not hidden and not that of an incomplete copy.
fn check_name(name: &str) -> Result<(), ModelsError> {
    let invalid = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    let is_valid = !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with(".part")
        && !name.contains(invalid);
    match is_valid {
        true => Ok(()),
        false => Err(ModelsError::Name(name.to_owned())),
    }
}
