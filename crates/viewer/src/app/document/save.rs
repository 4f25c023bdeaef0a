//! Saving: a structure, or the samples of a run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::{Outcome, Work};
use mlipview_core::files;
use mlipview_core::sim::Frame;

/// Begins to write the structure of a frame, in the format that the file's name stands for.
pub(super) fn structure(work: &mut Work, path: PathBuf, frame: &Arc<Frame>) {
    let frame = Arc::clone(frame);
    let label = format!("saving {}", super::name_of(&path));
    work.write(label, move || {
        let written = files::write(&path.to_string_lossy(), &[frame.configuration()]);
        match written {
            Ok(()) => Outcome::Saved {
                path,
                what: "the structure",
                is_structure: true,
            },
            Err(error) => Outcome::Failed(format!("The structure was not saved: {error}.")),
        }
    });
}

/// Begins to write a table.
pub(super) fn table(work: &mut Work, path: PathBuf, content: String) {
    let label = format!("saving {}", super::name_of(&path));
    work.write(label, move || match write_whole(&path, &content) {
        Ok(()) => Outcome::Saved {
            path,
            what: "the run",
            is_structure: false,
        },
        Err(error) => Outcome::Failed(format!(
            "The run was not saved: cannot write {}: {error}. Choose another place.",
            path.display()
        )),
    });
}

/// Whoever reads the file meanwhile sees what was there before.
fn write_whole(path: &Path, content: &str) -> std::io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, content)?;
    std::fs::rename(&part, path)
}

/// Begins to write a picture.
pub(super) fn picture(work: &mut Work, path: PathBuf, image: bevy::prelude::Image) {
    let label = format!("saving {}", super::name_of(&path));
    work.write(label, move || {
        match crate::scene::picture::write(&image, &path) {
            Ok(()) => Outcome::Saved {
                path,
                what: "the picture",
                is_structure: false,
            },
            Err(error) => Outcome::Failed(format!("No picture was saved: {error}.")),
        }
    });
}
