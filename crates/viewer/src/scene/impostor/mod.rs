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
//! The tablet, if there is one, is drawn over the result (`tablet.wgsl`).

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

/// A camera that draws the scene: one in the window, two in a headset.
#[derive(Component, ExtractComponent, Clone, Copy, Debug, Default, PartialEq)]
pub struct Eye {
    /// Rendered pixels per image pixel along each axis, at most 1; `None`: by the style.
    pub render_scale: Option<f32>,
    /// Background behind the atoms.
    pub surroundings: Surroundings,
    /// Rotation from eye to head axes: the lights move with the head, equally for both eyes.
    pub head_from_eye: Quat,
    /// Effects left out to meet a frame deadline.
    pub disabled: DisabledEffects,
}

/// Effects disabled for one eye, whatever the style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisabledEffects {
    /// No ambient occlusion.
    pub ambient_occlusion: bool,
    /// No outlines.
    pub outlines: bool,
}

/// Background behind the atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Surroundings {
    /// The background of the style, as a gradient from top to bottom.
    #[default]
    Backdrop,
    /// The same gradient as a sky around the viewer, opaque; the direction (in the scene) is up.
    Space(Dir3),
    /// Nothing: transparent, with premultiplied colors.
    Nothing,
}

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
                pipelines::update_readiness,
                (
                    eye::prepare_textures,
                    pipelines::specialize,
                    tablet::specialize,
                )
                    .in_set(RenderSystems::PrepareResources),
                (eye::bind, buffers::bind, tablet::bind).in_set(RenderSystems::PrepareBindGroups),
            ),
        )
        .add_systems(
            Core3d,
            (passes::draw, tablet::draw)
                .chain()
                .in_set(Core3dSystems::PostProcess),
        );
}
