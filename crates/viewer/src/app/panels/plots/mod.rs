//! Panel at the lower edge with plots of energy, temperature, forces and pressure over the run, or of a
//! quantity over the whole timeline.

pub(super) mod plot;
mod plotted_run;
pub(super) mod timeline;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::{Panels, widgets};
use crate::app::curves::PlottedQuantity;
use crate::app::document::FileDialogKind;
use crate::app::history::{History, Sample};
use crate::app::run::RunSettings;
use crate::app::timeline_analysis::TimelineAnalysis;
use crate::scene::displayed::Scene;
use crate::third_party::egui;
use crate::third_party::egui::{
    Button, Contexts, Direction, Frame as Border, Layout, Margin, RichText, Sense, Ui, UiBuilder,
    vec2,
};
use plot::{color, plot};
use plotted_run::{PlottedRun, current};
use timeline::TimelinePlotParams;

/// Default height of the panel and its limits, points.
const HEIGHT: f32 = 220.0;
const HEIGHTS: std::ops::RangeInclusive<f32> = 140.0..=600.0;
/// Minimum width of a plot, points.
const MIN_PLOT_WIDTH: f32 = 210.0;

/// Display options of the plots.
#[derive(Resource, Debug)]
pub(super) struct PlotOptions {
    quantities: [bool; PlottedQuantity::ALL.len()],
    /// Whether forces are on a logarithmic scale.
    logarithmic: bool,
    /// Hovered position on the horizontal axis of any plot.
    hovered: Option<f64>,
}

impl Default for PlotOptions {
    fn default() -> PlotOptions {
        PlotOptions {
            quantities: [true, true, true, false],
            logarithmic: true,
            hovered: None,
        }
    }
}

/// Action of a button.
enum PlotAction {
    Clear,
    Export,
    Close,
}

/// Parameters of the plots.
#[derive(SystemParam)]
pub(super) struct PlotsParams<'w> {
    history: ResMut<'w, History>,
    scene: Res<'w, Scene>,
    settings: Res<'w, RunSettings>,
    options: ResMut<'w, PlotOptions>,
}

/// Pauses the plot over the timeline while it is hidden.
pub(super) fn pause(panels: Res<Panels>, mut analysis: ResMut<TimelineAnalysis>) {
    analysis.bypass_change_detection().is_paused = !panels.plots;
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    mut panels: ResMut<Panels>,
    mut of: PlotsParams,
    mut timeline: TimelinePlotParams,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let fill = context.global_style().visuals.panel_fill;
    let panel = egui::Panel::bottom("plots")
        .resizable(true)
        .default_size(HEIGHT)
        .size_range(HEIGHTS)
        .frame(
            Border::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(12, 8)),
        );
    let current = current(&of.history, &of.scene.frame);
    let run = PlottedRun::of(&of.history, current, &of.settings);
    let options = &mut *of.options;
    let action = free.dock(context, "plots dock", panel, |ui| {
        if timeline.is_shown() {
            let is_closed = timeline::show(ui, &mut timeline, &of.scene);
            return is_closed.then_some(PlotAction::Close);
        }
        let action = header(ui, options, &run, &mut timeline);
        if run.history.is_empty() {
            let center = Layout::centered_and_justified(Direction::TopDown);
            ui.with_layout(center, |ui| {
                ui.label(RichText::new("Plots appear here during a run.").weak());
            });
        } else {
            plots(ui, options, &run);
        }
        action
    });
    match action {
        Some(PlotAction::Close) => panels.plots = false,
        Some(PlotAction::Export) => {
            timeline.save(FileDialogKind::SaveTable);
        }
        Some(PlotAction::Clear) => {
            let kind = of.history.kind();
            of.history.begin(kind);
        }
        None => {}
    }
}

