//! The window's app with the headset, which is entered at the start or later by a button.

use bevy::app::App;
use mlipview_core::sim::SimHandle;
use mlipview_viewer::app::notices::{Notices, Severity};
use mlipview_viewer::app::window;
use mlipview_viewer::xr;
use mlipview_viewer::xr::{Ask, Mode};

/// Creates the app; a headset that cannot be entered is a notice in the window.
pub(super) fn app(sim: SimHandle, wanted: Option<Mode>) -> App {
    let device = wanted.map(|_| xr::third_party::device());
    let (device, failure) = match device {
        Some(Ok(device)) => (Some(device), None),
        Some(Err(reason)) => (None, Some(reason)),
        None => (None, None),
    };
    let mut app = window::windowed(sim, device);
    app.add_plugins((xr::plugin, xr::third_party::plugin));
    if let Some(reason) = failure {
        let mut notices = app.world_mut().resource_mut::<Notices>();
        notices.say(Severity::Warning, reason.to_string());
    } else if let Some(mode) = wanted {
        app.world_mut().write_message(Ask::Enter(mode));
    }
    app
}
