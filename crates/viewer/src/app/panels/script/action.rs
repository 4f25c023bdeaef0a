//! Fields of an action: callout, text, speed, opacity focus or camera.

use super::super::widgets::{hint, number, rows};
use super::shown::Shown;
use crate::app::script::anchor_of;
use crate::app::session::camera_pose;
use crate::third_party::egui::{TextEdit, Ui};
use mlipview_core::script::color::parse;
use mlipview_core::script::{Action, Anchor, Callout, CameraMove, OpacityFocus, ScreenText, Speed};

/// Name of the kind of an action.
pub(super) fn name(action: &Action) -> &'static str {
    match action {
        Action::Speed(_) => "Speed",
        Action::Callout(_) => "Callout",
        Action::OpacityFocus(_) => "Focus",
        Action::Camera(_) => "Camera",
        Action::Text(_) => "Text",
    }
}

/// Shows the fields; returns whether one has changed.
pub(super) fn show(ui: &mut Ui, action: &mut Action, shown: &Shown<'_>) -> bool {
    match action {
        Action::Callout(callout) => callout_fields(ui, callout, shown),
        Action::Text(text) => text_fields(ui, text),
        Action::Speed(speed) => speed_fields(ui, speed),
        Action::OpacityFocus(focus) => focus_fields(ui, focus, shown),
        Action::Camera(camera) => camera_fields(ui, camera, shown),
    }
}

fn callout_fields(ui: &mut Ui, callout: &mut Callout, shown: &Shown<'_>) -> bool {
    let mut changed = lines(ui, &mut callout.text);
    hint(ui, place(&callout.anchor));
    let anchor = anchor_of(shown.selected, &shown.scene.frame.positions);
    ui.add_enabled_ui(anchor.is_some(), |ui| {
        if let Some(anchor) = anchor.filter(|_| ui.button("Move to the selection").clicked()) {
            callout.anchor = anchor;
            changed = true;
        }
    });
    rows(ui, "callout", |ui| {
        let mut height = callout.letter_height();
        if field(ui, "Height of a line", |ui| {
            number(ui, &mut height, 0.01..=100.0, 0.01, " Å")
        }) {
            *callout = callout.clone().with_letter_height(height);
            changed = true;
        }
        let style = &mut callout.style;
        changed |= color(ui, "Color", &mut style.color, [255; 4]);
        changed |= color(ui, "Panel", &mut style.background, [15, 18, 23, 214]);
        let mut opacity = style.opacity.unwrap_or(1.0);
        if field(ui, "Opacity", |ui| {
            number(ui, &mut opacity, 0.0..=1.0, 0.01, "")
        }) {
            style.opacity = Some(opacity);
            changed = true;
        }
    });
    changed
}

/// The place of an anchor in words.
fn place(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Atom(atom) => format!("At atom {atom}"),
        Anchor::Bond([one, other]) => format!("Between atoms {one} and {other}"),
        Anchor::Point([x, y, z]) => format!("At {x:.2}, {y:.2}, {z:.2} Å"),
    }
}

fn text_fields(ui: &mut Ui, text: &mut ScreenText) -> bool {
    let mut changed = lines(ui, &mut text.text);
    rows(ui, "text", |ui| {
        let [x, y] = &mut text.position;
        changed |= field(ui, "From the left", |ui| {
            number(ui, x, 0.0..=1.0, 0.005, "")
        });
        changed |= field(ui, "From the top", |ui| number(ui, y, 0.0..=1.0, 0.005, ""));
        let size = &mut text.size;
        changed |= field(ui, "Size of the text", |ui| {
            number(ui, size, 1e-3..=1.0, 0.001, "")
        });
        changed |= color(ui, "Color", &mut text.color, [255; 4]);
        changed |= color(ui, "Panel", &mut text.background, [15, 18, 23, 214]);
    });
    hint(ui, "Places and sizes are fractions of the image.");
    changed
}

fn speed_fields(ui: &mut Ui, speed: &mut Speed) -> bool {
    let mut changed = false;
    rows(ui, "speed", |ui| {
        ui.label("Speed");
        changed |= match (&mut speed.rate, &mut speed.multiplier) {
            (Some(rate), _) => number(ui, rate, 0.01..=1000.0, 0.1, "frames/s"),
            (None, Some(factor)) => number(ui, factor, 1e-3..=1e3, 0.01, "×"),
            (None, None) => false,
        };
        ui.end_row();
        changed |= transition(ui, &mut speed.transition);
    });
    changed
}

fn focus_fields(ui: &mut Ui, focus: &mut OpacityFocus, shown: &Shown<'_>) -> bool {
    let mut changed = false;
    hint(ui, format!("Atoms in focus: {}", focus.atoms.len()));
    ui.add_enabled_ui(!shown.selected.is_empty(), |ui| {
        if ui.button("Focus on the selection").clicked() {
            focus.atoms = shown.selected.to_vec();
            changed = true;
        }
    });
    rows(ui, "focus", |ui| {
        let fields = [
            ("Other atoms", &mut focus.background.atoms),
            ("Other bonds", &mut focus.background.bonds),
            ("In focus", &mut focus.focus.atoms),
        ];
        for (name, opacity) in fields {
            changed |= field(ui, name, |ui| number(ui, opacity, 0.0..=1.0, 0.01, ""));
        }
        changed |= transition(ui, &mut focus.transition);
    });
    hint(ui, "Opacities are from 0 to 1.");
    changed
}

fn camera_fields(ui: &mut Ui, camera: &mut CameraMove, shown: &Shown<'_>) -> bool {
    let mut changed = false;
    if ui.button("Take the present camera").clicked() {
        camera.pose = camera_pose(shown.orbit);
        changed = true;
    }
    rows(ui, "camera", |ui| {
        changed |= transition(ui, &mut camera.transition);
    });
    changed
}

fn transition(ui: &mut Ui, seconds: &mut f64) -> bool {
    field(ui, "Transition", |ui| {
        number(ui, seconds, 0.0..=600.0, 0.05, "s")
    })
}

fn lines(ui: &mut Ui, text: &mut String) -> bool {
    let edit = TextEdit::multiline(text).desired_rows(2);
    ui.add(edit.desired_width(f32::INFINITY)).changed()
}

/// A row with a name.
fn field(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui) -> bool) -> bool {
    ui.label(name);
    let changed = value(ui);
    ui.end_row();
    changed
}

/// A color, written as `#rrggbbaa` once it is changed.
fn color(ui: &mut Ui, name: &str, color: &mut Option<String>, default: [u8; 4]) -> bool {
    let known = color.as_deref().and_then(parse);
    let known = known.map(|parts| parts.map(|part| (255.0 * part).round() as u8));
    let mut parts = known.unwrap_or(default);
    let changed = field(ui, name, |ui| {
        ui.color_edit_button_srgba_unmultiplied(&mut parts)
            .changed()
    });
    if changed {
        let [red, green, blue, alpha] = parts;
        *color = Some(format!("#{red:02x}{green:02x}{blue:02x}{alpha:02x}"));
    }
    changed
}
