//! Sessions in the window: everything of it saved to one file, and brought back.

mod appearance;
mod collect;
mod frames;
mod kept;
mod live_frame;
mod params;
mod restore;
mod run_settings;
mod thinning;
mod view;

pub use collect::SessionContents;
pub use frames::SavedFrames;
pub use kept::KeptFields;
pub use live_frame::LiveFrame;
pub use params::SessionParams;
pub use restore::RestoreParams;
pub use view::{camera_pose, orbit_of};

use bevy::prelude::App;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<KeptFields>();
}
