//! Environment variables for graphics libraries.

/// Turns off Mesa's device selection layer where there is no Wayland (`XDG_RUNTIME_DIR` is not set):
/// its call to libwayland would print errors to the terminal. The layer's manifest,
/// `VkLayer_MESA_device_select.json`, documents `NODEVICE_SELECT`.
///
/// Call it before other threads start.
pub(super) fn quiet_device_selection() {
    if cfg!(target_os = "linux") && std::env::var_os("XDG_RUNTIME_DIR").is_none() {
        #[expect(
            unsafe_code,
            reason = "the environment changes while this is the only thread"
        )]
        // SAFETY: No other thread has started, so none reads the environment.
        unsafe {
            std::env::set_var("NODEVICE_SELECT", "1");
        }
    }
}
