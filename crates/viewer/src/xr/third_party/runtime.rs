//! The OpenXR runtime: loads it, creates an instance, finds the headset and checks its GPU.

use std::path::Path;

use openxr::sys::platform::{VkInstance, VkPhysicalDevice};
use openxr::{
    ApplicationInfo, Entry, EnvironmentBlendMode, ExtensionSet, FormFactor, Instance, Session,
    SystemId, Version, ViewConfigurationType, Vulkan,
};

use super::actions::Actions;
use super::convert;
use super::error::ResultExt;
use super::passthrough::Passthrough;
use super::vulkan_device::VulkanDevice;
use crate::xr::blend_mode::BlendMode;
use crate::xr::error::HeadsetError;

/// Two eyes.
pub(super) const VIEW_CONFIGURATION: ViewConfigurationType = ViewConfigurationType::PRIMARY_STEREO;

/// File names of the loader, the more likely first. On Linux, only development packages have the name
/// without a version.
const LOADERS: &[&str] = if cfg!(target_os = "windows") {
    &["openxr_loader.dll"]
} else {
    &["libopenxr_loader.so.1", "libopenxr_loader.so"]
};

/// A runtime with a headset on the GPU that renders the window. It serves any number of sessions, one
/// after the other.
pub(super) struct Runtime {
    pub(super) instance: Instance,
    pub(super) system: SystemId,
    pub(super) actions: Actions,
    blend_modes: Vec<BlendMode>,
}

impl Runtime {
    /// Connects to the runtime. Takes seconds: not for the main thread.
    ///
    /// `device` is the device that renders; `None` if it is not a Vulkan device.
    pub(super) fn connect(device: Option<&VulkanDevice>) -> Result<Runtime, HeadsetError> {
        let (entry, offered) = load()?;
        let device = device.ok_or_else(|| HeadsetError::OtherGpu {
            name: "one with a Vulkan driver".to_owned(),
        })?;
        let (instance, system, extensions) = create_instance_for(&entry, &offered, device)?;
        check_gpu(&instance, system, device)?;
        let modes = instance.enumerate_environment_blend_modes(system, VIEW_CONFIGURATION);
        let modes: Vec<EnvironmentBlendMode> = modes.in_call("xrEnumerateEnvironmentBlendModes")?;
        Ok(Runtime {
            actions: Actions::new(&instance, &extensions)?,
            blend_modes: modes.into_iter().filter_map(convert::blend_mode).collect(),
            instance,
            system,
        })
    }

    /// The blend modes of a session, the one that the runtime prefers first.
    pub(super) fn blend_modes(&self, session: &Session<Vulkan>) -> Vec<BlendMode> {
        let mut modes = self.blend_modes.clone();
        let has_extension = self.instance.exts().fb_passthrough.is_some();
        if has_extension && Passthrough::start(session).is_ok() {
            modes.push(BlendMode::Passthrough);
        }
        modes
    }

    /// Whether the headset tracks the joints of hands.
    pub(super) fn supports_hand_tracking(&self) -> bool {
        let has_extension = self.instance.exts().ext_hand_tracking.is_some();
        has_extension && self.instance.supports_hand_tracking(self.system) == Ok(true)
    }
}

/// The GPU that the headset is connected to, among those of a Vulkan instance.
#[expect(
    unsafe_code,
    reason = "the runtime looks up its GPU in our Vulkan instance"
)]
pub(super) fn physical_device(vulkan: VkInstance) -> Result<VkPhysicalDevice, HeadsetError> {
    let (entry, offered) = load()?;
    require_vulkan(&entry, &offered)?;
    let mut extensions = ExtensionSet::default();
    extensions.khr_vulkan_enable = offered.khr_vulkan_enable;
    extensions.khr_vulkan_enable2 = !offered.khr_vulkan_enable;
    let instance = create_instance(&entry, &extensions)?;
    let system = head_mounted_display(&instance)?;
    // SAFETY: the caller keeps the Vulkan instance alive.
    let physical = unsafe { instance.vulkan_graphics_device(system, vulkan) };
    physical.in_call("xrGetVulkanGraphicsDeviceKHR")
}

