//! The potential in use, its description, and the list of potentials.

use bevy::prelude::*;

use super::learning;
use crate::app::document::{PotentialChoice, PotentialDescription, PotentialSuitability};
use crate::app::panels::theme;
use crate::app::panels::widgets;
use crate::app::panels::widgets::{callout, hint};
use crate::third_party::egui::{
    Button, Frame as Border, Key, Margin, RichText, Spinner, TextEdit, Ui, vec2,
};
use mlipview_core::potential::catalog::AUTO;
use mlipview_core::potential::{Applicability, Catalog, ForceErrors, Request};
use mlipview_core::sim::{Activity, Frame};

/// State of the text field and the list.
#[derive(Default, Resource)]
pub(in crate::app::panels) struct Drafts {
    /// Text of a request for a potential.
    request: String,
    /// Whether the list of potentials is open.
    is_list_open: bool,
    /// Whether the text field is open.
    is_typing: bool,
    /// Text of the file for the labels of a potential that learns.
    labels: String,
    /// Parse error of the entered text.
    mistake: Option<String>,
}

/// Shows them; returns whether a file of parameters shall be opened.
pub(super) fn show(
    ui: &mut Ui,
    frame: &Frame,
    choice: &mut ResMut<PotentialChoice>,
    drafts: &mut Drafts,
) -> bool {
    if let Activity::Following(_) = frame.activity {
        followed(ui, frame);
        return false;
    }
    in_use(ui, frame, choice);
    if let Some(status) = &frame.potential_status {
        hint(ui, format!("{status}."));
    }
    let mut wants_file = false;
    let mut wanted = selector(ui, frame, choice, drafts, &mut wants_file);
    if drafts.is_typing {
        wanted = typed(ui, drafts, choice.catalog()).or(wanted);
    }
    wanted = learning::show(ui, choice, &mut drafts.labels).or(wanted);
    wanted = option_choices(ui, choice).or(wanted);
    if let Some(request) = wanted {
        choice.set_request(request, frame.structure());
    }
    match choice.outcome() {
        None if frame.positions.is_empty() => hint(ui, "No atoms yet."),
        None => hint(ui, "Selecting a suitable potential …"),
        Some(Err(reason)) => {
            callout(ui, theme::caution(ui), format!("No forces: {reason}."));
            if !drafts.is_list_open && ui.link("Why?").clicked() {
                drafts.is_list_open = true;
            }
        }
        Some(Ok(described)) => explain(ui, frame, described),
    }
    wants_file
}

/// The other program that computes the motion: no potential can be chosen meanwhile.
fn followed(ui: &mut Ui, frame: &Frame) {
    let name = frame.potential.as_deref().unwrap_or("another program");
    ui.horizontal(|ui| {
        ui.label(RichText::new("Potential").strong());
        widgets::at_right(ui, |ui| {
            ui.label(RichText::new(name).color(theme::accent(ui)));
        });
    });
    hint(
        ui,
        format!("{name} computes forces and motion. Drag an atom to pull it."),
    );
}

/// The potential that computes the current forces, and its device.
fn in_use(ui: &mut Ui, frame: &Frame, choice: &PotentialChoice) {
    let device = choice.outcome().and_then(|outcome| outcome.as_ref().ok());
    let device = device.map_or("cpu", |described| described.device.as_str());
    ui.horizontal(|ui| {
        ui.label(RichText::new("Potential").strong());
        widgets::at_right(ui, |ui| {
            match &frame.potential {
                Some(name) => ui
                    .label(RichText::new(format!("{name} on {device}")).color(theme::accent(ui)))
                    .on_hover_text("Potential in use and its device"),
                None => ui.label(RichText::new("none").color(theme::caution(ui))),
            };
            if choice.is_busy() {
                ui.add(Spinner::new().size(14.0));
            }
        });
    });
}

fn explain(ui: &mut Ui, frame: &Frame, described: &PotentialDescription) {
    hint(ui, &described.description);
    hint(ui, format!("Selected because {}.", described.reason));
    if let Some(caution) = &described.caution {
        callout(ui, theme::caution(ui), format!("Caution: {caution}."));
    }
    let evaluation = frame.evaluation.as_ref();
    if let Some(errors) = evaluation.and_then(|evaluation| evaluation.expected_force_errors()) {
        let ForceErrors {
            mean,
            largest,
            atom,
        } = errors;
        let element = frame.identity.elements()[atom].symbol();
        hint(
            ui,
            format!(
                "Expected force error: {mean:.2} eV/Å on average, {largest:.2} eV/Å at {element} \
                 {atom}."
            ),
        );
    }
    ui.label(RichText::new("Capabilities").small().weak().underline())
        .on_hover_text(&described.capabilities_text);
}

