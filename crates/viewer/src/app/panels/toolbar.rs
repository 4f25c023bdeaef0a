//! Toolbar at the left edge that opens and closes the other panels.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::{Panels, Section, theme};
use crate::app::notices::{Notices, Severity};
use crate::app::people::People;
use crate::app::xr_status::{Mode, XrStatus};
use crate::interact::action::Action;
use crate::third_party::egui;
use crate::third_party::egui::{
    Align, Align2, Color32, Contexts, FontId, Frame, Layout, Margin, RectAlign, Sense, Stroke,
    Tooltip, Ui, vec2,
};

const WIDTH: f32 = 62.0;
const BUTTON: f32 = 54.0;
/// Minimum height of a button in low windows, points.
const MIN_BUTTON: f32 = 40.0;
/// Number of buttons: sections, about, help, log, plots, and the headset.
const BUTTONS: f32 = (SECTIONS.len() + 5) as f32;

/// Sections with icon, name and tooltip.
const SECTIONS: [(Section, &str, &str, &str); 8] = [
    (
        Section::File,
        "📂",
        "File",
        "Open, save, pictures and tables",
    ),
    (Section::Library, "📚", "Library", "Built-in structures"),
    (
        Section::Run,
        "▶",
        "Run",
        "The potential, dynamics and relaxation",
    ),
    (Section::Edit, "✏", "Edit", "Select and change atoms"),
    (
        Section::View,
        "👁",
        "View",
        "Camera, colors, labels and light",
    ),
    (
        Section::Training,
        "🎓",
        "Train",
        "Train a potential on labels, and watch its errors",
    ),
    (
        Section::Script,
        "💬",
        "Script",
        "Callouts, texts, speed, focus and camera while frames are shown",
    ),
    (
        Section::People,
        "👥",
        "People",
        "Connected people and invite links (W)",
    ),
];

/// Inputs of the badges.
#[derive(SystemParam)]
pub(super) struct BadgeParams<'w> {
    notices: Res<'w, Notices>,
    people: Res<'w, People>,
    xr_status: Res<'w, XrStatus>,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    mut panels: ResMut<Panels>,
    badges: BadgeParams,
    mut actions: MessageWriter<Action>,
) {
    let BadgeParams {
        notices,
        people,
        xr_status,
    } = badges;
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let fill = context.global_style().visuals.extreme_bg_color;
    let strip = egui::Panel::left("toolbar")
        .exact_size(WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(4, 8)),
        );
    let mut wanted = panels.clone();
    free.dock(context, "toolbar dock", strip, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        sections(ui, &mut wanted, people.list().len());
        ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            others(ui, &mut wanted, &notices);
            if headset(ui, *xr_status) {
                // Leaves the headset in the current mode.
                let mode = xr_status.mode().unwrap_or(Mode::Virtual);
                actions.write(Action::ToggleHeadset(mode));
            }
        });
    });
    panels.set_if_neq(wanted);
}

fn sections(ui: &mut Ui, panels: &mut Panels, people: usize) {
    for (section, icon, name, about) in SECTIONS {
        let is_open = panels.section == Some(section);
        let badge = match (section, people) {
            (Section::People, 1..) => Badge::Count(people),
            _ => Badge::None,
        };
        if button(ui, icon, name, about, is_open, badge) {
            panels.section = (!is_open).then_some(section);
        }
    }
}

fn others(ui: &mut Ui, panels: &mut Panels, notices: &Notices) {
    let flip = |flag: &mut bool| *flag = !*flag;
    if button(
        ui,
        "ℹ",
        "About",
        "Version, GPU and citations",
        panels.about,
        Badge::None,
    ) {
        flip(&mut panels.about);
    }
    if button(
        ui,
        "?",
        "Help",
        "Keys and gestures (F1)",
        panels.help,
        Badge::None,
    ) {
        flip(&mut panels.help);
    }
    let bad = |notice: &&crate::app::notices::Notice| notice.severity != Severity::Info;
    let alarming = notices.on_screen().any(|notice| bad(&notice));
    let badge = if alarming { Badge::Alarm } else { Badge::None };
    if button(ui, "☰", "Log", "Messages", panels.log, badge) {
        flip(&mut panels.log);
    }
    let about = "Energy, temperature, forces and pressure over the run";
    if button(ui, "📈", "Plots", about, panels.plots, Badge::None) {
        flip(&mut panels.plots);
    }
}

/// Button that enters and leaves the headset; returns whether it was pressed.
fn headset(ui: &mut Ui, xr_status: XrStatus) -> bool {
    let is_inside = xr_status.mode().is_some();
    let badge = match xr_status {
        XrStatus::Unavailable => return false,
        XrStatus::Changing => Badge::Alarm,
        _ => Badge::None,
    };
    let about = "Enter or leave VR (F8) or AR (F9)";
    button(ui, "👓", "Headset", about, is_inside, badge)
}

/// Height of a button, so that all fit.
fn height(ui: &Ui) -> f32 {
    let room = ui.ctx().viewport_rect().height() - 60.0;
    (room / BUTTONS - 4.0).clamp(MIN_BUTTON, BUTTON)
}

/// Badge at the corner of a button.
#[derive(Clone, Copy)]
enum Badge {
    None,
    /// Needs attention.
    Alarm,
    /// A count.
    Count(usize),
}

/// An icon above its name, with a bar at the edge while its panel is open, and a badge.
fn button(ui: &mut Ui, icon: &str, name: &str, about: &str, open: bool, badge: Badge) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(BUTTON, height(ui)), Sense::click());
    let visuals = ui.style().interact(&response);
    let strong = ui.visuals().strong_text_color();
    let color = match (open, response.hovered()) {
        (true, _) => theme::accent(ui),
        (false, true) => strong,
        (false, false) => ui.visuals().weak_text_color(),
    };
    let painter = ui.painter();
    if response.hovered() || open {
        let fill = if open {
            ui.visuals().panel_fill
        } else {
            visuals.weak_bg_fill.gamma_multiply(0.6)
        };
        painter.rect_filled(rect, 8.0, fill);
    }
    if open {
        let x = rect.left() + 1.5;
        painter.vline(
            x,
            rect.shrink(11.0).y_range(),
            Stroke::new(3.0, theme::accent(ui)),
        );
    }
    let center = rect.center();
    let text = |offset, words: &str, size| {
        let font = FontId::proportional(size);
        painter.text(
            center + vec2(0.0, offset),
            Align2::CENTER_CENTER,
            words,
            font,
            color,
        );
    };
    text(-8.0, icon, 18.0);
    text(14.0, name, 11.0);
    let corner = center + vec2(13.0, -16.0);
    match badge {
        Badge::None => {}
        Badge::Alarm => {
            painter.circle_filled(corner, 4.0, theme::CAUTION);
        }
        Badge::Count(count) => {
            let (font, text_color) = (
                FontId::proportional(10.5),
                Color32::from_rgb(0x2A, 0x1E, 0x02),
            );
            let galley = painter.layout_no_wrap(count.to_string(), font, text_color);
            let plate = vec2((galley.size().x + 8.0).max(15.0), 15.0);
            let plate = egui::Rect::from_center_size(corner, plate);
            painter.rect_filled(plate, 7.5, theme::ACCENT);
            painter.galley(corner - galley.size() / 2.0, galley, text_color);
        }
    }
    let mut tooltip = Tooltip::for_enabled(&response);
    // To the right: below, it would hide the next button.
    tooltip.popup = tooltip.popup.align(RectAlign::RIGHT);
    tooltip.show(|ui| ui.label(about));
    response.clicked()
}
