//! Fields of a message: title, frames, priority and actions.

use super::super::widgets::{number, rows};
use super::action;
use super::shown::Shown;
use crate::third_party::egui::Ui;
use mlipview_core::script::{FrameReference, Message};

/// Editor of one message.
pub(super) struct MessageEditor<'a> {
    /// First and last frame of the message now.
    pub(super) range: Option<[u64; 2]>,
    pub(super) shown: &'a Shown<'a>,
}

impl MessageEditor<'_> {
    /// Shows the fields; returns whether one has changed.
    pub(super) fn show(&self, ui: &mut Ui, message: &mut Message) -> bool {
        let mut changed = false;
        rows(ui, "message", |ui| {
            ui.label("Title");
            let mut title = message.label.clone().unwrap_or_default();
            if ui.text_edit_singleline(&mut title).changed() {
                message.label = (!title.is_empty()).then_some(title);
                changed = true;
            }
            ui.end_row();
            let [first, last] = self.range.map_or([None; 2], |range| range.map(Some));
            changed |= self.end(ui, "First frame", &mut message.range.start, first);
            let before = message.range.end.clone();
            if self.end(ui, "Last frame", &mut message.range.end, last) {
                changed = true;
                // The shown last frame is part of the range.
                message.range.without_end &= message.range.end == before;
            }
            ui.label("Priority").on_hover_text(
                "Of two speeds, focuses or cameras, the higher priority acts [default: 0]",
            );
            changed |= number(ui, &mut message.priority, -1e6..=1e6, 0.1, "");
            ui.end_row();
        });
        let mut deleted = None;
        for (index, each) in message.actions.iter_mut().enumerate() {
            ui.push_id(index, |ui| {
                ui.horizontal(|ui| {
                    ui.strong(action::name(each));
                    if ui
                        .small_button("✖")
                        .on_hover_text("Delete the action")
                        .clicked()
                    {
                        deleted = Some(index);
                    }
                });
                changed |= action::show(ui, each, self.shown);
            });
        }
        if let Some(index) = deleted {
            message.actions.remove(index);
            changed = true;
        }
        changed
    }

    /// One end of the range, which becomes an index when it is changed.
    fn end(
        &self,
        ui: &mut Ui,
        name: &str,
        end: &mut Option<FrameReference>,
        resolved: Option<u64>,
    ) -> bool {
        ui.label(name);
        let index = end.as_ref().and_then(|end| u64::try_from(end.index?).ok());
        let mut frame = index.or(resolved).unwrap_or(0);
        let changed = ui
            .horizontal(|ui| {
                let mut changed = number(ui, &mut frame, 0..=u64::MAX / 4, 0.2, "");
                let button = ui.small_button("shown");
                if button.on_hover_text("Takes the shown frame").clicked() {
                    frame = self.shown.frame;
                    changed = true;
                }
                changed
            })
            .inner;
        if changed {
            *end = Some(FrameReference::at_index(frame));
        }
        ui.end_row();
        changed
    }
}
