//! Plot of a quantity over the whole timeline: its settings, its state, and the plot with the shown frame.

mod chart;
mod picture;
mod settings;
mod title;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use crate::app::document::{DocumentRequest, FileDialogKind};
use crate::app::panels::{theme, widgets};
use crate::app::timeline_analysis::{AnalysisPlot, AnalysisState, TimelineAnalysis};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::simulation::Simulation;
use crate::third_party::egui::{Button, Direction, Layout, RichText, Ui};
use chart::Mark;
use mlipview_core::sim::{Frame, FrameAddress};

pub(in crate::app::panels) use picture::save_picture;

/// Parameters of the plot over the timeline.
#[derive(SystemParam)]
pub(in crate::app::panels) struct TimelinePlotParams<'w> {
    analysis: ResMut<'w, TimelineAnalysis>,
    simulation: Res<'w, Simulation>,
    actions: MessageWriter<'w, Action>,
    requests: MessageWriter<'w, DocumentRequest>,
}

impl TimelinePlotParams<'_> {
    /// Whether the plot is shown instead of the curves of the run.
    pub(super) fn is_shown(&self) -> bool {
        self.analysis.options.is_shown
    }

    /// Shows the dialog that saves a table or a picture.
    pub(super) fn save(&mut self, kind: FileDialogKind) {
        self.requests.write(DocumentRequest::ShowDialog(kind));
    }

    /// Tabs that switch between the run and the timeline.
    pub(super) fn tabs(&mut self, ui: &mut Ui) {
        let tabs = [
            (false, "Run", "Curves of the present run"),
            (
                true,
                "Timeline",
                "One quantity over all frames of the timeline, also those of an opened file",
            ),
        ];
        for (is_timeline, name, about) in tabs {
            let is_shown = self.is_shown() == is_timeline;
            let name = RichText::new(name).strong();
            if ui
                .selectable_label(is_shown, name)
                .on_hover_text(about)
                .clicked()
            {
                self.analysis.options.is_shown = is_timeline;
            }
        }
        ui.separator();
    }
}

/// Shows the plot; returns whether the panel is closed.
pub(super) fn show(ui: &mut Ui, params: &mut TimelinePlotParams, scene: &Scene) -> bool {
    let plot = params.analysis.plot();
    let plot = plot.as_deref().filter(|plot| !plot.is_empty());
    let mut is_closed = false;
    ui.horizontal(|ui| {
        params.tabs(ui);
        let mut options = params.analysis.options.clone();
        settings::show(ui, &mut options, scene.frame.identity.elements());
        if options != params.analysis.options {
            params.analysis.options = options;
        }
        widgets::at_right(ui, |ui| {
            is_closed = ui.add(Button::new("✖").frame(false)).clicked();
            ui.add_enabled_ui(plot.is_some(), |ui| save(ui, params));
        });
    });
    state(ui, params, plot);
    match (params.analysis.state(), plot) {
        (AnalysisState::Impossible(reason), _) => message(ui, reason.to_string()),
        (_, Some(plot)) => body(ui, params, plot, scene),
        (AnalysisState::Running, None) => message(ui, "Reading frames …".to_owned()),
        (_, None) => message(ui, "No frame has a value to plot.".to_owned()),
    }
    is_closed
}

/// Buttons that save the plot.
fn save(ui: &mut Ui, params: &mut TimelinePlotParams) {
    let [width, height] = picture::SIZE;
    let buttons = [
        (
            "Save picture …",
            format!("PNG of {width} × {height} pixels, light or dark as the window"),
            FileDialogKind::SavePlotPicture,
        ),
        (
            "Save CSV …",
            "All values as a table, with units in its header".to_owned(),
            FileDialogKind::SavePlotTable,
        ),
    ];
    for (name, about, kind) in buttons {
        if ui.button(name).on_hover_text(about).clicked() {
            params.save(kind);
        }
    }
}

/// Progress, cancellation and notes.
fn state(ui: &mut Ui, params: &mut TimelinePlotParams, plot: Option<&AnalysisPlot>) {
    let analysis = &mut params.analysis;
    let progress = analysis.progress();
    let is_canceled = *analysis.state() == AnalysisState::Canceled;
    let notes = plot.map_or(&[][..], |plot| &plot.notes[..]);
    if progress.is_none() && !is_canceled && notes.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        if is_canceled {
            let text = format!("Canceled after {} frames.", analysis.frames());
            ui.label(RichText::new(text).small().color(theme::caution(ui)));
            if ui.small_button("Continue").clicked() {
                analysis.resume();
            }
        } else if let Some(progress) = progress {
            widgets::hint(ui, progress);
            if ui.small_button("Cancel").clicked() {
                analysis.cancel();
            }
        }
        for note in notes {
            ui.label(RichText::new(note).small().color(theme::caution(ui)));
        }
    });
}

/// A sentence in the middle of the panel.
fn message(ui: &mut Ui, text: String) {
    let center = Layout::centered_and_justified(Direction::TopDown);
    ui.with_layout(center, |ui| ui.label(RichText::new(text).weak()));
}

/// The plot, its title and its values in the shown frame.
fn body(ui: &mut Ui, params: &mut TimelinePlotParams, plot: &AnalysisPlot, scene: &Scene) {
    let frame = &scene.frame;
    let address = shown_address(frame);
    let mark = mark(params, plot, frame, address);
    ui.horizontal(|ui| {
        ui.label(RichText::new(title::of(plot, frame)).small().strong());
        chart::legend(ui, plot);
        if let Some(value) = mark.value {
            widgets::hint(ui, format!("shown frame: {value:.4}"));
        }
    });
    let pointed = chart::draw(ui, plot, &mark);
    let pointed = pointed.and_then(|position| params.analysis.frame_at(position));
    if let Some(pointed) = pointed.filter(|pointed| *pointed != address) {
        params.actions.write(Action::ShowFrame(pointed));
    }
}

/// Address of the frame on screen.
fn shown_address(frame: &Frame) -> FrameAddress {
    let shown = frame.playback.map(|playback| playback.address);
    shown.unwrap_or(FrameAddress::Memory(frame.number))
}

/// The mark of the frame on screen.
fn mark(
    params: &TimelinePlotParams,
    plot: &AnalysisPlot,
    frame: &Frame,
    address: FrameAddress,
) -> Mark {
    let source = params.simulation.timeline().source();
    let analysis = &params.analysis;
    let value = analysis.value(frame, address, source.as_deref());
    let is_along_frames = plot.horizontal.is_along_frames();
    Mark {
        value,
        position: match is_along_frames {
            true => analysis.position(address),
            false => value,
        },
        is_on_curve: is_along_frames,
    }
}
