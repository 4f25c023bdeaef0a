//! Samples of a training: pictures of their last frames, which open in the window.

use std::collections::VecDeque;

use mlipview_telemetry::Sample;

use super::action::TrainingAction;
use crate::app::document::{DocumentRequest, Source};
use crate::app::panels::gallery::Gallery;
use crate::third_party::egui::{Color32, Rect, RichText, Sense, Spinner, Ui, pos2, vec2};
use mlipview_core::files;

/// Side of a picture, points.
const SIDE: f32 = 64.0;

/// Shows them, newest first; returns the request to open one.
pub(super) fn show(
    ui: &mut Ui,
    samples: &VecDeque<Sample>,
    gallery: &mut Gallery,
) -> Option<TrainingAction> {
    let mut pressed = None;
    for sample in samples.iter().rev() {
        let Some(path) = &sample.path else {
            continue;
        };
        ui.horizontal(|ui| {
            let from = path.clone();
            let last = move || files::read(&from).ok()?.pop().map(|frame| frame.structure);
            match gallery.picture(path, last) {
                Some(texture) => {
                    let (square, _) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::hover());
                    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    ui.painter()
                        .image(texture.id(), square, whole, Color32::WHITE);
                }
                None => {
                    ui.add_sized(vec2(SIDE, SIDE), Spinner::new());
                }
            }
            ui.vertical(|ui| {
                let name = sample.prompt.as_deref().unwrap_or("sample");
                ui.label(RichText::new(name).small());
                if ui.button("Open").on_hover_text(path).clicked() {
                    let source = Source::file(std::path::Path::new(path));
                    pressed = Some(TrainingAction::Request(DocumentRequest::Open(source)));
                }
            });
        });
    }
    pressed
}
