//! Pictures of the scene as PNG: the window as it is, or drawn offscreen with another size and quality.

mod job;
mod request;
mod settings;

pub use job::PictureJob;
pub use request::{PictureRequest, PictureRequestError};
pub use settings::PictureSettings;

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(job::plugin);
}
