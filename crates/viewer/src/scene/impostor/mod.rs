//! Atoms and bonds drawn as what they are not: squares, in whose pixels rays meet spheres and cones.
//!
//! A picture is made in four passes, for each [`Eye`] of its own:
//!
//! 1. `surfaces`: color, normal and depth of spheres, sticks, strokes and arrows (`sphere.wgsl`,
//!    `cylinder.wgsl`), straight from the positions, which go to the graphics card once per frame of
//!    the simulation, 12 bytes for each atom;
//! 2. `occlusion`: how much of the sky each pixel sees (`occlusion.wgsl`);
//! 3. `shade`: light, contours, outlines and depth (`shade.wgsl`);
//! 4. `resolve`: smooth edges (`resolve.wgsl`).
//!
//! Over it comes the tablet, where one hangs in the scene (`tablet.wgsl`).

mod buffers;
mod eye;
mod passes;
mod pipelines;
mod shaders;
mod tablet;
mod uniforms;

use bevy::core_pipeline::{Core3d, Core3dSystems};
use bevy::prelude::*;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderStartup, RenderSystems};

pub use pipelines::Readiness;

/// A camera through which the scene is seen: one at the desk, two in a headset.
#[derive(Component, ExtractComponent, Clone, Copy, Debug, Default, PartialEq)]
pub struct Eye {
    /// Drawn pixels per pixel of its picture, along each axis: 1 or less; as the style says where it
    /// is `None`.
    pub sharpness: Option<f32>,
    /// What is behind everything.
    pub surroundings: Surroundings,
    /// Turns directions as the eye has them to those as the head has them: the light is the head's,
    /// and the same for both of its eyes.
    pub head_from_eye: Quat,
    /// What is left out, so that it is drawn in time.
    pub spared: Spared,
}

/// What is left out for one eye, whatever the style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spared {
    /// Dark corners.
    pub occlusion: bool,
    /// Dark contours.
    pub contours: bool,
}

/// What is seen behind everything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Surroundings {
    /// The style's background, from the upper edge of the picture to the lower.
    #[default]
    Backdrop,
    /// The same colors, opaque, around whoever looks, from this direction (in the scene) to the
    /// opposite one.
    Space(Dir3),
    /// Nothing: the picture is transparent there, its colors multiplied by their opacity.
    Nothing,
}

/// Handing what changed to the graphics card.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uploads;

pub(super) fn plugin(app: &mut App) {
    let shaders = shaders::Shaders::load(app);
    let readiness = Readiness::default();
    app.add_plugins(ExtractComponentPlugin::<Eye>::default())
        .insert_resource(readiness.clone());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        // Without a graphics card there is no picture; the scene and the hands work all the same.
        return;
    };
    render_app
        .insert_resource(shaders)
        .insert_resource(readiness)
        .init_resource::<uniforms::Figure>()
        .init_resource::<tablet::Hung>()
        .add_systems(
            RenderStartup,
            (
                pipelines::prepare,
                buffers::prepare,
                eye::prepare,
                tablet::prepare,
            )
                .chain(),
        )
        .add_systems(
            ExtractSchedule,
            (uniforms::extract, buffers::extract, tablet::extract).in_set(Uploads),
        )
        .add_systems(
            Render,
            (
                pipelines::look_whether_ready,
                (
                    eye::prepare_pictures,
                    pipelines::for_targets,
                    tablet::for_targets,
                )
                    .in_set(RenderSystems::PrepareResources),
                (eye::bind, buffers::bind, tablet::bind).in_set(RenderSystems::PrepareBindGroups),
            ),
        )
        .add_systems(
            Core3d,
            (passes::picture, tablet::draw)
                .chain()
                .in_set(Core3dSystems::PostProcess),
        );
}
