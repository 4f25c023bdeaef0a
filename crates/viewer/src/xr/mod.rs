//! The headset: the same scene with two eyes and two hands.
//!
//! What the headset says in a frame is [`Seen`], what is asked of it [`Wishes`], and whether there is
//! one [`Headset`]: plain data, in metres, radians and seconds, in the space of the room, whose origin
//! lies on the floor, x to the right, y up, −z ahead. [`Rig`] says where the molecule is in it. Only
//! the doors to the runtime know OpenXR; all else works with made-up data.

mod asking;
mod bare;
pub mod budget;
mod desk;
pub mod eyes;
pub mod grasp;
pub mod hand;
pub mod headset;
mod invitation;
pub mod late;
mod limbs;
pub mod passthrough;
mod people;
mod placing;
mod pulse;
pub mod rig;
pub mod seen;
mod stick;
pub mod tablet;
pub mod third_party;
mod touches;
pub mod wishes;
pub mod world;

use bevy::prelude::*;

pub use headset::{Ask, Headset, Mode, Reason};
pub use rig::Rig;
pub use seen::{Seen, Side};
pub use wishes::Wishes;

use crate::interact::action::Asking;
use crate::interact::aim::Pointing;
use crate::schedule::ViewerSystems;

/// The headset's part of the app, which works on what [`Seen`] says, whoever writes it.
pub fn plugin(app: &mut App) {
    app.init_resource::<Seen>()
        .init_resource::<Wishes>()
        .init_resource::<Headset>()
        .init_resource::<Mode>()
        .init_resource::<Rig>()
        .init_resource::<hand::TwoHands>()
        .init_resource::<budget::Budget>()
        .init_resource::<tablet::Hanging>()
        .init_resource::<touches::Touches>()
        .add_message::<Ask>()
        .add_plugins((asking::plugin, desk::plugin, eyes::plugin, late::plugin));
    // Hands are seen and the world is where they have it, before anything is pointed at.
    let first = (
        hand::follow,
        tablet::hang,
        placing::place,
        world::carry,
        touches::touch,
    )
        .chain();
    app.add_systems(Update, first.in_set(ViewerSystems::Point).before(Pointing))
        .add_systems(Update, grasp::point.in_set(Pointing))
        .add_systems(Update, stick::turn.in_set(Asking).after(Pointing));
    let wishes = (
        invitation::ask,
        passthrough::wish,
        (budget::keep, budget::tell).chain(),
    );
    let others = (people::come_and_go, people::size_heads);
    let drawn = (limbs::draw, pulse::feel, people::tell);
    app.add_systems(Update, wishes.in_set(ViewerSystems::Steer))
        .add_systems(Update, others.in_set(ViewerSystems::Steer))
        .add_systems(Update, drawn.in_set(ViewerSystems::Place))
        .add_systems(Update, invitation::show.in_set(ViewerSystems::Show));
}
