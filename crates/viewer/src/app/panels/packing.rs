//! Group "Fill with molecules" of the section Edit: molecules, the region that they fill, and progress.

use super::theme;
use super::widgets::{self, callout, hint, rows};
use crate::app::packing::{FillSettings, MAX_KINDS, MoleculeRow, Packing, RegionKind};
use crate::app::progress;
use crate::interact::action::Action;
use crate::third_party::egui::{ComboBox, ProgressBar, TextEdit, Ui};
use mlipview_core::chem::library::{self, Entry};
use mlipview_core::packing::PackingState;
use mlipview_core::sim::{Activity, Frame};

/// Largest built-in structure that is offered as a molecule, atoms.
const MAX_ATOMS: usize = 80;

/// Shows the group; returns what was pressed.
pub(super) fn show(ui: &mut Ui, packing: &mut Packing, frame: &Frame) -> Option<Action> {
    if let Activity::Packing(state) = &frame.activity {
        return progress(ui, state);
    }
    let settings = &mut packing.settings;
    molecules(ui, settings);
    region(ui, settings, frame);
    if !settings.needs_structure() {
        let about = "Off: the molecules replace them";
        ui.checkbox(&mut settings.keeps_structure, "Around the present atoms")
            .on_hover_text(about);
    }
    ui.checkbox(&mut settings.relaxes, "Then relax")
        .on_hover_text("Relaxes the packed molecules with the potential");
    let is_busy = packing.is_busy();
    let label = if is_busy { "Placing …" } else { "Fill" };
    let filled = ui
        .add_enabled_ui(!is_busy, |ui| {
            widgets::main(ui, label, ui.available_width())
        })
        .inner;
    filled
        .on_hover_text("Pushes molecules apart until none overlap; drag them meanwhile to stir")
        .clicked()
        .then_some(Action::Fill)
}

/// A row for each kind of molecule.
fn molecules(ui: &mut Ui, settings: &mut FillSettings) {
    let is_given = settings.region != RegionKind::Cube;
    let mut removed = None;
    let alone = settings.molecules.len() == 1;
    for (index, row) in settings.molecules.iter_mut().enumerate() {
        ui.push_id(index, |ui| {
            ui.horizontal(|ui| {
                count(ui, row, is_given);
                source(ui, row);
                if !alone && ui.button("✕").on_hover_text("Remove").clicked() {
                    removed = Some(index);
                }
            });
        });
    }
    if let Some(index) = removed {
        settings.molecules.remove(index);
    }
    let has_space = settings.molecules.len() < MAX_KINDS;
    let add = ui
        .add_enabled_ui(has_space, |ui| ui.button("+  Molecule"))
        .inner;
    if add.clicked() {
        settings.molecules.push(MoleculeRow {
            source: "ethanol".to_owned(),
            count: Some(20),
        });
    }
}

/// How many molecules of a kind: a number, or by density where the region is given.
fn count(ui: &mut Ui, row: &mut MoleculeRow, is_given: bool) {
    if !is_given && row.count.is_none() {
        row.count = Some(100);
    }
    let mut counted = row.count.unwrap_or(0);
    if row.count.is_some() && widgets::number(ui, &mut counted, 1..=100_000, 1.0, "") {
        row.count = Some(counted);
    }
    if is_given {
        let mut by_density = row.count.is_none();
        let about = "As many as the density gives in the free space";
        let toggled = ui.toggle_value(&mut by_density, "ρ").on_hover_text(about);
        if toggled.changed() {
            row.count = (!by_density).then_some(100);
        }
    }
}

/// The molecule: typed, or one of the library.
fn source(ui: &mut Ui, row: &mut MoleculeRow) {
    let field = TextEdit::singleline(&mut row.source)
        .hint_text("water, smiles:CCO, FILE")
        .desired_width(110.0);
    ui.add(field)
        .on_hover_text("A built-in structure, smiles:TEXT or a file");
    ComboBox::from_id_salt("built in")
        .selected_text("")
        .width(20.0)
        .show_ui(ui, |ui| {
            let entries = library::entries().iter();
            for entry in entries.filter(|entry| is_molecule(entry)) {
                let is_selected = entry.key == row.source;
                if ui.selectable_label(is_selected, &entry.title).clicked() {
                    row.source.clone_from(&entry.key);
                }
            }
        });
}

