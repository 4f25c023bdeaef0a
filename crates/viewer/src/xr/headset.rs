//! Whether there is a headset, and why not: the one truth about it.

use bevy::prelude::*;

pub use crate::app::xr_status::Mode;

/// Whether there is a headset.
#[derive(Resource, Clone, Debug, PartialEq)]
pub enum Headset {
    /// There is none.
    Away {
        /// Why, if somebody asked for one, or if it went.
        why: Option<Reason>,
    },
    /// The runtime is being asked, beside the window's thread.
    Asking,
    /// There is a session, which is not ready for pictures.
    Joining,
    /// It shows the scene.
    Present {
        /// Whether hands are ours, and not those of a menu of the runtime.
        focused: bool,
    },
    /// The session is being ended.
    Leaving,
}

impl Default for Headset {
    fn default() -> Headset {
        Headset::Away { why: None }
    }
}

impl Headset {
    /// Whether it shows the scene.
    pub fn is_present(&self) -> bool {
        matches!(self, Headset::Present { .. })
    }

    /// Whether it shows the scene and its hands are ours.
    pub fn is_focused(&self) -> bool {
        *self == Headset::Present { focused: true }
    }
}

/// Why there is no headset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The loader of OpenXR is not installed.
    #[error(
        "No headset: the OpenXR loader is not installed. Install SteamVR or Monado (on Debian and \
         Ubuntu also the package libopenxr-loader1), then enter again."
    )]
    NoLoader,
    /// The loader finds no runtime, or the runtime does not answer.
    #[error(
        "No headset: no OpenXR runtime answers. Start SteamVR, Quest Link or Monado, then enter again."
    )]
    NoRuntime,
    /// The runtime has no headset.
    #[error(
        "The headset's runtime sees no headset. Connect it and switch it on, then enter again."
    )]
    NoHeadset,
    /// The runtime cannot take pictures of Vulkan.
    #[error(
        "The runtime {runtime} cannot draw with Vulkan. Windows Mixed Reality headsets work through \
         SteamVR: make it the OpenXR runtime in its settings, then enter again."
    )]
    NoVulkan {
        /// What it calls itself.
        runtime: String,
    },
    /// The headset is on another graphics card than the window.
    #[error(
        "The headset is on another graphics card ({name}). Start with --vr, and the window is drawn \
         there too."
    )]
    OtherCard {
        /// What the card is called.
        name: String,
    },
    /// The runtime refused something that should have worked.
    #[error(
        "The headset's runtime refused {call} ({result}). Start with --vr, which lets the runtime \
         choose the graphics device."
    )]
    Refused {
        /// What it was asked.
        call: String,
        /// What it answered.
        result: String,
    },
    /// It was there and is gone.
    #[error("The headset's runtime went away. Everything goes on here; enter again to come back.")]
    Lost,
    /// This platform has no runtime that draws with what draws the window.
    #[error("Headsets work on Linux and Windows: on this system none draws with Vulkan.")]
    NotHere,
}

/// Something that is asked about the headset.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Shows the scene in the headset; where it does, changes what is around.
    Enter(Mode),
    /// Comes back to the desk.
    Leave,
    /// Comes back to the desk from this mode, or else enters it.
    Toggle(Mode),
    /// Puts the molecule before the head again.
    Recentre,
}
