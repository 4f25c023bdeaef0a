//! Timeline bar at the lower edge: recorded frames to scrub, play, loop and continue from.

mod controls;
mod lines;
mod track;

pub(super) use track::shown_position;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use crate::app::recording::ActiveRecording;
use crate::app::timeline::TimelineView;
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::simulation::Simulation;
use crate::third_party::egui;
use crate::third_party::egui::{Align, Contexts, Frame as Border, Label, Layout, Margin, RichText};

/// Height of the bar, points.
const HEIGHT: f32 = 64.0;

/// Parameters of the bar.
#[derive(SystemParam)]
pub(super) struct TimelineParams<'w> {
    view: ResMut<'w, TimelineView>,
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
    recording: Res<'w, ActiveRecording>,
    actions: MessageWriter<'w, Action>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, params: TimelineParams) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    // A single frame is the one on screen.
    if params.view.len() < 2 {
        return;
    }
    let fill = context.global_style().visuals.panel_fill;
    let bar = egui::Panel::bottom("timeline")
        .exact_size(HEIGHT)
        .show_separator_line(false)
        .frame(
            Border::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(10, 4)),
        );
    let TimelineParams {
        mut view,
        scene,
        simulation,
        recording,
        mut actions,
    } = params;
    let frame = &scene.frame;
    let mut options = view.options;
    free.dock(context, "timeline dock", bar, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 2.0);
        let mut wanted = Vec::new();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            let timeline = simulation.timeline();
            let (source, lines) = (timeline.source(), timeline.lines());
            let source = source.as_deref();
            wanted.extend(track::show(ui, &view, frame, source, &lines, &mut options));
            ui.horizontal(|ui| {
                wanted.extend(controls::show(ui, &view, frame, &recording, &mut options));
                wanted.extend(lines::show(ui, &lines));
                if let Some(text) = source.and_then(controls::search_progress) {
                    let text = RichText::new(text).small().weak();
                    ui.add(Label::new(text).truncate());
                }
            });
        });
        actions.write_batch(wanted);
    });
    if options != view.options {
        view.options = options;
    }
}
