//! Toasts for new notices, and the log of all.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::{Panels, theme};
use crate::app::document::{Document, DocumentRequest, PotentialChoice};
use crate::app::movie::MovieJob;
use crate::app::notices::{Notice, Notices, Severity, sentence};
use crate::app::picture::PictureJob;
use crate::third_party::egui::{
    Align, Align2, Area, Button, Color32, Context, Contexts, Frame, Id, Label, Layout, Margin,
    Order, RichText, ScrollArea, Spinner, Ui, Window, vec2,
};

/// Maximum number of toasts.
const MAX_TOASTS: usize = 4;
const WIDTH: f32 = 340.0;

fn color(severity: Severity) -> Color32 {
    match severity {
        Severity::Info => theme::GOOD,
        Severity::Warning => theme::CAUTION,
        Severity::Error => theme::BAD,
    }
}

/// Text color of a severity.
fn text_color(ui: &Ui, severity: Severity) -> Color32 {
    match severity {
        Severity::Info => theme::good(ui),
        Severity::Warning => theme::caution(ui),
        Severity::Error => theme::bad(ui),
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Info",
        Severity::Warning => "Warning",
        Severity::Error => "Error",
    }
}

/// Running jobs, for the busy card.
#[derive(SystemParam)]
pub(super) struct BusyParams<'w, 's> {
    document: Res<'w, Document>,
    choice: Res<'w, PotentialChoice>,
    movie: Res<'w, MovieJob>,
    picture: Res<'w, PictureJob>,
    time: Res<'w, Time<Real>>,
    choosing_since: Local<'s, Option<f64>>,
}

impl BusyParams<'_, '_> {
    fn in_words(&mut self) -> Vec<String> {
        let mut work: Vec<String> = self.document.jobs.in_words().collect();
        work.extend(self.picture.in_words());
        work.extend(self.movie.in_words());
        let now = self.time.elapsed_secs_f64();
        let since = *self.choosing_since.get_or_insert(now);
        if !self.choice.is_busy() {
            *self.choosing_since = None;
        } else if now - since > 1.0 {
            work.push(format!("selecting a potential, {:.0} s", now - since));
        }
        work
    }
}

pub(super) fn show_toasts(
    mut contexts: Contexts,
    free: Res<FreeArea>,
    mut busy: BusyParams,
    mut notices: ResMut<Notices>,
    mut requests: MessageWriter<DocumentRequest>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let toasts: Vec<Notice> = notices.on_screen().take(MAX_TOASTS).cloned().collect();
    let work = busy.in_words();
    if toasts.is_empty() && work.is_empty() {
        return;
    }
    let corner = free.0.right_top() + vec2(-14.0, 14.0);
    let area = Area::new(Id::new("toasts"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(corner);
    area.show(context, |ui| {
        ui.set_width(WIDTH.min(free.0.width() - 28.0).max(120.0));
        ui.spacing_mut().item_spacing.y = 8.0;
        if !work.is_empty() && busy_card(ui, &work) {
            requests.write(DocumentRequest::Cancel);
        }
        for notice in &toasts {
            if toast(ui, notice) {
                notices.dismiss(notice.number);
            }
        }
    });
}

/// Card with running jobs; returns whether to cancel them.
fn busy_card(ui: &mut Ui, work: &[String]) -> bool {
    card(ui, theme::ACCENT, |ui| {
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            let cancel = ui.small_button("Cancel");
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                for each in work {
                    ui.horizontal_wrapped(|ui| {
                        ui.add(Spinner::new().size(14.0).color(theme::ACCENT));
                        ui.label(format!("{} …", sentence(each)));
                    });
                }
            });
            cancel.clicked()
        })
        .inner
    })
}

/// A toast; returns whether it was dismissed.
fn toast(ui: &mut Ui, notice: &Notice) -> bool {
    card(ui, color(notice.severity), |ui| {
        // Right to left, so that the text wraps before the button.
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            let close = ui
                .add(Button::new("✖").small().frame(false))
                .on_hover_text("Dismiss; it stays in the log");
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                ui.add(Label::new(text(notice)).wrap());
            });
            close.clicked()
        })
        .inner
    })
}

fn text(notice: &Notice) -> String {
    match notice.times {
        1 => notice.text.clone(),
        times => format!("{} (×{times})", notice.text),
    }
}

/// A card with a colored edge.
fn card<R>(ui: &mut Ui, edge: Color32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let visuals = ui.visuals();
    let frame = Frame::new()
        .fill(visuals.window_fill)
        .stroke(visuals.window_stroke)
        .shadow(visuals.popup_shadow)
        .corner_radius(8)
        .inner_margin(Margin {
            left: 14,
            right: 10,
            top: 9,
            bottom: 9,
        });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui)
    });
    let mut bar = shown.response.rect.shrink2(vec2(0.0, 7.0));
    bar.min.x += 5.0;
    bar.max.x = bar.min.x + 3.0;
    ui.painter().rect_filled(bar, 1.5, edge);
    shown.inner
}

pub(super) fn show_log(
    mut contexts: Contexts,
    notices: Res<Notices>,
    free: Res<FreeArea>,
    mut panels: ResMut<Panels>,
) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let mut open = panels.log;
    if !open {
        return;
    }
    Window::new("Log")
        .open(&mut open)
        .collapsible(false)
        .default_size(vec2(520.0, 360.0))
        .default_pos(free.0.min + vec2(40.0, 40.0))
        .constrain_to(free.0)
        .show(context, |ui| list(ui, context, &notices));
    if !open {
        panels.log = false;
    }
}

fn list(ui: &mut Ui, context: &Context, notices: &Notices) {
    if notices.list().len() == 0 {
        super::widgets::hint(ui, "No messages yet.");
        return;
    }
    ScrollArea::vertical()
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for notice in notices.list().rev() {
                ui.horizontal_top(|ui| {
                    let age = notices.age(notice);
                    ui.label(RichText::new(ago(age)).small().weak().monospace());
                    ui.label(
                        RichText::new(name(notice.severity))
                            .small()
                            .color(text_color(ui, notice.severity)),
                    );
                    ui.add(Label::new(text(notice)).wrap());
                });
            }
        });
    if ui.button("Copy all").clicked() {
        let lines = notices.list().map(text).collect::<Vec<_>>();
        context.copy_text(lines.join("\n"));
    }
}

/// Age in a fixed width.
fn ago(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 60.0 => format!("{seconds:3.0} s  "),
        seconds if seconds < 3600.0 => format!("{:3.0} min", seconds / 60.0),
        seconds => format!("{:3.0} h  ", seconds / 3600.0),
    }
}