/// Loads the loader, and asks which extensions the runtime offers.
#[expect(unsafe_code, reason = "a library is loaded while the program runs")]
fn load() -> Result<(Entry, ExtensionSet), HeadsetError> {
    if cfg!(target_os = "macos") {
        return Err(HeadsetError::UnsupportedPlatform);
    }
    let mut entries = LOADERS.iter().filter_map(|name| {
        // SAFETY: a library of this name with the functions of an OpenXR loader is one.
        unsafe { Entry::load_from(Path::new(name)) }.ok()
    });
    let entry = entries.next().ok_or(HeadsetError::NoLoader)?;
    let offered = entry.enumerate_extensions();
    let offered = offered.map_err(|_| HeadsetError::NoRuntime)?;
    Ok((entry, offered))
}

/// Creates an instance for a Vulkan device, and finds the headset.
///
/// There are two extensions for Vulkan. With `XR_KHR_vulkan_enable`, the runtime lists the device
/// extensions that it relies on; it is used if our device has all of them. With
/// `XR_KHR_vulkan_enable2`, the runtime would create the device; as ours exists before, runtimes use
/// what it has. Never both: some runtimes then rely on the listed extensions all the same.
fn create_instance_for(
    entry: &Entry,
    offered: &ExtensionSet,
    device: &VulkanDevice,
) -> Result<(Instance, SystemId, ExtensionSet), HeadsetError> {
    require_vulkan(entry, offered)?;
    let mut extensions = ExtensionSet::default();
    extensions.bd_controller_interaction = offered.bd_controller_interaction;
    extensions.ext_hand_interaction = offered.ext_hand_interaction;
    extensions.ext_hand_tracking = offered.ext_hand_tracking;
    extensions.ext_local_floor = offered.ext_local_floor;
    extensions.fb_passthrough = offered.fb_passthrough;
    extensions.meta_touch_controller_plus = offered.meta_touch_controller_plus;
    if offered.khr_vulkan_enable {
        extensions.khr_vulkan_enable = true;
        let instance = create_instance(entry, &extensions)?;
        let system = head_mounted_display(&instance)?;
        let required = instance.vulkan_legacy_device_extensions(system);
        let required = required.in_call("xrGetVulkanDeviceExtensionsKHR")?;
        if device.has_extensions(&required) || !offered.khr_vulkan_enable2 {
            return Ok((instance, system, extensions));
        }
        extensions.khr_vulkan_enable = false;
    }
    extensions.khr_vulkan_enable2 = true;
    let instance = create_instance(entry, &extensions)?;
    let system = head_mounted_display(&instance)?;
    Ok((instance, system, extensions))
}

/// Fails unless the runtime supports Vulkan.
fn require_vulkan(entry: &Entry, offered: &ExtensionSet) -> Result<(), HeadsetError> {
    if offered.khr_vulkan_enable || offered.khr_vulkan_enable2 {
        return Ok(());
    }
    let instance = create_instance(entry, &ExtensionSet::default())?;
    let properties = instance.properties().in_call("xrGetInstanceProperties")?;
    Err(HeadsetError::NoVulkan {
        runtime: properties.runtime_name,
    })
}

fn create_instance(entry: &Entry, extensions: &ExtensionSet) -> Result<Instance, HeadsetError> {
    let application = ApplicationInfo {
        application_name: "mlipview",
        application_version: 1,
        engine_name: "bevy",
        engine_version: 19,
        // A version that all runtimes support.
        api_version: Version::new(1, 0, 34),
    };
    let instance = entry.create_instance(&application, extensions, &[]);
    instance.map_err(|_| HeadsetError::NoRuntime)
}

fn head_mounted_display(instance: &Instance) -> Result<SystemId, HeadsetError> {
    let system = instance.system(FormFactor::HEAD_MOUNTED_DISPLAY);
    system.in_call("xrGetSystem")
}

/// Fails unless the headset is connected to the GPU of a device.
#[expect(
    unsafe_code,
    reason = "the runtime looks up its GPU in our Vulkan instance"
)]
fn check_gpu(
    instance: &Instance,
    system: SystemId,
    device: &VulkanDevice,
) -> Result<(), HeadsetError> {
    // OpenXR demands this call before a session is created. Its answer is not needed, since bevy's
    // device exists already.
    let requirements = instance.graphics_requirements::<Vulkan>(system);
    requirements.in_call("xrGetVulkanGraphicsRequirementsKHR")?;
    // SAFETY: the Vulkan instance is valid for as long as `device` is held.
    let physical = unsafe { instance.vulkan_graphics_device(system, device.instance()) };
    let physical = physical.in_call("xrGetVulkanGraphicsDeviceKHR")?;
    if device.is_on(physical) {
        return Ok(());
    }
    Err(HeadsetError::OtherGpu {
        name: device.name_of(physical),
    })
}
