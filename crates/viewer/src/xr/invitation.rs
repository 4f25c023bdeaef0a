//! The desk's buttons and keys for the headset: what they ask for, and what they show.

use bevy::prelude::*;

use super::headset::{Ask, Headset, Mode};
use crate::app::xr_status::Immersion;
use crate::interact::action::Action;

/// What the desk asks for is asked of the headset.
pub(super) fn ask(mut actions: MessageReader<Action>, mut asks: MessageWriter<Ask>) {
    for action in actions.read() {
        match action {
            Action::Immerse(mode) => {
                asks.write(Ask::Toggle(*mode));
            }
            Action::Recentre => {
                asks.write(Ask::Recentre);
            }
            _ => {}
        }
    }
}

/// Lets the desk know.
pub(super) fn show(headset: Res<Headset>, mode: Res<Mode>, mut immersion: ResMut<Immersion>) {
    immersion.set_if_neq(match *headset {
        Headset::Away { .. } => Immersion::Desk,
        Headset::Asking | Headset::Joining | Headset::Leaving => Immersion::OnTheWay,
        Headset::Present { .. } => Immersion::Inside(*mode),
    });
}
