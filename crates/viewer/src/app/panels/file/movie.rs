//! Options of a movie, its button, and its progress.

use bevy::prelude::MessageWriter;

use crate::app::document::{DocumentRequest, FileDialogKind};
use crate::app::movie::{MovieJob, MovieSettings};
use crate::app::panels::widgets::{self, hint};
use crate::third_party::egui::Ui;

/// Shows them; without recorded frames they are disabled.
pub(super) fn show(
    ui: &mut Ui,
    job: &mut MovieJob,
    has_frames: bool,
    requests: &mut MessageWriter<DocumentRequest>,
) {
    let width = ui.available_width();
    if let Some(progress) = job.in_words() {
        hint(ui, progress);
        if widgets::wide(ui, "Cancel the movie", width).clicked() {
            requests.write(DocumentRequest::Cancel);
        }
        return;
    }
    ui.add_enabled_ui(has_frames, |ui| {
        let about = "The recorded frames, or the range of the timeline, as the window shows them: .gif, \
                     .webp, .png (animated), and .mp4 or .webm with ffmpeg";
        let nothing = "Nothing to show before the first run";
        let button = widgets::wide(ui, "Save a movie …", width);
        if button.on_hover_text(about).on_disabled_hover_text(nothing).clicked() {
            let dialog = DocumentRequest::ShowDialog(FileDialogKind::SaveMovie);
            requests.write(dialog);
        }
        options(ui, &mut job.settings);
    });
}

fn options(ui: &mut Ui, settings: &mut MovieSettings) {
    ui.horizontal(|ui| {
        let [width, height] = &mut settings.size;
        widgets::number(ui, width, 16..=8192, 8.0, "px");
        ui.label("×");
        widgets::number(ui, height, 16..=8192, 8.0, "px");
        widgets::number(ui, &mut settings.rate, 1.0..=60.0, 0.5, "frames/s");
    });
    ui.horizontal(|ui| {
        ui.label("Rotation");
        widgets::number(ui, &mut settings.turn, -3600.0..=3600.0, 5.0, "°");
        ui.checkbox(&mut settings.transparent, "Transparent");
    });
    ui.horizontal(|ui| {
        ui.label("Anti-aliasing");
        let about = "Rendered pixels along each side of a pixel, 1 to 8";
        ui.scope(|ui| widgets::number(ui, &mut settings.samples, 1..=8, 0.05, "samples"))
            .response
            .on_hover_text(about);
    });
}
