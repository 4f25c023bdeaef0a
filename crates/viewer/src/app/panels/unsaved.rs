//! Questions about unsaved changes: at quitting, and after a crash at the next start.

use std::time::Duration;

use bevy::prelude::*;

use super::widgets::hint;
use crate::app::document::{Document, DocumentRequest};
use crate::app::unsaved::{AbandonedSession, Quit, QuitAnswer, Recovery};
use crate::third_party::egui::{Contexts, Id, Modal, Response, RichText, ScrollArea, Ui};

/// Width of a question, points.
const WIDTH: f32 = 420.0;

/// Asks whether to save before quitting.
pub(super) fn ask_at_quitting(
    mut contexts: Contexts,
    quit: Res<Quit>,
    document: Res<Document>,
    mut answers: MessageWriter<QuitAnswer>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if !quit.shows_question() {
        return;
    }
    let mut answer = None;
    let modal = Modal::new(Id::new("unsaved changes")).show(context, |ui| {
        ui.set_width(WIDTH);
        ui.heading(format!("Save the changes to {}?", document.name));
        hint(
            ui,
            "The session keeps the structure, its run settings, the view and the timeline. Changes \
             that are not saved are lost.",
        );
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let buttons = [
                ("Save session…", QuitAnswer::Save),
                ("Quit without saving", QuitAnswer::Discard),
                ("Cancel", QuitAnswer::Cancel),
            ];
            for (text, meaning) in buttons {
                let button = ui.button(text);
                if meaning == QuitAnswer::Save {
                    focus_first(&button);
                }
                if button.clicked() {
                    answer = Some(meaning);
                }
            }
        });
    });
    answers.write_batch(answer.or(modal.should_close().then_some(QuitAnswer::Cancel)));
}

/// Offers the sessions of processes that ended without saving.
pub(super) fn offer_recovery(
    mut contexts: Contexts,
    mut recovery: ResMut<Recovery>,
    mut requests: MessageWriter<DocumentRequest>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if recovery.sessions.is_empty() {
        return;
    }
    let mut answer = None;
    let modal = Modal::new(Id::new("recovery")).show(context, |ui| {
        ui.set_width(WIDTH);
        ui.heading("Restore?");
        hint(
            ui,
            "mlipview ended without saving. These sessions were saved automatically:",
        );
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            for (index, session) in recovery.sessions.iter().enumerate() {
                answer = answer.or(row(ui, index, session));
            }
        });
        ui.add_space(10.0);
        if ui.button("Decide at the next start").clicked() {
            answer = Some(Choice::Postpone);
        }
    });
    let answer = answer.or(modal.should_close().then_some(Choice::Postpone));
    match answer {
        Some(Choice::Restore(index)) => {
            requests.write_batch(recovery.restore(index));
        }
        Some(Choice::Discard(index)) => recovery.discard(index),
        Some(Choice::Postpone) => recovery.postpone(),
        None => {}
    }
}

/// Choice about a session of a process that ended without saving.
#[derive(Clone, Copy)]
enum Choice {
    Restore(usize),
    Discard(usize),
    Postpone,
}

fn row(ui: &mut Ui, index: usize, session: &AbandonedSession) -> Option<Choice> {
    let mut choice = None;
    ui.horizontal(|ui| {
        let button = ui.button("Restore");
        if index == 0 {
            focus_first(&button);
        }
        if button.clicked() {
            choice = Some(Choice::Restore(index));
        }
        if ui.button("Discard").clicked() {
            choice = Some(Choice::Discard(index));
        }
        ui.label(RichText::new(&session.title).strong());
        hint(ui, ago(session.age));
    });
    choice
}

/// Gives a button the keyboard's focus if nothing has it: Enter presses it, Tab goes to the next.
fn focus_first(button: &Response) {
    if button.ctx.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
}

/// A time in the past, in words.
fn ago(age: Duration) -> String {
    match age.as_secs() / 60 {
        0 => "less than a minute ago".to_owned(),
        minutes @ 1..120 => format!("{minutes} min ago"),
        minutes @ 120..2880 => format!("{} h ago", minutes / 60),
        minutes => format!("{} days ago", minutes / 1440),
    }
}