/// Button that opens the list of potentials; returns the request for a selected one.
fn selector(
    ui: &mut Ui,
    frame: &Frame,
    choice: &mut ResMut<PotentialChoice>,
    drafts: &mut Drafts,
    wants_file: &mut bool,
) -> Option<Request> {
    let asked = choice.request().name.clone();
    let shown = match asked.as_str() {
        AUTO => "Automatic".to_owned(),
        _ => choice.request().to_string(),
    };
    let sign = if drafts.is_list_open { "⏶" } else { "⏷" };
    let button = Button::new(shown).right_text(sign).truncate();
    let button = button.min_size(vec2(ui.available_width(), 26.0));
    if ui
        .add(button)
        .on_hover_text("Select another potential")
        .clicked()
    {
        drafts.is_list_open = !drafts.is_list_open;
    }
    if !drafts.is_list_open {
        return None;
    }
    // Bypassed, since computing suitabilities is not a change for others.
    let suitabilities = choice.bypass_change_detection().suitabilities(frame);
    let frame = Border::new()
        .fill(ui.visuals().extreme_bg_color)
        .corner_radius(6)
        .inner_margin(Margin::same(8));
    let name = frame
        .show(ui, |ui| list(ui, &asked, suitabilities, drafts, wants_file))
        .inner;
    if name.is_some() {
        drafts.is_list_open = false;
        drafts.is_typing = false;
    }
    name.and_then(|name| name.parse().ok())
}

/// All potentials with summary and suitability; returns the name of the pressed one.
fn list<'a>(
    ui: &mut Ui,
    asked: &str,
    suitabilities: &'a [PotentialSuitability],
    drafts: &mut Drafts,
    wants_file: &mut bool,
) -> Option<&'a str> {
    let mut pressed = None;
    let width = ui.available_width();
    let mut entry = |ui: &mut Ui, name: &'a str, label: &str| {
        let label = RichText::new(label).strong();
        let button = Button::selectable(asked == name, label).min_size(vec2(width, 24.0));
        if ui.add(button).clicked() {
            pressed = Some(name);
        }
    };
    entry(ui, AUTO, "Automatic");
    hint(
        ui,
        "Chooses the first suitable potential, otherwise the first usable one.",
    );
    if suitabilities.is_empty() {
        ui.add(Spinner::new().size(14.0));
    }
    for each in suitabilities {
        ui.add_space(4.0);
        entry(ui, each.name, each.name);
        hint(ui, format!("{}.", each.summary));
        let (verdict, color) = match &each.applicability {
            Applicability::Suitable { reason, .. } => {
                (format!("Suitable: {reason}."), theme::good(ui))
            }
            Applicability::Usable { caution } => {
                (format!("Usable with care: {caution}."), theme::caution(ui))
            }
            Applicability::Impossible { reason, .. } => {
                (format!("Not usable: {reason}."), theme::bad(ui))
            }
        };
        ui.label(RichText::new(verdict).small().color(color));
    }
    ui.add_space(4.0);
    let button = Button::selectable(drafts.is_typing, "With options …");
    if ui.add(button.min_size(vec2(width, 24.0))).clicked() {
        drafts.is_typing = !drafts.is_typing;
    }
    let button = Button::selectable(false, "From a file …").min_size(vec2(width, 24.0));
    let about = "Parameters of a training (.safetensors), of EAM, NEP, Stillinger-Weber or Tersoff";
    *wants_file = ui.add(button).on_hover_text(about).clicked();
    pressed
}

/// A row of choices for each option of the requested potential, with the default first. Returns the
/// request, if a choice was pressed.
fn option_choices(ui: &mut Ui, choice: &mut ResMut<PotentialChoice>) -> Option<Request> {
    let asked = choice.request().clone();
    let mut pressed = None;
    for choices in choice.bypass_change_detection().option_choices() {
        let chosen = asked.options.text(choices.option);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(choices.option).weak());
            let values = choices.values.iter().map(|value| Some(value.as_str()));
            for value in std::iter::once(None).chain(values) {
                let button = Button::selectable(chosen == value, value.unwrap_or("automatic"));
                if ui.add(button).clicked() {
                    pressed = Some(asked.clone().with(choices.option, value));
                }
            }
        });
    }
    pressed
}

/// Text field for a request with options; returns the request once it is entered and valid.
fn typed(ui: &mut Ui, drafts: &mut Drafts, catalog: &Catalog) -> Option<Request> {
    let field = TextEdit::singleline(&mut drafts.request)
        .hint_text("lj:sigma=3.4,epsilon=0.01")
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let read = entered.then(|| drafts.request.trim().parse::<Request>());
    if let Some(read) = &read {
        drafts.mistake = read.as_ref().err().map(|error| format!("{error}."));
    }
    match &drafts.mistake {
        Some(mistake) => callout(ui, theme::bad(ui), mistake),
        None => options(ui, catalog),
    }
    read?.ok()
}

fn options(ui: &mut Ui, catalog: &Catalog) {
    for entry in catalog.entries() {
        for option in entry.options {
            hint(ui, format!("{}: {option}", entry.name));
        }
    }
}
