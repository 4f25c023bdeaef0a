//! Options of a picture, its button, and its progress.

use bevy::prelude::MessageWriter;

use crate::app::document::DocumentRequest;
use crate::app::panels::widgets::{self, hint};
use crate::app::picture::{PictureJob, PictureSettings};
use crate::interact::action::Action;
use crate::third_party::egui::{ComboBox, Ui};

/// Choices of anti-aliasing: rendered pixels along each side of a pixel; `None`: as in the window.
const ANTI_ALIASING: [Option<u32>; 6] = [None, Some(1), Some(2), Some(3), Some(4), Some(8)];

/// Size that replaces that of the window, pixels.
const FIRST_SIZE: [u32; 2] = [1920, 1080];

/// Shows them.
pub(super) fn show(
    ui: &mut Ui,
    job: &mut PictureJob,
    actions: &mut MessageWriter<Action>,
    requests: &mut MessageWriter<DocumentRequest>,
) {
    let width = ui.available_width();
    if let Some(progress) = job.in_words() {
        hint(ui, progress);
        if widgets::wide(ui, "Cancel the picture", width).clicked() {
            requests.write(DocumentRequest::Cancel);
        }
        return;
    }
    let about = "PNG of the scene without panels; by default, of the window as it is";
    let button = widgets::wide(ui, "Save a picture …", width).on_hover_text(about);
    if button.clicked() {
        actions.write(Action::SavePicture);
    }
    options(ui, &mut job.settings);
}

fn options(ui: &mut Ui, settings: &mut PictureSettings) {
    ui.horizontal(|ui| {
        let mut is_of_window = settings.size.is_none();
        if ui.checkbox(&mut is_of_window, "Window size").changed() {
            settings.size = (!is_of_window).then_some(FIRST_SIZE);
        }
        if let Some([width, height]) = &mut settings.size {
            widgets::number(ui, width, 16..=8192, 8.0, "px");
            ui.label("×");
            widgets::number(ui, height, 16..=8192, 8.0, "px");
        }
    });
    ui.horizontal(|ui| {
        ui.label("Scale");
        let about = "Multiplies width, height, lines and text";
        ui.scope(|ui| widgets::number(ui, &mut settings.scale, 0.1..=16.0, 0.05, "×"))
            .response
            .on_hover_text(about);
        ui.checkbox(&mut settings.transparent, "Transparent")
            .on_hover_text("Transparent background, and atoms without depth cueing");
    });
    ui.horizontal(|ui| {
        ui.label("Anti-aliasing");
        ComboBox::from_id_salt("picture anti-aliasing")
            .selected_text(in_words(settings.samples))
            .show_ui(ui, |ui| {
                for choice in ANTI_ALIASING {
                    ui.selectable_value(&mut settings.samples, choice, in_words(choice));
                }
            });
    });
}

/// Anti-aliasing as text, by the number of samples per pixel.
fn in_words(samples: Option<u32>) -> String {
    match samples {
        None => "as in the window".to_owned(),
        Some(1) => "1 sample per pixel".to_owned(),
        Some(samples) => format!("{} samples per pixel", samples * samples),
    }
}

#[cfg(test)]
mod tests {
    use super::options;
    use crate::app::panels::test_click::click;
    use crate::app::picture::PictureSettings;

    #[test]
    fn boxes_change_the_size_and_the_background() {
        let mut settings = PictureSettings::default();
        assert!(settings.is_of_window());
        click("Transparent", |ui| options(ui, &mut settings));
        assert!(settings.transparent && !settings.is_of_window());
        click("Window size", |ui| options(ui, &mut settings));
        assert_eq!(settings.size, Some([1920, 1080]));
        click("Window size", |ui| options(ui, &mut settings));
        assert_eq!(settings.size, None);
    }
}
