//! Files, runs, people, and the panels that control them.

mod choosing;
mod documents;
mod panels;
mod people;
mod runs;

use mlipview_viewer::app::notices::{Notices, Severity};

use crate::desk::Desk;

/// Whether a notice of this severity contains these words.
fn has_said(desk: &Desk, severity: Severity, words: &str) -> bool {
    let mut list = desk.get::<Notices>().list();
    list.any(|notice| notice.severity == severity && notice.text.contains(words))
}
