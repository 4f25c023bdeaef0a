//! What the hands do, as actions of OpenXR, and what they are let feel.

use std::f32::consts::PI;

use bevy::math::Vec2;
use openxr::{
    Action, ActionSet, Binding, Duration, ExtensionSet, Haptic, HapticVibration, Instance, Path,
    Posef, Session, Space, Time, Vector2f, Vulkan,
};

use super::convert;
use super::profiles::{BARE, HANDS, PROFILES, Profile};
use super::refusal::Answer;
use crate::xr::headset::Reason;
use crate::xr::seen::{HandKind, HandSeen};
use crate::xr::wishes::Pulse;

/// The actions, which belong to an instance: bindings are suggested once, then every session takes
/// them.
pub(super) struct Controls {
    set: ActionSet,
    aim: Action<Posef>,
    grip: Action<Posef>,
    trigger: Action<f32>,
    squeeze: Action<f32>,
    stick: Action<Vector2f>,
    menu: Action<bool>,
    tremble: Action<Haptic>,
    hands: [Path; 2],
}

/// The hands in one session.
pub(super) struct Hands {
    aim: [Space; 2],
    grip: [Space; 2],
    kinds: [HandKind; 2],
}

impl Controls {
    /// Makes the actions, and suggests which controller does what by which button.
    pub(super) fn new(instance: &Instance, offered: &ExtensionSet) -> Result<Controls, Reason> {
        let path = |text: &str| instance.string_to_path(text).of("xrStringToPath");
        let hands = [path(HANDS[0])?, path(HANDS[1])?];
        let set = instance.create_action_set("hands", "Hands", 0);
        let set = set.of("xrCreateActionSet")?;
        macro_rules! action {
            ($name:literal, $title:literal) => {
                set.create_action($name, $title, &hands)
                    .of("xrCreateAction")?
            };
        }
        let controls = Controls {
            aim: action!("aim", "Point"),
            grip: action!("grip", "Hand"),
            trigger: action!("trigger", "Take hold of atoms"),
            squeeze: action!("squeeze", "Take hold of the scene"),
            stick: action!("stick", "Turn a bond, pull harder"),
            menu: action!("menu", "Panels"),
            tremble: action!("tremble", "Feel"),
            hands,
            set,
        };
        for profile in PROFILES.iter().filter(|profile| (profile.needs)(offered)) {
            controls.suggest(instance, profile)?;
        }
        Ok(controls)
    }

    fn suggest(&self, instance: &Instance, profile: &Profile) -> Result<(), Reason> {
        let path = |text: &str| instance.string_to_path(text).of("xrStringToPath");
        let mut bindings = Vec::new();
        for (hand, menu) in HANDS.iter().zip(profile.menu) {
            let of_hand = |part: &str| path(&format!("{hand}/{part}"));
            bindings.push(Binding::new(&self.aim, of_hand("input/aim/pose")?));
            bindings.push(Binding::new(&self.grip, of_hand("input/grip/pose")?));
            bindings.push(Binding::new(&self.trigger, of_hand(profile.trigger)?));
            if let Some(part) = profile.squeeze {
                bindings.push(Binding::new(&self.squeeze, of_hand(part)?));
            }
            if let Some(part) = profile.stick {
                bindings.push(Binding::new(&self.stick, of_hand(part)?));
            }
            if let Some(part) = menu {
                bindings.push(Binding::new(&self.menu, of_hand(part)?));
            }
            if profile.trembles {
                bindings.push(Binding::new(&self.tremble, of_hand("output/haptic")?));
            }
        }
        let name = path(&format!("/interaction_profiles/{}", profile.name))?;
        match instance.suggest_interaction_profile_bindings(name, &bindings) {
            // A runtime that has never heard of a controller has none of them.
            Err(openxr::sys::Result::ERROR_PATH_UNSUPPORTED) => Ok(()),
            answer => answer.of("xrSuggestInteractionProfileBindings"),
        }
    }

