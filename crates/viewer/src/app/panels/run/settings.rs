//! Settings of dynamics and relaxation.

use crate::app::panels::widgets;
use crate::app::panels::widgets::{number, rows};
use crate::app::run::{MAX_TEMPERATURE, RunSettings, Thermostat};
use crate::third_party::egui::{ComboBox, Slider, Ui};
use mlipview_core::chem::units;
use mlipview_core::sim::propagate::{Method, RigidMotion};
use mlipview_core::sim::{DEFAULT_SPEED_LIMIT, Frame};

pub(super) fn dynamics(ui: &mut Ui, settings: &mut RunSettings) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let label = match settings.thermostat {
            Thermostat::None => "Initial temperature",
            Thermostat::Langevin | Thermostat::Bussi => "Temperature",
        };
        ui.label(label);
        widgets::at_right(ui, |ui| {
            number(
                ui,
                &mut settings.temperature,
                0.0..=MAX_TEMPERATURE,
                2.0,
                "K",
            );
        });
    });
    ui.scope(|ui| {
        ui.spacing_mut().slider_width = ui.available_width() - 8.0;
        ui.add(Slider::new(&mut settings.temperature, 0.0..=MAX_TEMPERATURE).show_value(false));
    });
    rows(ui, "dynamics", |ui| {
        ui.label("Thermostat");
        ComboBox::from_id_salt("thermostat")
            .selected_text(settings.thermostat.name())
            .show_ui(ui, |ui| {
                for each in Thermostat::ALL {
                    ui.selectable_value(&mut settings.thermostat, each, each.name())
                        .on_hover_text(each.summary());
                }
            });
        ui.end_row();
        match settings.thermostat {
            Thermostat::None => {}
            Thermostat::Langevin => {
                ui.label("Friction");
                number(ui, &mut settings.friction, 0.0..=1000.0, 0.2, "1/ps");
                ui.end_row();
            }
            Thermostat::Bussi => {
                ui.label("Time constant");
                number(ui, &mut settings.relaxation_time, 1.0..=1e5, 2.0, "fs");
                ui.end_row();
                ui.label("Barostat")
                    .on_hover_text("Stochastic cell rescaling");
                ui.checkbox(&mut settings.barostat, "constant pressure");
                ui.end_row();
            }
        }
        ui.label("Timestep");
        number(ui, &mut settings.timestep, 0.01..=20.0, 0.02, "fs");
        ui.end_row();
        ui.label("Speed limit");
        speed_limit(ui, &mut settings.speed_limit);
        ui.end_row();
        ui.label("Drift");
        drift(ui, &mut settings.rigid_motion);
        ui.end_row();
    });
    if settings.thermostat == Thermostat::Bussi && settings.barostat {
        pressure(ui, "barostat", settings);
    }
}

/// The speed limit, set in ps of simulated time per second.
fn speed_limit(ui: &mut Ui, limit: &mut Option<f64>) {
    const FS_PER_PS: f64 = 1000.0;
    ui.horizontal(|ui| {
        if let Some(limit) = limit {
            let mut picoseconds = *limit / FS_PER_PS;
            if number(ui, &mut picoseconds, 0.001..=1000.0, 0.005, "ps/s") {
                *limit = picoseconds * FS_PER_PS;
            }
        }
        let mut unlimited = limit.is_none();
        let checkbox = ui.checkbox(&mut unlimited, "unlimited");
        if checkbox
            .on_hover_text("Simulates as fast as possible.")
            .changed()
        {
            *limit = (!unlimited).then_some(DEFAULT_SPEED_LIMIT);
        }
    });
}

fn drift(ui: &mut Ui, rigid_motion: &mut RigidMotion) {
    let mut damped = *rigid_motion == RigidMotion::Damped;
    let checkbox = ui.checkbox(&mut damped, "damp drift and rotation");
    if checkbox
        .on_hover_text(
            "Damps rigid translation and rotation while nothing is held. Internal motion keeps its temperature.",
        )
        .changed()
    {
        *rigid_motion = if damped {
            RigidMotion::Damped
        } else {
            RigidMotion::Free
        };
    }
}

/// The pressure, set in GPa.
fn pressure(ui: &mut Ui, id: &'static str, settings: &mut RunSettings) {
    rows(ui, id, |ui| {
        ui.label("Pressure");
        let mut gigapascal = settings.pressure * units::EV_PER_ANGSTROM3_IN_GPA;
        if number(ui, &mut gigapascal, -100.0..=1000.0, 0.05, "GPa") {
            settings.pressure = gigapascal / units::EV_PER_ANGSTROM3_IN_GPA;
        }
        ui.end_row();
    });
}

pub(super) fn relaxation(ui: &mut Ui, frame: &Frame, settings: &mut RunSettings) {
    const METHODS: [(Method, &str, &str); 5] = [
        (
            Method::Auto,
            "Automatic",
            "BFGS for few atoms, L-BFGS for many",
        ),
        (Method::Bfgs, "BFGS", "Fewest steps; up to 500 free atoms"),
        (Method::Lbfgs, "L-BFGS", "Nearly as few steps, at any size"),
        (Method::Fire, "FIRE", "Slow but robust, for rough starts"),
        (Method::Fire2, "FIRE 2", "Usually fewer steps than FIRE"),
    ];
    rows(ui, "relaxation", |ui| {
        ui.label("Optimizer");
        let shown = METHODS
            .iter()
            .find(|(method, ..)| *method == settings.method);
        ComboBox::from_id_salt("optimizer")
            .selected_text(shown.map_or("", |(_, name, _)| name))
            .show_ui(ui, |ui| {
                for (method, name, about) in METHODS {
                    ui.selectable_value(&mut settings.method, method, name)
                        .on_hover_text(about);
                }
            });
        ui.end_row();
        ui.label("Converged below");
        number(ui, &mut settings.fmax, 1e-4..=10.0, 0.001, "eV/Å");
        ui.end_row();
        let has_cell = frame.cell.as_ref().is_some_and(|cell| cell.is_periodic());
        ui.label("Cell");
        ui.add_enabled_ui(has_cell, |ui| {
            ui.checkbox(&mut settings.relax_cell, "relax cell");
        });
        ui.end_row();
    });
    if settings.relax_cell {
        pressure(ui, "relaxation pressure", settings);
    }
}
