//! Plots of a training: losses, errors and the learning rate over the steps.

use crate::app::panels::plots::plot::{axis, decades, on_background, power_of_ten};
use crate::app::panels::theme;
use crate::app::training::{Curve, TrainingProgress};
use crate::third_party::egui::{Color32, RichText, Sense, Ui, vec2};
use crate::third_party::plot::{AxisHints, GridInput, GridMark, Line, Plot, PlotPoints, Points};

/// Heights, points.
const LARGE: f32 = 132.0;
const SMALL: f32 = 84.0;

/// A curve in a plot.
struct Plotted<'a> {
    name: &'static str,
    curve: &'a Curve,
    /// Index of its color.
    color: usize,
    /// Whether its points are marked: those of validations are few.
    marked: bool,
}

/// Shows the losses, the errors on the validation labels, and the learning rate.
pub(super) fn show(ui: &mut Ui, progress: &TrainingProgress) {
    let of = |name, curve, color, marked| Plotted {
        name,
        curve,
        color,
        marked,
    };
    let losses = [
        of("loss", &progress.loss, 0, false),
        of("validation loss", &progress.validation_loss, 1, true),
    ];
    plot(ui, "Loss", LARGE, &losses);
    let errors = [
        of("forces, eV/Å", &progress.force_rmse, 0, true),
        of("energies, meV/atom", &progress.energy_rmse, 1, true),
    ];
    if errors.iter().any(|of| !of.curve.points().is_empty()) {
        plot(ui, "Errors", LARGE, &errors);
    }
    plot(
        ui,
        "Learning rate",
        SMALL,
        &[of("learning rate", &progress.learning_rate, 2, false)],
    );
}

/// A plot of positive curves on a logarithmic scale, below a legend with their last values.
fn plot(ui: &mut Ui, title: &str, height: f32, curves: &[Plotted]) {
    let dark = ui.visuals().dark_mode;
    let color = |of: &Plotted| on_background(theme::CURVES[of.color], dark);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for of in curves {
            let Some([_, last]) = of.curve.points().last() else {
                continue;
            };
            let (dot, _) = ui.allocate_exact_size(vec2(8.0, 12.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 3.5, color(of));
            let lowest = of.curve.lowest().map_or(0.0, |[_, value]| value);
            let text = RichText::new(format!("{} {}", of.name, number(*last))).small();
            ui.label(text)
                .on_hover_text(format!("Lowest: {}", number(lowest)));
            ui.add_space(4.0);
        }
    });
    let weak = ui.visuals().weak_text_color();
    let plot = Plot::new(title)
        .height(height)
        .width(ui.available_width())
        .custom_x_axes(vec![axis(AxisHints::new_x(), "Step", 30.0..=44.0, weak)])
        .custom_y_axes(vec![axis(AxisHints::new_y(), title, 14.0..=22.0, weak)])
        .include_x(0.0)
        .y_axis_min_width(44.0)
        .x_grid_spacer(steps)
        .y_grid_spacer(decades)
        .y_axis_formatter(|mark, _| power_of_ten(mark.value))
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_drag(false)
        .allow_zoom(false)
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .label_formatter(|_| None);
    plot.show(ui, |plot| {
        for of in curves {
            let points = of.curve.points().iter();
            let points = points.filter(|[_, value]| *value > 0.0);
            let points: Vec<[f64; 2]> =
                points.map(|[step, value]| [*step, value.log10()]).collect();
            if of.marked {
                let marks = Points::new(of.name, PlotPoints::from(points.clone()));
                plot.points(marks.color(color(of)).radius(2.2));
            }
            let line = Line::new(of.name, PlotPoints::from(points));
            plot.line(line.color(color(of)).width(1.6));
        }
    });
}

/// Grid lines at about five steps of 1, 2 or 5 times a power of ten.
fn steps(input: GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let rough = (high - low) / 5.0;
    if !rough.is_finite() || rough <= 0.0 {
        return Vec::new();
    }
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    let step = step
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let marks = (low / step).ceil() as i64..=(high / step).floor() as i64;
    let mark = |index: i64| GridMark {
        value: index as f64 * step,
        step_size: step,
    };
    marks.map(mark).collect()
}

/// A number with four significant digits, or as a power of ten.
fn number(value: f64) -> String {
    match value.abs() {
        size if (1e-3..1e4).contains(&size) => {
            let decimals = (3.0 - size.log10().floor()).clamp(0.0, 6.0);
            format!("{value:.*}", decimals as usize)
        }
        _ => format!("{value:.2e}"),
    }
}