    /// Lets a session have the actions; once for each.
    pub(super) fn attach(&self, session: &Session<Vulkan>) -> Result<Hands, Reason> {
        let attached = session.attach_action_sets(&[&self.set]);
        attached.of("xrAttachSessionActionSets")?;
        let space = |action: &Action<Posef>, hand: usize| {
            let space = action.create_space(session, self.hands[hand], Posef::IDENTITY);
            space.of("xrCreateActionSpace")
        };
        Ok(Hands {
            aim: [space(&self.aim, 0)?, space(&self.aim, 1)?],
            grip: [space(&self.grip, 0)?, space(&self.grip, 1)?],
            kinds: [HandKind::Controller; 2],
        })
    }

    /// Looks up what the hands hold now; whenever the runtime says that this has changed.
    pub(super) fn look_at_kinds(&self, session: &Session<Vulkan>, hands: &mut Hands) {
        for (kind, hand) in hands.kinds.iter_mut().zip(self.hands) {
            let profile = session.current_interaction_profile(hand).ok();
            let profile = profile.filter(|profile| *profile != Path::NULL);
            let name = profile.and_then(|it| session.instance().path_to_string(it).ok());
            *kind = match name {
                Some(name) if name.ends_with(BARE) => HandKind::Bare,
                _ => HandKind::Controller,
            };
        }
    }

    /// What the hands do at this time, in this space; `None` for one that is not tracked.
    pub(super) fn look(
        &self,
        session: &Session<Vulkan>,
        hands: &Hands,
        floor: &Space,
        time: Time,
    ) -> Result<[Option<HandSeen>; 2], Reason> {
        let synchronized = session.sync_actions(&[(&self.set).into()]);
        // (Out of focus all actions rest; that is an answer, too.)
        synchronized.of("xrSyncActions")?;
        Ok([
            self.look_at(session, hands, 0, floor, time)?,
            self.look_at(session, hands, 1, floor, time)?,
        ])
    }

    fn look_at(
        &self,
        session: &Session<Vulkan>,
        hands: &Hands,
        side: usize,
        floor: &Space,
        time: Time,
    ) -> Result<Option<HandSeen>, Reason> {
        let hand = self.hands[side];
        let place = |space: &Space| {
            let location = space.locate(floor, time).of("xrLocateSpace")?;
            Ok(convert::located(&location))
        };
        let (Some(aim), Some(grip)) = (place(&hands.aim[side])?, place(&hands.grip[side])?) else {
            return Ok(None);
        };
        let number = |action: &Action<f32>| {
            let state = action.state(session, hand).of("xrGetActionStateFloat")?;
            Ok(state.current_state.clamp(0.0, 1.0))
        };
        let stick = self.stick.state(session, hand);
        let stick = stick.of("xrGetActionStateVector2f")?.current_state;
        let menu = self.menu.state(session, hand);
        Ok(Some(HandSeen {
            aim,
            grip,
            trigger: number(&self.trigger)?,
            squeeze: number(&self.squeeze)?,
            stick: Vec2::new(stick.x, stick.y),
            menu: menu.of("xrGetActionStateBoolean")?.current_state,
            kind: hands.kinds[side],
            fingertip: None,
        }))
    }

    /// Lets a hand feel something.
    pub(super) fn tremble(&self, session: &Session<Vulkan>, pulse: &Pulse) -> Result<(), Reason> {
        let seconds = f64::from(pulse.seconds.clamp(0.0, PI));
        let vibration = HapticVibration::new()
            .amplitude(pulse.amplitude.clamp(0.0, 1.0))
            .frequency(pulse.frequency.unwrap_or(openxr::FREQUENCY_UNSPECIFIED))
            .duration(Duration::from_nanos((seconds * 1e9) as i64));
        let hand = self.hands[pulse.side.index()];
        let given = self.tremble.apply_feedback(session, hand, &vibration);
        given.of("xrApplyHapticFeedback")
    }
}
