//! Which part of which controller does what: the bindings that are suggested to a runtime.
//!
//! Names of profiles and paths are those of the OpenXR specification, chapter "Semantic Paths and
//! Interaction Profiles", and of the extensions that `needs` names.

use openxr::ExtensionSet;

/// The hands, as paths begin.
pub(super) const HANDS: [&str; 2] = ["/user/hand/left", "/user/hand/right"];
/// The profile of bare hands.
pub(super) const BARE: &str = "ext/hand_interaction_ext";

/// A kind of controller.
pub(super) struct Profile {
    /// Behind `/interaction_profiles/`.
    pub(super) name: &'static str,
    /// Whether a runtime with these extensions knows it.
    pub(super) needs: fn(&ExtensionSet) -> bool,
    /// What takes hold.
    pub(super) trigger: &'static str,
    /// What takes hold of the world.
    pub(super) squeeze: Option<&'static str>,
    /// What is pushed to a side.
    pub(super) stick: Option<&'static str>,
    /// What opens panels, on each hand.
    pub(super) menu: [Option<&'static str>; 2],
    /// Whether it can tremble.
    pub(super) trembles: bool,
}

const ALWAYS: fn(&ExtensionSet) -> bool = |_| true;
const TRIGGER: &str = "input/trigger/value";
const SQUEEZE: Option<&str> = Some("input/squeeze/value");
const THUMBSTICK: Option<&str> = Some("input/thumbstick");
const MENU: Option<&str> = Some("input/menu/click");
const B: Option<&str> = Some("input/b/click");

/// All that are known.
pub(super) const PROFILES: [Profile; 9] = [
    Profile {
        name: "khr/simple_controller",
        needs: ALWAYS,
        trigger: "input/select/click",
        squeeze: None,
        stick: None,
        menu: [MENU; 2],
        trembles: true,
    },
    Profile {
        name: "oculus/touch_controller",
        needs: ALWAYS,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        stick: THUMBSTICK,
        menu: [MENU, B],
        trembles: true,
    },
    Profile {
        name: "meta/touch_controller_plus",
        needs: |offered| offered.meta_touch_controller_plus,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        stick: THUMBSTICK,
        menu: [MENU, B],
        trembles: true,
    },
    Profile {
        name: "valve/index_controller",
        needs: ALWAYS,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        stick: THUMBSTICK,
        menu: [B; 2],
        trembles: true,
    },
    Profile {
        name: "htc/vive_controller",
        needs: ALWAYS,
        trigger: TRIGGER,
        squeeze: Some("input/squeeze/click"),
        stick: Some("input/trackpad"),
        menu: [MENU; 2],
        trembles: true,
    },
    Profile {
        name: "microsoft/motion_controller",
        needs: ALWAYS,
        trigger: TRIGGER,
        squeeze: Some("input/squeeze/click"),
        stick: THUMBSTICK,
        menu: [MENU; 2],
        trembles: true,
    },
    Profile {
        name: "bytedance/pico_neo3_controller",
        needs: |offered| offered.bd_controller_interaction,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        stick: THUMBSTICK,
        menu: [MENU; 2],
        trembles: true,
    },
    Profile {
        name: "bytedance/pico4_controller",
        needs: |offered| offered.bd_controller_interaction,
        trigger: TRIGGER,
        squeeze: SQUEEZE,
        stick: THUMBSTICK,
        menu: [MENU, B],
        trembles: true,
    },
    Profile {
        name: BARE,
        needs: |offered| offered.ext_hand_interaction,
        trigger: "input/pinch_ext/value",
        squeeze: Some("input/grasp_ext/value"),
        stick: None,
        menu: [None; 2],
        trembles: false,
    },
];
