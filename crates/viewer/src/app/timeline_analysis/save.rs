//! Saving the result of the analysis as a table.

use bevy::prelude::*;

use super::analysis::TimelineAnalysis;
use crate::app::document::{Document, DocumentRequest};
use crate::app::notices::{Notices, Severity};

/// Starts to write the table of a request.
pub(super) fn save_table(
    mut requests: MessageReader<DocumentRequest>,
    analysis: Res<TimelineAnalysis>,
    mut document: ResMut<Document>,
    mut notices: ResMut<Notices>,
) {
    for request in requests.read() {
        let DocumentRequest::SavePlotTable(path) = request else {
            continue;
        };
        match analysis.table() {
            Some(table) => document.save_text(path.clone(), "the plot as a table", table),
            None => {
                let text = "There is no plot to save: choose what to plot first.";
                notices.post(Severity::Warning, text.to_owned());
            }
        }
    }
}
