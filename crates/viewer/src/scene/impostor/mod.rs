//! Ray-cast impostors: each atom and bond is one quad whose fragment shader intersects a sphere or
//! cone.
//!
//! Four passes draw the image of each [`Eye`]:
//!
//! 1. `surfaces`: color, normal and depth of spheres, sticks, lines and arrows (`sphere.wgsl`,
//!    `cylinder.wgsl`), straight from the positions, which are uploaded once per simulation frame,
//!    12 bytes per atom;
//! 2. `ambient_occlusion`: fraction of the sky visible from each pixel (`ambient_occlusion.wgsl`);
//! 3. `shade`: lighting, outlines, highlights and depth cueing (`shade.wgsl`);
//! 4. `resolve`: anti-aliasing (`resolve.wgsl`).
//!
//! Faded atoms and bonds, if there are any, have surfaces and ambient occlusion of their own, which `blend`
//! (`shade.wgsl`) draws over the shaded opaque ones.
//!
//! Labels (`label.wgsl`) and the tablet, if there is one (`tablet.wgsl`), are drawn over the result.

mod buffers;
mod eye;
mod eye_targets;
mod label_quad;
mod labels;
mod passes;
mod pipelines;
mod shaders;
mod tablet;
mod uniforms;

use bevy::core_pipeline::{Core3d, Core3dSystems};
use bevy::prelude::*;
use bevy::render::extract_component::ExtractComponentPlugin;
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderStartup, RenderSystems};

pub use eye::{DisabledEffects, Eye, EyeBackground};
pub use pipelines::Readiness;

/// Upload of changed data to the GPU.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uploads;

pub(super) fn plugin(app: &mut App) {
    let shaders = shaders::Shaders::load(app);
    let readiness = Readiness::default();
    app.add_plugins(ExtractComponentPlugin::<Eye>::default())
        .insert_resource(readiness.clone());
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        // Without a GPU nothing is drawn; the scene and interaction work all the same.
        return;
    };
    render_app
        .insert_resource(shaders)
        .insert_resource(readiness)
        .init_resource::<uniforms::Globals>()
        .init_resource::<tablet::ExtractedTablet>()
        .init_resource::<labels::ExtractedLabels>()
        .add_systems(
            RenderStartup,
            (
                pipelines::prepare,
                buffers::prepare,
                eye_targets::prepare,
                tablet::prepare,
                labels::prepare,
            )
                .chain(),
        )
        .add_systems(
            ExtractSchedule,
            (
                uniforms::extract,
                buffers::extract,
                tablet::extract,
                labels::extract,
            )
                .in_set(Uploads),
        )
        .add_systems(
            Render,
            (
                pipelines::update_readiness,
                (
                    eye_targets::prepare_textures,
                    pipelines::specialize,
                    tablet::specialize,
                    labels::specialize,
                )
                    .in_set(RenderSystems::PrepareResources),
                (eye_targets::bind, buffers::bind, tablet::bind, labels::bind)
                    .in_set(RenderSystems::PrepareBindGroups),
            ),
        )
        .add_systems(
            Core3d,
            (passes::draw, labels::draw, tablet::draw)
                .chain()
                .in_set(Core3dSystems::PostProcess),
        );
}
