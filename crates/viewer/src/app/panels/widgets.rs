//! Widgets shared by the sections.

use super::theme;
use crate::third_party::egui::{
    Align, Button, Color32, DragValue, Frame, Grid, InnerResponse, Layout, Margin, Response,
    RichText, ScrollArea, Sense, Ui, emath, vec2,
};

/// A section with its title and scrollable contents.
pub(super) fn section(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    ui.add_space(2.0);
    ui.label(RichText::new(title).heading().strong());
    ui.add_space(6.0);
    // Each section keeps its own position.
    ScrollArea::vertical()
        .id_salt(title)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui);
            ui.add_space(12.0);
        });
}

/// Title of a group of settings.
pub(super) fn group(ui: &mut Ui, title: &str) {
    ui.add_space(10.0);
    ui.separator();
    ui.add_space(2.0);
    ui.label(RichText::new(title).strong());
}

/// A two-column grid of labels and values.
pub(super) fn rows<R>(
    ui: &mut Ui,
    id: &'static str,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    Grid::new(id)
        .num_columns(2)
        .min_col_width(96.0)
        .spacing(vec2(10.0, 7.0))
        .show(ui, contents)
}

/// Small explanatory text.
pub(super) fn hint(ui: &mut Ui, text: impl Into<String>) {
    ui.label(RichText::new(text.into()).small().weak());
}

/// A sentence on a tinted background.
pub(super) fn callout(ui: &mut Ui, color: Color32, text: impl Into<String>) {
    Frame::new()
        .fill(color.gamma_multiply(0.12))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(9, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(text.into()).small().color(color));
        });
}

/// A button of this width.
pub(super) fn wide(ui: &mut Ui, text: impl Into<String>, width: f32) -> Response {
    ui.add_sized(vec2(width, 30.0), Button::new(text.into()))
}

/// The primary button.
pub(super) fn main(ui: &mut Ui, text: impl Into<String>, width: f32) -> Response {
    let text = RichText::new(text.into())
        .strong()
        .color(Color32::from_rgb(0x2A, 0x1E, 0x02));
    ui.add_sized(vec2(width, 30.0), Button::new(text).fill(theme::ACCENT))
}

/// A number with its unit, dragged or typed within bounds; returns whether it has changed.
pub(super) fn number<Number: emath::Numeric>(
    ui: &mut Ui,
    value: &mut Number,
    range: std::ops::RangeInclusive<Number>,
    speed: f64,
    unit: &str,
) -> bool {
    let suffix = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    let drag = DragValue::new(value)
        .range(range)
        .speed(speed)
        .suffix(suffix);
    ui.add(drag).changed()
}

/// Contents aligned to the right.
pub(super) fn at_right(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.with_layout(Layout::right_to_left(Align::Center), contents);
}

/// A colored dot.
pub(super) fn dot(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, color);
}
