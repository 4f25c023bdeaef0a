//! Creates a render device on the GPU of the headset, with the extensions that runtimes require.

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
use crate::xr::error::HeadsetError;

/// Extensions by which a runtime and a device share images and semaphores, on Linux and on Windows. Each
/// is enabled where the GPU supports it.
const SHARING_EXTENSIONS: [&CStr; 7] = [
    c"VK_KHR_external_memory_fd",
    c"VK_KHR_external_semaphore_fd",
    c"VK_KHR_external_fence_fd",
    c"VK_KHR_external_memory_win32",
    c"VK_KHR_external_semaphore_win32",
    c"VK_KHR_external_fence_win32",
    c"VK_KHR_win32_keyed_mutex",
];

/// Creates a device on the GPU that the headset is connected to, for bevy to render the window and the
/// headset with. Starting a runtime takes seconds: call it before the window opens.
///
/// # Errors
/// If there is no headset, or its GPU cannot be opened.
pub fn create_render_device() -> Result<RenderCreation, HeadsetError> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends: wgpu::Backends::VULKAN,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let adapter = headset_adapter(&instance)?;
    let (device, queue) = create_device(&adapter).ok_or_else(|| HeadsetError::CallFailed {
        call: "vkCreateDevice".to_owned(),
        result: format!("cannot open {}", adapter.get_info().name),
    })?;
    Ok(RenderCreation::manual(
        RenderDevice::from(device),
        RenderQueue(Arc::new(WgpuWrapper::new(queue))),
        RenderAdapterInfo(WgpuWrapper::new(adapter.get_info())),
        RenderAdapter(Arc::new(WgpuWrapper::new(adapter))),
        RenderInstance(Arc::new(WgpuWrapper::new(instance))),
    ))
}

/// The adapter of the GPU that the runtime names.
#[expect(unsafe_code, reason = "the runtime names the GPU by a Vulkan handle")]
fn headset_adapter(instance: &wgpu::Instance) -> Result<wgpu::Adapter, HeadsetError> {
    // SAFETY: handles are read and not destroyed.
    let vulkan = unsafe { instance.as_hal::<Vulkan>() };
    let vulkan = vulkan.ok_or_else(|| HeadsetError::NoVulkan {
        runtime: "of this system".to_owned(),
    })?;
    let handle = vulkan.shared_instance().raw_instance().handle();
    let wanted = runtime::physical_device(handle.as_raw() as _)?;
    let is_wanted = |adapter: &wgpu::Adapter| {
        // SAFETY: as above.
        let hal = unsafe { adapter.as_hal::<Vulkan>() };
        hal.is_some_and(|hal| {
            hal.raw_physical_device() == vk::PhysicalDevice::from_raw(wanted as u64)
        })
    };
    let adapters = block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
    let found = adapters.into_iter().find(is_wanted);
    found.ok_or_else(|| HeadsetError::OtherGpu {
        name: "one without a wgpu adapter".to_owned(),
    })
}

/// Creates a device with all features and [`SHARING_EXTENSIONS`]; `None` if the driver fails.
#[expect(
    unsafe_code,
    reason = "wgpu's safe API does not enable these extensions"
)]
fn create_device(adapter: &wgpu::Adapter) -> Option<(wgpu::Device, wgpu::Queue)> {
    // As bevy's own device: all features, except slow and experimental ones.
    let mut features = adapter.features() - wgpu::Features::all_experimental_mask();
    if adapter.get_info().device_type == wgpu::DeviceType::DiscreteGpu {
        features.remove(wgpu::Features::MAPPABLE_PRIMARY_BUFFERS);
    }
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("headset"),
        required_features: features,
        required_limits: adapter.limits(),
        ..wgpu::DeviceDescriptor::default()
    };
    // SAFETY: only supported extensions are enabled, none is disabled, and the device is opened from
    // the adapter that it is registered with.
    unsafe {
        let hal = adapter.as_hal::<Vulkan>()?;
        let is_supported =
            |name: &&&'static CStr| hal.physical_device_capabilities().supports_extension(name);
        let extensions: Vec<&'static CStr> = SHARING_EXTENSIONS
            .iter()
            .filter(is_supported)
            .copied()
            .collect();
        let opened = hal.open_with_callback(
            features,
            &descriptor.required_limits,
            &descriptor.memory_hints,
            Some(Box::new(move |device| {
                for name in extensions {
                    if !device.extensions.contains(&name) {
                        device.extensions.push(name);
                    }
                }
            })),
        );
        adapter
            .create_device_from_hal(opened.ok()?, &descriptor)
            .ok()
    }
}
