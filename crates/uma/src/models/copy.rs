//! Atomic copies: the files of a model appear in the folder when all are complete.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::checksum::{self, Hasher};
use super::error::ModelsError;
use super::progress::Progress;

/// Copies `files` to `paths` in a folder, all or none, and records their checksums.
///
/// # Errors
/// If a file cannot be read or written, or the work is canceled; then no files are left.
pub(super) fn copy_all(
    folder: &Path,
    name: &str,
    paths: &[PathBuf],
    files: &[PathBuf],
    progress: Progress<'_>,
) -> Result<(), ModelsError> {
    fs::create_dir_all(folder).map_err(|reason| ModelsError::write(folder, reason))?;
    let part = PartialCopy(folder.join(format!("{name}.part")));
    // From a copy whose process was killed.
    part.remove();
    let unwritable = |reason| ModelsError::write(&part.0, reason);
    fs::create_dir(&part.0).map_err(unwritable)?;
    let lengths = files.iter().map(|file| {
        let metadata = fs::metadata(file).map_err(|reason| ModelsError::read(file, reason));
        Ok(metadata?.len())
    });
    let all = lengths.sum::<Result<u64, ModelsError>>()?;
    let (mut done, mut sums) = (0, Vec::new());
    for (file, path) in files.iter().zip(paths) {
        let target = part.0.join(path);
        let mut count = |copied: u64| {
            done += copied;
            progress(done, all)
        };
        sums.push((copy(file, &target, &mut count)?, path.clone()));
    }
    // The checksums come first: no model is visible without them.
    let record = checksum::record_path(folder, name);
    let draft = part.0.join("record");
    let write = |draft: &Path| fs::write(draft, checksum::record(&sums));
    write(&draft).map_err(unwritable)?;
    fs::rename(&draft, &record).map_err(|reason| ModelsError::write(&record, reason))?;
    let Some(first) = paths[0].components().next() else {
        return Ok(());
    };
    let (complete, target) = (part.0.join(first), folder.join(first));
    fs::rename(&complete, &target).map_err(|reason| {
        // The model of these checksums is missing.
        let _ = fs::remove_file(&record);
        ModelsError::write(&target, reason)
    })
}

/// Copies a file, waits until it is on the disk, and returns its checksum.
fn copy(
    file: &Path,
    target: &Path,
    count: &mut dyn FnMut(u64) -> std::ops::ControlFlow<()>,
) -> Result<String, ModelsError> {
    let unwritable = |reason| ModelsError::write(target, reason);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let source = File::open(file).map_err(|reason| ModelsError::read(file, reason))?;
    let mut copy = File::create(target).map_err(unwritable)?;
    let mut hasher = Hasher::default();
    checksum::read(source, file, |bytes| {
        copy.write_all(bytes).map_err(unwritable)?;
        hasher.add(bytes);
        match count(bytes.len() as u64).is_break() {
            true => Err(ModelsError::Canceled),
            false => Ok(()),
        }
    })?;
    copy.sync_all().map_err(unwritable)?;
    Ok(hasher.digits())
}

/// The folder of an incomplete copy, removed on drop.
struct PartialCopy(PathBuf);

impl PartialCopy {
    fn remove(&self) {
        // An error is ignored: what stays is a folder named .part, removed by the next copy.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for PartialCopy {
    fn drop(&mut self) {
        self.remove();
    }
}
