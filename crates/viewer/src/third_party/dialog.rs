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

/// Shows an open dialog. Returns `None` if it is canceled, and immediately if the desktop has none.
pub(crate) fn choose_to_open() -> Task<Option<PathBuf>> {
    let dialog = AsyncFileDialog::new()
        .set_title("Open a structure")
        .add_filter("Structures", extensions().as_slice())
        .add_filter("All files", &["*"]);
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
