//! What the atoms are together: charge, multiplicity, and whether matter repeats.

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
            .on_hover_text("2S + 1: 1 where all electrons are paired");
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

/// Whether matter repeats, and along which axes.
fn axes(ui: &mut Ui, frame: &Frame, periodicity: &Periodicity, commands: &mut Vec<Command>) {
    let cell = frame.cell.as_ref();
    let mut on = cell.is_some_and(|cell| cell.is_periodic());
    let about = match cell {
        Some(_) => "Off: the atoms do not feel their images any more, and the box stays",
        None => "On: the cell that was there before, or a box with 5 Å of vacuum",
    };
    if ui.checkbox(&mut on, "").on_hover_text(about).changed() {
        commands.push(Command::Edit(periodicity.switch(frame, on)));
    }
    let Some(cell) = cell.filter(|cell| cell.is_periodic()) else {
        hint(ui, "off");
        return;
    };
    for (axis, name) in ["a", "b", "c"].into_iter().enumerate() {
        let repeats = cell.periodic()[axis];
        if ui.selectable_label(repeats, name).clicked()
            && let Some(edit) = Periodicity::along(frame, axis, !repeats)
        {
            commands.push(Command::Edit(edit));
        }
    }
}
