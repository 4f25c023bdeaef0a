//! Saving the structure, the samples of a run, or a picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::{Jobs, Outcome, WrittenContents};
use super::state::name_of;
use crate::app::session::SessionContents;
use mlipview_core::files;
use mlipview_core::sim::Frame;

/// Starts to write the structure of a frame, in the format of the file name.
pub(super) fn structure(jobs: &mut Jobs, path: PathBuf, frame: &Arc<Frame>) {
    let frame = Arc::clone(frame);
    let label = format!("saving {}", name_of(&path));
    jobs.write(label, move || {
        let written = files::write(&path.to_string_lossy(), &[frame.configuration()]);
        match written {
            Ok(()) => Outcome::Saved {
                path,
                what: "the structure".to_owned(),
                contents: Some(WrittenContents {
                    frame,
                    script: None,
                }),
            },
            Err(error) => Outcome::Failed(format!("Cannot save the structure: {error}.")),
        }
    });
}

/// Starts to write a session.
pub(super) fn session(jobs: &mut Jobs, path: PathBuf, contents: SessionContents) {
    let label = format!("saving {}", name_of(&path));
    jobs.write(label, move || {
        let text = contents.text(&path).map_err(|error| error.to_string());
        let written = text.and_then(|text| {
            write_whole(&path, &text).map_err(|error| format!("{}: {error}", path.display()))
        });
        match written {
            Ok(()) => Outcome::Saved {
                path,
                what: contents.in_words(),
                contents: Some(WrittenContents {
                    frame: contents.live,
                    script: Some(contents.script),
                }),
            },
            Err(error) => Outcome::Failed(format!("Cannot save the session: {error}.")),
        }
    });
}

/// Starts to write a table.
pub(super) fn table(jobs: &mut Jobs, path: PathBuf, content: String) {
    let label = format!("saving {}", name_of(&path));
    jobs.write(label, move || match write_whole(&path, &content) {
        Ok(()) => Outcome::Saved {
            path,
            what: "the run".to_owned(),
            contents: None,
        },
        Err(error) => Outcome::Failed(format!(
            "Cannot save the run to {}: {error}. Select another path.",
            path.display()
        )),
    });
}

/// Replaces the file atomically.
pub(super) fn write_whole(path: &Path, content: &str) -> std::io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, content)?;
    std::fs::rename(&part, path)
}

/// Starts to write a picture.
pub(super) fn picture(jobs: &mut Jobs, path: PathBuf, image: bevy::prelude::Image) {
    let label = format!("saving {}", name_of(&path));
    jobs.write(label, move || {
        match crate::scene::picture::write(&image, &path) {
            Ok(()) => Outcome::Saved {
                path,
                what: "the picture".to_owned(),
                contents: None,
            },
            Err(error) => Outcome::Failed(format!("Cannot save the picture: {error}.")),
        }
    });
}
