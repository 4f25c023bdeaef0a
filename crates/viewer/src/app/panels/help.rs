//! Window with keyboard shortcuts and gestures, from the tables of the keyboard.

use bevy::prelude::*;

use super::Panels;
use super::dock::FreeArea;
use super::theme;
use crate::interact::keyboard;
use crate::interact::keyboard::{Group, Shortcut};
use crate::third_party::egui::{Align2, Contexts, Grid, RichText, ScrollArea, Ui, Window, vec2};

/// Minimum window width for two columns, points.
const TWO_COLUMNS: f32 = 820.0;

pub(super) fn show(mut contexts: Contexts, mut panels: ResMut<Panels>, free: Res<FreeArea>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let mut open = panels.help;
    if !open {
        return;
    }
    let room = context.viewport_rect();
    Window::new("Keys and gestures")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .pivot(Align2::CENTER_CENTER)
        .default_pos(free.0.center())
        .constrain_to(room)
        .show(context, |ui| {
            let is_wide = room.width() > TWO_COLUMNS + 60.0;
            ui.set_width(if is_wide { TWO_COLUMNS } else { 360.0 });
            ScrollArea::vertical()
                .max_height((room.height() - 120.0).max(120.0))
                .min_scrolled_height((room.height() - 160.0).max(120.0))
                .auto_shrink([false, true])
                .show(ui, |ui| columns(ui, is_wide));
        });
    if !open {
        panels.help = false;
    }
}

fn columns(ui: &mut Ui, is_wide: bool) {
    if !is_wide {
        Group::ALL.into_iter().for_each(|each| group(ui, each));
        gestures(ui);
        return;
    }
    ui.columns(2, |columns| {
        for each in [Group::File, Group::Run, Group::Timeline, Group::Select] {
            group(&mut columns[0], each);
        }
        gestures(&mut columns[0]);
        for each in [Group::Edit, Group::View] {
            group(&mut columns[1], each);
        }
    });
}

fn group(ui: &mut Ui, group: Group) {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for shortcut in keyboard::table().iter().filter(|each| each.group == group) {
        let Shortcut { description, .. } = shortcut;
        match rows.iter_mut().find(|(known, _)| known == description) {
            Some((_, keys)) => keys.push(shortcut.keys()),
            None => rows.push((description, vec![shortcut.keys()])),
        }
    }
    let rows = rows
        .into_iter()
        .map(|(description, keys)| (keys.join("  or  "), description));
    list(ui, group.name(), rows);
}

fn gestures(ui: &mut Ui) {
    for device in ["Mouse", "Touch", "Headset"] {
        let rows = keyboard::gestures()
            .iter()
            .filter(|each| each.device == device);
        list(
            ui,
            device,
            rows.map(|each| (each.gesture.to_owned(), each.effect)),
        );
    }
}

/// A table of inputs and their effects.
fn list<'a>(ui: &mut Ui, title: &str, rows: impl Iterator<Item = (String, &'a str)>) {
    ui.add_space(6.0);
    ui.label(RichText::new(title).strong());
    let width = ui.available_width();
    Grid::new(title)
        .num_columns(2)
        .max_col_width(width * 0.62)
        .spacing(vec2(12.0, 4.0))
        .show(ui, |ui| {
            for (how, description) in rows {
                ui.label(RichText::new(how).small().color(theme::accent(ui)));
                ui.label(RichText::new(description).small());
                ui.end_row();
            }
        });
}
