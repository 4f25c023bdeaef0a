//! Pointers into the scene: mouse, touches and controllers as rays.

mod mouse;
mod pointers;
mod touch_screen;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;

pub use mouse::{MOUSE, Pointer};
pub use pointers::{Aim, Aims, CapturedInput, HandPose, Hit, PointerInput};
pub use touch_screen::{Fingers, Pinch};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Aims>()
        .init_resource::<CapturedInput>()
        .configure_sets(Update, PointerInput.in_set(ViewerSystems::Point))
        .add_systems(
            Update,
            clear.in_set(ViewerSystems::Point).before(PointerInput),
        )
        .add_plugins((mouse::plugin, touch_screen::plugin));
}

fn clear(mut aims: ResMut<Aims>) {
    aims.clear();
}
