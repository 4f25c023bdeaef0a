//! Files, runs, people, and the panels that control them.

mod documents;
mod packing;
mod panels;
mod people;
mod potential_choice;
mod runs;
mod scripts;
mod sessions;
mod timeline;
mod timeline_plots;
mod training;
mod unsaved;

use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::notices::{Notices, Severity};

use crate::test_viewer::TestViewer;

/// Whether a notice of this severity contains these words.
fn has_notice(viewer: &TestViewer, severity: Severity, words: &str) -> bool {
    let mut list = viewer.get::<Notices>().list();
    list.any(|notice| notice.severity == severity && notice.text.contains(words))
}

fn request(viewer: &mut TestViewer, request: DocumentRequest) {
    viewer.app.world_mut().write_message(request);
    viewer.app.update();
}
