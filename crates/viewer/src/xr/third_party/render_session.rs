//! The render world's half of a session: begins a frame, updates the eye poses, ends the frame.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::renderer::RenderQueue;
use bevy::render::texture::ManualTextureViews;
use openxr::{
    CompositionLayerFlags, CompositionLayerProjection, CompositionLayerProjectionView, FrameStream,
    Space, Vulkan,
};

use super::convert;
use super::error::{ResultExt, SessionFailure};
use super::frame::XrFrame;
use super::gpu_timer::GpuTimer;
use super::passthrough::{Passthrough, PassthroughCompositionLayer};
use super::swapchain::EyeSwapchain;
use super::views::locate_views;
use crate::xr::blend_mode::BlendMode;
use crate::xr::display::FrameTimes;
use crate::xr::error::HeadsetError;
use crate::xr::eyes::{EYE_TARGETS, HeadsetEye};
use crate::xr::late_latching::LatePoses;

/// Resources for rendering the frames of a session.
#[derive(Resource)]
pub(super) struct RenderSession {
    session: openxr::Session<Vulkan>,
    stream: FrameStream<Vulkan>,
    pub(super) swapchain: EyeSwapchain,
    floor: Arc<Space>,
    failure: SessionFailure,
    /// The frame to be begun, or under way.
    pub(super) frame: Option<XrFrame>,
    /// Present while the blend mode is passthrough.
    passthrough: Option<Passthrough>,
    /// Views that the frame is rendered from; `None` if it has no image.
    views: Option<[openxr::View; 2]>,
    gpu_timer: Option<GpuTimer>,
    /// CPU time of the last frame, s.
    cpu_seconds: f32,
}

impl RenderSession {
    pub(super) fn new(
        session: &openxr::Session<Vulkan>,
        stream: FrameStream<Vulkan>,
        swapchain: EyeSwapchain,
        floor: &Arc<Space>,
        failure: &SessionFailure,
        gpu_timer: Option<GpuTimer>,
    ) -> RenderSession {
        RenderSession {
            session: session.clone(),
            stream,
            swapchain,
            floor: Arc::clone(floor),
            failure: failure.clone(),
            frame: None,
            passthrough: None,
            views: None,
            gpu_timer,
            cpu_seconds: 0.0,
        }
    }

    /// Times of the last frame.
    pub(super) fn times(&self) -> FrameTimes {
        FrameTimes {
            cpu: self.cpu_seconds,
            gpu: self.gpu_timer.as_ref().and_then(GpuTimer::seconds),
        }
    }

    /// Begins a frame; returns the index of its image, if it is rendered.
    fn begin_frame(
        &mut self,
        frame: &XrFrame,
        has_eyes: bool,
    ) -> Result<Option<usize>, HeadsetError> {
        self.stream.begin().in_call("xrBeginFrame")?;
        if !(frame.should_render && has_eyes) {
            return Ok(None);
        }
        self.swapchain.acquire_swapchain_image().map(Some)
    }

    /// Starts or stops passthrough, as the blend mode requires.
    fn update_passthrough(&mut self, mode: BlendMode) -> Result<(), HeadsetError> {
        match (mode == BlendMode::Passthrough, &self.passthrough) {
            (true, None) => {
                let passthrough = Passthrough::start(&self.session);
                self.passthrough = Some(passthrough.in_call("xrCreatePassthroughFB")?);
            }
            (false, Some(_)) => self.passthrough = None,
            _ => (),
        }
        Ok(())
    }