fn is_molecule(entry: &Entry) -> bool {
    entry.atoms() <= MAX_ATOMS && entry.tags.iter().any(|tag| tag == "molecule")
}

/// The region and its numbers.
fn region(ui: &mut Ui, settings: &mut FillSettings, frame: &Frame) {
    let has_cell = frame
        .cell
        .as_ref()
        .is_some_and(|cell| cell.periodic() == [true; 3]);
    let has_atoms = !frame.positions.is_empty();
    rows(ui, "fill", |ui| {
        ui.label("Region");
        ComboBox::from_id_salt("region")
            .selected_text(settings.region.name())
            .show_ui(ui, |ui| {
                for kind in RegionKind::ALL {
                    ui.selectable_value(&mut settings.region, kind, kind.name());
                }
            });
        ui.end_row();
        if settings.needs_density() {
            ui.label("Density");
            widgets::number(ui, &mut settings.density, 0.001..=25.0, 0.01, "g/cm³");
            ui.end_row();
        }
        match settings.region {
            RegionKind::Box => {
                ui.label("Edge");
                widgets::number(ui, &mut settings.edge, 1.0..=1000.0, 0.1, "Å");
                ui.end_row();
            }
            RegionKind::Shell => {
                ui.label("Within");
                widgets::number(ui, &mut settings.shell, 1.0..=100.0, 0.1, "Å");
                ui.end_row();
            }
            RegionKind::Cube | RegionKind::Cell => {}
        }
        ui.label("Distance");
        widgets::number(ui, &mut settings.distance, 0.5..=10.0, 0.01, "Å");
        ui.end_row();
    });
    match settings.region {
        RegionKind::Cell if !has_cell => callout(
            ui,
            theme::caution(ui),
            "The structure has no cell that is periodic in three dimensions.",
        ),
        RegionKind::Shell if !has_atoms => {
            callout(ui, theme::caution(ui), "There are no atoms to surround.");
        }
        _ => {}
    }
}

/// Progress of a packing.
fn progress(ui: &mut Ui, state: &PackingState) -> Option<Action> {
    ui.add(ProgressBar::new(state.part as f32).show_percentage());
    hint(ui, crate::app::notices::sentence(&progress::packing(state)));
    hint(
        ui,
        "Drag molecules to stir. The packing waits while one is held.",
    );
    widgets::wide(ui, "⏹  Stop", ui.available_width())
        .clicked()
        .then_some(Action::Stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::test_click::click;
    use mlipview_core::sim::Engine;

    /// Presses a button while the simulation is in an activity.
    fn pressed(packing: &mut Packing, activity: Activity, label: &str) -> Option<Action> {
        let structure = library::find("water").unwrap().structure().unwrap();
        let mut frame = Frame::clone(&Engine::new(structure, None, 0).frame());
        frame.activity = activity;
        let mut action = None;
        click(label, |ui| {
            action = show(ui, packing, &frame).or(action.take());
        });
        action
    }

    #[test]
    fn fill_begins_and_stop_ends_a_packing() {
        let mut packing = Packing::default();
        let filled = pressed(&mut packing, Activity::Idle, "Fill");
        assert_eq!(filled, Some(Action::Fill));
        let state = PackingState {
            steps: 10,
            overlaps: 3,
            outside: 0,
            smallest: 1.5,
            part: 0.75,
            steps_left: Some(20),
        };
        let stopped = pressed(&mut packing, Activity::Packing(state), "Stop");
        assert_eq!(stopped, Some(Action::Stop));
    }

    #[test]
    fn molecules_are_added_and_removed() {
        let mut packing = Packing::default();
        pressed(&mut packing, Activity::Idle, "Molecule");
        assert_eq!(packing.settings.molecules.len(), 2);
        pressed(&mut packing, Activity::Idle, "✕");
        let left: Vec<&str> = packing
            .settings
            .molecules
            .iter()
            .map(|row| row.source.as_str())
            .collect();
        assert_eq!(left, ["water"]);
    }

    #[test]
    fn a_number_by_density_needs_a_region() {
        let mut packing = Packing::default();
        packing.settings.region = RegionKind::Box;
        pressed(&mut packing, Activity::Idle, "ρ");
        assert_eq!(packing.settings.molecules[0].count, None);
        packing.settings.region = RegionKind::Cube;
        pressed(&mut packing, Activity::Idle, "Fill");
        assert_eq!(packing.settings.molecules[0].count, Some(100));
    }
}
