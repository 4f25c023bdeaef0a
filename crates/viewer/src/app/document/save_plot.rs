//! Saving a plot, which is made on the task that writes it.

use std::path::{Path, PathBuf};

use super::jobs::Outcome;
use super::save::write_whole;
use super::state::{Document, name_of};

impl Document {
    /// Starts to write a text; `what` names it in notices.
    pub(in crate::app) fn save_text(
        &mut self,
        path: PathBuf,
        what: &'static str,
        text: impl FnOnce() -> String + Send + 'static,
    ) {
        self.save_with(path, what, move |path| write_whole(path, &text()));
    }

    /// Starts to write a file by a function; `what` names it in notices.
    pub(in crate::app) fn save_with<E: std::fmt::Display>(
        &mut self,
        path: PathBuf,
        what: &'static str,
        write: impl FnOnce(&Path) -> Result<(), E> + Send + 'static,
    ) {
        let label = format!("saving {}", name_of(&path));
        self.jobs.write(label, move || match write(&path) {
            Ok(()) => Outcome::Saved {
                path,
                what: what.to_owned(),
                contents: None,
            },
            Err(error) => Outcome::Failed(format!(
                "Cannot save {what} to {}: {error}. Select another path.",
                path.display()
            )),
        });
    }
}
