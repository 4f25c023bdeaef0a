//! A field for a path, where the desktop has no dialog for choosing a file.

use std::path::PathBuf;

use bevy::prelude::*;

use super::widgets::hint;
use crate::app::document::{Document, Purpose, Request};
use crate::third_party::egui::{Align2, Contexts, Key, RichText, TextEdit, Ui, Window, vec2};

/// What is being typed.
#[derive(Default)]
pub(super) struct Typed {
    purpose: Option<Purpose>,
    text: String,
}

pub(super) fn show(
    mut contexts: Contexts,
    mut document: ResMut<Document>,
    mut requests: MessageWriter<Request>,
    mut typed: Local<Typed>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let Some(purpose) = document.typing else {
        typed.purpose = None;
        return;
    };
    let fresh = typed.purpose != Some(purpose);
    if fresh {
        typed.purpose = Some(purpose);
        typed.text = beginning(&document, purpose);
    }
    let mut open = true;
    let mut chosen = None;
    Window::new(purpose.title())
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(context, |ui| {
            chosen = field(ui, &mut typed.text, purpose, fresh);
        });
    if let Some(path) = chosen {
        requests.write(purpose.request(path));
        document.typing = None;
    } else if !open || context.input(|input| input.key_pressed(Key::Escape)) {
        document.typing = None;
    }
}

/// Where the person most likely begins: the folder of what is open.
fn beginning(document: &Document, purpose: Purpose) -> String {
    let folder = document.path.as_ref().and_then(|path| path.parent());
    let folder = folder.map_or_else(String::new, |folder| format!("{}/", folder.display()));
    match purpose {
        Purpose::Open => folder,
        _ => format!("{folder}{}", document.offered(purpose.extension())),
    }
}

fn field(ui: &mut Ui, text: &mut String, purpose: Purpose, fresh: bool) -> Option<PathBuf> {
    ui.set_width(460.0);
    hint(
        ui,
        "This desktop has no dialog for choosing a file (it comes with xdg-desktop-portal, or \
         zenity). Type the path here, or drop a file on the window to open it.",
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
    let is_open = purpose == Purpose::Open;
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
            (false, true) => "This file is there already: it will be replaced.",
            (true, false) if is_path => "There is no such file (yet).",
            _ => "",
        };
        ui.label(RichText::new(state).small().weak());
    });
    // A file that is there is replaced by the button only, not by a quick Enter.
    let enter_will_do = entered && (is_open || !there);
    (pressed || enter_will_do).then_some(path)
}
