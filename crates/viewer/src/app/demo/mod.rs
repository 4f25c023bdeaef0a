//! A scripted tour with a pointer of its own.
//!
//! It sends the messages of buttons and keys, and drags atoms by an
//! [`Aim`](crate::interact::aim::Aim) as the mouse does, so that everything it shows can be done by
//! a person.

mod aim;
mod pointer;
mod state;
mod step;
mod tour;

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use super::panels::Panels;
use crate::interact::aim::PointerInput;
use crate::schedule::ViewerSystems;
use pointer::TourPointer;
use step::TourContext;

pub use state::Demo;
pub use step::TourStep;
pub use tour::tour;

/// Timeout of a step that waits, s.
const TIMEOUT: f32 = 60.0;
/// Maximum duration that a rendered frame counts for, s: slow frames slow the tour down.
const MAX_FRAME_TIME: f32 = 0.2;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Demo>()
        .add_systems(Update, aim::aim.in_set(PointerInput))
        .add_systems(
            Update,
            (stop_on_input, play)
                .chain()
                .in_set(ViewerSystems::Point)
                .before(PointerInput)
                .run_if(|demo: Res<Demo>| demo.is_playing()),
        );
}

/// A key or button press ends the tour.
fn stop_on_input(
    keys: Res<ButtonInput<KeyCode>>,
    buttons: Res<ButtonInput<MouseButton>>,
    mut demo: ResMut<Demo>,
    mut notices: ResMut<Notices>,
) {
    let touched =
        keys.get_just_pressed().next().is_some() || buttons.get_just_pressed().next().is_some();
    // Recorded tours are not interrupted.
    if touched && demo.pictures.is_none() {
        *demo = Demo::default();
        notices.post(
            Severity::Info,
            "Tour ended. Press ? for keys and gestures.".to_owned(),
        );
    }
}

fn play(
    mut demo: ResMut<Demo>,
    mut context: TourContext,
    time: Res<Time<Real>>,
    mut panels: Option<ResMut<Panels>>,
    mut exits: MessageWriter<AppExit>,
) {
    let demo = &mut *demo;
    let Some(step) = demo.steps.front() else {
        return;
    };
    let first = demo.elapsed == 0.0;
    demo.elapsed += time.delta_secs().clamp(1e-6, MAX_FRAME_TIME);
    match step {
        TourStep::Caption(text) => demo.caption = Some(text),
        TourStep::Panels(change) if first => {
            if let Some(panels) = &mut panels {
                change(panels);
            }
        }
        _ => {}
    }
    let over = context.play(
        step,
        first,
        demo.elapsed,
        &mut demo.pointer,
        demo.pictures.as_deref(),
    );
    if !over && demo.elapsed < TIMEOUT {
        return;
    }
    if !over {
        context.report_timeout(step);
        if demo.pictures.is_some() {
            exits.write(AppExit::error());
        }
        demo.steps.clear();
    }
    demo.steps.pop_front();
    demo.elapsed = 0.0;
    if demo.steps.is_empty() {
        demo.caption = None;
        demo.pointer = TourPointer::default();
        if over && demo.pictures.is_some() {
            exits.write(AppExit::Success);
        }
    }
}
