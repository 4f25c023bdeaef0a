//! The window's buttons and keys for the headset: sends their requests and reports the status.

use bevy::prelude::*;

use super::headset::Headset;
use super::request::HeadsetRequest;
use crate::app::xr_status::{Immersion, Mode};
use crate::interact::action::Action;

/// Turns actions of the window into requests to the headset.
pub(super) fn request(
    mut actions: MessageReader<Action>,
    mut requests: MessageWriter<HeadsetRequest>,
) {
    for action in actions.read() {
        match action {
            Action::Immerse(mode) => {
                requests.write(HeadsetRequest::Toggle(*mode));
            }
            Action::Recentre => {
                requests.write(HeadsetRequest::Recenter);
            }
            _ => {}
        }
    }
}

/// Reports the state of the headset to the panels.
pub(super) fn report_status(headset: Res<Headset>, mode: Res<Mode>, mut status: ResMut<Immersion>) {
    status.set_if_neq(match *headset {
        Headset::Off { .. } => Immersion::Desk,
        Headset::Connecting | Headset::Starting | Headset::Stopping => Immersion::OnTheWay,
        Headset::Running { .. } => Immersion::Inside(*mode),
    });
}
