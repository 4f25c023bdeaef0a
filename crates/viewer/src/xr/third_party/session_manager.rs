//! The lifecycle of sessions, between bevy's main world and render world.
//!
//! Sessions are created, ended and destroyed during extraction, when no thread submits to the GPU:
//! OpenXR demands it of programs that share a Vulkan queue with the runtime.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::MainWorld;
use bevy::render::renderer::RenderDevice;
use bevy::render::texture::ManualTextureViews;
use bevy::tasks::{IoTaskPool, Task, block_on, poll_once};

use super::render_session::RenderSession;
use super::runtime::Runtime;
use super::session::{Session, SessionPhase};
use super::vulkan_device::VulkanDevice;
use crate::xr::display::HeadsetDisplay;
use crate::xr::error::HeadsetError;
use crate::xr::eyes::{EYE_TARGETS, EyeTargets};
use crate::xr::headset::Headset;
use crate::xr::output::HeadsetOutput;
use crate::xr::tracking::Tracking;

/// Frames from the end of rendering to the destruction of a session, until no pipelined frame uses its
/// images.
const FRAMES_BEFORE_DESTROY: u32 = 3;
/// Time that the runtime may take to end a session on request, s.
const EXIT_TIMEOUT: f32 = 5.0;

/// The connection to the runtime, and its session.
#[derive(Resource, Default)]
pub(super) struct SessionManager {
    connecting: Option<Task<Result<Runtime, HeadsetError>>>,
    /// Kept between sessions, since it starts slowly.
    runtime: Option<Arc<Runtime>>,
    session: Option<Session>,
    /// Whether the current request has already led to a second connection.
    reconnected: bool,
    /// Frames since the session was given up.
    closing: Option<u32>,
    /// Time at which the exit was requested, s.
    exit_requested: Option<f32>,
}

/// Connects to the runtime, handles its events and updates the state of the headset.
pub(super) fn poll_events(
    mut manager: ResMut<SessionManager>,
    mut headset: ResMut<Headset>,
    mut tracking: ResMut<Tracking>,
    device: Option<Res<RenderDevice>>,
    time: Res<Time<Real>>,
) {
    let manager = &mut *manager;
    match *headset {
        Headset::Connecting if manager.runtime.is_none() => {
            let connected = manager.connect(device.as_deref());
            if let Some(Err(error)) = connected {
                *headset = Headset::Off { error: Some(error) };
            }
        }
        Headset::Connecting => (),
        _ => manager.connecting = None,
    }
    let Some(session) = &mut manager.session else {
        return;
    };
    if manager.closing.is_some() {
        return;
    }
    session.poll_events(&mut tracking);
    if *headset == Headset::Stopping {
        let since = *manager.exit_requested.get_or_insert_with(|| {
            if !session.request_exit() {
                session.phase = SessionPhase::Exiting;
            }
            time.elapsed_secs()
        });
        if time.elapsed_secs() - since > EXIT_TIMEOUT {
            session.phase = SessionPhase::Exiting;
        }
    }
    let now = match session.phase {
        SessionPhase::Running { focused } => Headset::Running { focused },
        _ => Headset::Starting,
    };
    if *headset != Headset::Stopping {
        headset.set_if_neq(now);
    }
}

/// Waits for the next frame, and updates the tracking data.
pub(super) fn wait_frame(
    mut manager: ResMut<SessionManager>,
    mut tracking: ResMut<Tracking>,
    mut display: ResMut<HeadsetDisplay>,
    mut output: ResMut<HeadsetOutput>,
    targets: Option<ResMut<EyeTargets>>,
) {
    let Some(session) = &mut manager.session else {
        return;
    };
    let should_render = session.wait_frame(&mut tracking, &mut display, &mut output);
    if let Some(mut targets) = targets {
        targets.visible = should_render;
    }
}

/// Pauses the frame timer while the main world waits for extraction.
pub(super) fn pause_cpu_timer(mut manager: ResMut<SessionManager>) {
    if let Some(timer) = manager.session.as_mut().and_then(Session::cpu_timer) {
        timer.pause();
    }
}

/// Resumes the frame timer at the beginning of extraction.
pub(super) fn resume_cpu_timer(mut main: ResMut<MainWorld>) {
    let mut manager = main.resource_mut::<SessionManager>();
    if let Some(timer) = manager.session.as_mut().and_then(Session::cpu_timer) {
        timer.resume();
    }
}

