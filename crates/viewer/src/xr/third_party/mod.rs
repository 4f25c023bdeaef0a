//! The door to OpenXR: the only place that knows its runtime, and the handles of the graphics card.
//!
//! What the runtime says becomes [`Seen`](super::Seen); what is wished of it is taken from
//! [`Wishes`](super::Wishes); [`Headset`](super::Headset) says how far it is. A runtime may be missing,
//! refuse or go away at any moment: each is a [`Reason`](super::Reason), and never a panic.
//!
//! A frame has two halves. On the main thread, before all else of it: `session` waits until it is due,
//! and looks where head and hands will be. On the render thread `canvas` begins it, looks where the
//! eyes will be, lets the scene be drawn, and ends it. `life` is how sessions come and go.

mod canvas;
mod card;
mod clock;
mod controls;
mod convert;
mod device;
mod joints;
mod life;
mod passthrough;
mod profiles;
mod refusal;
mod runtime;
mod session;

use bevy::app::MainScheduleOrder;
use bevy::ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};
use bevy::prelude::*;
use bevy::render::renderer::{RenderGraph, RenderGraphSystems};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderSystems};

pub use device::device;

use super::late::LateSystems;
use crate::scene::impostor::Uploads;

/// Before all else of a frame: so that time is measured when a frame is due.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Due;

/// Lets the headset in, when somebody asks for it.
pub fn plugin(app: &mut App) {
    app.init_resource::<life::Door>()
        .init_schedule(Due)
        .add_systems(Due, (life::listen, life::wait).chain())
        .add_systems(Last, life::rest)
        // Waiting for a frame ends when the one before is begun, by the render thread, which needs the
        // other threads for that: this one waits itself.
        .edit_schedule(Due, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
        });
    let mut order = app.world_mut().resource_mut::<MainScheduleOrder>();
    order.labels.insert(0, Due.intern());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    let given = canvas::give
        .after(RenderGraphSystems::Render)
        .before(RenderGraphSystems::Submit);
    render_app
        .add_systems(
            ExtractSchedule,
            (life::meet.before(Uploads), life::hand_over.after(Uploads)),
        )
        .add_systems(RenderGraph, given)
        .add_systems(
            Render,
            (
                canvas::begin
                    .after(RenderSystems::ExtractCommands)
                    .before(LateSystems),
                canvas::go_on
                    .after(RenderSystems::PrepareViews)
                    .before(RenderSystems::Queue),
                canvas::end
                    .after(RenderSystems::Render)
                    .before(RenderSystems::Cleanup),
            ),
        );
}
