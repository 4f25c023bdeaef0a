//! Curves of energy, temperature, forces and pressure over the run, at the lower edge.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::{Panels, theme, widgets};
use crate::app::curves::{Curve, Quantity, TimeAxis, downsample};
use crate::app::document::{DocumentRequest, FileDialogKind};
use crate::app::history::{History, Sample};
use crate::app::run::{RunKind, RunSettings, Thermostat};
use crate::scene::displayed::Scene;
use crate::third_party::egui;
use crate::third_party::egui::{
    Button, Color32, Contexts, Direction, FontId, Frame as Border, Layout, Margin, Rgba, RichText,
    Sense, Ui, UiBuilder, vec2,
};
use crate::third_party::plot::{
    AxisHints, GridInput, GridMark, HLine, Line, LineStyle, Plot, PlotPoints, PlotUi, Points, VLine,
};
use mlipview_core::sim::{Activity, Frame};

/// Height of the panel at first, and the range it may be given, points.
const HEIGHT: f32 = 220.0;
const HEIGHTS: std::ops::RangeInclusive<f32> = 140.0..=600.0;
/// The narrowest plot that can be read, points.
const MIN_PLOT_WIDTH: f32 = 210.0;

/// Display options of the plots.
#[derive(Resource, Debug)]
pub(super) struct PlotOptions {
    quantities: [bool; Quantity::ALL.len()],
    /// Whether forces are on a logarithmic scale.
    logarithmic: bool,
    /// Where along the horizontal axis the pointer is, in any of the plots.
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
pub(super) struct Plots<'w> {
    history: ResMut<'w, History>,
    scene: Res<'w, Scene>,
    settings: Res<'w, RunSettings>,
    options: ResMut<'w, PlotOptions>,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    mut panels: ResMut<Panels>,
    mut of: Plots,
    mut requests: MessageWriter<DocumentRequest>,
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
        let action = header(ui, options, &run);
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
            requests.write(DocumentRequest::AskPath(FileDialogKind::SaveTable));
        }
        Some(PlotAction::Clear) => {
            let kind = of.history.kind();
            of.history.begin(kind);
        }
        None => {}
    }
}

/// The displayed sample: of a past frame during playback, or the newest of the run.
fn current(history: &History, frame: &Frame) -> Sample {
    let newest = history.samples().last();
    match (&frame.activity, newest) {
        (Activity::Playback, _) | (_, None) => Sample::of(frame),
        (_, Some(newest)) => *newest,
    }
}

/// The run whose curves are options.
struct PlottedRun<'a> {
    history: &'a History,
    time_axis: TimeAxis,
    /// Potential energy at the start, eV.
    start: f64,
    /// See [`current`].
    current: Sample,
    /// The temperature that the thermostat keeps, K.
    target: Option<f64>,
    /// The force below which a relaxation is done, eV/Å.
    fmax: Option<f64>,
}

