//! Environment variables that graphics libraries read.

/// Keeps the Vulkan layer of Mesa that chooses a GPU from asking Wayland for one where there is no
/// Wayland (`XDG_RUNTIME_DIR` is not set): libwayland would print errors to the terminal. The layer
/// documents `NODEVICE_SELECT` for this in its manifest, `VkLayer_MESA_device_select.json`.
///
/// To be called before other threads run.
pub(super) fn quiet_device_selection() {
    if cfg!(target_os = "linux") && std::env::var_os("XDG_RUNTIME_DIR").is_none() {
        #[expect(
            unsafe_code,
            reason = "the environment is changed while this is the only thread"
        )]
        // SAFETY: No other thread reads the environment: none has been started yet.
        unsafe {
            std::env::set_var("NODEVICE_SELECT", "1");
        }
    }
}
