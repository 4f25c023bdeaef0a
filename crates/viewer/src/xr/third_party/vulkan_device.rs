//! The Vulkan device that renders the scene, by the raw handles that an OpenXR runtime takes.

use std::ffi::CStr;
use std::time::Duration;

use ash::vk::{self, Handle};
use bevy::math::UVec2;
use openxr::vulkan::SessionCreateInfo;
use wgpu::hal::api::Vulkan;
use wgpu::hal::{MemoryFlags, vulkan};

/// Device extensions that are part of Vulkan 1.2, the minimum of bevy's device: they need not be enabled.
const CORE_EXTENSIONS: [&str; 7] = [
    "VK_KHR_dedicated_allocation",
    "VK_KHR_external_fence",
    "VK_KHR_external_memory",
    "VK_KHR_external_semaphore",
    "VK_KHR_get_memory_requirements2",
    "VK_KHR_image_format_list",
    "VK_KHR_timeline_semaphore",
];
/// SteamVR requires this extension, which no driver has.
const UNAVAILABLE_EXTENSION: &str = "VK_EXT_debug_marker";

/// The Vulkan device of the renderer. Its handles are valid for as long as this is held.
#[derive(Clone)]
pub(super) struct VulkanDevice {
    device: wgpu::Device,
    instance: vk::Instance,
    physical: vk::PhysicalDevice,
    logical: vk::Device,
    family: u32,
    queue: u32,
    extensions: Vec<&'static CStr>,
}

impl VulkanDevice {
    /// The handles of a device; `None` if its backend is not Vulkan.
    #[expect(unsafe_code, reason = "a session is bound to the handles behind wgpu")]
    pub(super) fn new(device: &wgpu::Device) -> Option<VulkanDevice> {
        // SAFETY: the handles are read and not destroyed, and `device` is kept beside them.
        let hal = unsafe { device.as_hal::<Vulkan>() }?;
        Some(VulkanDevice {
            device: device.clone(),
            instance: hal.shared_instance().raw_instance().handle(),
            physical: hal.raw_physical_device(),
            logical: hal.raw_device().handle(),
            family: hal.queue_family_index(),
            queue: hal.queue_index(),
            extensions: hal.enabled_device_extensions().to_vec(),
        })
    }

    /// The device as wgpu has it.
    pub(super) fn wgpu(&self) -> &wgpu::Device {
        &self.device
    }

    /// The Vulkan instance, in which the runtime looks up its GPU.
    pub(super) fn instance(&self) -> openxr::sys::platform::VkInstance {
        self.instance.as_raw() as _
    }

    /// Whether all of these extensions (separated by spaces) are enabled.
    pub(super) fn has_extensions(&self, extensions: &str) -> bool {
        let is_enabled = |required: &str| {
            let mut enabled = self.extensions.iter();
            required == UNAVAILABLE_EXTENSION
                || CORE_EXTENSIONS.contains(&required)
                || enabled.any(|name| name.to_bytes() == required.as_bytes())
        };
        extensions.split_whitespace().all(is_enabled)
    }

    /// Whether the device is on this GPU.
    pub(super) fn is_on(&self, physical: openxr::sys::platform::VkPhysicalDevice) -> bool {
        self.physical.as_raw() == physical as u64
    }

    /// Name of a GPU of the same Vulkan instance.
    #[expect(
        unsafe_code,
        reason = "the name is read from the driver by a raw handle"
    )]
    pub(super) fn name_of(&self, physical: openxr::sys::platform::VkPhysicalDevice) -> String {
        // SAFETY: the handle comes from our own instance, which `device` keeps alive.
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

    /// The graphics binding of a session.
    pub(super) fn binding(&self) -> SessionCreateInfo {
        SessionCreateInfo {
            instance: self.instance(),
            physical_device: self.physical.as_raw() as _,
            device: self.logical.as_raw() as _,
            queue_family_index: self.family,
            queue_index: self.queue,
        }
    }

    /// Waits until the GPU has finished all submitted work, for a second at most: a GPU that takes longer
    /// is lost.
    pub(super) fn wait_idle(&self) {
        let _ = self.device.poll(wgpu::PollType::Wait {
            submission_index: None,
            timeout: Some(Duration::from_secs(1)),
        });
    }

    /// A texture of one of the runtime's images, with two layers; the runtime keeps the image. `None` if
    /// the backend is not Vulkan.
    #[expect(
        unsafe_code,
        reason = "wgpu has to render to an image that it does not own"
    )]
    pub(super) fn texture_of_image(
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
        let hal_descriptor = wgpu::hal::TextureDescriptor {
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
        let descriptor = wgpu::TextureDescriptor {
            label: Some("headset"),
            size: extent,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        };
        // SAFETY: the runtime created the image on this device with this description. With a drop
        // callback and external memory, wgpu destroys neither; the swapchain outlives all rendering
        // to it (`session_manager.rs`). The contents are not read before they are written.
        unsafe {
            let hal = self.device.as_hal::<Vulkan>()?;
            let memory = vulkan::TextureMemory::External;
            let image = vk::Image::from_raw(image);
            let texture =
                hal.texture_from_raw(image, &hal_descriptor, Some(Box::new(|| {})), memory);
            Some(
                self.device
                    .create_texture_from_hal::<Vulkan>(texture, &descriptor),
            )
        }
    }
}
