//! A graphics device on the card that the runtime names, with all that runtimes are known to ask for.

use std::ffi::CStr;
use std::sync::Arc;

use ash::vk::{self, Handle};
use bevy::render::renderer::{
    RenderAdapter, RenderAdapterInfo, RenderDevice, RenderInstance, RenderQueue, WgpuWrapper,
};
use bevy::render::settings::RenderCreation;
use bevy::tasks::block_on;
use wgpu::hal::api::Vulkan;

use super::runtime;
use crate::xr::headset::Reason;

/// By what a runtime and a device share images and signals, on Linux and on Windows. Each is turned on
/// where the card has it.
const SHARING: [&CStr; 7] = [
    c"VK_KHR_external_memory_fd",
    c"VK_KHR_external_semaphore_fd",
    c"VK_KHR_external_fence_fd",
    c"VK_KHR_external_memory_win32",
    c"VK_KHR_external_semaphore_win32",
    c"VK_KHR_external_fence_win32",
    c"VK_KHR_win32_keyed_mutex",
];

/// Opens the card that the headset is on, for bevy to draw the window and the headset with.
///
/// Starting a runtime takes seconds: this is for before there is a window.
///
/// # Errors
/// If there is no headset, or its card cannot be opened.
pub fn device() -> Result<RenderCreation, Reason> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends: wgpu::Backends::VULKAN,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let adapter = adapter(&instance)?;
    let (device, queue) = open(&adapter).ok_or_else(|| Reason::Refused {
        call: "vkCreateDevice".to_owned(),
        result: format!("{} does not open", adapter.get_info().name),
    })?;
    Ok(RenderCreation::manual(
        RenderDevice::from(device),
        RenderQueue(Arc::new(WgpuWrapper::new(queue))),
        RenderAdapterInfo(WgpuWrapper::new(adapter.get_info())),
        RenderAdapter(Arc::new(WgpuWrapper::new(adapter))),
        RenderInstance(Arc::new(WgpuWrapper::new(instance))),
    ))
}

/// The card that the runtime names.
#[expect(
    unsafe_code,
    reason = "the runtime names the card by a handle of Vulkan"
)]
fn adapter(instance: &wgpu::Instance) -> Result<wgpu::Adapter, Reason> {
    // SAFETY: handles are looked at and not destroyed.
    let vulkan = unsafe { instance.as_hal::<Vulkan>() };
    let vulkan = vulkan.ok_or_else(|| Reason::NoVulkan {
        runtime: "of this system".to_owned(),
    })?;
    let handle = vulkan.shared_instance().raw_instance().handle();
    let wanted = runtime::card(handle.as_raw() as _)?;
    let is_wanted = |adapter: &wgpu::Adapter| {
        // SAFETY: as above.
        let hal = unsafe { adapter.as_hal::<Vulkan>() };
        hal.is_some_and(|hal| {
            hal.raw_physical_device() == vk::PhysicalDevice::from_raw(wanted as u64)
        })
    };
    let adapters = block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
    let found = adapters.into_iter().find(is_wanted);
    found.ok_or_else(|| Reason::OtherCard {
        name: "one that cannot draw here".to_owned(),
    })
}

#[expect(unsafe_code, reason = "wgpu's own way of opening a card turns on less")]
fn open(adapter: &wgpu::Adapter) -> Option<(wgpu::Device, wgpu::Queue)> {
    // As bevy wants it: all that the card can do, but for what is slow or not finished.
    let mut features = adapter.features() - wgpu::Features::all_experimental_mask();
    if adapter.get_info().device_type == wgpu::DeviceType::DiscreteGpu {
        features.remove(wgpu::Features::MAPPABLE_PRIMARY_BUFFERS);
    }
    let wanted = wgpu::DeviceDescriptor {
        label: Some("headset"),
        required_features: features,
        required_limits: adapter.limits(),
        ..wgpu::DeviceDescriptor::default()
    };
    // SAFETY: only extensions that the card has are turned on, none is turned off, and the device is
    // opened from the adapter that it is made known to.
    unsafe {
        let hal = adapter.as_hal::<Vulkan>()?;
        let has =
            |name: &&&'static CStr| hal.physical_device_capabilities().supports_extension(name);
        let sharing: Vec<&'static CStr> = SHARING.iter().filter(has).copied().collect();
        let opened = hal.open_with_callback(
            features,
            &wanted.required_limits,
            &wanted.memory_hints,
            Some(Box::new(move |device| {
                for name in sharing {
                    if !device.extensions.contains(&name) {
                        device.extensions.push(name);
                    }
                }
            })),
        );
        adapter.create_device_from_hal(opened.ok()?, &wanted).ok()
    }
}
