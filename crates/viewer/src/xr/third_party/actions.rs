//! OpenXR actions: input of the hands, and haptic output.

use std::f32::consts::PI;

use bevy::math::Vec2;
use openxr::{
    Action, ActionSet, Binding, Duration, ExtensionSet, Haptic, HapticVibration, Instance, Path,
    Posef, Session, Space, Time, Vector2f, Vulkan,
};

use super::convert;
use super::error::ResultExt;
use super::profiles::{HAND_INTERACTION, HAND_PATHS, PROFILES, Profile};
use crate::xr::error::HeadsetError;
use crate::xr::hand_input::{HandInput, HandSource};
use crate::xr::output::HapticPulse;

/// The action set. It belongs to an instance: bindings are suggested once, and each session attaches it.
pub(super) struct Actions {
    set: ActionSet,
    aim: Action<Posef>,
    grip: Action<Posef>,
    trigger: Action<f32>,
    squeeze: Action<f32>,
    thumbstick: Action<Vector2f>,
    menu: Action<bool>,
    haptic: Action<Haptic>,
    hands: [Path; 2],
}

/// The action spaces of one session, and the source of each hand.
pub(super) struct ActionSpaces {
    aim: [Space; 2],
    grip: [Space; 2],
    sources: [HandSource; 2],
}

impl Actions {
    /// Creates the actions and suggests bindings for all profiles that the extensions allow.
    pub(super) fn new(
        instance: &Instance,
        extensions: &ExtensionSet,
    ) -> Result<Actions, HeadsetError> {
        let path = |text: &str| instance.string_to_path(text).in_call("xrStringToPath");
        let hands = [path(HAND_PATHS[0])?, path(HAND_PATHS[1])?];
        let set = instance.create_action_set("hands", "Hands", 0);
        let set = set.in_call("xrCreateActionSet")?;
        macro_rules! action {
            ($name:literal, $title:literal) => {
                set.create_action($name, $title, &hands)
                    .in_call("xrCreateAction")?
            };
        }
        let actions = Actions {
            aim: action!("aim", "Point"),
            grip: action!("grip", "Hand"),
            trigger: action!("trigger", "Grab atoms"),
            squeeze: action!("squeeze", "Grab the scene"),
            thumbstick: action!("thumbstick", "Rotate a bond, pull harder"),
            menu: action!("menu", "Panels"),
            haptic: action!("haptic", "Haptics"),
            hands,
            set,
        };
        for profile in PROFILES {
            if (profile.is_supported)(extensions) {
                actions.suggest_bindings(instance, &profile)?;
            }
        }
        Ok(actions)
    }

    fn suggest_bindings(&self, instance: &Instance, profile: &Profile) -> Result<(), HeadsetError> {
        let path = |text: &str| instance.string_to_path(text).in_call("xrStringToPath");
        let mut bindings = Vec::new();
        for (hand, menu) in HAND_PATHS.iter().zip(profile.menu) {
            let of_hand = |part: &str| path(&format!("{hand}/{part}"));
            bindings.push(Binding::new(&self.aim, of_hand("input/aim/pose")?));
            bindings.push(Binding::new(&self.grip, of_hand("input/grip/pose")?));
            bindings.push(Binding::new(&self.trigger, of_hand(profile.trigger)?));
            if let Some(part) = profile.squeeze {
                bindings.push(Binding::new(&self.squeeze, of_hand(part)?));
            }
            if let Some(part) = profile.thumbstick {
                bindings.push(Binding::new(&self.thumbstick, of_hand(part)?));
            }
            if let Some(part) = menu {
                bindings.push(Binding::new(&self.menu, of_hand(part)?));
            }
            if profile.has_haptics {
                bindings.push(Binding::new(&self.haptic, of_hand("output/haptic")?));
            }
        }
        let name = path(&format!("/interaction_profiles/{}", profile.name))?;
        match instance.suggest_interaction_profile_bindings(name, &bindings) {
            // A runtime may not support a profile: it then has no such controller.
            Err(openxr::sys::Result::ERROR_PATH_UNSUPPORTED) => Ok(()),
            result => result.in_call("xrSuggestInteractionProfileBindings"),
        }
    }

