//! Text field for a path, if the desktop has no file dialog.

use std::path::PathBuf;

use bevy::prelude::*;

use super::widgets::hint;
use crate::app::document::{Document, DocumentRequest, FileDialogKind};
use crate::third_party::egui::{Align2, Contexts, Key, RichText, TextEdit, Ui, Window, vec2};

/// Path being typed.
#[derive(Default)]
pub(super) struct TypedPath {
    kind: Option<FileDialogKind>,
    text: String,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut document: ResMut<Document>,
    mut requests: MessageWriter<DocumentRequest>,
    mut typed: Local<TypedPath>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let Some(kind) = document.typing else {
        typed.kind = None;
        return;
    };
    let fresh = typed.kind != Some(kind);
    if fresh {
        typed.kind = Some(kind);
        typed.text = beginning(&document, kind);
    }
    let mut open = true;
    let mut chosen = None;
    Window::new(kind.title())
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(context, |ui| {
            chosen = field(ui, &mut typed.text, kind, fresh);
        });
    if let Some(path) = chosen {
        requests.write(kind.request(path));
        document.typing = None;
    } else if !open || context.input(|input| input.key_pressed(Key::Escape)) {
        document.typing = None;
    }
}

/// Default text: the folder of the document.
fn beginning(document: &Document, kind: FileDialogKind) -> String {
    let folder = document.path.as_ref().and_then(|path| path.parent());
    let folder = folder.map_or_else(String::new, |folder| format!("{}/", folder.display()));
    match kind {
        kind if kind.is_open() => folder,
        _ => format!("{folder}{}", document.default_file_name(kind.extension())),
    }
}

fn field(ui: &mut Ui, text: &mut String, kind: FileDialogKind, fresh: bool) -> Option<PathBuf> {
    ui.set_width(460.0);
    hint(
        ui,
        "This desktop has no file dialog (install xdg-desktop-portal or zenity). Type the path, or \
         drop a file on the window.",
    );
    ui.add_space(4.0);
    let field = TextEdit::singleline(text)
        .hint_text("/path/to/structure.xyz")
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    if fresh {
        field.request_focus();
    }
    let path = PathBuf::from(text.trim());
    let there = path.exists();
    let is_open = kind.is_open();
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut pressed = false;
    ui.horizontal(|ui| {
        let verb = match (is_open, there) {
            (true, _) => "Open",
            (false, true) => "Replace",
            (false, false) => "Save",
        };
        let is_path = !text.trim().is_empty() && !path.is_dir();
        pressed = ui
            .add_enabled_ui(is_path, |ui| ui.button(verb))
            .inner
            .clicked();
        let state = match (is_open, there) {
            (false, true) => "The file exists and will be replaced.",
            (true, false) if is_path => "The file does not exist.",
            _ => "",
        };
        ui.label(RichText::new(state).small().weak());
    });
    // An existing file is replaced by the button only, not by Enter.
    let enter_will_do = entered && (is_open || !there);
    (pressed || enter_will_do).then_some(path)
}
