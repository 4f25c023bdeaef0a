//! What a session is drawn on, as the render thread has it: begin a frame, draw, end it.

use std::sync::Arc;

use bevy::camera::ManualTextureViewHandle;
use bevy::math::UVec2;
use bevy::prelude::*;
use bevy::render::render_resource::TextureFormat;
use bevy::render::renderer::RenderQueue;
use bevy::render::texture::{ManualTextureView, ManualTextureViews};
use openxr::{
    CompositionLayerFlags, CompositionLayerProjection, CompositionLayerProjectionView, Duration,
    Extent2Di, FrameStream, Offset2Di, Rect2Di, Space, Swapchain, SwapchainCreateFlags,
    SwapchainCreateInfo, SwapchainSubImage, SwapchainUsageFlags, Time, ViewConfigurationView,
    Vulkan,
};

use super::card::Card;
use super::clock::{CardClock, Work};
use super::passthrough::{Room, RoomLayer};
use super::refusal::{Answer, Fate};
use super::{convert, session};
use crate::xr::eyes::{HeadsetEye, TARGETS};
use crate::xr::headset::Reason;
use crate::xr::late::Late;
use crate::xr::seen::{Blend, Costs};

/// Formats that bevy's windows have, too, by their numbers in Vulkan; the first one that is offered is
/// taken. (What a runtime likes best may have sixteen bits.)
const FORMATS: [(u32, TextureFormat); 2] = [
    (43, TextureFormat::Rgba8UnormSrgb),
    (50, TextureFormat::Bgra8UnormSrgb),
];

/// A frame that is due.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// When it will be shown.
    pub(super) time: Time,
    /// Whether there is to be a picture.
    pub(super) is_drawn: bool,
    /// How it is put before the room.
    pub(super) blend: Blend,
    /// What it took so far.
    pub(super) work: Work,
}

/// What is drawn on.
#[derive(Resource)]
pub(super) struct Canvas {
    session: openxr::Session<Vulkan>,
    stream: FrameStream<Vulkan>,
    swapchain: Swapchain<Vulkan>,
    floor: Arc<Space>,
    pictures: Vec<[ManualTextureView; 2]>,
    fate: Fate,
    /// The frame to be begun or under way.
    pub(super) frame: Option<Frame>,
    /// What is behind the picture, while that is the room.
    room: Option<Room>,
    /// From where it is drawn, if it is.
    views: Option<[openxr::View; 2]>,
    clock: Option<CardClock>,
    /// What the last picture took of the program, s.
    app_time: f32,
}

impl Canvas {
    /// Images of the size that the runtime recommends, one layer for each eye.
    pub(super) fn new(
        session: &openxr::Session<Vulkan>,
        stream: FrameStream<Vulkan>,
        floor: &Arc<Space>,
        card: &Card,
        views: &[ViewConfigurationView],
        fate: &Fate,
    ) -> Result<Canvas, Reason> {
        let offered = session.enumerate_swapchain_formats();
        let offered = offered.of("xrEnumerateSwapchainFormats")?;
        let known = FORMATS.iter().find(|(code, _)| offered.contains(code));
        let (code, format) = *known.ok_or_else(|| Reason::Refused {
            call: "a picture with eight bits for each color".to_owned(),
            result: format!("it offers {offered:?}"),
        })?;
        // Both eyes have layers of one image: the larger recommendation holds for both.
        let size = views.iter().fold(UVec2::ONE, |size, view| {
            size.max(UVec2::new(
                view.recommended_image_rect_width,
                view.recommended_image_rect_height,
            ))
        });
        let swapchain = session.create_swapchain(&SwapchainCreateInfo {
            create_flags: SwapchainCreateFlags::EMPTY,
            usage_flags: SwapchainUsageFlags::COLOR_ATTACHMENT | SwapchainUsageFlags::SAMPLED,
            format: code,
            sample_count: 1,
            width: size.x,
            height: size.y,
            face_count: 1,
            array_size: 2,
            mip_count: 1,
        });
        let swapchain = swapchain.of("xrCreateSwapchain")?;
        let images = swapchain.enumerate_images();
        let images = images.of("xrEnumerateSwapchainImages")?;
        let picture = |image| {
            let texture = card.drawable(image, size, format)?;
            let layer = |layer| ManualTextureView {
                texture_view: layer_of(&texture, layer).into(),
                size,
                view_format: format,
            };
            Some([layer(0), layer(1)])
        };
        Ok(Canvas {
            session: session.clone(),
            stream,
            swapchain,
            floor: Arc::clone(floor),
            pictures: images.into_iter().filter_map(picture).collect(),
            fate: fate.clone(),
            frame: None,
            room: None,
            views: None,
            clock: CardClock::of(card.device()),
            app_time: 0.0,
        })
    }

    /// Size of each eye's picture, pixels.
    pub(super) fn size(&self) -> UVec2 {
        self.pictures[0][0].size
    }

    /// Pictures that may stand for those to come: of the same size and format.
    pub(super) fn examples(&self) -> [(ManualTextureViewHandle, ManualTextureView); 2] {
        let [left, right] = &self.pictures[0];
        [(TARGETS[0], left.clone()), (TARGETS[1], right.clone())]
    }

    /// What the last picture took: of the program and, where it tells, of the card, s.
    pub(super) fn costs(&self) -> Costs {
        Costs {
            app: self.app_time,
            card: self.clock.as_ref().and_then(CardClock::seconds),
        }
    }