    /// Attaches the actions to a session, once per session, and creates their spaces.
    pub(super) fn attach(&self, session: &Session<Vulkan>) -> Result<ActionSpaces, HeadsetError> {
        let attached = session.attach_action_sets(&[&self.set]);
        attached.in_call("xrAttachSessionActionSets")?;
        let space = |action: &Action<Posef>, hand: usize| {
            let space = action.create_space(session, self.hands[hand], Posef::IDENTITY);
            space.in_call("xrCreateActionSpace")
        };
        Ok(ActionSpaces {
            aim: [space(&self.aim, 0)?, space(&self.aim, 1)?],
            grip: [space(&self.grip, 0)?, space(&self.grip, 1)?],
            sources: [HandSource::Controller; 2],
        })
    }

    /// Updates the source of each hand, after the runtime has changed an interaction profile.
    pub(super) fn update_sources(&self, session: &Session<Vulkan>, spaces: &mut ActionSpaces) {
        for (source, hand) in spaces.sources.iter_mut().zip(self.hands) {
            let profile = session.current_interaction_profile(hand).ok();
            let profile = profile.filter(|profile| *profile != Path::NULL);
            let name = profile.and_then(|path| session.instance().path_to_string(path).ok());
            *source = match name {
                Some(name) if name.ends_with(HAND_INTERACTION) => HandSource::HandTracking,
                _ => HandSource::Controller,
            };
        }
    }

    /// Synchronizes the actions, and returns the input of both hands at a time, with poses relative
    /// to `floor`; `None` for a hand that is not tracked.
    pub(super) fn sync(
        &self,
        session: &Session<Vulkan>,
        spaces: &ActionSpaces,
        floor: &Space,
        time: Time,
    ) -> Result<[Option<HandInput>; 2], HeadsetError> {
        // Without input focus this succeeds, and all actions are inactive.
        let synchronized = session.sync_actions(&[(&self.set).into()]);
        synchronized.in_call("xrSyncActions")?;
        Ok([
            self.hand_input(session, spaces, 0, floor, time)?,
            self.hand_input(session, spaces, 1, floor, time)?,
        ])
    }

    fn hand_input(
        &self,
        session: &Session<Vulkan>,
        spaces: &ActionSpaces,
        index: usize,
        floor: &Space,
        time: Time,
    ) -> Result<Option<HandInput>, HeadsetError> {
        let hand = self.hands[index];
        let pose = |space: &Space| {
            let location = space.locate(floor, time).in_call("xrLocateSpace")?;
            Ok(convert::location(&location))
        };
        let (Some(aim), Some(grip)) = (pose(&spaces.aim[index])?, pose(&spaces.grip[index])?)
        else {
            return Ok(None);
        };
        let value = |action: &Action<f32>| {
            let state = action.state(session, hand);
            let state = state.in_call("xrGetActionStateFloat")?;
            Ok(state.current_state.clamp(0.0, 1.0))
        };
        let thumbstick = self.thumbstick.state(session, hand);
        let thumbstick = thumbstick
            .in_call("xrGetActionStateVector2f")?
            .current_state;
        let menu = self.menu.state(session, hand);
        Ok(Some(HandInput {
            aim,
            grip,
            trigger: value(&self.trigger)?,
            squeeze: value(&self.squeeze)?,
            thumbstick: Vec2::new(thumbstick.x, thumbstick.y),
            menu: menu.in_call("xrGetActionStateBoolean")?.current_state,
            source: spaces.sources[index],
            fingertip: None,
        }))
    }

    /// Starts the vibration of a controller.
    pub(super) fn apply_haptic_feedback(
        &self,
        session: &Session<Vulkan>,
        pulse: &HapticPulse,
    ) -> Result<(), HeadsetError> {
        let seconds = f64::from(pulse.seconds.clamp(0.0, PI));
        let vibration = HapticVibration::new()
            .amplitude(pulse.amplitude.clamp(0.0, 1.0))
            .frequency(pulse.frequency.unwrap_or(openxr::FREQUENCY_UNSPECIFIED))
            .duration(Duration::from_nanos((seconds * 1e9) as i64));
        let hand = self.hands[pulse.side.index()];
        let applied = self.haptic.apply_feedback(session, hand, &vibration);
        applied.in_call("xrApplyHapticFeedback")
    }
}
