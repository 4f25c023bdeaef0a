//! Settings of the next training.

use super::action::TrainingAction;
use crate::app::document::{DocumentRequest, FileDialogKind};
use crate::app::panels::widgets::{self, hint};
use crate::app::training::{TrainingStart, WindowTrainingSettings, default_output};
use crate::third_party::egui::{TextEdit, Ui};

/// Shows them; returns the pressed button.
pub(super) fn show(ui: &mut Ui, settings: &mut WindowTrainingSettings) -> Option<TrainingAction> {
    let mut action = None;
    hint(
        ui,
        "Trains the network of nano or solid on structures with energies and forces (extended XYZ, eV and \
         eV/Å), such as the results of another program.",
    );
    widgets::group(ui, "Labels");
    if path(ui, &mut settings.labels, "labels.xyz") {
        action = Some(dialog(FileDialogKind::OpenLabels));
    }
    widgets::group(ui, "Start from");
    if start(ui, &mut settings.start) {
        action = Some(dialog(FileDialogKind::OpenNetwork));
    }
    widgets::group(ui, "Settings");
    widgets::rows(ui, "training settings", |ui| {
        let about = "How often each label is seen";
        ui.label("Epochs").on_hover_text(about);
        widgets::number(ui, &mut settings.epochs, 1..=100_000, 0.5, "");
        ui.end_row();
        let about = "Part of the labels that is not learned but measures errors";
        ui.label("Validation").on_hover_text(about);
        widgets::number(ui, &mut settings.validation_percent, 0.0..=90.0, 0.5, "%");
        ui.end_row();
        let about =
            "File for the trained parameters; its folder .training beside it has the checkpoint";
        ui.label("Save as").on_hover_text(about);
        let field =
            TextEdit::singleline(&mut settings.output).hint_text(output_hint(&settings.labels));
        ui.add(field.desired_width(f32::INFINITY));
        ui.end_row();
    });
    ui.checkbox(&mut settings.restart, "Start again")
        .on_hover_text("Does not continue from the checkpoint of an interrupted training");
    ui.add_space(8.0);
    ui.add_enabled_ui(!settings.labels.trim().is_empty(), |ui| {
        let button = widgets::main(ui, "▶  Train", ui.available_width());
        let button = button.on_disabled_hover_text("Select a file of labels first");
        if button.clicked() {
            action = Some(TrainingAction::Start);
        }
    });
    action
}

/// A path with a button for a dialog; returns whether it was pressed.
fn path(ui: &mut Ui, text: &mut String, example: &str) -> bool {
    let field = TextEdit::singleline(text)
        .hint_text(example)
        .desired_width(f32::INFINITY);
    ui.add(field)
        .on_hover_text("A path; labels.xyz@::10 selects every tenth frame");
    widgets::wide(ui, "Select a file …", ui.available_width()).clicked()
}

/// Choice of the start; returns whether a file shall be selected.
fn start(ui: &mut Ui, start: &mut TrainingStart) -> bool {
    let mut wants_file = false;
    ui.horizontal_wrapped(|ui| {
        for (value, name, about) in [
            (
                TrainingStart::Nano,
                "nano",
                "The built-in potential for molecules",
            ),
            (
                TrainingStart::Solid,
                "solid",
                "The built-in potential for crystals",
            ),
            (
                TrainingStart::Scratch,
                "scratch",
                "Random parameters, for the elements of the labels",
            ),
        ] {
            let chip = ui
                .selectable_label(*start == value, name)
                .on_hover_text(about);
            if chip.clicked() {
                *start = value;
            }
        }
        let is_file = matches!(start, TrainingStart::File(_));
        let chip = ui.selectable_label(is_file, "file …");
        wants_file = chip
            .on_hover_text("Parameters that a training has written")
            .clicked();
    });
    if let TrainingStart::File(path) = start {
        hint(ui, &*path);
    }
    wants_file
}

fn dialog(kind: FileDialogKind) -> TrainingAction {
    TrainingAction::Request(DocumentRequest::ShowDialog(kind))
}

/// The name of the trained parameters where none is given.
fn output_hint(labels: &str) -> String {
    match labels.trim() {
        "" => "labels.safetensors".to_owned(),
        labels => default_output(labels),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::click;

    #[test]
    fn without_labels_nothing_starts_and_with_them_it_does() {
        let pressed = |labels: &str| {
            let mut settings = WindowTrainingSettings {
                labels: labels.to_owned(),
                ..WindowTrainingSettings::default()
            };
            let mut found = None;
            click("▶  Train", |ui| {
                found = show(ui, &mut settings).or(found.take());
            });
            found
        };
        assert!(pressed(" ").is_none());
        assert!(matches!(
            pressed("ethanol.xyz"),
            Some(TrainingAction::Start)
        ));
    }

    #[test]
    fn the_parameters_have_the_name_of_the_labels() {
        assert_eq!(
            output_hint("data/md.300K.xyz.gz@::2"),
            "md.300K.safetensors"
        );
    }

    #[test]
    fn a_start_is_selected() {
        let mut settings = WindowTrainingSettings::default();
        click("scratch", |ui| {
            show(ui, &mut settings);
        });
        assert_eq!(settings.start, TrainingStart::Scratch);
    }
}
