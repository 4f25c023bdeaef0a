//! Interaction profiles: the bindings of each controller's buttons to the actions.
//!
//! Names of profiles and paths are those of the OpenXR specification, chapter "Semantic Paths and
//! Interaction Profiles", and of the extensions that `is_supported` names.

use openxr::ExtensionSet;

/// Top level user paths of the hands, left and right.
pub(super) const HAND_PATHS: [&str; 2] = ["/user/hand/left", "/user/hand/right"];
/// The profile of hand tracking.
pub(super) const HAND_INTERACTION: &str = "ext/hand_interaction_ext";

/// The interaction profile of a kind of controller. Paths are relative to those of the hands.
pub(super) struct Profile {
    /// Path of the profile, relative to `/interaction_profiles/`.
    pub(super) name: &'static str,
    /// Whether a runtime with these extensions knows the profile.
    pub(super) is_supported: fn(&ExtensionSet) -> bool,
    /// Grabs atoms.
    pub(super) trigger: &'static str,
    /// Grabs the world.
    pub(super) squeeze: Option<&'static str>,
    /// Rotates a bond, changes a pull, scrolls.
    pub(super) thumbstick: Option<&'static str>,
    /// Shows the tablet; left and right.
    pub(super) menu: [Option<&'static str>; 2],
    /// Whether the controller vibrates.
    pub(super) has_haptics: bool,
}

const ALWAYS: fn(&ExtensionSet) -> bool = |_| true;
const TRIGGER: &str = "input/trigger/value";
const SQUEEZE: Option<&str> = Some("input/squeeze/value");
const THUMBSTICK: Option<&str> = Some("input/thumbstick");
const MENU: Option<&str> = Some("input/menu/click");
const B: Option<&str> = Some("input/b/click");

/// All supported profiles.
pub(super) const PROFILES: [Profile; 9] = [
    Profile {
        name: "khr/simple_controller",
        is_supported: ALWAYS,
        trigger: "input/select/click",
        squeeze: None,
        thumbstick: None,
        menu: [MENU; 2],
        has_haptics: true,
    },
    Profile {
        name: "oculus/touch_controller",
        is_supported: ALWAYS,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        thumbstick: THUMBSTICK,
        menu: [MENU, B],
        has_haptics: true,
    },
    Profile {
        name: "meta/touch_controller_plus",
        is_supported: |extensions| extensions.meta_touch_controller_plus,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        thumbstick: THUMBSTICK,
        menu: [MENU, B],
        has_haptics: true,
    },
    Profile {
        name: "valve/index_controller",
        is_supported: ALWAYS,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        thumbstick: THUMBSTICK,
        menu: [B; 2],
        has_haptics: true,
    },
    Profile {
        name: "htc/vive_controller",
        is_supported: ALWAYS,
        trigger: TRIGGER,
        squeeze: Some("input/squeeze/click"),
        thumbstick: Some("input/trackpad"),
        menu: [MENU; 2],
        has_haptics: true,
    },
    Profile {
        name: "microsoft/motion_controller",
        is_supported: ALWAYS,
        trigger: TRIGGER,
        squeeze: Some("input/squeeze/click"),
        thumbstick: THUMBSTICK,
        menu: [MENU; 2],
        has_haptics: true,
    },
    Profile {
        name: "bytedance/pico_neo3_controller",
        is_supported: |extensions| extensions.bd_controller_interaction,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        thumbstick: THUMBSTICK,
        menu: [MENU; 2],
        has_haptics: true,
    },
    Profile {
        name: "bytedance/pico4_controller",
        is_supported: |extensions| extensions.bd_controller_interaction,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        thumbstick: THUMBSTICK,
        menu: [MENU, B],
        has_haptics: true,
    },
    Profile {
        name: HAND_INTERACTION,
        is_supported: |extensions| extensions.ext_hand_interaction,
        trigger: "input/pinch_ext/value",
        squeeze: Some("input/grasp_ext/value"),
        thumbstick: None,
        menu: [None; 2],
        has_haptics: false,
    },
];