fn header(
    ui: &mut Ui,
    options: &mut PlotOptions,
    run: &PlottedRun,
    timeline: &mut TimelinePlotParams,
) -> Option<PlotAction> {
    let mut action = None;
    ui.horizontal(|ui| {
        timeline.tabs(ui);
        ui.add_space(6.0);
        for (quantity, on) in PlottedQuantity::ALL.iter().zip(&mut options.quantities) {
            let there = run.history.is_empty() || run.has(*quantity);
            ui.add_enabled_ui(there, |ui| {
                let chip = ui.selectable_label(*on && there, quantity.name());
                let chip = chip.on_disabled_hover_text("Not available in this run");
                if chip.clicked() {
                    *on = !*on;
                }
            });
        }
        ui.add_space(6.0);
        ui.checkbox(&mut options.logarithmic, "log forces")
            .on_hover_text("Forces on a logarithmic scale");
        if !run.history.is_empty() {
            ui.add_space(6.0);
            widgets::hint(ui, run.energy());
        }
        widgets::at_right(ui, |ui| {
            if ui.add(Button::new("✖").frame(false)).clicked() {
                action = Some(PlotAction::Close);
            }
            ui.add_enabled_ui(!run.history.is_empty(), |ui| {
                let clear = ui.button("Clear").on_hover_text("Clear the plots");
                if clear.clicked() {
                    action = Some(PlotAction::Clear);
                }
                let export = ui.button("Export CSV …");
                if export
                    .on_hover_text("Save all samples as a table")
                    .clicked()
                {
                    action = Some(PlotAction::Export);
                }
            });
        });
    });
    action
}

/// The selected plots side by side, as many as fit.
fn plots(ui: &mut Ui, options: &mut PlotOptions, run: &PlottedRun) {
    let chosen = PlottedQuantity::ALL.into_iter().zip(options.quantities);
    let chosen: Vec<PlottedQuantity> = chosen
        .filter(|(quantity, on)| *on && run.has(*quantity))
        .map(|(quantity, _)| quantity)
        .collect();
    let room = ui.available_size();
    // At least one, however narrow.
    let most = ((room.x / MIN_PLOT_WIDTH).floor() as usize).max(1);
    let count = chosen.len().min(most);
    if count == 0 {
        return;
    }
    const GAP: f32 = 16.0;
    let width = (room.x - GAP * (count - 1) as f32) / count as f32;
    let hovered = options
        .hovered
        .and_then(|position| run.nearest(position))
        .copied();
    let corner = ui.cursor().min;
    let mut hovered_now = None;
    for (index, quantity) in chosen.into_iter().take(count).enumerate() {
        let left = corner + vec2((width + GAP) * index as f32, 0.0);
        let rect = egui::Rect::from_min_size(left, vec2(width, room.y));
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(quantity));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing = vec2(7.0, 2.0);
        readout(&mut ui, quantity, run, hovered.as_ref());
        let position = plot(
            &mut ui,
            quantity,
            options.logarithmic,
            run,
            hovered.as_ref(),
        );
        hovered_now = hovered_now.or(position);
    }
    ui.advance_cursor_after_rect(egui::Rect::from_min_size(corner, room));
    options.hovered = hovered_now;
}

/// Legend with the values at the pointer, or the current ones.
fn readout(ui: &mut Ui, quantity: PlottedQuantity, run: &PlottedRun, hovered: Option<&Sample>) {
    let sample = hovered.unwrap_or(&run.current);
    ui.horizontal(|ui| {
        for curve in quantity.curves(run.history.kind()) {
            let color = color(*curve, ui.visuals().dark_mode);
            let (dot, _) = ui.allocate_exact_size(vec2(8.0, 12.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 3.5, color);
            let value = curve.value(sample, run.start);
            let value = match quantity {
                PlottedQuantity::Temperature => format!("{value:.0}"),
                PlottedQuantity::Pressure => format!("{value:.3}"),
                _ => format!("{value:.3}"),
            };
            let text = format!("{} {value}", curve.name());
            ui.label(RichText::new(text).small());
        }
        ui.label(RichText::new(quantity.unit()).small().weak());
        if let Some(sample) = hovered {
            let label = run.time_axis.in_words(run.time_axis.position(sample));
            widgets::at_right(ui, |ui| {
                ui.label(RichText::new(label).small().weak());
            });
        }
    });
}
