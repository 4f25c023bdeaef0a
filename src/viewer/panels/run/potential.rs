//! The potential that is in use, what it is good for, and the others.

use bevy::prelude::*;

use super::super::theme;
use super::super::widgets::{self, callout, hint};
use crate::potential::{Catalog, Request, auto};
use crate::sim::Frame;
use crate::viewer::document::{Choice, DEVICE, Described};
use crate::viewer::third_party::egui::{
    ComboBox, Key, RichText, Spinner, TextEdit, TextWrapMode, Ui,
};

/// What is being typed and not yet asked for.
#[derive(Resource)]
pub(in super::super) struct Drafts {
    /// A request for a potential.
    request: String,
    /// Whether the field for it is open.
    typing: bool,
    /// Why it does not read, where it was entered and does not.
    mistake: Option<String>,
    catalog: Catalog,
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            request: String::new(),
            typing: false,
            mistake: None,
            catalog: Catalog::built_in(),
        }
    }
}

pub(super) fn show(ui: &mut Ui, frame: &Frame, choice: &mut ResMut<Choice>, drafts: &mut Drafts) {
    in_use(ui, frame, choice.is_busy());
    let mut wanted = selector(ui, frame, choice, drafts);
    if drafts.typing {
        wanted = typed(ui, drafts).or(wanted);
    }
    if let Some(request) = wanted {
        choice.ask(request, frame.structure());
    }
    match choice.outcome() {
        None if frame.positions.is_empty() => hint(ui, "There are no atoms yet."),
        None => hint(ui, "Looking for one that suits …"),
        Some(Err(reason)) => {
            callout(ui, theme::CAUTION, format!("No forces: {reason}."));
        }
        Some(Ok(described)) => explain(ui, described),
    }
}

/// The potential that computes the forces on screen, and where.
fn in_use(ui: &mut Ui, frame: &Frame, is_busy: bool) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Potential").strong());
        widgets::at_right(ui, |ui| {
            match &frame.potential {
                Some(name) => ui
                    .label(RichText::new(format!("{name} on {DEVICE}")).color(theme::accent(ui)))
                    .on_hover_text("In use now, and where it is computed"),
                None => ui.label(RichText::new("none").color(theme::CAUTION)),
            };
            if is_busy {
                ui.add(Spinner::new().size(14.0));
            }
        });
    });
}

fn explain(ui: &mut Ui, described: &Described) {
    hint(ui, &described.description);
    hint(ui, format!("Taken because {}.", described.reason));
    if let Some(caution) = &described.caution {
        callout(ui, theme::CAUTION, format!("Mind that {caution}."));
    }
    ui.label(
        RichText::new("What it can treat")
            .small()
            .weak()
            .underline(),
    )
    .on_hover_text(&described.abilities);
}

/// The list of potentials; what was chosen from it, if something was.
fn selector(
    ui: &mut Ui,
    frame: &Frame,
    choice: &mut ResMut<Choice>,
    drafts: &mut Drafts,
) -> Option<Request> {
    let request = choice.request();
    let asked = request.name.clone();
    let shown = if asked == auto::NAME {
        "Automatic".to_owned()
    } else {
        request.to_string()
    };
    let mut name = None;
    let width = ui.available_width();
    ComboBox::from_id_salt("potential")
        .width(width)
        .height(420.0)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            ui.set_width(width - 12.0);
            ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
            if ui
                .selectable_label(asked == auto::NAME, "Automatic")
                .clicked()
            {
                name = Some(auto::NAME.to_owned());
            }
            hint(ui, "The first of these that suits the structure.");
            // It is asked for without a word to whoever else listens for changes.
            let judgements = choice.bypass_change_detection().judge(frame);
            if judgements.is_empty() {
                ui.add(Spinner::new().size(14.0));
            }
            for each in judgements {
                ui.add_space(4.0);
                if ui.selectable_label(asked == each.name, each.name).clicked() {
                    name = Some(each.name.to_owned());
                }
                hint(ui, format!("{}.", each.summary));
                let (verdict, color) = match &each.verdict {
                    Ok(fit) => (format!("Suits: {}.", fit.reason), theme::GOOD),
                    Err(reason) => (format!("Does not suit: {reason}."), theme::CAUTION),
                };
                ui.label(RichText::new(verdict).small().color(color));
            }
            ui.add_space(4.0);
            if ui
                .selectable_label(drafts.typing, "With options …")
                .clicked()
            {
                drafts.typing = true;
            }
        });
    if name.is_some() {
        drafts.typing = false;
    }
    name.and_then(|name| name.parse().ok())
}

/// A request typed with its options; `None` until it is entered and reads well.
fn typed(ui: &mut Ui, drafts: &mut Drafts) -> Option<Request> {
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
        Some(mistake) => callout(ui, theme::BAD, mistake),
        None => options(ui, &drafts.catalog),
    }
    read?.ok()
}

fn options(ui: &mut Ui, catalog: &Catalog) {
    for entry in catalog.entries() {
        for (option, meaning) in entry.options {
            hint(ui, format!("{}: {option} — {meaning}", entry.name));
        }
    }
}
