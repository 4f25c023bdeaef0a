//! The timeline in the window: samples of the recorded frames, playback options, and their actions.

mod actions;
mod curve;
mod options;
mod samples;
mod view;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;

pub use curve::{Column, columns};
pub use options::PlaybackOptions;
pub use samples::{FrameSample, Samples};
pub use view::TimelineView;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<TimelineView>()
        .add_systems(
            Update,
            follow
                .in_set(ViewerSystems::Receive)
                .after(crate::scene::displayed::receive),
        )
        .add_systems(
            Update,
            (actions::carry_out, actions::update_play)
                .chain()
                .in_set(ViewerSystems::Steer),
        );
}

fn follow(simulation: Res<Simulation>, mut view: ResMut<TimelineView>) {
    view.bypass_change_detection().update(simulation.timeline());
}
