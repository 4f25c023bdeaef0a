//! OpenXR: the only module that names its API and the Vulkan handles that it shares with the renderer.
//!
//! The runtime fills in [`Tracking`](super::Tracking) and [`HeadsetDisplay`](super::HeadsetDisplay), and
//! takes [`HeadsetOutput`](super::HeadsetOutput); [`Headset`](super::Headset) is the state of the
//! session. A runtime may be missing, fail or go away at any moment: each failure is a
//! [`HeadsetError`](super::HeadsetError), never a panic.
//!
//! A frame, by the calls of OpenXR:
//!
//! | thread | file | calls |
//! |---|---|---|
//! | main | `session_manager`, `session` | `xrPollEvent`, `xrWaitFrame`, `xrSyncActions`, `xrLocateSpace`, `xrLocateViews` |
//! | both, at extraction | `session_manager` | create, end and destroy sessions; pass the frame on |
//! | render | `render_session`, `swapchain` | `xrBeginFrame`, `xrAcquireSwapchainImage`, `xrWaitSwapchainImage`, `xrLocateViews` (late latching), draw, `xrReleaseSwapchainImage`, `xrEndFrame` |

mod actions;
mod convert;
mod cpu_timer;
mod error;
mod frame;
mod gpu_timer;
mod joints;
mod passthrough;
mod profiles;
mod render_device;
mod render_session;
mod runtime;
mod session;
mod session_manager;
mod swapchain;
mod views;
mod vulkan_device;

use bevy::app::MainScheduleOrder;
use bevy::ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};
use bevy::prelude::*;
use bevy::render::renderer::{RenderGraph, RenderGraphSystems};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderSystems};

pub use render_device::create_render_device;

use super::late_latching::LateLatchingSystems;
use crate::scene::impostor::Uploads;

/// Schedule before all others of a frame, so that bevy's time is that at which a frame is due.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct WaitFrame;

/// Connects the headset of [`xr::plugin`](super::plugin) to an OpenXR runtime.
pub fn plugin(app: &mut App) {
    app.init_resource::<session_manager::SessionManager>()
        .init_schedule(WaitFrame)
        .add_systems(
            WaitFrame,
            (session_manager::poll_events, session_manager::wait_frame).chain(),
        )
        .add_systems(Last, session_manager::pause_cpu_timer)
        // xrWaitFrame returns after the render thread has begun the frame before, for which that needs
        // the pool's threads: the main thread has to block itself.
        .edit_schedule(WaitFrame, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
        });
    let mut order = app.world_mut().resource_mut::<MainScheduleOrder>();
    order.labels.insert(0, WaitFrame.intern());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    let before_submission = render_session::pause_cpu_timer
        .after(RenderGraphSystems::Render)
        .before(RenderGraphSystems::Submit);
    render_app
        .add_systems(
            ExtractSchedule,
            (
                session_manager::resume_cpu_timer.before(Uploads),
                session_manager::extract_frame.after(Uploads),
            ),
        )
        .add_systems(RenderGraph, before_submission)
        .add_systems(
            Render,
            (
                render_session::begin_frame
                    .after(RenderSystems::ExtractCommands)
                    .before(LateLatchingSystems),
                render_session::resume_cpu_timer
                    .after(RenderSystems::PrepareViews)
                    .before(RenderSystems::Queue),
                render_session::end_frame
                    .after(RenderSystems::Render)
                    .before(RenderSystems::Cleanup),
            ),
        );
}
