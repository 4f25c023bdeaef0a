//! Files that runs leave behind.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use mlipview::chem::format::{self, Configuration, Format};
use mlipview::chem::properties::Value;
use mlipview::sim::Frame;

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

/// What a frame says, for a file.
pub(super) fn configuration(frame: &Frame) -> Configuration {
    let mut structure = frame.structure();
    structure
        .info
        .insert("step".to_owned(), Value::integer(frame.step.cast_signed()));
    if frame.time > 0.0 {
        structure
            .info
            .insert("time_fs".to_owned(), Value::real(frame.time));
    }
    if let Some(potential) = &frame.potential {
        structure
            .info
            .insert("potential".to_owned(), Value::text(potential.as_ref()));
    }
    let evaluation = frame.evaluation.as_ref();
    let moving = frame
        .velocities
        .iter()
        .any(|velocity| *velocity != glam::DVec3::ZERO);
    Configuration {
        structure,
        velocities: moving.then(|| frame.velocities.clone()),
        energy: evaluation.map(|evaluation| evaluation.energy),
        forces: evaluation.map(|evaluation| evaluation.forces.clone()),
        stress: evaluation.and_then(|evaluation| evaluation.stress),
    }
}

/// A file that grows by a frame at a time, so that an ended run leaves what it had.
pub(super) struct Recording {
    file: BufWriter<File>,
    path: PathBuf,
}

impl Recording {
    /// Starts a file; only extended XYZ grows well.
    pub(super) fn create(path: &Path) -> anyhow::Result<Recording> {
        let name = path.to_string_lossy();
        if Format::of_name(&name) != Some(Format::ExtendedXyz) || name.ends_with(".gz") {
            bail!(
                "a run is recorded as .xyz or .extxyz, not as {name}; \
                 `mlipview convert` makes other formats of it afterwards"
            );
        }
        let file = File::create(path).with_context(|| format!("cannot write {name}"))?;
        Ok(Recording {
            file: BufWriter::new(file),
            path: path.to_path_buf(),
        })
    }

    /// Adds a frame, whole on disk when this returns.
    pub(super) fn append(&mut self, frame: &Frame) -> anyhow::Result<()> {
        let bytes = format::write_as(&[configuration(frame)], Format::ExtendedXyz)?;
        self.file
            .write_all(&bytes)
            .and_then(|()| self.file.flush())
            .with_context(|| format!("cannot write {}", self.path.display()))
    }
}