    /// Ends a frame, with a projection layer of both eyes if it was rendered.
    fn end_frame(&mut self, frame: &XrFrame) -> Result<(), HeadsetError> {
        let mode = convert::environment_blend_mode(frame.blend_mode);
        self.update_passthrough(frame.blend_mode)?;
        let Some(views) = self.views.take() else {
            let ended = self.stream.end(frame.time, mode, &[]);
            return ended.in_call("xrEndFrame");
        };
        self.swapchain.release_swapchain_image()?;
        let eye = |eye: usize| {
            CompositionLayerProjectionView::new()
                .pose(views[eye].pose)
                .fov(views[eye].fov)
                .sub_image(self.swapchain.sub_image(eye))
        };
        let eyes = [eye(0), eye(1)];
        let projection = CompositionLayerProjection::new()
            .layer_flags(layer_flags(frame.blend_mode))
            .space(&self.floor)
            .views(&eyes);
        let passthrough = self.passthrough.as_ref();
        let passthrough = passthrough.map(Passthrough::composition_layer);
        let passthrough = passthrough
            .as_ref()
            .map(PassthroughCompositionLayer::as_base);
        let layers: Vec<_> = passthrough.into_iter().chain([&*projection]).collect();
        let ended = self.stream.end(frame.time, mode, &layers);
        ended.in_call("xrEndFrame")
    }
}

/// Flags of the projection layer. Its colors are premultiplied by alpha.
fn layer_flags(mode: BlendMode) -> CompositionLayerFlags {
    match mode {
        BlendMode::Opaque | BlendMode::Additive => CompositionLayerFlags::EMPTY,
        BlendMode::Alpha | BlendMode::Passthrough => {
            CompositionLayerFlags::BLEND_TEXTURE_SOURCE_ALPHA
        }
    }
}

/// Begins the frame, acquires its image and locates the views, as late as possible before rendering.
pub(super) fn begin_frame(
    session: Option<ResMut<RenderSession>>,
    eyes: Query<(), With<HeadsetEye>>,
    queue: Res<RenderQueue>,
    mut targets: ResMut<ManualTextureViews>,
    mut poses: ResMut<LatePoses>,
) {
    let Some(mut session) = session else {
        return;
    };
    let session = &mut *session;
    let Some(frame) = session.frame else {
        return;
    };
    let failure = session.failure.clone();
    let Some(image) = failure.ok(session.begin_frame(&frame, eyes.iter().count() == 2)) else {
        // A frame that was not begun must not be ended.
        session.frame = None;
        return;
    };
    let Some(image) = image else {
        return;
    };
    if let Some(timer) = &mut session.gpu_timer {
        timer.begin(&queue);
    }
    for (target, layer) in EYE_TARGETS.iter().zip(session.swapchain.layers(image)) {
        targets.insert(*target, layer.clone());
    }
    let views = locate_views(&session.session, &session.floor, frame.time);
    match failure.ok(views).flatten() {
        Some((xr_views, eye_views)) => {
            session.views = Some(xr_views);
            poses.views = Some(eye_views);
        }
        // The frame ends without a layer, but an acquired image has to be released.
        None => {
            failure.ok(session.swapchain.release_swapchain_image());
        }
    }
}

/// Resumes the CPU timer once the images of headset and window are acquired, which may block.
pub(super) fn resume_cpu_timer(session: Option<ResMut<RenderSession>>) {
    if let Some(mut session) = session
        && let Some(frame) = &mut session.frame
    {
        frame.cpu.resume();
    }
}

/// Pauses the CPU timer before submission, which may block on the GPU.
pub(super) fn pause_cpu_timer(session: Option<ResMut<RenderSession>>) {
    if let Some(mut session) = session
        && let Some(frame) = &mut session.frame
    {
        frame.cpu.pause();
    }
}

/// Ends the frame and hands it to the runtime.
pub(super) fn end_frame(session: Option<ResMut<RenderSession>>, queue: Res<RenderQueue>) {
    let Some(mut session) = session else {
        return;
    };
    let session = &mut *session;
    if let Some(frame) = session.frame.take() {
        if session.views.is_some() {
            session.cpu_seconds = frame.cpu.seconds();
        }
        if let Some(timer) = &mut session.gpu_timer {
            timer.end(&queue);
        }
        let ended = session.end_frame(&frame);
        session.failure.ok(ended);
    }
}
