//! The window's app with the headset, which is entered at the start or later by a button.

use bevy::app::App;
use mlipview_core::sim::SimHandle;
use mlipview_viewer::app::notices::{Notices, Severity};
use mlipview_viewer::app::window;
use mlipview_viewer::xr::{self, HeadsetRequest, Mode};

/// Creates the app. With a mode, it renders on the GPU of the headset and enters at once; a headset that
/// cannot be entered is a notice in the window.
pub(super) fn app(sim: SimHandle, mode: Option<Mode>) -> App {
    let device = mode.map(|_| xr::third_party::create_render_device());
    let (device, error) = match device {
        Some(Ok(device)) => (Some(device), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let mut app = window::windowed(sim, device);
    app.add_plugins((xr::plugin, xr::third_party::plugin));
    if let Some(error) = error {
        let mut notices = app.world_mut().resource_mut::<Notices>();
        notices.post(Severity::Warning, error.to_string());
    } else if let Some(mode) = mode {
        app.world_mut().write_message(HeadsetRequest::Enter(mode));
    }
    app
}
