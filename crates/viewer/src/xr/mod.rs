//! The headset (OpenXR): the same scene with two eyes and two hands.
//!
//! The runtime fills in [`Tracking`] and [`HeadsetDisplay`] each frame, and takes [`HeadsetOutput`];
//! [`Headset`] is the state of the session, and [`HeadsetRequest`] changes it. All of them are plain
//! data in meters, radians and seconds, in room space: the origin on the floor, x right, y up, −z
//! forward. [`Rig`] maps room space to the scene in Å. Only `third_party` names OpenXR; tests write
//! made-up data.

pub mod adaptive_quality;
pub mod blend_mode;
pub mod display;
pub mod error;
pub mod eye_view;
pub mod eyes;
mod frame_budget;
pub mod grab_world;
pub mod hand;
pub mod hand_input;
mod hand_tracking;
mod hand_visuals;
mod haptics;
pub mod headset;
pub mod late_latching;
mod mirror_window;
pub mod output;
mod passthrough;
pub mod pointers;
pub mod pose;
mod presence;
mod recenter;
pub mod request;
pub mod rig;
mod state_machine;
pub mod tablet;
mod tablet_touch;
pub mod text_plane;
pub mod third_party;
mod thumbstick;
pub mod tracking;
mod window_actions;

use bevy::prelude::*;

pub use crate::app::xr_status::Mode;
pub use blend_mode::BlendMode;
pub use display::HeadsetDisplay;
pub use error::HeadsetError;
pub use eye_view::EyeView;
pub use hand_input::{HandInput, HandSource, Side};
pub use headset::Headset;
pub use output::HeadsetOutput;
pub use pose::Pose;
pub use request::HeadsetRequest;
pub use rig::Rig;
pub use tracking::Tracking;

use crate::interact::action::ActionInput;
use crate::interact::aim::PointerInput;
use crate::schedule::ViewerSystems;

/// Adds all of the headset but the runtime: works on [`Tracking`] from any source.
pub fn plugin(app: &mut App) {
    app.init_resource::<Tracking>()
        .init_resource::<HeadsetDisplay>()
        .init_resource::<HeadsetOutput>()
        .init_resource::<Headset>()
        .init_resource::<Mode>()
        .init_resource::<Rig>()
        .init_resource::<hand::TrackedHands>()
        .init_resource::<adaptive_quality::AdaptiveQuality>()
        .init_resource::<tablet::TabletPlacement>()
        .init_resource::<tablet_touch::TabletTouches>()
        .init_resource::<text_plane::TextPlanePose>()
        .add_message::<HeadsetRequest>()
        .add_plugins((
            state_machine::plugin,
            mirror_window::plugin,
            eyes::plugin,
            late_latching::plugin,
        ));
    // Hands and the rig are up to date before anything is picked.
    let before_pointing = (
        hand::track,
        tablet::update_placement,
        recenter::recenter,
        grab_world::grab,
        tablet_touch::touch,
    )
        .chain();
    app.add_systems(
        Update,
        before_pointing
            .in_set(ViewerSystems::Point)
            .before(PointerInput),
    )
    .add_systems(Update, pointers::add_aims.in_set(PointerInput))
    .add_systems(
        Update,
        thumbstick::rotate_bond
            .in_set(ActionInput)
            .after(PointerInput),
    );
    let output = (
        window_actions::request,
        passthrough::select,
        (adaptive_quality::adapt, frame_budget::report).chain(),
    );
    let people = (presence::join_and_leave, presence::scale_heads);
    let visuals = (
        hand_visuals::draw,
        haptics::request,
        presence::send,
        text_plane::follow,
    );
    app.add_systems(Update, output.in_set(ViewerSystems::Steer))
        .add_systems(Update, people.in_set(ViewerSystems::Steer))
        .add_systems(Update, visuals.in_set(ViewerSystems::Place))
        .add_systems(
            Update,
            window_actions::report_status.in_set(ViewerSystems::Show),
        );
}
