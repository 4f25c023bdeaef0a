//! Shaders, embedded in the binary.

use bevy::prelude::*;

/// Shader handles.
#[derive(Resource, Clone)]
pub(super) struct Shaders {
    pub(super) sphere: Handle<Shader>,
    pub(super) cylinder: Handle<Shader>,
    pub(super) screen: Handle<Shader>,
    pub(super) ambient_occlusion: Handle<Shader>,
    pub(super) shade: Handle<Shader>,
    pub(super) resolve: Handle<Shader>,
    pub(super) tablet: Handle<Shader>,
    pub(super) label: Handle<Shader>,
    /// Imported by the others; the handle keeps it loaded.
    _scene: Handle<Shader>,
}

macro_rules! shader {
    ($assets:expr, $file:literal) => {
        $assets.add(Shader::from_wgsl(
            include_str!(concat!("../../../../../shaders/", $file)),
            concat!("shaders/", $file),
        ))
    };
}

impl Shaders {
    pub(super) fn load(app: &mut App) -> Shaders {
        let mut assets = app.world_mut().resource_mut::<Assets<Shader>>();
        Shaders {
            sphere: shader!(assets, "sphere.wgsl"),
            cylinder: shader!(assets, "cylinder.wgsl"),
            screen: shader!(assets, "common/screen.wgsl"),
            ambient_occlusion: shader!(assets, "ambient_occlusion.wgsl"),
            shade: shader!(assets, "shade.wgsl"),
            resolve: shader!(assets, "resolve.wgsl"),
            tablet: shader!(assets, "tablet.wgsl"),
            label: shader!(assets, "label.wgsl"),
            _scene: shader!(assets, "common/scene.wgsl"),
        }
    }
}