/// Creates, ends and destroys sessions, and passes the frame that is due to the render world.
pub(super) fn extract_frame(render: &mut World) {
    render.resource_scope(|render, mut main: Mut<MainWorld>| {
        let main = &mut **main;
        main.resource_scope(|main, mut manager: Mut<SessionManager>| {
            if manager.wants_session(main) {
                manager.create_session(main, render);
            }
            manager.end_session(main, render);
            if let (Some(session), Some(mut render_session)) = (
                &mut manager.session,
                render.get_resource_mut::<RenderSession>(),
            ) {
                render_session.frame = session.take_frame();
                main.resource_mut::<HeadsetDisplay>().times = render_session.times();
            }
        });
    });
}

impl SessionManager {
    /// Starts a task that connects to the runtime, or polls it; `None` while it runs.
    fn connect(&mut self, device: Option<&RenderDevice>) -> Option<Result<(), HeadsetError>> {
        let connecting = self.connecting.get_or_insert_with(|| {
            let device = device.and_then(|device| VulkanDevice::new(device.wgpu_device()));
            IoTaskPool::get().spawn(async move { Runtime::connect(device.as_ref()) })
        });
        let result = block_on(poll_once(connecting))?;
        self.connecting = None;
        Some(result.map(|runtime| self.runtime = Some(Arc::new(runtime))))
    }

    fn wants_session(&self, main: &World) -> bool {
        let wanted = *main.resource::<Headset>() == Headset::Connecting;
        wanted && self.runtime.is_some() && self.session.is_none()
    }

    fn create_session(&mut self, main: &mut World, render: &mut World) {
        let device = VulkanDevice::new(main.resource::<RenderDevice>().wgpu_device());
        let (Some(runtime), Some(device)) = (&self.runtime, device) else {
            return;
        };
        match Session::create(runtime, &device) {
            Ok((session, render_session)) => {
                let swapchain = &render_session.swapchain;
                for world in [&mut *main, &mut *render] {
                    let mut targets = world.resource_mut::<ManualTextureViews>();
                    targets.extend(swapchain.placeholders());
                }
                main.insert_resource(EyeTargets {
                    size: swapchain.size(),
                    visible: false,
                });
                main.insert_resource(Tracking::default());
                main.insert_resource(HeadsetDisplay {
                    blend_modes: session.blend_modes(),
                    ..HeadsetDisplay::default()
                });
                main.insert_resource(Headset::Starting);
                render.insert_resource(render_session);
                self.session = Some(session);
                self.reconnected = false;
            }
            // The runtime may have been restarted since it was connected to: one more attempt.
            Err(HeadsetError::Lost) if !self.reconnected => {
                self.runtime = None;
                self.reconnected = true;
            }
            Err(error) => {
                self.runtime = None;
                self.reconnected = false;
                main.insert_resource(Headset::Off { error: Some(error) });
            }
        }
    }

    /// Ends a session that stops, and destroys one that has exited or failed, once it is not rendered.
    fn end_session(&mut self, main: &mut World, render: &mut World) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.phase == SessionPhase::Stopping {
            session.end();
        }
        let has_failed = session.failure.get().is_some();
        if session.phase != SessionPhase::Exiting && !has_failed {
            return;
        }
        let frames = self.closing.get_or_insert(0);
        *frames += 1;
        if *frames == 1 {
            main.remove_resource::<EyeTargets>();
            main.insert_resource(Headset::Stopping);
        } else if *frames > FRAMES_BEFORE_DESTROY {
            self.destroy_session(main, render);
        }
    }

    fn destroy_session(&mut self, main: &mut World, render: &mut World) {
        let Some(session) = self.session.take() else {
            return;
        };
        session.wait_for_gpu();
        for world in [&mut *main, &mut *render] {
            let mut targets = world.resource_mut::<ManualTextureViews>();
            targets.retain(|target, _| !EYE_TARGETS.contains(target));
        }
        render.remove_resource::<RenderSession>();
        let error = session.failure.get().cloned();
        if error.is_some() {
            // After a failure the next request connects anew.
            self.runtime = None;
        }
        drop(session);
        self.closing = None;
        self.exit_requested = None;
        main.insert_resource(Tracking::default());
        main.insert_resource(HeadsetDisplay::default());
        main.insert_resource(Headset::Off { error });
    }
}
