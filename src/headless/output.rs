//! Files that runs leave behind.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use mlipview_core::chem::format::{self, Compression, Configuration, Format};
use mlipview_core::files;
use mlipview_core::sim::Frame;

/// The file that a run writes: the one named, or `<stem>.<what>.xyz`, which must not exist; none for
/// JSON unless named.
pub(super) fn choose(
    named: Option<&Path>,
    stem: &str,
    what: &str,
    json: bool,
) -> anyhow::Result<Option<PathBuf>> {
    if named.is_some() || json {
        return Ok(named.map(Path::to_path_buf));
    }
    let path = PathBuf::from(format!("{stem}.{what}.xyz"));
    if path.exists() {
        let path = path.display();
        bail!("{path} is there already: name another file with -o, or the same one to replace it");
    }
    Ok(Some(path))
}

/// Refuses to write over the input, or one output over the other.
pub(super) fn expect_different(one: Option<&Path>, other: Option<&Path>) -> anyhow::Result<()> {
    let (Some(one), Some(other)) = (one, other) else {
        return Ok(());
    };
    let same = one == other
        || one
            .canonicalize()
            .ok()
            .is_some_and(|path| other.canonicalize().is_ok_and(|other| other == path));
    if same {
        bail!(
            "{} is to be read and written, or written twice; name another file",
            one.display()
        );
    }
    Ok(())
}

/// That a file can be written and its format can hold such a structure: said before a long run
/// rather than after it.
pub(super) fn expect_writable(path: &Path, configuration: &Configuration) -> anyhow::Result<()> {
    let name = path.to_string_lossy();
    format::write(std::slice::from_ref(configuration), &name)?;
    // Dropped unfinished, it leaves what was there.
    files::TrajectoryWriter::create(&name)?;
    Ok(())
}

/// A file that grows by a frame at a time, so that an ended run leaves what it had. It is made when
/// the first frame comes, so that a run that never began leaves what was there before.
pub(super) struct Recording {
    file: Option<BufWriter<File>>,
    path: PathBuf,
}

impl Recording {
    /// A recording at a path; only extended XYZ grows well.
    pub(super) fn new(path: &Path) -> anyhow::Result<Recording> {
        let name = path.to_string_lossy();
        let compression = Compression::split(&name).1;
        if Format::of_name(&name) != Some(Format::ExtendedXyz) || compression.is_some() {
            bail!(
                "a run is recorded as .xyz or .extxyz, not as {name}; \
                 `mlipview convert` makes other formats of it afterwards"
            );
        }
        Ok(Recording {
            file: None,
            path: path.to_path_buf(),
        })
    }

    /// Adds a frame, whole on disk when this returns.
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
