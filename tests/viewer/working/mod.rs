//! What a person works with: files, runs, and the panels that ask for them.

mod choosing;
mod documents;
mod panels;
mod people;
mod runs;

use mlipview_viewer::app::notices::{Notices, Severity};

use crate::desk::Desk;

/// Whether something of this severity was said that has these words in it.
fn has_said(desk: &Desk, severity: Severity, words: &str) -> bool {
    let mut list = desk.get::<Notices>().list();
    list.any(|notice| notice.severity == severity && notice.text.contains(words))
}
