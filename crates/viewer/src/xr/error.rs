//! Errors of the headset, each with a way out.

/// The reason why there is no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadsetError {
    /// The OpenXR loader is not installed.
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
    /// The runtime finds no headset.
    #[error(
        "No headset: the OpenXR runtime finds none. Connect it and switch it on, then enter again."
    )]
    NoHeadset,
    /// The runtime does not support Vulkan.
    #[error(
        "The OpenXR runtime {runtime} does not support Vulkan. Windows Mixed Reality headsets work \
         through SteamVR: make it the OpenXR runtime in its settings, then enter again."
    )]
    NoVulkan {
        /// Name of the runtime.
        runtime: String,
    },
    /// The headset is connected to another GPU than the one that renders the window.
    #[error(
        "The headset is connected to another GPU ({name}). Start with --vr to render the window on \
         that GPU, too."
    )]
    OtherGpu {
        /// Name of that GPU.
        name: String,
    },
    /// A call of the runtime or of Vulkan failed.
    #[error(
        "The OpenXR runtime failed in {call} ({result}). Start with --vr, which lets the runtime \
         choose the GPU."
    )]
    CallFailed {
        /// The function.
        call: String,
        /// Its result.
        result: String,
    },
    /// The runtime or its headset went away during the session.
    #[error(
        "The connection to the headset is lost. The simulation goes on; enter again to reconnect."
    )]
    Lost,
    /// No runtime of this platform supports Vulkan.
    #[error(
        "Headsets are supported on Linux and Windows: no runtime of this system supports Vulkan."
    )]
    UnsupportedPlatform,
}
