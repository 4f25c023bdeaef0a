//! Output files of runs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use mlipview_core::chem::format::{self, Compression, Configuration, Format};
use mlipview_core::files;
use mlipview_core::sim::Frame;

/// Path of a run's output file: the argument, or a new file `<stem>.<suffix>.xyz`; without an argument
/// none for JSON.
pub(super) fn path(
    argument: Option<&Path>,
    stem: &str,
    suffix: &str,
    json: bool,
) -> anyhow::Result<Option<PathBuf>> {
    if argument.is_some() || json {
        return Ok(argument.map(Path::to_path_buf));
    }
    let path = PathBuf::from(format!("{stem}.{suffix}.xyz"));
    if path.exists() {
        let path = path.display();
        bail!("{path} already exists: name another file with -o, or the same one to replace it");
    }
    Ok(Some(path))
}

/// "; saved as PATH", the end of a sentence, or nothing.
pub(super) fn saved_as(path: Option<&Path>) -> String {
    path.map_or_else(String::new, |path| format!("; saved as {}", path.display()))
}

/// Checks that two files of a run are not the same.
///
/// # Errors
/// If the paths lead to the same file.
pub(super) fn expect_different(first: Option<&Path>, second: Option<&Path>) -> anyhow::Result<()> {
    let (Some(first), Some(second)) = (first, second) else {
        return Ok(());
    };
    let same = first == second
        || first
            .canonicalize()
            .ok()
            .is_some_and(|path| second.canonicalize().is_ok_and(|other| other == path));
    if same {
        bail!(
            "{} would be overwritten during the run; name another file",
            first.display()
        );
    }
    Ok(())
}

/// Checks before a long run that a file can be written and its format can hold the structure.
///
/// # Errors
/// If not.
pub(super) fn expect_writable(path: &Path, configuration: &Configuration) -> anyhow::Result<()> {
    let name = path.to_string_lossy();
    format::write(std::slice::from_ref(configuration), &name)?;
    // Dropped without `finish`, the writer leaves an existing file as it is.
    files::TrajectoryWriter::create(&name)?;
    Ok(())
}

/// Trajectory file, written one frame at a time, so that an interrupted run keeps its frames. The first
/// frame creates it, so that a run that cannot start keeps an existing file.
pub(super) struct TrajectoryFile {
    file: Option<BufWriter<File>>,
    path: PathBuf,
}

impl TrajectoryFile {
    /// A trajectory at this path; only extended XYZ is supported.
    ///
    /// # Errors
    /// If the path names another format, or compression.
    pub(super) fn new(path: &Path) -> anyhow::Result<TrajectoryFile> {
        let name = path.to_string_lossy();
        let compression = Compression::split(&name).1;
        if Format::of_name(&name) != Some(Format::ExtendedXyz) || compression.is_some() {
            bail!(
                "cannot record a run as {name}: expected .xyz or .extxyz; `mlipview convert` writes \
                 other formats afterwards"
            );
        }
        Ok(TrajectoryFile {
            file: None,
            path: path.to_path_buf(),
        })
    }

    /// Appends a frame and flushes it.
    pub(super) fn append(&mut self, frame: &Frame) -> anyhow::Result<()> {
        let bytes = format::write_as(&[frame.configuration()], Format::ExtendedXyz)?;
        self.write(&bytes)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(File::create(&self.path)?)),
        };
        file.write_all(bytes)?;
        file.flush()
    }
}
