//! The runtime: its loader looked for, an instance made, a headset found, the card agreed upon.

use std::path::Path;

use openxr::sys::platform::{VkInstance, VkPhysicalDevice};
use openxr::{
    ApplicationInfo, Entry, EnvironmentBlendMode, ExtensionSet, FormFactor, Instance, Session,
    SystemId, Version, ViewConfigurationType, Vulkan,
};

use super::card::Card;
use super::controls::Controls;
use super::convert;
use super::passthrough::Room;
use super::refusal::Answer;
use crate::xr::headset::Reason;
use crate::xr::seen::Blend;

/// Two eyes.
pub(super) const EYES: ViewConfigurationType = ViewConfigurationType::PRIMARY_STEREO;

/// Where loaders are, the more likely first. Linux has the name without a number for developers only.
const LOADERS: &[&str] = if cfg!(target_os = "windows") {
    &["openxr_loader.dll"]
} else {
    &["libopenxr_loader.so.1", "libopenxr_loader.so"]
};

/// A runtime with a headset, on the card that draws the window. It serves any number of sessions, one
/// after the other.
pub(super) struct Runtime {
    pub(super) instance: Instance,
    pub(super) system: SystemId,
    pub(super) controls: Controls,
    blends: Vec<Blend>,
}

impl Runtime {
    /// The ways of blending that it offers in a session, its favourite first.
    pub(super) fn blends(&self, session: &Session<Vulkan>) -> Vec<Blend> {
        let mut blends = self.blends.clone();
        let may = self.instance.exts().fb_passthrough.is_some();
        if may && Room::open(session).is_ok() {
            blends.push(Blend::Passthrough);
        }
        blends
    }

    /// Whether it sees bare hands.
    pub(super) fn sees_bare_hands(&self) -> bool {
        let may = self.instance.exts().ext_hand_tracking.is_some();
        may && self.instance.supports_hand_tracking(self.system) == Ok(true)
    }
}

/// Asks for all of it. Starting a runtime takes seconds: not for the window's thread.
pub(super) fn ask(card: Option<&Card>) -> Result<Runtime, Reason> {
    if cfg!(target_os = "macos") {
        return Err(Reason::NotHere);
    }
    let entry = load()?;
    let offered = entry.enumerate_extensions();
    let offered = offered.map_err(|_| Reason::NoRuntime)?;
    let card = card.ok_or_else(|| Reason::OtherCard {
        name: "one that draws with Vulkan".to_owned(),
    })?;
    let (instance, system, wanted) = meet(&entry, &offered, card)?;
    agree(&instance, system, card)?;
    let blends = instance.enumerate_environment_blend_modes(system, EYES);
    let blends: Vec<EnvironmentBlendMode> = blends.of("xrEnumerateEnvironmentBlendModes")?;
    Ok(Runtime {
        controls: Controls::new(&instance, &wanted)?,
        blends: blends.into_iter().filter_map(convert::blend).collect(),
        instance,
        system,
    })
}

/// The card that the headset is on, among those of a Vulkan instance.
#[expect(
    unsafe_code,
    reason = "the runtime looks for its card in our Vulkan instance"
)]
pub(super) fn card(vulkan: VkInstance) -> Result<VkPhysicalDevice, Reason> {
    if cfg!(target_os = "macos") {
        return Err(Reason::NotHere);
    }
    let entry = load()?;
    let offered = entry.enumerate_extensions();
    let offered = offered.map_err(|_| Reason::NoRuntime)?;
    must_draw(&entry, &offered)?;
    let mut wanted = ExtensionSet::default();
    wanted.khr_vulkan_enable = offered.khr_vulkan_enable;
    wanted.khr_vulkan_enable2 = !offered.khr_vulkan_enable;
    let instance = create(&entry, &wanted)?;
    let system = headset(&instance)?;
    // SAFETY: whoever asks keeps their Vulkan instance meanwhile.
    let card = unsafe { instance.vulkan_graphics_device(system, vulkan) };
    card.of("xrGetVulkanGraphicsDeviceKHR")
}

