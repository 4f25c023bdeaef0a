//! Buttons of the timeline bar: steps, playback, speed, and the way back to the simulation.

use super::super::theme;
use super::track::shown_position;
use crate::app::recording::ActiveRecording;
use crate::app::timeline::{PlaybackOptions, TimelineView};
use crate::interact::action::Action;
use crate::third_party::egui::{Button, DragValue, Label, Response, RichText, Ui, vec2};
use mlipview_core::sim::Frame;
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::timeline::FrameSource;

/// Minimum width of the bar for the speed, points.
const MIN_WIDTH_SPEED: f32 = 430.0;
/// Minimum width of the bar for the repetition and interpolation, points.
const MIN_WIDTH_REPEAT: f32 = 620.0;

/// Shows the buttons; returns their actions.
pub(super) fn show(
    ui: &mut Ui,
    view: &TimelineView,
    frame: &Frame,
    recording: &ActiveRecording,
    options: &mut PlaybackOptions,
) -> Vec<Action> {
    let width = ui.available_width();
    let play = frame.playback.and_then(|playback| playback.play);
    let direction = play.map(|play| play.rate < 0.0);
    let is_in_past = frame.playback.is_some();
    let symbol = |playing: bool, symbol| if playing { "⏸" } else { symbol };
    let backward = symbol(direction == Some(true), "◀");
    let forward = symbol(direction == Some(false), "▶");
    let buttons = [
        ("⏮", "First frame (Home)", Action::FirstFrame),
        ("−1", "Previous frame (Page Up)", Action::StepFrames(-1)),
        (
            backward,
            "Play backward (Shift+T)",
            Action::TogglePlaybackBackward,
        ),
        (forward, "Play (T)", Action::TogglePlayback),
        ("+1", "Next frame (Page Down)", Action::StepFrames(1)),
        ("⏭", "Last frame", Action::LastFrame),
    ];
    let mut actions = Vec::new();
    for (text, about, action) in buttons {
        if button(ui, text, about).clicked() {
            actions.push(action);
        }
    }
    if record(ui, recording) {
        actions.push(Action::ToggleRecording);
    }
    let last = view.len().saturating_sub(1);
    let position = shown_position(view, frame);
    ui.add(Label::new(RichText::new(format!("{position} / {last}")).monospace()).selectable(false));
    if is_in_past {
        let live = Button::new(RichText::new("Live").strong());
        let about = "Back to the simulation, which continues (End)";
        if ui.add(live).on_hover_text(about).clicked() {
            actions.push(Action::EndPlayback);
        }
        let text = RichText::new("Continue from here").color(theme::accent(ui));
        let about =
            "This frame becomes the state of the simulation; the frames after it stay in the menu";
        if ui.add(Button::new(text)).on_hover_text(about).clicked() {
            actions.push(Action::ContinueFromHere);
        }
    }
    if width >= MIN_WIDTH_SPEED {
        speed(ui, options);
    }
    if width >= MIN_WIDTH_REPEAT {
        repetition(ui, options);
        ui.toggle_value(&mut options.interpolate, "Smooth")
            .on_hover_text("Interpolate positions between frames while playing");
    }
    actions
}

fn button(ui: &mut Ui, text: &str, about: &str) -> Response {
    ui.add(Button::new(text).min_size(vec2(28.0, 22.0)))
        .on_hover_text(about)
}

/// The button that starts and ends a recording; returns whether it was pressed.
fn record(ui: &mut Ui, recording: &ActiveRecording) -> bool {
    let (text, about) = match recording.status() {
        None => (RichText::new("⏺"), "Record to a file".to_owned()),
        Some((status, path)) => {
            let size = format!("⏺ {:.1} MB", status.bytes as f64 / 1e6);
            let about = format!("Recording {path}: {} frames; click to end", status.frames);
            (RichText::new(size).color(theme::CAUTION), about)
        }
    };
    ui.add(Button::new(text).min_size(vec2(28.0, 22.0)))
        .on_hover_text(about)
        .clicked()
}

fn speed(ui: &mut Ui, options: &mut PlaybackOptions) {
    let drag = DragValue::new(&mut options.rate)
        .range(0.1..=1000.0)
        .speed(0.5)
        .max_decimals(1)
        .suffix(" frames/s");
    ui.add(drag).on_hover_text("Speed of playback");
}

fn repetition(ui: &mut Ui, options: &mut PlaybackOptions) {
    let (symbol, about, next) = match options.repeat {
        Repeat::Once => ("1×", "Plays once; click to loop", Repeat::Loop),
        Repeat::Loop => (
            "🔁",
            "Loops; click to play back and forth",
            Repeat::BackAndForth,
        ),
        Repeat::BackAndForth => (
            "↔",
            "Plays back and forth; click to play once",
            Repeat::Once,
        ),
    };
    let about =
        format!("{about}. Shift-drag on the track marks the range; a double click plays all.");
    if button(ui, symbol, &about).clicked() {
        options.repeat = next;
    }
}

/// How far the frames of a file have been found.
pub(super) fn search_progress(source: &dyn FrameSource) -> Option<String> {
    let (name, frames) = (source.name(), source.len());
    if let Some(error) = source.search_error() {
        return Some(format!("{name}: {error}"));
    }
    let searched = source.searched();
    (searched < 1.0).then(|| format!("{name}: {frames} frames found, {:.0} %", 100.0 * searched))
}
