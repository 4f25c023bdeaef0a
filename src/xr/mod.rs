//! The headset: the same scene with two eyes and two hands.
//!
//! What the headset says in a frame is [`Seen`], what is asked of it [`Wishes`], and whether there is
//! one [`Headset`]: plain data, in metres, radians and seconds, in the space of the room, whose origin
//! lies on the floor, x to the right, y up, −z ahead. [`Rig`] says where the molecule is in it. Only
//! the doors to the runtime know OpenXR; all else works with made-up data.

pub mod headset;
pub mod rig;
pub mod seen;
pub mod wishes;

use bevy::prelude::*;

pub use headset::{Ask, Headset, Mode, Reason};
pub use rig::Rig;
pub use seen::{Seen, Side};
pub use wishes::Wishes;

/// The headset's part of the app, which works on what [`Seen`] says, whoever writes it.
pub fn plugin(app: &mut App) {
    app.init_resource::<Seen>()
        .init_resource::<Wishes>()
        .init_resource::<Headset>()
        .init_resource::<Mode>()
        .init_resource::<Rig>()
        .add_message::<Ask>();
}
