//! Interaction: pointers, picking, gestures, held atoms, keys, and the actions and edits they cause.

pub mod action;
pub mod aim;
pub mod edit;
pub mod gesture;
pub mod hands;
pub mod keyboard;
pub mod pick;
pub mod view;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        action::plugin,
        aim::plugin,
        pick::plugin,
        gesture::plugin,
        hands::plugin,
        keyboard::plugin,
        edit::plugin,
        view::plugin,
    ));
}
