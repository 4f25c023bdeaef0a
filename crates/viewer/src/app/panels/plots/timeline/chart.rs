//! Curves or bars of a plot over the timeline, with the mark of the shown frame.

use super::super::plot::{axis, on_background};
use crate::app::curves::downsample;
use crate::app::panels::theme;
use crate::app::timeline_analysis::{AnalysisPlot, PlottedSeries};
use crate::third_party::egui::{Color32, RichText, Sense, Ui, vec2};
use crate::third_party::plot::{
    AxisHints, Bar, BarChart, GridInput, GridMark, Line, Plot, PlotPoints, PlotUi, Points, VLine,
};
use mlipview_core::analysis::{Geometry, Quantity};

/// The frame on screen, in a plot.
pub(super) struct Mark {
    /// Value of the quantity.
    pub(super) value: Option<f64>,
    /// Position on the horizontal axis.
    pub(super) position: Option<f64>,
    /// Whether the value is a point of the curve.
    pub(super) is_on_curve: bool,
}

impl Mark {
    /// No mark, for pictures.
    pub(super) const NONE: Mark = Mark {
        value: None,
        position: None,
        is_on_curve: false,
    };
}

/// Names of the curves, if there is more than one.
pub(super) fn legend(ui: &mut Ui, plot: &AnalysisPlot) {
    if plot.series.len() < 2 {
        return;
    }
    for (index, series) in plot.series.iter().enumerate() {
        let (dot, _) = ui.allocate_exact_size(vec2(8.0, 12.0), Sense::hover());
        let color = color(index, ui.visuals().dark_mode);
        ui.painter().circle_filled(dot.center(), 3.5, color);
        ui.label(RichText::new(series.name).small());
    }
}

/// Draws the plot in the space that is left; returns the position on the horizontal axis that the pointer
/// presses.
pub(super) fn draw(ui: &mut Ui, plot: &AnalysisPlot, mark: &Mark) -> Option<f64> {
    let weak = ui.visuals().weak_text_color();
    let [across, up] = plot.titles.clone();
    let columns = f64::from(ui.available_width() / 100.0).clamp(3.0, 9.0);
    let rows = f64::from(ui.available_height() / 45.0).clamp(3.0, 9.0);
    // A new id for other axes: the zoom does not carry over.
    let id = (
        across.clone(),
        up.clone(),
        plot.horizontal.is_along_frames(),
    );
    let chart = Plot::new(id)
        .height(ui.available_height())
        .width(ui.available_width())
        .custom_x_axes(vec![axis(AxisHints::new_x(), across, 30.0..=44.0, weak)])
        .custom_y_axes(vec![axis(AxisHints::new_y(), up, 14.0..=22.0, weak)])
        .x_grid_spacer(move |input| grid(input, columns))
        .y_grid_spacer(move |input| grid(input, rows))
        .x_axis_formatter(|mark, _| label(mark))
        .y_axis_formatter(|mark, _| label(mark))
        .grid_color(weak.gamma_multiply(0.35))
        .y_axis_min_width(44.0)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_drag(false)
        .allow_zoom([true, false])
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .label_formatter(|_| None);
    let (dark, intervals) = (ui.visuals().dark_mode, ui.available_width() as usize / 2);
    let accent = theme::accent(ui);
    let response = chart.show(ui, |chart| {
        for (index, series) in plot.series.iter().enumerate() {
            let color = color(index, dark);
            match plot.bar_width {
                Some(width) => bars(chart, series, width, color),
                None => curve(chart, plot, series, intervals, color),
            }
        }
        let Some(position) = mark.position else {
            return;
        };
        chart.vline(VLine::new("shown frame", position).color(accent).width(1.5));
        if let (true, Some(value)) = (mark.is_on_curve, mark.value) {
            let point = PlotPoints::from(vec![[position, value]]);
            chart.points(Points::new("shown value", point).color(accent).radius(4.0));
        }
    });
    let is_pressed = response.response.is_pointer_button_down_on();
    let pointer = response.response.interact_pointer_pos();
    let pointer = pointer.filter(|_| is_pressed || response.response.clicked())?;
    Some(response.transform.value_from_position(pointer).x)
}

