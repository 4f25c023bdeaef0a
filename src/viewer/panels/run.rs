//! The section of the potential, and of runs with it.

use bevy::prelude::*;

use super::dock::Free;
use super::widgets::{self, callout, group, hint, number, rows};
use super::{theme, widgets::section};
use crate::chem::units;
use crate::potential::{Catalog, Request, auto};
use crate::sim::propagate::Method;
use crate::sim::{Activity, Command, Edit, Frame};
use crate::viewer::bridge::Simulation;
use crate::viewer::document::Choice;
use crate::viewer::notices::{Notices, Severity};
use crate::viewer::periodicity::Periodicity;
use crate::viewer::run::{HOTTEST, Kind, RunSettings, Thermostat};
use crate::viewer::scene::Scene;
use crate::viewer::third_party::egui::{
    self, ComboBox, Contexts, Frame as Border, Key, Margin, RichText, Slider, Spinner, TextEdit, Ui,
};

/// Width of the sections, points.
pub(super) const WIDTH: f32 = 316.0;

/// What is being typed and not yet asked for.
#[derive(Resource)]
pub(super) struct Drafts {
    /// A request for a potential.
    request: String,
    /// Whether the field for it is open.
    typing: bool,
    catalog: Catalog,
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            request: String::new(),
            typing: false,
            catalog: Catalog::built_in(),
        }
    }
}

/// The panel that a section is in.
pub(super) fn side_panel(context: &egui::Context) -> egui::Panel {
    let fill = context.global_style().visuals.panel_fill;
    egui::Panel::left("section")
        .exact_size(WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Border::new()
                .fill(fill)
                .inner_margin(Margin::same(theme::MARGIN)),
        )
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<Free>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    periodicity: Res<Periodicity>,
    mut settings: ResMut<RunSettings>,
    mut choice: ResMut<Choice>,
    mut drafts: ResMut<Drafts>,
    mut notices: ResMut<Notices>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let frame = &scene.frame;
    let mut wanted = settings.clone();
    let mut commands = Vec::new();
    free.dock(context, "section dock", side_panel(context), |ui| {
        section(ui, "Run", |ui| {
            potential(ui, frame, &mut choice, &mut drafts, &mut notices);
            group(ui, "Motion");
            buttons(ui, frame, &mut wanted, &mut commands);
            dynamics(ui, &mut wanted);
            group(ui, "Relaxation");
            relaxation(ui, frame, &mut wanted);
            group(ui, "System");
            system(ui, frame, &periodicity, &mut commands);
        });
    });
    settings.set_if_neq(wanted);
    for command in commands {
        if let Err(full) = simulation.send(command) {
            notices.say(Severity::Warning, format!("Not done: {full}."));
        }
    }
}

fn potential(
    ui: &mut Ui,
    frame: &Frame,
    choice: &mut ResMut<Choice>,
    drafts: &mut Drafts,
    notices: &mut Notices,
) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Potential").strong());
        widgets::at_right(ui, |ui| {
            if choice.is_busy() {
                ui.add(Spinner::new().size(14.0));
            }
            match &frame.potential {
                Some(name) => {
                    ui.label(RichText::new(format!("{name} on CPU")).color(theme::ACCENT))
                        .on_hover_text("In use now, and where it is computed");
                }
                None => {
                    ui.label(RichText::new("none").color(theme::CAUTION));
                }
            }
        });
    });
    let mut wanted = selector(ui, choice.request(), drafts);
    if drafts.typing {
        wanted = typed(ui, drafts, notices).or(wanted);
    }
    if let Some(request) = wanted {
        choice.ask(request, frame.structure());
    }
    match choice.outcome() {
        None => hint(ui, "Looking for one that suits …"),
        Some(Err(reason)) => callout(ui, theme::CAUTION, format!("No forces: {reason}.")),
        Some(Ok(described)) => {
            hint(ui, &described.description);
            hint(ui, format!("Taken because {}.", described.reason));
            if let Some(caution) = &described.caution {
                callout(ui, theme::CAUTION, format!("Mind that {caution}."));
            }
            ui.label(
                RichText::new("What it can be asked for")
                    .small()
                    .weak()
                    .underline(),
            )
            .on_hover_text(&described.abilities);
        }
    }
}

/// The list of potentials; what was chosen from it, if something was.
fn selector(ui: &mut Ui, request: &Request, drafts: &mut Drafts) -> Option<Request> {
    let automatic = request.name == auto::NAME;
    let shown = if automatic {
        "Automatic".to_owned()
    } else {
        request.to_string()
    };
    let mut name = None;
    let Drafts {
        catalog, typing, ..
    } = drafts;
    ComboBox::from_id_salt("potential")
        .width(ui.available_width())
        .selected_text(shown)
        .show_ui(ui, |ui| {
            let about = "The first of the list that suits the structure";
            if ui
                .selectable_label(automatic, "Automatic")
                .on_hover_text(about)
                .clicked()
            {
                name = Some(auto::NAME.to_owned());
            }
            for entry in catalog.entries() {
                let chosen = request.name == entry.name;
                let label = ui.selectable_label(chosen, entry.name);
                if label.on_hover_text(entry.summary).clicked() {
                    name = Some(entry.name.to_owned());
                }
            }
            if ui.selectable_label(*typing, "With options …").clicked() {
                *typing = true;
            }
        });
    if name.is_some() {
        drafts.typing = false;
    }
    name.and_then(|name| name.parse().ok())
}

