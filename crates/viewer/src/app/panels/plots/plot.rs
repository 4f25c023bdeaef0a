//! One plot: curves, axes and markers.

use super::plotted_run::PlottedRun;
use crate::app::curves::{Curve, PlottedQuantity, downsample};
use crate::app::history::Sample;
use crate::app::panels::theme;
use crate::app::run::RunKind;
use crate::third_party::egui;
use crate::third_party::egui::{Color32, FontId, Rgba, RichText, Ui};
use crate::third_party::plot::{
    AxisHints, GridInput, GridMark, HLine, Line, LineStyle, Plot, PlotPoints, PlotUi, Points, VLine,
};

/// Draws a plot; returns the hovered position on the horizontal axis.
pub(super) fn plot(
    ui: &mut Ui,
    quantity: PlottedQuantity,
    logarithmic: bool,
    run: &PlottedRun,
    hovered: Option<&Sample>,
) -> Option<f64> {
    let scale = Scale {
        logarithmic: logarithmic && quantity == PlottedQuantity::MaxForce,
    };
    // A new id for other units: the zoom does not carry over.
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
    let (dark, intervals) = (ui.visuals().dark_mode, ui.available_width() / 2.0);
    let response = plot.show(ui, |plot| {
        let target = match quantity {
            PlottedQuantity::Temperature => run.target,
            PlottedQuantity::MaxForce => run.fmax,
            _ => None,
        };
        if let Some(target) = target {
            let line = HLine::new("target", scale.of(target))
                .color(weak)
                .width(1.0);
            plot.hline(line.style(LineStyle::dashed_loose()));
        }
        if let Some(sample) = hovered {
            let position = run.time_axis.position(sample);
            plot.vline(VLine::new("pointer", position).color(weak).width(1.0));
        }
        for curve in quantity.curves(run.history.kind()) {
            // Two points per interval.
            draw(
                plot,
                *curve,
                scale,
                run,
                color(*curve, dark),
                intervals as usize,
            );
        }
    });
    let position = response.response.hover_pos()?;
    Some(response.transform.value_from_position(position).x)
}

/// An axis with small labels.
///
/// Labels fade in over this range of spacing, points.
pub(in crate::app::panels) fn axis<'a>(
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
    intervals: usize,
) {
    let point = |sample: &Sample| {
        let value = scale.of(curve.value(sample, run.start));
        [run.time_axis.position(sample), value]
    };
    let points = downsample(run.history.samples().map(point), intervals);
    let line = Line::new(curve.name(), PlotPoints::from(points));
    plot.line(line.color(color).width(1.6));
    let current = point(&run.current);
    if current.iter().all(|number| number.is_finite()) {
        let mark = Points::new("now", PlotPoints::from(vec![current]));
        plot.points(mark.color(color).radius(3.6));
    }
}

/// Vertical scale.
#[derive(Clone, Copy)]
struct Scale {
    logarithmic: bool,
}

impl Scale {
    fn of(self, value: f64) -> f64 {
        // Zero becomes non-finite and is dropped.
        if self.logarithmic {
            value.log10()
        } else {
            value
        }
    }
}

/// Grid lines at powers of ten and their multiples.
pub(in crate::app::panels) fn decades(input: GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    // Too many to be readable, or unbounded.
    if high - low >= 40.0 || !(high - low).is_finite() {
        return Vec::new();
    }
    let decades = low.floor() as i32..=high.ceil() as i32;
    let marks = decades.flat_map(|decade| {
        (1..10).map(move |times| GridMark {
            value: f64::from(decade) + f64::from(times).log10(),
            // Labels of smaller steps fade first.
            step_size: match times {
                1 => 1.0,
                2 | 5 => 0.3,
                _ => 0.1,
            },
        })
    });
    marks
        .filter(|mark| (low..=high).contains(&mark.value))
        .collect()
}

/// A power of ten as a number.
pub(in crate::app::panels) fn power_of_ten(exponent: f64) -> String {
    let value = 10f64.powf(exponent);
    let decimals = (-exponent.floor()).clamp(0.0, 6.0);
    format!("{value:.*}", decimals as usize)
}

pub(super) fn color(curve: Curve, dark: bool) -> Color32 {
    let color = match curve {
        Curve::Potential | Curve::MaxForce => theme::CURVES[0],
        Curve::Kinetic | Curve::Temperature => theme::CURVES[1],
        Curve::Total | Curve::Pressure => theme::CURVES[2],
    };
    on_background(color, dark)
}

/// A color of curves, darker on a light background.
pub(in crate::app::panels) fn on_background(color: Color32, dark: bool) -> Color32 {
    if dark {
        color
    } else {
        Color32::from(Rgba::from(color) * Rgba::from_rgb(0.45, 0.45, 0.45))
    }
}
