//! Gestures: clicks, drags, box selection and camera motion, the same for every pointer.
//!
//! A pressed [`Aim`](super::aim::Aim) is undecided: released in place it is a click; otherwise it drags the pressed
//! atom, spans a selection box, or moves the camera.

mod add_atom;
pub mod camera;
mod drag;
mod drag_atoms;
mod grip;
mod recognize;
pub mod rotate_bond;
pub mod select;
pub mod selected_bond;
mod state;
mod tool;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;

pub use grip::GripKind;
pub use state::{BoxSelected, Clicked, Gestures, SelectionBox};
pub(crate) use state::{Gesture, Steering};
pub use tool::{Tool, ToolMode};

pub(super) fn plugin(app: &mut App) {
    use Steering::{Act, Follow, Look};
    app.init_resource::<Gestures>()
        .init_resource::<SelectionBox>()
        .add_message::<Clicked>()
        .add_message::<BoxSelected>()
        .configure_sets(
            Update,
            (Follow, Act, Look).chain().in_set(ViewerSystems::Steer),
        )
        .add_systems(Update, recognize::recognize.in_set(Follow))
        .add_plugins((
            tool::plugin,
            select::plugin,
            drag_atoms::plugin,
            add_atom::plugin,
            rotate_bond::plugin,
            camera::plugin,
        ));
}
