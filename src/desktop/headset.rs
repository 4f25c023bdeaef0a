//! The window with a headset beside it, entered at once or when somebody asks.

use bevy::app::App;
use mlipview_core::sim::SimHandle;
use mlipview_viewer::app::notices::{Notices, Severity};
use mlipview_viewer::app::window;
use mlipview_viewer::xr;
use mlipview_viewer::xr::{Ask, Mode};

/// An app with a window, and a headset if one is wanted. A window opens in any case.
pub(super) fn beside_window(sim: SimHandle, wanted: Option<Mode>) -> App {
    let device = wanted.map(|_| xr::third_party::device());
    let (drawn_by, failure) = match device {
        Some(Ok(device)) => (Some(device), None),
        Some(Err(reason)) => (None, Some(reason)),
        None => (None, None),
    };
    let mut app = window::windowed(sim, drawn_by);
    app.add_plugins((xr::plugin, xr::third_party::plugin));
    if let Some(reason) = failure {
        let mut notices = app.world_mut().resource_mut::<Notices>();
        notices.say(Severity::Warning, reason.to_string());
    } else if let Some(mode) = wanted {
        app.world_mut().write_message(Ask::Enter(mode));
    }
    app
}
