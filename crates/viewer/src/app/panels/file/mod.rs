//! Section File: open, save, recently opened.

mod movie;
mod picture;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::widgets;
use super::widgets::{group, hint, section};
use crate::app::document::{Document, DocumentRequest, FileDialogKind, Source};
use crate::app::history::History;
use crate::app::movie::MovieJob;
use crate::app::picture::PictureJob;
use crate::app::timeline::TimelineView;
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::third_party::egui::{Button, Contexts, Key, RichText, TextEdit, Ui, vec2};
use mlipview_core::chem::format::{Format, FormatInfo};

/// Parameters of the section.
#[derive(SystemParam)]
pub(super) struct FileParams<'w, 's> {
    document: Res<'w, Document>,
    scene: Res<'w, Scene>,
    history: Res<'w, History>,
    timeline: Res<'w, TimelineView>,
    movie: ResMut<'w, MovieJob>,
    picture: ResMut<'w, PictureJob>,
    actions: MessageWriter<'w, Action>,
    requests: MessageWriter<'w, DocumentRequest>,
    /// Source being typed: a path or SMILES.
    typed: Local<'s, String>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, mut params: FileParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    free.dock_section(context, |ui| {
        section(ui, "File", |ui| {
            open(ui, &mut params);
            group(ui, "Save");
            save(ui, &mut params);
            group(ui, "Recent");
            recent(ui, &mut params);
        });
    });
}

fn open(ui: &mut Ui, params: &mut FileParams) {
    let Document { name, path, .. } = &*params.document;
    let shown = if name.is_empty() { "No document" } else { name };
    ui.label(RichText::new(shown).strong());
    if let Some(path) = path {
        hint(ui, path.display().to_string());
    }
    ui.add_space(2.0);
    if widgets::main(ui, "Open a file …", ui.available_width()).clicked() {
        params.actions.write(Action::Open);
    }
    hint(ui, "Or drop a file on the window.");
    ui.add_space(2.0);
    let field = TextEdit::singleline(&mut *params.typed)
        .hint_text(TYPED_HINT)
        .desired_width(f32::INFINITY);
    let field = ui.add(field).on_hover_text(TYPED_ABOUT);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let text = params.typed.trim();
    if entered && !text.is_empty() {
        let source = Source::parse(text);
        params.requests.write(DocumentRequest::Open(source));
        params.typed.clear();
    }
}

#[cfg(feature = "smiles")]
const TYPED_HINT: &str = "path, or smiles:CCO";
#[cfg(feature = "smiles")]
const TYPED_ABOUT: &str = "PATH, PATH@FRAME, library:KEY or smiles:TEXT, then Enter";
#[cfg(not(feature = "smiles"))]
const TYPED_HINT: &str = "path, or library:KEY";
#[cfg(not(feature = "smiles"))]
const TYPED_ABOUT: &str = "PATH, PATH@FRAME or library:KEY, then Enter";

fn save(ui: &mut Ui, params: &mut FileParams) {
    let width = ui.available_width();
    let has_atoms = !params.scene.frame.positions.is_empty();
    ui.add_enabled_ui(has_atoms, |ui| {
        if widgets::wide(ui, "Save the structure as …", width).clicked() {
            params.actions.write(Action::Save);
        }
    });
    ui.add_enabled_ui(has_atoms, |ui| {
        let about = "Structure, potential, run settings, view, selection and recorded frames";
        let button = widgets::wide(ui, "Save the session as …", width).on_hover_text(about);
        if button.clicked() {
            params.actions.write(Action::SaveSession);
        }
    });
    let requests = &mut params.requests;
    picture::show(ui, &mut params.picture, &mut params.actions, requests);
    movie::show(ui, &mut params.movie, params.timeline.len() > 1, requests);
    ui.add_enabled_ui(!params.history.is_empty(), |ui| {
        let button = widgets::wide(ui, "Save the run as a table …", width);
        let about = "Energies, temperature, forces and pressure as comma-separated values";
        let nothing = "Nothing to save before the first run";
        let button = button.on_hover_text(about).on_disabled_hover_text(nothing);
        if button.clicked() {
            params
                .requests
                .write(DocumentRequest::ShowDialog(FileDialogKind::SaveTable));
        }
    });
    let endings = Format::endings(FormatInfo::is_written);
    hint(
        ui,
        format!("The extension selects the format: {endings}; .xyz keeps everything."),
    );
}

fn recent(ui: &mut Ui, params: &mut FileParams) {
    if params.document.recent.is_empty() {
        hint(ui, "None yet.");
    }
    for source in &params.document.recent {
        let width = ui.available_width();
        let button = Button::new(source.title())
            .truncate()
            .frame_when_inactive(false)
            .min_size(vec2(width, 24.0));
        if ui.add(button).on_hover_text(source.to_string()).clicked() {
            params.requests.write(DocumentRequest::Open(source.clone()));
        }
    }
}
