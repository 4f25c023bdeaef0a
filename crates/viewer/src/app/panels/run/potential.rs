//! The potential that is in use, what it is good for, and the others.

use bevy::prelude::*;

use crate::app::document::{Choice, Described, Judgement};
use crate::app::panels::theme;
use crate::app::panels::widgets;
use crate::app::panels::widgets::{callout, hint};
use crate::third_party::egui::{
    Button, Frame as Border, Key, Margin, RichText, Spinner, TextEdit, Ui, vec2,
};
use mlipview_core::potential::catalog::AUTO;
use mlipview_core::potential::{Applicability, Catalog, ForceErrors, Request};
use mlipview_core::sim::Frame;

/// What is being typed and not yet asked for.
#[derive(Default, Resource)]
pub(in crate::app::panels) struct Drafts {
    /// A request for a potential.
    request: String,
    /// Whether the list of potentials is open.
    choosing: bool,
    /// Whether the field for it is open.
    typing: bool,
    /// Why it does not read, where it was entered and does not.
    mistake: Option<String>,
}

pub(super) fn show(ui: &mut Ui, frame: &Frame, choice: &mut ResMut<Choice>, drafts: &mut Drafts) {
    in_use(ui, frame, choice);
    let mut wanted = selector(ui, frame, choice, drafts);
    if drafts.typing {
        wanted = typed(ui, drafts, choice.catalog()).or(wanted);
    }
    wanted = offers(ui, choice).or(wanted);
    if let Some(request) = wanted {
        choice.ask(request, frame.structure());
    }
    match choice.outcome() {
        None if frame.positions.is_empty() => hint(ui, "There are no atoms yet."),
        None => hint(ui, "Looking for one that suits …"),
        Some(Err(reason)) => {
            callout(ui, theme::caution(ui), format!("No forces: {reason}."));
            if !drafts.choosing && ui.link("Why?").clicked() {
                drafts.choosing = true;
            }
        }
        Some(Ok(described)) => explain(ui, frame, described),
    }
}

/// The potential that computes the forces on screen, and where.
fn in_use(ui: &mut Ui, frame: &Frame, choice: &Choice) {
    let device = choice.outcome().and_then(|outcome| outcome.as_ref().ok());
    let device = device.map_or("cpu", |described| described.device.as_str());
    ui.horizontal(|ui| {
        ui.label(RichText::new("Potential").strong());
        widgets::at_right(ui, |ui| {
            match &frame.potential {
                Some(name) => ui
                    .label(RichText::new(format!("{name} on {device}")).color(theme::accent(ui)))
                    .on_hover_text("In use now, and where it is computed"),
                None => ui.label(RichText::new("none").color(theme::caution(ui))),
            };
            if choice.is_busy() {
                ui.add(Spinner::new().size(14.0));
            }
        });
    });
}

fn explain(ui: &mut Ui, frame: &Frame, described: &Described) {
    hint(ui, &described.description);
    hint(ui, format!("Taken because {}.", described.reason));
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
    ui.label(
        RichText::new("What it can treat")
            .small()
            .weak()
            .underline(),
    )
    .on_hover_text(&described.abilities);
}

/// What was asked for, which opens the list of what there is; what was chosen from it, if something
/// was.
fn selector(
    ui: &mut Ui,
    frame: &Frame,
    choice: &mut ResMut<Choice>,
    drafts: &mut Drafts,
) -> Option<Request> {
    let asked = choice.request().name.clone();
    let shown = match asked.as_str() {
        AUTO => "Automatic".to_owned(),
        _ => choice.request().to_string(),
    };
    let sign = if drafts.choosing { "⏶" } else { "⏷" };
    let button = Button::new(shown).right_text(sign).truncate();
    let button = button.min_size(vec2(ui.available_width(), 26.0));
    if ui
        .add(button)
        .on_hover_text("Chooses another potential")
        .clicked()
    {
        drafts.choosing = !drafts.choosing;
    }
    if !drafts.choosing {
        return None;
    }
    // It is judged without a word to whoever else listens for changes.
    let judgements = choice.bypass_change_detection().judge(frame);
    let frame = Border::new()
        .fill(ui.visuals().extreme_bg_color)
        .corner_radius(6)
        .inner_margin(Margin::same(8));
    let name = frame
        .show(ui, |ui| list(ui, &asked, judgements, drafts))
        .inner;
    if name.is_some() {
        drafts.choosing = false;
        drafts.typing = false;
    }
    name.and_then(|name| name.parse().ok())
}

/// Every potential, with what it is for and whether it suits; the name of the one that was pressed.
fn list<'a>(
    ui: &mut Ui,
    asked: &str,
    judgements: &'a [Judgement],
    drafts: &mut Drafts,
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
    hint(ui, "The first suitable one, else the first usable one.");
    if judgements.is_empty() {
        ui.add(Spinner::new().size(14.0));
    }
    for each in judgements {
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
    let button = Button::selectable(drafts.typing, "With options …");
    if ui.add(button.min_size(vec2(width, 24.0))).clicked() {
        drafts.typing = !drafts.typing;
    }
    pressed
}

/// What can be chosen beside the potential that was asked for: a row for each of its options, with
/// what is taken when nothing is chosen first. The request, if something was pressed.
fn offers(ui: &mut Ui, choice: &mut ResMut<Choice>) -> Option<Request> {
    let asked = choice.request().clone();
    let mut pressed = None;
    for offer in choice.bypass_change_detection().offers() {
        let chosen = asked.options.text(offer.option);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(offer.option).weak());
            let values = offer.values.iter().map(|value| Some(value.as_str()));
            for value in std::iter::once(None).chain(values) {
                let button = Button::selectable(chosen == value, value.unwrap_or("automatic"));
                if ui.add(button).clicked() {
                    pressed = Some(asked.clone().with(offer.option, value));
                }
            }
        });
    }
    pressed
}

/// A request typed with its options; `None` until it is entered and reads well.
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
