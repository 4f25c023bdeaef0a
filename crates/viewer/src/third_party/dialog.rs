//! File dialogs of the desktop, through its portal.

use std::path::PathBuf;

use bevy::tasks::{IoTaskPool, Task};
use rfd::AsyncFileDialog;

use mlipview_core::chem::format::{Compression, Format};

/// Extensions of readable structure files.
fn extensions() -> Vec<&'static str> {
    let formats = Format::all().flat_map(|format| format.info().extensions);
    let compressed = Compression::ALL.map(Compression::extension);
    formats.copied().chain(compressed).collect()
}

/// Files that an open dialog shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFilter {
    /// Files of structures.
    Structures,
    /// Networks of nano and solid.
    Networks,
    /// All files.
    All,
}

/// Shows an open dialog. Returns `None` if it is canceled, and immediately if the desktop has none.
pub(crate) fn choose_to_open(title: &str, filter: FileFilter) -> Task<Option<PathBuf>> {
    let dialog = AsyncFileDialog::new().set_title(title);
    let dialog = match filter {
        FileFilter::Structures => dialog.add_filter("Structures", extensions().as_slice()),
        FileFilter::Networks => dialog.add_filter("Parameters", &["safetensors"]),
        FileFilter::All => dialog,
    };
    let dialog = dialog.add_filter("All files", &["*"]);
    IoTaskPool::get().spawn(async move {
        let chosen = dialog.pick_file().await;
        chosen.map(|file| file.path().to_path_buf())
    })
}

/// Shows a save dialog with a default name. Returns as [`choose_to_open`] does.
pub(crate) fn choose_to_save(title: &str, file_name: &str) -> Task<Option<PathBuf>> {
    let dialog = AsyncFileDialog::new()
        .set_title(title)
        .set_file_name(file_name);
    IoTaskPool::get().spawn(async move {
        let chosen = dialog.save_file().await;
        chosen.map(|file| file.path().to_path_buf())
    })
}
