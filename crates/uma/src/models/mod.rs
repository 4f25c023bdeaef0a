//! The folder with a user's models: large files that do not come with the program.
//!
//! A model is a checkpoint, `NAME.pt`, or a folder NAME with `weights.safetensors` and
//! `config.json`. Beside it, `NAME.sha256` has the checksums of its files, as `sha256sum -c` reads
//! them. What has `.part` behind its name is being copied.

mod checksum;
mod copy;
mod error;

pub use error::ModelsError;

use std::env;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::checkpoint::Checkpoint;
use mlipview_core::chem::excerpt;

/// The variable of the environment that names the folder.
pub const VARIABLE: &str = "MLIPVIEW_MODELS";

/// The files of a model that is a folder, weights first.
const IN_FOLDER: [&str; 2] = ["weights.safetensors", "config.json"];

/// A folder with models. It need not be there before the first is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Models {
    folder: PathBuf,
}

/// A model on the disk, as far as names tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// What it is asked for by.
    pub name: String,
    /// The checkpoint or its folder.
    pub path: PathBuf,
    /// Bytes of its files.
    pub size: u64,
    /// The SHA-256 of its weights, in hexadecimal digits, as it was when it was imported.
    pub checksum: Option<String>,
}

/// Hears how many bytes of how many are done, and may end the work.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

impl Models {
    /// The models of a folder.
    pub fn open(folder: impl Into<PathBuf>) -> Models {
        Models {
            folder: folder.into(),
        }
    }

    /// Those of the user: of the folder that `MLIPVIEW_MODELS` names, or of `mlipview/models` where
    /// the platform keeps a user's data.
    ///
    /// # Errors
    /// If the environment names neither the folder nor a home.
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

    /// All models, by name; none where there is no folder. None of them is opened.
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

    /// The model of a name, with or without its ending.
    ///
    /// # Errors
    /// If there is none, with the names there are; or the folder cannot be read.
    pub fn find(&self, name: &str) -> Result<Model, ModelsError> {
        let models = self.list()?;
        let wanted = name.strip_suffix(".pt").unwrap_or(name);
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

    /// Copies a model into the folder and writes its checksums beside it. Whoever looks meanwhile
    /// sees nothing of it until it is whole.
    ///
    /// # Errors
    /// If it is no model, one of its name is there, or the disk refuses; then nothing is left.
    pub fn import(
        &self,
        path: &Path,
        name: Option<&str>,
        progress: Progress<'_>,
    ) -> Result<Model, ModelsError> {
        let source = Source::of(path)?;
        let name = name.unwrap_or(&source.name);
        expect_plain(name)?;
        if let Ok(there) = self.find(name) {
            return Err(ModelsError::AlreadyThere {
                name: name.to_owned(),
                path: there.path.display().to_string(),
            });
        }
        let place = source.place(name);
        copy::into_place(&self.folder, name, &place, &source.files, progress)?;
        self.find(name)
    }

    /// The checksum of a model's weights as they are now.
    ///
    /// # Errors
    /// If its files cannot be read, or the work is ended.
    pub fn checksum(path: &Path, progress: Progress<'_>) -> Result<String, ModelsError> {
        let source = Source::of(path)?;
        let weights = &source.files[0];
        checksum::of_file(weights, progress)
    }

    /// What lies at a path in the folder, if it is a model.
    fn model_at(&self, path: &Path) -> Option<Model> {
        let is_folder = path.is_dir();
        let name = path.file_name()?.to_str()?;
        let name = match is_folder {
            true => name,
            false => name.strip_suffix(".pt")?,
        };
        expect_plain(name).ok()?;
        let files = files_of(path);
        let sizes = files
            .iter()
            .map(|file| Some(fs::metadata(file).ok()?.len()));
        Some(Model {
            name: name.to_owned(),
            path: path.to_path_buf(),
            size: sizes.sum::<Option<u64>>()?,
            checksum: checksum::noted(&self.folder, name),
        })
    }
}

/// A model that may be anywhere.
struct Source {
    /// What its files suggest to call it.
    name: String,
    /// Weights first.
    files: Vec<PathBuf>,
    is_folder: bool,
}

impl Source {
    /// The files of a model, which must open as one.
    fn of(path: &Path) -> Result<Source, ModelsError> {
        let path = fs::canonicalize(path).map_err(|reason| ModelsError::read(path, reason))?;
        Checkpoint::open(&path).map_err(|reason| ModelsError::NotAModel {
            path: path.display().to_string(),
            reason,
        })?;
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
        Ok(Source {
            name: name.unwrap_or_default().to_string_lossy().into_owned(),
            files,
            is_folder,
        })
    }

    /// The paths of its files in the folder of models, if it is called so.
    fn place(&self, name: &str) -> Vec<PathBuf> {
        match self.is_folder {
            true => IN_FOLDER.map(|file| Path::new(name).join(file)).into(),
            false => vec![PathBuf::from(format!("{name}.pt"))],
        }
    }
}

/// The files of a model that is a file or a folder.
fn files_of(path: &Path) -> Vec<PathBuf> {
    match path.is_dir() {
        true => IN_FOLDER.map(|file| path.join(file)).into(),
        false => vec![path.to_path_buf()],
    }
}

/// That a name is one of a file, and not of one that is being copied or hidden.
fn expect_plain(name: &str) -> Result<(), ModelsError> {
    let odd = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    let is_plain = !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with(".part")
        && !name.contains(odd);
    match is_plain {
        true => Ok(()),
        false => Err(ModelsError::Name(name.to_owned())),
    }
}
