//! Charge, multiplicity and periodicity of the system.

use crate::app::panels::widgets::{hint, number, rows};
use crate::app::periodicity::Periodicity;
use crate::third_party::egui::Ui;
use mlipview_core::sim::{Command, Edit, Frame};

pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame,
    periodicity: &Periodicity,
    commands: &mut Vec<Command>,
) {
    let identity = &frame.identity;
    let (mut charge, mut multiplicity) = (identity.charge, identity.multiplicity());
    rows(ui, "system", |ui| {
        ui.label("Charge");
        let charged = number(ui, &mut charge, -99..=99, 0.05, "e");
        ui.end_row();
        ui.label("Multiplicity")
            .on_hover_text("2S + 1; 1 for closed shells");
        let spun = number(ui, &mut multiplicity, 1..=99, 0.05, "");
        ui.end_row();
        if charged || spun {
            commands.push(Command::Edit(Edit::SetCharge {
                charge,
                multiplicity,
            }));
        }
        ui.label("Periodic");
        ui.horizontal(|ui| axes(ui, frame, periodicity, commands));
        ui.end_row();
    });
}

/// Periodicity, and the periodic axes.
fn axes(ui: &mut Ui, frame: &Frame, periodicity: &Periodicity, commands: &mut Vec<Command>) {
    let cell = frame.cell.as_ref();
    let mut on = cell.is_some_and(|cell| cell.is_periodic());
    let about = match cell {
        Some(_) => "Off: no interactions with periodic images; the cell is kept",
        None => "On: the previous cell, or a box with 5 Å of vacuum",
    };
    if ui.checkbox(&mut on, "").on_hover_text(about).changed() {
        commands.push(Command::Edit(periodicity.set_periodic(frame, on)));
    }
    let Some(cell) = cell.filter(|cell| cell.is_periodic()) else {
        hint(ui, "off");
        return;
    };
    for (axis, name) in ["a", "b", "c"].into_iter().enumerate() {
        let repeats = cell.periodic()[axis];
        if ui.selectable_label(repeats, name).clicked()
            && let Some(edit) = Periodicity::set_axis_periodic(frame, axis, !repeats)
        {
            commands.push(Command::Edit(edit));
        }
    }
}
