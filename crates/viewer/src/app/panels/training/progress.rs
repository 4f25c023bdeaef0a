//! A training that runs or has ended: status, time left, curves, machine, commands, samples and messages.

use mlipview_telemetry::{Command, LogLevel, Status, SystemStats};

use super::action::TrainingAction;
use super::{curves, samples};
use crate::app::notices::sentence;
use crate::app::panels::gallery::Gallery;
use crate::app::panels::theme;
use crate::app::panels::widgets::{self, callout, hint};
use crate::app::training::{TrainingOutcome, TrainingProgress};
use crate::third_party::egui::{Color32, ProgressBar, RichText, Ui};

/// Messages that are shown.
const SHOWN_MESSAGES: usize = 8;

/// Shows it; returns the pressed button.
pub(super) fn show(
    ui: &mut Ui,
    progress: &TrainingProgress,
    gallery: &mut Gallery,
) -> Option<TrainingAction> {
    let mut action = None;
    hint(ui, &progress.name);
    status(ui, progress);
    match &progress.outcome {
        Some(Ok(outcome)) => action = end(ui, outcome).or(action),
        Some(Err(error)) => {
            callout(
                ui,
                theme::bad(ui),
                format!("{}.", sentence(&error.to_string())),
            );
            let button = widgets::wide(ui, "Change the settings", ui.available_width());
            action = button
                .clicked()
                .then_some(TrainingAction::Dismiss)
                .or(action);
        }
        None => action = commands(ui, progress.status).or(action),
    }
    if progress.progress.is_some() {
        curves::show(ui, progress);
    }
    if let Some(machine) = &progress.machine {
        widgets::group(ui, "Machine");
        machine_load(ui, machine);
    }
    if !progress.samples.is_empty() {
        widgets::group(ui, "Samples");
        action = samples::show(ui, &progress.samples, gallery).or(action);
    }
    widgets::group(ui, "Messages");
    messages(ui, progress);
    action
}

/// The status, and the part of the steps that is done, with the time left.
fn status(ui: &mut Ui, progress: &TrainingProgress) {
    ui.horizontal_wrapped(|ui| {
        widgets::dot(ui, color(ui, progress.status));
        let name = progress.status.name();
        let text = match progress.message.as_str() {
            "" => name.to_owned(),
            message if message == name => name.to_owned(),
            message => format!("{name}: {message}"),
        };
        ui.label(RichText::new(sentence(&text)).small());
    });
    let Some(step) = progress.progress else {
        return;
    };
    let steps = (step.max_step * step.max_epoch).max(1);
    let left = progress
        .eta
        .map_or_else(String::new, |seconds| format!(" · {} left", time(seconds)));
    let text = format!(
        "epoch {} of {} · step {} of {steps}{left}",
        step.epoch + 1,
        step.max_epoch,
        step.global_step
    );
    ui.add(ProgressBar::new(step.global_step as f32 / steps as f32).desired_height(10.0));
    hint(ui, text);
    if let Some(links) = &progress.links {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("In a browser:").small().weak());
            ui.hyperlink_to(RichText::new("watch").small(), &links.watch)
                .on_hover_text(&links.watch);
            ui.hyperlink_to(RichText::new("control").small(), &links.control)
                .on_hover_text("With the buttons of drivers");
        });
    }
}

fn color(ui: &Ui, status: Status) -> Color32 {
    match status {
        Status::Error => theme::bad(ui),
        Status::Paused | Status::Stopping | Status::Stopped => theme::caution(ui),
        Status::Completed => theme::good(ui),
        Status::Idle | Status::Starting | Status::Running => theme::accent(ui),
    }
}