impl<'a> PlottedRun<'a> {
    fn of(history: &'a History, current: Sample, settings: &RunSettings) -> PlottedRun<'a> {
        let kind = history.kind();
        let mut times = history.samples().map(|sample| sample.time);
        let first = times.next().unwrap_or(0.0);
        let duration = times.last().unwrap_or(first) - first;
        let energies = history.samples().map(|sample| sample.potential);
        let start = energies.into_iter().find(|energy| energy.is_finite());
        let heats = settings.thermostat != Thermostat::None;
        PlottedRun {
            history,
            time_axis: TimeAxis::of(kind, duration),
            start: start.unwrap_or(0.0),
            current,
            target: (kind == RunKind::Dynamics && heats).then_some(settings.temperature),
            fmax: (kind == RunKind::Relaxation).then_some(settings.fmax),
        }
    }

    /// Whether there is anything of a quantity.
    fn has(&self, quantity: Quantity) -> bool {
        let curves = quantity.curves(self.history.kind());
        let mut samples = self.history.samples();
        let is_known = |sample: &Sample| {
            let mut curves = curves.iter();
            curves.any(|curve| curve.value(sample, self.start).is_finite())
        };
        samples.any(is_known)
    }

    /// The sample that is nearest to a place on the horizontal axis.
    fn nearest(&self, place: f64) -> Option<&Sample> {
        let distance = |sample: &Sample| (self.time_axis.place(sample) - place).abs();
        let samples = self.history.samples();
        samples.min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }

    /// The energy at the start and what has become of it.
    fn energy(&self) -> String {
        let drop = self.start - self.current.potential;
        match self.history.kind() {
            RunKind::Relaxation if drop.is_finite() => format!(
                "{:.4} eV, {} {} the start",
                self.current.potential,
                energy(drop.abs()),
                if drop >= 0.0 { "below" } else { "above" }
            ),
            _ => format!("Start: {:.4} eV", self.start),
        }
    }
}

/// An energy with as many digits as it needs, eV.
fn energy(value: f64) -> String {
    if value.abs() < 0.1 {
        format!("{:.2} meV", value * 1e3)
    } else {
        format!("{value:.4} eV")
    }
}

fn header(ui: &mut Ui, options: &mut PlotOptions, run: &PlottedRun) -> Option<PlotAction> {
    let mut action = None;
    ui.horizontal(|ui| {
        for (quantity, on) in Quantity::ALL.iter().zip(&mut options.quantities) {
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

/// The chosen plots side by side, as many as there is room for.
fn plots(ui: &mut Ui, options: &mut PlotOptions, run: &PlottedRun) {
    let chosen = Quantity::ALL.into_iter().zip(options.quantities);
    let chosen: Vec<Quantity> = chosen
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
        .and_then(|place| run.nearest(place))
        .copied();
    let corner = ui.cursor().min;
    let mut hovered_now = None;
    for (index, quantity) in chosen.into_iter().take(count).enumerate() {
        let left = corner + vec2((width + GAP) * index as f32, 0.0);
        let place = egui::Rect::from_min_size(left, vec2(width, room.y));
        let mut ui = ui.new_child(UiBuilder::new().max_rect(place).id_salt(quantity));
        ui.set_clip_rect(place.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing = vec2(7.0, 2.0);
        readout(&mut ui, quantity, run, hovered.as_ref());
        let place = plot(
            &mut ui,
            quantity,
            options.logarithmic,
            run,
            hovered.as_ref(),
        );
        hovered_now = hovered_now.or(place);
    }
    ui.advance_cursor_after_rect(egui::Rect::from_min_size(corner, room));
    options.hovered = hovered_now;
}

/// The names of the curves with their values: at the pointer, or now.
fn readout(ui: &mut Ui, quantity: Quantity, run: &PlottedRun, hovered: Option<&Sample>) {
    let sample = hovered.unwrap_or(&run.current);
    ui.horizontal(|ui| {
        for curve in quantity.curves(run.history.kind()) {
            let color = color(*curve, ui.visuals().dark_mode);
            let (dot, _) = ui.allocate_exact_size(vec2(8.0, 12.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 3.5, color);
            let value = curve.value(sample, run.start);
            let value = match quantity {
                Quantity::Temperature => format!("{value:.0}"),
                Quantity::Pressure => format!("{value:.3}"),
                _ => format!("{value:.3}"),
            };
            let text = format!("{} {value}", curve.name());
            ui.label(RichText::new(text).small());
        }
        ui.label(RichText::new(quantity.unit()).small().weak());
        if let Some(sample) = hovered {
            let place = run.time_axis.in_words(run.time_axis.place(sample));
            widgets::at_right(ui, |ui| {
                ui.label(RichText::new(place).small().weak());
            });
        }
    });
}

/// One plot; where along the horizontal axis the pointer is, if it is there.
fn plot(
    ui: &mut Ui,
    quantity: Quantity,
    logarithmic: bool,
    run: &PlottedRun,
    hovered: Option<&Sample>,
) -> Option<f64> {
    let scale = Scale {
        logarithmic: logarithmic && quantity == Quantity::MaxForce,
    };
    // Other units, other ranges: what was zoomed in one is nothing to another.
    let axes = (
        run.time_axis.axis(),
        run.history.kind() == RunKind::Dynamics,
    );
    let weak = ui.visuals().weak_text_color();
    let mut plot = Plot::new((quantity.name(), axes, scale.logarithmic))
        .height(ui.available_height())
        .width(ui.available_width())
        .link_axis(egui::Id::new(("plots", axes)), [true, false])
        .custom_x_axes(vec![axis(
            AxisHints::new_x(),
            run.time_axis.axis(),
            30.0..=44.0,
            weak,
        )])
        .custom_y_axes(vec![axis(
            AxisHints::new_y(),
            quantity.axis(),
            14.0..=22.0,
            weak,
        )])
        .y_axis_min_width(44.0)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_drag([true, false])
        .allow_zoom([true, false])
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .label_formatter(|_| None);
    if scale.logarithmic {
        plot = plot
            .y_grid_spacer(decades)
            .y_axis_formatter(|mark, _| power_of_ten(mark.value));
    }
    let (dark, pieces) = (ui.visuals().dark_mode, ui.available_width() / 2.0);
    let response = plot.show(ui, |plot| {
        let aim = match quantity {
            Quantity::Temperature => run.target,
            Quantity::MaxForce => run.fmax,
            _ => None,
        };
        if let Some(aim) = aim {
            let line = HLine::new("aim", scale.of(aim)).color(weak).width(1.0);
            plot.hline(line.style(LineStyle::dashed_loose()));
        }
        if let Some(sample) = hovered {
            let place = run.time_axis.place(sample);
            plot.vline(VLine::new("pointer", place).color(weak).width(1.0));
        }
        for curve in quantity.curves(run.history.kind()) {
            // A width in points becomes a number of pieces.
            draw(
                plot,
                *curve,
                scale,
                run,
                color(*curve, dark),
                pieces as usize,
            );
        }
    });
    let place = response.response.hover_pos()?;
    Some(response.transform.value_from_position(place).x)
}

/// An axis with small print.
///
/// Numbers fade in where their distance on the screen grows from the first of the spacing to the
/// second, points.
fn axis<'a>(
    hints: AxisHints<'a>,
    label: impl Into<String>,
    spacing: std::ops::RangeInclusive<f32>,
    color: Color32,
) -> AxisHints<'a> {
    hints
        .label(RichText::new(label.into()).small().color(color))
        .tick_label_font(FontId::proportional(10.5))
        .label_spacing(spacing)
        .tick_label_color(color)
}

fn draw(
    plot: &mut PlotUi<'_>,
    curve: Curve,
    scale: Scale,
    run: &PlottedRun,
    color: Color32,
    pieces: usize,
) {
    let point = |sample: &Sample| {
        let value = scale.of(curve.value(sample, run.start));
        [run.time_axis.place(sample), value]
    };
    let points = downsample(run.history.samples().map(point), pieces);
    let line = Line::new(curve.name(), PlotPoints::from(points));
    plot.line(line.color(color).width(1.6));
    let current = point(&run.current);
    if current.iter().all(|number| number.is_finite()) {
        let mark = Points::new("now", PlotPoints::from(vec![current]));
        plot.points(mark.color(color).radius(3.6));
    }
}

/// How values become heights.
#[derive(Clone, Copy)]
struct Scale {
    logarithmic: bool,
}

impl Scale {
    fn of(self, value: f64) -> f64 {
        // Zero has a logarithm that is no number, and is left out.
        if self.logarithmic {
            value.log10()
        } else {
            value
        }
    }
}

/// Lines at powers of ten, and between them at their multiples.
fn decades(input: GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    // Nothing can be read of so many, and there may be no end to them.
    if high - low >= 40.0 || !(high - low).is_finite() {
        return Vec::new();
    }
    let decades = low.floor() as i32..=high.ceil() as i32;
    let marks = decades.flat_map(|decade| {
        (1..10).map(move |times| GridMark {
            value: f64::from(decade) + f64::from(times).log10(),
            step_size: if times == 1 { 1.0 } else { 0.1 },
        })
    });
    marks
        .filter(|mark| (low..=high).contains(&mark.value))
        .collect()
}

fn power_of_ten(exponent: f64) -> String {
    let value = 10f64.powf(exponent);
    let decimals = (-exponent.floor()).clamp(0.0, 6.0);
    format!("{value:.*}", decimals as usize)
}

fn color(curve: Curve, dark: bool) -> Color32 {
    let color = match curve {
        Curve::Potential | Curve::MaxForce => theme::CURVES[0],
        Curve::Kinetic | Curve::Temperature => theme::CURVES[1],
        Curve::Total | Curve::Pressure => theme::CURVES[2],
    };
    if dark {
        color
    } else {
        // As pale as they are, they would be lost on white.
        Color32::from(Rgba::from(color) * Rgba::from_rgb(0.45, 0.45, 0.45))
    }
}
