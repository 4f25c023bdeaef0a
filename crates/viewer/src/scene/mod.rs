//! The scene: displayed atoms, bonds and lines, their appearance, the camera, and how they are drawn.

pub mod appearance;
pub mod beam;
pub mod bonds;
pub mod bounds;
pub mod camera;
pub mod captions;
pub mod coordinates;
pub mod displayed;
pub mod image_options;
pub mod impostor;
pub mod initial_view;
pub mod labels;
pub mod lines;
pub mod measure;
pub mod opacities;
pub mod picture;
pub mod selection;
pub mod style;
pub mod tablet;
pub mod thumbnail;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        displayed::plugin,
        bonds::plugin,
        appearance::plugin,
        lines::plugin,
        labels::plugin,
        camera::plugin,
        impostor::plugin,
        measure::plugin,
        tablet::plugin,
    ));
}