/// A request typed with its options; `None` until it is entered and reads well.
fn typed(ui: &mut Ui, drafts: &mut Drafts, notices: &mut Notices) -> Option<Request> {
    let field = TextEdit::singleline(&mut drafts.request)
        .hint_text("lj:sigma=3.4,epsilon=0.01")
        .desired_width(f32::INFINITY);
    let field = ui.add(field).on_hover_ui(|ui| {
        for entry in drafts.catalog.entries() {
            for (option, meaning) in entry.options {
                ui.label(format!("{}: {option} — {meaning}", entry.name));
            }
        }
    });
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !entered {
        return None;
    }
    match drafts.request.parse() {
        Ok(request) => Some(request),
        Err(error) => {
            notices.say(
                Severity::Warning,
                format!("No potential was asked for: {error}."),
            );
            None
        }
    }
}

fn buttons(ui: &mut Ui, frame: &Frame, settings: &mut RunSettings, commands: &mut Vec<Command>) {
    let running = match &frame.activity {
        Activity::Running(task) => Some(Kind::of(task)),
        _ => None,
    };
    let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    let mut start = None;
    ui.horizontal(|ui| match running {
        Some(kind) => {
            if widgets::main(ui, "⏹  Stop", half).clicked() {
                commands.push(Command::Stop);
            }
            let (other, label) = match kind {
                Kind::Dynamics => (Kind::Relaxation, "Relax instead"),
                Kind::Relaxation => (Kind::Dynamics, "Run MD instead"),
            };
            if widgets::wide(ui, label, half).clicked() {
                start = Some(other);
            }
        }
        None => {
            ui.add_enabled_ui(frame.evaluation.is_some(), |ui| {
                if widgets::main(ui, "▶  Run MD", half).clicked() {
                    start = Some(Kind::Dynamics);
                }
                if widgets::wide(ui, "⬇  Relax", half).clicked() {
                    start = Some(Kind::Relaxation);
                }
            })
            .inner
        }
    });
    if let Some(kind) = start {
        settings.kind = kind;
        commands.push(Command::Run(settings.task(kind)));
    }
    ui.add_enabled_ui(running.is_none() && frame.evaluation.is_some(), |ui| {
        ui.horizontal(|ui| {
            let about = "One step of what was run last";
            if widgets::wide(ui, "One step", half)
                .on_hover_text(about)
                .clicked()
            {
                commands.push(Command::Steps(settings.task(settings.kind), 1));
            }
            let about = "New random velocities at the temperature below";
            if widgets::wide(ui, "New velocities", half)
                .on_hover_text(about)
                .clicked()
            {
                commands.push(Command::Thermalize(settings.temperature));
            }
        });
    });
}

fn dynamics(ui: &mut Ui, settings: &mut RunSettings) {
    ui.add_space(4.0);
    let heats = settings.thermostat != Thermostat::None;
    ui.horizontal(|ui| {
        ui.label("Temperature");
        widgets::at_right(ui, |ui| {
            ui.add_enabled_ui(heats, |ui| {
                number(ui, &mut settings.temperature, 0.0..=HOTTEST, 2.0, "K");
            });
        });
    });
    ui.add_enabled_ui(heats, |ui| {
        ui.spacing_mut().slider_width = ui.available_width() - 8.0;
        ui.add(Slider::new(&mut settings.temperature, 0.0..=HOTTEST).show_value(false));
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
                ui.label("Relaxation time");
                number(ui, &mut settings.relaxation_time, 1.0..=1e5, 2.0, "fs");
                ui.end_row();
                ui.label("Barostat")
                    .on_hover_text("The volume follows the pressure: stochastic cell rescaling");
                ui.checkbox(&mut settings.barostat, "constant pressure");
                ui.end_row();
            }
        }
        ui.label("Timestep");
        number(ui, &mut settings.timestep, 0.01..=20.0, 0.02, "fs");
        ui.end_row();
        ui.label("Pace");
        pace(ui, &mut settings.pace);
        ui.end_row();
    });
    if settings.thermostat == Thermostat::Bussi && settings.barostat {
        pressure(ui, "barostat", settings);
    }
}

fn pace(ui: &mut Ui, pace: &mut Option<f64>) {
    ui.horizontal(|ui| {
        let mut limited = pace.is_some();
        if ui.checkbox(&mut limited, "at most").changed() {
            *pace = limited.then_some(30.0);
        }
        match pace {
            Some(rate) => {
                number(ui, rate, 0.1..=10_000.0, 1.0, "steps/s");
            }
            None => hint(ui, "as fast as it goes"),
        }
    });
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

fn relaxation(ui: &mut Ui, frame: &Frame, settings: &mut RunSettings) {
    const METHODS: [(Method, &str, &str); 5] = [
        (
            Method::Auto,
            "Automatic",
            "BFGS for few atoms, L-BFGS for many",
        ),
        (Method::Bfgs, "BFGS", "Fewest steps; up to 500 free atoms"),
        (Method::Lbfgs, "L-BFGS", "Nearly as few steps, at any size"),
        (Method::Fire, "FIRE", "Slow and sturdy, for rough starts"),
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
        ui.label("Done below");
        number(ui, &mut settings.fmax, 1e-4..=10.0, 0.001, "eV/Å");
        ui.end_row();
        let has_cell = frame.cell.as_ref().is_some_and(|cell| cell.is_periodic());
        ui.label("Cell");
        ui.add_enabled_ui(has_cell, |ui| {
            ui.checkbox(&mut settings.relax_cell, "relaxes too");
        });
        ui.end_row();
    });
    if settings.relax_cell {
        pressure(ui, "relaxation pressure", settings);
    }
}

fn system(ui: &mut Ui, frame: &Frame, periodicity: &Periodicity, commands: &mut Vec<Command>) {
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