/// Seconds in words, as in "2 min 5 s".
fn time(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// Buttons of a training that runs.
fn commands(ui: &mut Ui, status: Status) -> Option<TrainingAction> {
    let mut pressed = None;
    let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    let rows = [
        [
            match status {
                Status::Paused => ("▶  Resume", "Continues the training", Command::Resume),
                _ => (
                    "⏸  Pause",
                    "Waits after this step, with a checkpoint",
                    Command::Pause,
                ),
            },
            (
                "⏹  Stop",
                "Ends after this step; Train continues later",
                Command::Stop,
            ),
        ],
        [
            (
                "Sample",
                "Relaxes or moves a validation structure with the present parameters",
                Command::Sample(Default::default()),
            ),
            (
                "Checkpoint",
                "Writes a checkpoint now; one is written each 30 s",
                Command::Checkpoint,
            ),
        ],
    ];
    for row in rows {
        ui.horizontal(|ui| {
            for (label, about, command) in row {
                ui.add_enabled_ui(command.check(status).is_ok(), |ui| {
                    if widgets::wide(ui, label, half)
                        .on_hover_text(about)
                        .clicked()
                    {
                        pressed = Some(TrainingAction::Command(command));
                    }
                });
            }
        });
    }
    pressed
}

/// The end of a training, and what to do with its parameters.
fn end(ui: &mut Ui, outcome: &TrainingOutcome) -> Option<TrainingAction> {
    callout(
        ui,
        theme::good(ui),
        format!("{}.", sentence(&outcome.sentence)),
    );
    let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    let mut pressed = None;
    ui.horizontal(|ui| {
        let about = "Computes forces with the trained parameters from now on";
        if widgets::main(ui, "Use it", half)
            .on_hover_text(about)
            .clicked()
        {
            pressed = outcome.file.clone().map(TrainingAction::Use);
        }
        if widgets::wide(ui, "Train again", half).clicked() {
            pressed = Some(TrainingAction::Dismiss);
        }
    });
    pressed
}

fn machine_load(ui: &mut Ui, load: &SystemStats) {
    let mut text = format!(
        "CPU {:.0} % · memory {:.1} of {:.1} GB",
        load.cpu_percent, load.ram_used_gb, load.ram_total_gb
    );
    if let (Some(used), Some(total)) = (load.gpu_memory_used_gb, load.gpu_memory_total_gb) {
        text.push_str(&format!(" · GPU memory {used:.1} of {total:.1} GB"));
    }
    if let Some(percent) = load.gpu_utilization_percent {
        text.push_str(&format!(" · GPU {percent:.0} %"));
    }
    hint(ui, text);
}

/// The last messages, newest first.
fn messages(ui: &mut Ui, progress: &TrainingProgress) {
    if progress.messages.is_empty() {
        hint(ui, "None yet.");
    }
    for message in progress.messages.iter().rev().take(SHOWN_MESSAGES) {
        let text = RichText::new(&message.message).small();
        ui.label(match message.level {
            LogLevel::Error | LogLevel::Critical => text.color(theme::bad(ui)),
            LogLevel::Warning => text.color(theme::caution(ui)),
            LogLevel::Debug | LogLevel::Info => text.weak(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::click;

    fn pressed(status: Status, label: &str) -> Option<String> {
        let progress = TrainingProgress {
            status,
            ..TrainingProgress::default()
        };
        let mut found = None;
        let mut gallery = Gallery::default();
        click(label, |ui| {
            if let Some(TrainingAction::Command(command)) = show(ui, &progress, &mut gallery) {
                found = Some(command.name().to_owned());
            }
        });
        found
    }

    #[test]
    fn buttons_send_the_commands_that_fit_the_status() {
        assert_eq!(pressed(Status::Running, "Pause").as_deref(), Some("pause"));
        assert_eq!(pressed(Status::Paused, "Resume").as_deref(), Some("resume"));
        assert_eq!(pressed(Status::Running, "Stop").as_deref(), Some("stop"));
        assert_eq!(
            pressed(Status::Running, "Sample").as_deref(),
            Some("sample")
        );
        assert_eq!(pressed(Status::Starting, "Sample"), None);
    }

    #[test]
    fn times_are_in_words() {
        assert_eq!(
            [5.4, 125.0, 7300.0].map(time),
            ["5 s", "2 min 5 s", "2 h 1 min"]
        );
    }
}
