//! The window's buttons and keys for the headset: sends their requests and reports the status.

use bevy::prelude::*;

use super::headset::Headset;
use super::request::HeadsetRequest;
use crate::app::xr_status::{Mode, XrStatus};
use crate::interact::action::Action;

/// Turns actions of the window into requests to the headset.
pub(super) fn request(
    mut actions: MessageReader<Action>,
    mut requests: MessageWriter<HeadsetRequest>,
) {
    for action in actions.read() {
        match action {
            Action::ToggleHeadset(mode) => {
                requests.write(HeadsetRequest::Toggle(*mode));
            }
            Action::Recenter => {
                requests.write(HeadsetRequest::Recenter);
            }
            _ => {}
        }
    }
}

/// Reports the state of the headset to the panels.
pub(super) fn report_status(headset: Res<Headset>, mode: Res<Mode>, mut status: ResMut<XrStatus>) {
    status.set_if_neq(match *headset {
        Headset::Off { .. } => XrStatus::Inactive,
        Headset::Connecting | Headset::Starting | Headset::Stopping => XrStatus::Changing,
        Headset::Running { .. } => XrStatus::Active(*mode),
    });
}
