//! The graphics card that draws the scene, by the handles that a runtime wants.

use std::ffi::CStr;
use std::time::Duration;

use ash::vk::{self, Handle};
use bevy::math::UVec2;
use openxr::vulkan::SessionCreateInfo;
use wgpu::hal::api::Vulkan;
use wgpu::hal::{MemoryFlags, vulkan};

/// Extensions that are part of Vulkan 1.2, which bevy's device has at the least: there is nothing to
/// turn on.
const IN_VULKAN: [&str; 7] = [
    "VK_KHR_dedicated_allocation",
    "VK_KHR_external_fence",
    "VK_KHR_external_memory",
    "VK_KHR_external_semaphore",
    "VK_KHR_get_memory_requirements2",
    "VK_KHR_image_format_list",
    "VK_KHR_timeline_semaphore",
];
/// SteamVR lists this one, which no driver has.
const IN_NO_DRIVER: &str = "VK_EXT_debug_marker";

/// Bevy's graphics card. It stays for as long as this is held.
#[derive(Clone)]
pub(super) struct Card {
    device: wgpu::Device,
    instance: vk::Instance,
    physical: vk::PhysicalDevice,
    logical: vk::Device,
    family: u32,
    queue: u32,
    extensions: Vec<&'static CStr>,
}

impl Card {
    /// The card of this device; `None` if it is not driven by Vulkan.
    #[expect(
        unsafe_code,
        reason = "the handles behind wgpu are what a session is bound to"
    )]
    pub(super) fn of(device: &wgpu::Device) -> Option<Card> {
        // SAFETY: the handles are looked at and not destroyed, and `device` is kept beside them.
        let hal = unsafe { device.as_hal::<Vulkan>() }?;
        Some(Card {
            device: device.clone(),
            instance: hal.shared_instance().raw_instance().handle(),
            physical: hal.raw_physical_device(),
            logical: hal.raw_device().handle(),
            family: hal.queue_family_index(),
            queue: hal.queue_index(),
            extensions: hal.enabled_device_extensions().to_vec(),
        })
    }

    /// The card as what draws has it.
    pub(super) fn device(&self) -> &wgpu::Device {
        &self.device
    }

    /// The Vulkan instance, for a runtime to find its card in.
    pub(super) fn instance(&self) -> openxr::sys::platform::VkInstance {
        self.instance.as_raw() as _
    }

    /// Whether all of these extensions (separated by spaces) are at work.
    pub(super) fn has_all(&self, extensions: &str) -> bool {
        let has = |wanted: &str| {
            let mut enabled = self.extensions.iter();
            wanted == IN_NO_DRIVER
                || IN_VULKAN.contains(&wanted)
                || enabled.any(|name| name.to_bytes() == wanted.as_bytes())
        };
        extensions.split_whitespace().all(has)
    }

    /// Whether it is this card.
    pub(super) fn is(&self, physical: openxr::sys::platform::VkPhysicalDevice) -> bool {
        self.physical.as_raw() == physical as u64
    }

    /// What another card of the same Vulkan instance is called.
    #[expect(unsafe_code, reason = "only Vulkan knows the name")]
    pub(super) fn name_of(&self, physical: openxr::sys::platform::VkPhysicalDevice) -> String {
        // SAFETY: the runtime has the handle from our own instance, which `device` keeps alive.
        let properties = unsafe {
            let Some(hal) = self.device.as_hal::<Vulkan>() else {
                return String::new();
            };
            let instance = hal.shared_instance().raw_instance();
            instance.get_physical_device_properties(vk::PhysicalDevice::from_raw(physical as u64))
        };
        let name = properties.device_name_as_c_str().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// What a session is bound to.
    pub(super) fn binding(&self) -> SessionCreateInfo {
        SessionCreateInfo {
            instance: self.instance(),
            physical_device: self.physical.as_raw() as _,
            device: self.logical.as_raw() as _,
            queue_family_index: self.family,
            queue_index: self.queue,
        }
    }

    /// Waits until the card has done all that it was given; not longer than a second, after which it
    /// never will.
    pub(super) fn finish(&self) {
        let _ = self.device.poll(wgpu::PollType::Wait {
            submission_index: None,
            timeout: Some(Duration::from_secs(1)),
        });
    }

    /// One of a runtime's images, of two layers, to be drawn on; it stays the runtime's own.
    #[expect(
        unsafe_code,
        reason = "wgpu has to draw on an image that is not its own"
    )]
    pub(super) fn drawable(
        &self,
        image: openxr::sys::platform::VkImage,
        size: UVec2,
        format: wgpu::TextureFormat,
    ) -> Option<wgpu::Texture> {
        let extent = wgpu::Extent3d {
            width: size.x,
            height: size.y,
            depth_or_array_layers: 2,
        };
        let inside = wgpu::hal::TextureDescriptor {
            label: Some("headset"),
            size: extent,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUses::COLOR_TARGET,
            memory_flags: MemoryFlags::empty(),
            view_formats: Vec::new(),
        };
        let outside = wgpu::TextureDescriptor {
            label: Some("headset"),
            size: extent,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        };
        // SAFETY: the image is of this device and was made by the runtime as described. Since there is
        // a callback and the memory is external, wgpu destroys neither; the swapchain outlives what is
        // drawn on it (`life.rs`). Its contents are never read before they are drawn.
        unsafe {
            let hal = self.device.as_hal::<Vulkan>()?;
            let memory = vulkan::TextureMemory::External;
            let image = vk::Image::from_raw(image);
            let texture = hal.texture_from_raw(image, &inside, Some(Box::new(|| {})), memory);
            Some(
                self.device
                    .create_texture_from_hal::<Vulkan>(texture, &outside),
            )
        }
    }
}