    fn begin(&mut self, frame: &Frame, draws: bool) -> Result<Option<usize>, Reason> {
        self.stream.begin().of("xrBeginFrame")?;
        if !(frame.is_drawn && draws) {
            return Ok(None);
        }
        let image = self.swapchain.acquire_image();
        let image = image.of("xrAcquireSwapchainImage")?;
        let free = self.swapchain.wait_image(Duration::INFINITE);
        free.of("xrWaitSwapchainImage")?;
        Ok(Some(image as usize))
    }

    fn open_room(&mut self, blend: Blend) -> Result<(), Reason> {
        match (blend == Blend::Passthrough, &self.room) {
            (true, None) => {
                let room = Room::open(&self.session).of("xrCreatePassthroughFB")?;
                self.room = Some(room);
            }
            (false, Some(_)) => self.room = None,
            _ => (),
        }
        Ok(())
    }

    fn end(&mut self, frame: &Frame) -> Result<(), Reason> {
        let mode = convert::mode(frame.blend);
        self.open_room(frame.blend)?;
        let Some(views) = self.views.take() else {
            return self.stream.end(frame.time, mode, &[]).of("xrEndFrame");
        };
        self.swapchain
            .release_image()
            .of("xrReleaseSwapchainImage")?;
        let size = self.size();
        let rect = Rect2Di {
            offset: Offset2Di::default(),
            extent: Extent2Di {
                width: size.x as i32,
                height: size.y as i32,
            },
        };
        let picture = |eye: usize| {
            let layer = SwapchainSubImage::new()
                .swapchain(&self.swapchain)
                .image_array_index(eye as u32)
                .image_rect(rect);
            CompositionLayerProjectionView::new()
                .pose(views[eye].pose)
                .fov(views[eye].fov)
                .sub_image(layer)
        };
        let pictures = [picture(0), picture(1)];
        let layer = CompositionLayerProjection::new()
            .layer_flags(flags(frame.blend))
            .space(&self.floor)
            .views(&pictures);
        let behind = self.room.as_ref().map(Room::layer);
        let behind = behind.as_ref().map(RoomLayer::as_layer);
        let layers: Vec<_> = behind.into_iter().chain([&*layer]).collect();
        self.stream.end(frame.time, mode, &layers).of("xrEndFrame")
    }
}

/// Where a picture shows the room its alpha counts; its colors are multiplied by it already.
fn flags(blend: Blend) -> CompositionLayerFlags {
    match blend {
        Blend::Opaque | Blend::Additive => CompositionLayerFlags::EMPTY,
        Blend::Alpha | Blend::Passthrough => CompositionLayerFlags::BLEND_TEXTURE_SOURCE_ALPHA,
    }
}

fn layer_of(texture: &wgpu::Texture, layer: u32) -> wgpu::TextureView {
    texture.create_view(&wgpu::TextureViewDescriptor {
        label: Some("headset"),
        dimension: Some(wgpu::TextureViewDimension::D2),
        base_array_layer: layer,
        array_layer_count: Some(1),
        ..wgpu::TextureViewDescriptor::default()
    })
}

/// Begins the frame, and says where the eyes will be when it is seen: the last that is asked before it
/// is drawn.
pub(super) fn begin(
    canvas: Option<ResMut<Canvas>>,
    eyes: Query<(), With<HeadsetEye>>,
    queue: Res<RenderQueue>,
    mut targets: ResMut<ManualTextureViews>,
    mut late: ResMut<Late>,
) {
    let Some(mut canvas) = canvas else {
        return;
    };
    let canvas = &mut *canvas;
    let Some(frame) = canvas.frame else {
        return;
    };
    let fate = canvas.fate.clone();
    let Some(image) = fate.ok(canvas.begin(&frame, eyes.iter().count() == 2)) else {
        // What is not begun is not ended.
        canvas.frame = None;
        return;
    };
    let Some(image) = image else {
        return;
    };
    if let Some(clock) = &mut canvas.clock {
        clock.begin(&queue);
    }
    for (target, picture) in TARGETS.iter().zip(&canvas.pictures[image]) {
        targets.insert(*target, picture.clone());
    }
    let views = session::views(&canvas.session, &canvas.floor, frame.time);
    match fate.ok(views).flatten() {
        Some((theirs, ours)) => {
            canvas.views = Some(theirs);
            late.views = Some(ours);
        }
        // The picture is not shown, and has to be given back.
        None => {
            fate.ok(canvas
                .swapchain
                .release_image()
                .of("xrReleaseSwapchainImage"));
        }
    }
}

/// The runtime's picture and the window's are there, which may have been waited for: from here on it is
/// the program that works.
pub(super) fn go_on(canvas: Option<ResMut<Canvas>>) {
    if let Some(mut canvas) = canvas
        && let Some(frame) = &mut canvas.frame
    {
        frame.work.go_on();
    }
}

/// All is said; from here on it is the card's driver that works, or waits for the card.
pub(super) fn give(canvas: Option<ResMut<Canvas>>) {
    if let Some(mut canvas) = canvas
        && let Some(frame) = &mut canvas.frame
    {
        frame.work.pause();
    }
}

/// Ends the frame: the runtime has it from here.
pub(super) fn end(canvas: Option<ResMut<Canvas>>, queue: Res<RenderQueue>) {
    let Some(mut canvas) = canvas else {
        return;
    };
    let canvas = &mut *canvas;
    if let Some(frame) = canvas.frame.take() {
        if canvas.views.is_some() {
            canvas.app_time = frame.work.seconds();
        }
        if let Some(clock) = &mut canvas.clock {
            clock.end(&queue);
        }
        let ended = canvas.end(&frame);
        canvas.fate.ok(ended);
    }
}
