//! Analyses of the whole timeline for plots: geometry, energies, radial distribution, mean squared
//! displacement.
//!
//! A task reads the frames of the shown line, those of an opened file first, and yields after each batch.
//! Panels read the newest [`AnalysisPlot`]; nothing waits for the task.

mod analysis;
mod curves;
mod follow;
mod frame_index;
mod line_frames;
mod options;
mod save;
mod values;
mod work;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;

pub use analysis::{AnalysisState, TimelineAnalysis};
pub use curves::{AnalysisPlot, HorizontalAxis, PlottedSeries};
pub use frame_index::FrameIndex;
pub use options::{AnalysisKind, AnalysisOptions, AnalysisOptionsError, DISTANCES};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<TimelineAnalysis>()
        .add_systems(
            Update,
            follow::follow
                .in_set(ViewerSystems::Receive)
                .after(crate::scene::displayed::receive),
        )
        .add_systems(Update, save::save_table.in_set(ViewerSystems::Steer));
}
