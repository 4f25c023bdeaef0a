//! The swapchain: images of two layers, one for each eye.

use bevy::camera::ManualTextureViewHandle;
use bevy::math::UVec2;
use bevy::render::render_resource::TextureFormat;
use bevy::render::texture::ManualTextureView;
use openxr::{
    Duration, Extent2Di, Offset2Di, Rect2Di, Session, Swapchain, SwapchainCreateFlags,
    SwapchainCreateInfo, SwapchainSubImage, SwapchainUsageFlags, ViewConfigurationView, Vulkan,
};

use super::error::ResultExt;
use super::vulkan_device::VulkanDevice;
use crate::xr::error::HeadsetError;
use crate::xr::eyes::EYE_TARGETS;

/// Supported formats (`VkFormat`), those of bevy's windows; the first one that the runtime offers is
/// used. (The format that a runtime prefers may have 16 bits per channel.)
const FORMATS: [(u32, TextureFormat); 2] = [
    (43, TextureFormat::Rgba8UnormSrgb),
    (50, TextureFormat::Bgra8UnormSrgb),
];

/// The swapchain of both eyes.
pub(super) struct EyeSwapchain {
    swapchain: Swapchain<Vulkan>,
    /// Views of the left and the right layer of each image.
    images: Vec<[ManualTextureView; 2]>,
}

impl EyeSwapchain {
    /// Creates a swapchain of the size that the runtime recommends.
    pub(super) fn new(
        session: &Session<Vulkan>,
        device: &VulkanDevice,
        views: &[ViewConfigurationView],
    ) -> Result<EyeSwapchain, HeadsetError> {
        let offered = session.enumerate_swapchain_formats();
        let offered = offered.in_call("xrEnumerateSwapchainFormats")?;
        let supported = FORMATS.iter().find(|(code, _)| offered.contains(code));
        let (code, format) = *supported.ok_or_else(|| HeadsetError::CallFailed {
            call: "xrEnumerateSwapchainFormats".to_owned(),
            result: format!("no format with 8 bits per channel among {offered:?}"),
        })?;
        // Both eyes are layers of one image: the larger recommendation holds for both.
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
        let swapchain = swapchain.in_call("xrCreateSwapchain")?;
        let images = swapchain.enumerate_images();
        let images = images.in_call("xrEnumerateSwapchainImages")?;
        let layers = |image| {
            let texture = device.texture_of_image(image, size, format)?;
            let layer = |layer| ManualTextureView {
                texture_view: layer_view(&texture, layer).into(),
                size,
                view_format: format,
            };
            Some([layer(0), layer(1)])
        };
        Ok(EyeSwapchain {
            images: images.into_iter().filter_map(layers).collect(),
            swapchain,
        })
    }

    /// Size of the image of each eye, pixels.
    pub(super) fn size(&self) -> UVec2 {
        self.images[0][0].size
    }

    /// Render targets of the eyes before the first frame, with the size and format of all images.
    pub(super) fn placeholders(&self) -> [(ManualTextureViewHandle, ManualTextureView); 2] {
        let [left, right] = &self.images[0];
        [
            (EYE_TARGETS[0], left.clone()),
            (EYE_TARGETS[1], right.clone()),
        ]
    }

    /// Layers of an image.
    pub(super) fn layers(&self, index: usize) -> &[ManualTextureView; 2] {
        &self.images[index]
    }

    /// Acquires an image and waits until it may be written; returns its index.
    pub(super) fn acquire_swapchain_image(&mut self) -> Result<usize, HeadsetError> {
        let index = self.swapchain.acquire_image();
        let index = index.in_call("xrAcquireSwapchainImage")?;
        let waited = self.swapchain.wait_image(Duration::INFINITE);
        waited.in_call("xrWaitSwapchainImage")?;
        Ok(index as usize)
    }

    /// Releases the acquired image to the runtime.
    pub(super) fn release_swapchain_image(&mut self) -> Result<(), HeadsetError> {
        let released = self.swapchain.release_image();
        released.in_call("xrReleaseSwapchainImage")
    }

    /// The layer of an eye, as a part of a composition layer.
    pub(super) fn sub_image(&self, eye: usize) -> SwapchainSubImage<'_, Vulkan> {
        let size = self.size();
        SwapchainSubImage::new()
            .swapchain(&self.swapchain)
            .image_array_index(eye as u32)
            .image_rect(Rect2Di {
                offset: Offset2Di::default(),
                extent: Extent2Di {
                    width: size.x as i32,
                    height: size.y as i32,
                },
            })
    }
}

fn layer_view(texture: &wgpu::Texture, layer: u32) -> wgpu::TextureView {
    texture.create_view(&wgpu::TextureViewDescriptor {
        label: Some("headset"),
        dimension: Some(wgpu::TextureViewDimension::D2),
        base_array_layer: layer,
        array_layer_count: Some(1),
        ..wgpu::TextureViewDescriptor::default()
    })
}
