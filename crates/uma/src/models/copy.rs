//! Putting a model's files in their place when they are whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::checksum::{self, Summed};
use super::{ModelsError, Progress};

/// Copies files to paths in a folder, all or none, with their checksums.
pub(super) fn into_place(
    folder: &Path,
    name: &str,
    places: &[PathBuf],
    files: &[PathBuf],
    progress: Progress<'_>,
) -> Result<(), ModelsError> {
    fs::create_dir_all(folder).map_err(|reason| ModelsError::write(folder, reason))?;
    let part = Part(folder.join(format!("{name}.part")));
    // Of a copy that was ended by force.
    part.remove();
    let refused = |reason| ModelsError::write(&part.0, reason);
    fs::create_dir(&part.0).map_err(refused)?;
    let lengths = files.iter().map(|file| {
        let metadata = fs::metadata(file).map_err(|reason| ModelsError::read(file, reason));
        Ok(metadata?.len())
    });
    let all = lengths.sum::<Result<u64, ModelsError>>()?;
    let (mut done, mut sums) = (0, Vec::new());
    for (file, place) in files.iter().zip(places) {
        let target = part.0.join(place);
        let mut count = |copied: u64| {
            done += copied;
            progress(done, all)
        };
        sums.push((copy(file, &target, &mut count)?, place.clone()));
    }
    // First the note, then what it is about: a model without a note is never seen.
    let note = checksum::note_of(folder, name);
    let draft = part.0.join("note");
    let write = |draft: &Path| fs::write(draft, checksum::note(&sums));
    write(&draft).map_err(refused)?;
    fs::rename(&draft, &note).map_err(|reason| ModelsError::write(&note, reason))?;
    let Some(first) = places[0].components().next() else {
        return Ok(());
    };
    let (whole, place) = (part.0.join(first), folder.join(first));
    fs::rename(&whole, &place).map_err(|reason| {
        // Nothing that it is about has come.
        let _ = fs::remove_file(&note);
        ModelsError::write(&place, reason)
    })
}

/// Copies a file to the disk itself; its checksum.
fn copy(
    file: &Path,
    target: &Path,
    count: &mut dyn FnMut(u64) -> std::ops::ControlFlow<()>,
) -> Result<String, ModelsError> {
    let refused = |reason| ModelsError::write(target, reason);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(refused)?;
    }
    let source = File::open(file).map_err(|reason| ModelsError::read(file, reason))?;
    let mut copy = File::create(target).map_err(refused)?;
    let mut summed = Summed::default();
    checksum::read(source, file, |bytes| {
        copy.write_all(bytes).map_err(refused)?;
        summed.add(bytes);
        match count(bytes.len() as u64).is_break() {
            true => Err(ModelsError::Ended),
            false => Ok(()),
        }
    })?;
    copy.sync_all().map_err(refused)?;
    Ok(summed.digits())
}

/// A folder for what is not whole yet; it goes when nobody needs it any more.
struct Part(PathBuf);

impl Part {
    fn remove(&self) {
        // There is no one to tell; what stays is a folder named .part.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}