#[expect(unsafe_code, reason = "a library is loaded while the program runs")]
fn load() -> Result<Entry, Reason> {
    let mut entries = LOADERS.iter().filter_map(|name| {
        // SAFETY: a library of this name that has the functions of an OpenXR loader is one.
        unsafe { Entry::load_from(Path::new(name)) }.ok()
    });
    entries.next().ok_or(Reason::NoLoader)
}

/// An instance and the headset in it.
///
/// There are two ways to tell a runtime of a Vulkan device. By the older one it says which extensions
/// the device has to have, and may rely on them; if ours has them all, that is the one. By the newer
/// one the runtime would make the device itself. Ours was there before; runtimes then do with what it
/// has. Never both: with both at hand, some rely on extensions all the same.
fn meet(
    entry: &Entry,
    offered: &ExtensionSet,
    card: &Card,
) -> Result<(Instance, SystemId, ExtensionSet), Reason> {
    must_draw(entry, offered)?;
    let mut wanted = ExtensionSet::default();
    wanted.bd_controller_interaction = offered.bd_controller_interaction;
    wanted.ext_hand_interaction = offered.ext_hand_interaction;
    wanted.ext_hand_tracking = offered.ext_hand_tracking;
    wanted.ext_local_floor = offered.ext_local_floor;
    wanted.fb_passthrough = offered.fb_passthrough;
    wanted.meta_touch_controller_plus = offered.meta_touch_controller_plus;
    if offered.khr_vulkan_enable {
        wanted.khr_vulkan_enable = true;
        let instance = create(entry, &wanted)?;
        let system = headset(&instance)?;
        let needed = instance.vulkan_legacy_device_extensions(system);
        let needed = needed.of("xrGetVulkanDeviceExtensionsKHR")?;
        if card.has_all(&needed) || !offered.khr_vulkan_enable2 {
            return Ok((instance, system, wanted));
        }
        wanted.khr_vulkan_enable = false;
    }
    wanted.khr_vulkan_enable2 = true;
    let instance = create(entry, &wanted)?;
    let system = headset(&instance)?;
    Ok((instance, system, wanted))
}

/// Whether the runtime takes pictures of Vulkan.
fn must_draw(entry: &Entry, offered: &ExtensionSet) -> Result<(), Reason> {
    if offered.khr_vulkan_enable || offered.khr_vulkan_enable2 {
        return Ok(());
    }
    let instance = create(entry, &ExtensionSet::default())?;
    let properties = instance.properties().of("xrGetInstanceProperties")?;
    Err(Reason::NoVulkan {
        runtime: properties.runtime_name,
    })
}

fn create(entry: &Entry, extensions: &ExtensionSet) -> Result<Instance, Reason> {
    let program = ApplicationInfo {
        application_name: "mlipview",
        application_version: 1,
        engine_name: "bevy",
        engine_version: 19,
        // What all runtimes know.
        api_version: Version::new(1, 0, 34),
    };
    let instance = entry.create_instance(&program, extensions, &[]);
    instance.map_err(|_| Reason::NoRuntime)
}

fn headset(instance: &Instance) -> Result<SystemId, Reason> {
    let system = instance.system(FormFactor::HEAD_MOUNTED_DISPLAY);
    system.of("xrGetSystem")
}

/// Whether the headset is on our card.
#[expect(
    unsafe_code,
    reason = "the runtime looks for its card in our Vulkan instance"
)]
fn agree(instance: &Instance, system: SystemId, card: &Card) -> Result<(), Reason> {
    // The answer does not matter, since what bevy draws with is there already; but no session is made
    // for those who did not ask.
    let asked = instance.graphics_requirements::<Vulkan>(system);
    asked.of("xrGetVulkanGraphicsRequirementsKHR")?;
    // SAFETY: the instance is valid for as long as `card` is held.
    let theirs = unsafe { instance.vulkan_graphics_device(system, card.instance()) };
    let theirs = theirs.of("xrGetVulkanGraphicsDeviceKHR")?;
    if card.is(theirs) {
        return Ok(());
    }
    Err(Reason::OtherCard {
        name: card.name_of(theirs),
    })
}
