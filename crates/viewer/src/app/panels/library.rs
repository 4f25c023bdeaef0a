//! Section Library: built-in structures with thumbnails, to be opened or added.

use bevy::prelude::*;

use super::dock::FreeArea;
use super::gallery::{Galleries, Gallery};
use super::widgets::hint;
use crate::app::document::{DocumentRequest, Source};
use crate::app::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::third_party::egui::text::{LayoutJob, TextWrapping};
use crate::third_party::egui::{
    Button, Color32, Contexts, FontId, Rect, RichText, ScrollArea, Sense, Spinner, TextEdit,
    TextFormat, Ui, UiBuilder, pos2, vec2,
};
use mlipview_core::chem::library::{self, Entry};

/// Height of a card, points.
const CARD_HEIGHT: f32 = 78.0;

/// State of the section, for each surface.
#[derive(Resource, Default)]
pub(super) struct LibraryState {
    galleries: Galleries,
    search: String,
}

/// The pressed button.
enum LibraryRequest {
    Open(Source),
    Merge(&'static Entry),
}

pub(super) fn show(
    mut contexts: Contexts,
    mut free: ResMut<FreeArea>,
    mut state: ResMut<LibraryState>,
    mut notices: ResMut<Notices>,
    mut requests: MessageWriter<DocumentRequest>,
    mut actions: MessageWriter<Action>,
) {
    let LibraryState { galleries, search } = &mut *state;
    let gallery = galleries.of(contexts.surface());
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    gallery.collect(context);
    let request = free.dock_section(context, |ui| contents(ui, gallery, search));
    match request {
        None => {}
        Some(LibraryRequest::Open(source)) => {
            requests.write(DocumentRequest::Open(source));
        }
        Some(LibraryRequest::Merge(entry)) => match entry.structure() {
            Ok(structure) => {
                actions.write(Action::Merge {
                    name: entry.title.clone(),
                    structure: Box::new(structure),
                });
            }
            Err(error) => notices.post(
                Severity::Error,
                format!("{} was not added: {error}.", entry.title),
            ),
        },
    }
}

fn contents(ui: &mut Ui, gallery: &mut Gallery, search: &mut String) -> Option<LibraryRequest> {
    let mut request = None;
    ui.add_space(2.0);
    ui.label(RichText::new("Library").heading().strong());
    ui.add_space(6.0);
    let field = TextEdit::singleline(search)
        .hint_text("Search by name, formula, or SMILES")
        .margin(vec2(8.0, 5.0))
        .desired_width(f32::INFINITY);
    ui.add(field);
    ui.add_space(2.0);
    let found = library::search(search);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, CARD_HEIGHT, found.len() + 1, |ui, rows| {
            for row in rows {
                request = match found.get(row) {
                    Some(entry) => card(ui, entry, gallery),
                    None => below(ui, search, found.is_empty()),
                }
                .or(request.take());
            }
        });
    request
}

/// A built-in structure: thumbnail, description, and a button that adds it.
fn card(ui: &mut Ui, entry: &'static Entry, gallery: &mut Gallery) -> Option<LibraryRequest> {
    let size = vec2(ui.available_width(), CARD_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let fill = if ui.rect_contains_pointer(rect) {
        ui.visuals().widgets.hovered.weak_bg_fill
    } else {
        ui.visuals().faint_bg_color
    };
    ui.painter().rect_filled(rect, 7.0, fill);
    let square = Rect::from_min_size(rect.min, vec2(CARD_HEIGHT, CARD_HEIGHT)).shrink(2.0);
    match gallery.picture(&entry.key, || entry.structure().ok()) {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter()
                .image(texture.id(), square, whole, Color32::WHITE);
        }
        None => {
            let builder = UiBuilder::new().max_rect(square.shrink(28.0));
            ui.new_child(builder).add(Spinner::new());
        }
    }
    let button = Rect::from_center_size(rect.right_center() - vec2(19.0, 0.0), vec2(26.0, 26.0));
    let text = Rect::from_min_max(
        square.right_top() + vec2(8.0, 6.0),
        pos2(button.left() - 6.0, rect.bottom()),
    );
    describe(ui, entry, text);
    // Placed separately, so that the next card follows below this one.
    let mut corner = ui.new_child(UiBuilder::new().max_rect(button));
    let add = corner.add(Button::new("+").min_size(button.size()));
    let add = add.on_hover_text(format!("Add {} beside the structure", entry.title));
    let response = response.on_hover_ui(|ui| explain(ui, entry));
    if add.clicked() {
        return Some(LibraryRequest::Merge(entry));
    }
    let opens = response.clicked();
    opens.then(|| LibraryRequest::Open(Source::Library(entry.key.clone())))
}

/// Four lines, truncated at the available width.
fn describe(ui: &Ui, entry: &Entry, room: Rect) {
    let visuals = ui.visuals();
    let lines = [
        (entry.title.clone(), 13.5, visuals.strong_text_color()),
        (composition(entry), 12.0, visuals.text_color()),
        (entry.tags.join(" · "), 11.0, visuals.weak_text_color()),
        (entry.source.clone(), 11.0, visuals.weak_text_color()),
    ];
    let mut top = room.top();
    for (words, size, color) in lines {
        let format = TextFormat::simple(FontId::proportional(size), color);
        let mut line = LayoutJob::single_section(words, format);
        line.wrap = TextWrapping::truncate_at_width(room.width());
        let galley = ui.painter().layout_job(line);
        let height = galley.size().y;
        ui.painter().galley(pos2(room.left(), top), galley, color);
        top += height + 2.0;
    }
}

/// Tooltip with all metadata of a structure.
fn explain(ui: &mut Ui, entry: &Entry) {
    ui.label(RichText::new(&entry.title).strong());
    ui.label(composition(entry));
    hint(ui, entry.tags.join(", "));
    ui.label(format!("Source: {}.", entry.source));
    hint(ui, format!("License: {}", entry.license));
    hint(
        ui,
        format!("Suggested temperature: {} K.", entry.temperature),
    );
}

/// For example "C₈H₁₀N₄O₂, 24 atoms".
fn composition(entry: &Entry) -> String {
    const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let subscript = |letter: char| match letter.to_digit(10) {
        Some(digit) => SUBSCRIPTS[digit as usize],
        None => letter,
    };
    let formula: String = entry.formula.chars().map(subscript).collect();
    match entry.atoms() {
        1 => formula,
        atoms => format!("{formula}, {atoms} atoms"),
    }
}

/// The row below the search results.
fn below(ui: &mut Ui, search: &str, nothing: bool) -> Option<LibraryRequest> {
    let search = search.trim();
    if search.is_empty() {
        return None;
    }
    ui.vertical(|ui| {
        if nothing {
            hint(ui, "No built-in structure matches.");
        }
        molecule_of(ui, search)
    })
    .inner
}

/// A button that builds the search text as SMILES.
#[cfg(feature = "smiles")]
fn molecule_of(ui: &mut Ui, smiles: &str) -> Option<LibraryRequest> {
    let button = Button::new(format!("Build “{smiles}” as SMILES")).truncate();
    let clicked = ui.add(button).clicked();
    clicked.then(|| LibraryRequest::Open(Source::Smiles(smiles.to_owned())))
}

#[cfg(not(feature = "smiles"))]
fn molecule_of(_: &mut Ui, _: &str) -> Option<LibraryRequest> {
    None
}