/// Lines with labels at multiples of 1, 2 or 5 times a power of ten, about as many as wanted.
fn grid(input: GridInput, wanted: f64) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let rough = (high - low) / wanted;
    if !(rough.is_finite() && rough > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [10.0, 5.0, 2.0, 1.0].map(|digit| digit * power);
    // Up to half as large again: two lines at least of three.
    let step = steps.into_iter().find(|step| *step <= 1.5 * rough);
    let step_size = step.unwrap_or(power);
    let first = (low / step_size).ceil();
    let count = ((high / step_size).floor() - first).clamp(0.0, 4.0 * wanted) as u32;
    let mark = |index: u32| GridMark {
        value: (first + f64::from(index)) * step_size,
        step_size,
    };
    (0..=count).map(mark).collect()
}

/// The value of a line, with the decimals that tell it from the next.
fn label(mark: GridMark) -> String {
    // Rounding must not make 0.1 need two decimals.
    let decimals = (-mark.step_size.log10() - 1e-6).ceil().clamp(0.0, 12.0);
    // A sum of steps that ends beside zero has no sign.
    let is_zero = mark.value.abs() < 1e-6 * mark.step_size;
    let value = if is_zero { 0.0 } else { mark.value };
    format!("{value:.*}", decimals as usize)
}

fn bars(chart: &mut PlotUi<'_>, series: &PlottedSeries, width: f64, color: Color32) {
    let bar = |point: &[f64; 2]| Bar::new(point[0], point[1]).width(width).fill(color);
    let bars = series.points.iter().map(bar).collect();
    chart.bar_chart(BarChart::new(series.name, bars).color(color));
}

fn curve(
    chart: &mut PlotUi<'_>,
    plot: &AnalysisPlot,
    series: &PlottedSeries,
    intervals: usize,
    color: Color32,
) {
    let points = downsample(series.points.iter().copied(), intervals);
    let is_periodic = matches!(plot.quantity, Quantity::Geometry(Geometry::Torsion(_)));
    if let [point] = points[..] {
        let point = PlotPoints::from(vec![point]);
        chart.points(Points::new(series.name, point).color(color).radius(2.5));
        return;
    }
    // A dihedral angle that passes 180° continues at −180°, without a line between them.
    let continues =
        |one: &[f64; 2], other: &[f64; 2]| !is_periodic || (one[1] - other[1]).abs() <= 180.0;
    for part in points.chunk_by(continues) {
        let line = Line::new(series.name, PlotPoints::from(part.to_vec()));
        chart.line(line.color(color).width(1.6));
    }
}

/// Color of a curve.
fn color(index: usize, dark: bool) -> Color32 {
    on_background(theme::CURVES[index % theme::CURVES.len()], dark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_evenly_spaced_within_the_plot_and_their_labels_differ() {
        for bounds in [
            (0.0, 0.27),
            (-1147.0, -1146.2),
            (-180.0, 180.0),
            (0.0, 8e5),
            (3.0, 3.0004),
        ] {
            for wanted in [3.0, 4.0, 9.0] {
                let base_step_size = 1.0;
                let marks = grid(
                    GridInput {
                        bounds,
                        base_step_size,
                    },
                    wanted,
                );
                assert!(
                    (2..=2 * wanted as usize).contains(&marks.len()),
                    "{bounds:?}: {}",
                    marks.len()
                );
                let labels: Vec<String> = marks.iter().map(|mark| label(*mark)).collect();
                for (mark, text) in marks.iter().zip(&labels) {
                    assert!((bounds.0..=bounds.1).contains(&mark.value), "{text}");
                    let shown: f64 = text.parse().unwrap_or(f64::NAN);
                    assert!((shown - mark.value).abs() < 1e-6 * mark.step_size, "{text}");
                }
                assert!(
                    labels.windows(2).all(|pair| pair[0] != pair[1]),
                    "{labels:?}"
                );
            }
        }
    }
}
