//! Uniforms, textures and bind groups of each eye.

use bevy::prelude::*;
use bevy::render::camera::ExtractedCamera;
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, Buffer, BufferInitDescriptor, BufferUsages, Extent3d, FilterMode,
    Sampler, SamplerDescriptor, TextureDescriptor, TextureDimension, TextureUsages, TextureView,
};
use bevy::render::renderer::RenderDevice;
use bevy::render::texture::TextureCache;
use bevy::render::view::ExtractedView;

use super::pipelines::{
    BindParams, COLOR_FORMAT, DEPTH_FORMAT, Layouts, NORMAL_FORMAT, OCCLUSION_FORMAT,
};
use super::uniforms::Globals;
use super::{Eye, EyeBackground};

/// The layout of `Eye` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
struct EyeUniform {
    clip_from_view: [[f32; 4]; 4],
    view_from_clip: [[f32; 4]; 4],
    view_from_world: [[f32; 4]; 4],
    size: [f32; 2],
    samples: f32,
    pixels: f32,
    head_from_eye: [f32; 4],
    up: [f32; 3],
    background: u32,
    render_scale: f32,
    layer: u32,
    padding: [f32; 2],
}

/// A layer of the image, as in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy)]
enum Layer {
    Opaque = 0,
    Faded = 1,
}

/// Color, normal and depth of the surfaces of a layer.
pub(super) struct SurfaceTextures {
    pub(super) color: TextureView,
    pub(super) normal: TextureView,
    pub(super) depth: TextureView,
}

/// Render targets of one eye.
#[derive(Component)]
pub(super) struct EyeTextures {
    pub(super) opaque: SurfaceTextures,
    /// Faded atoms and bonds, if there are any.
    pub(super) faded: Option<SurfaceTextures>,
    pub(super) ambient_occlusion: TextureView,
    pub(super) shaded: TextureView,
    pub(super) size: UVec2,
    /// Rendered pixels per image pixel, along each axis.
    pub(super) samples: f32,
}

/// Bind groups of one eye, one for each pass.
#[derive(Component)]
pub(super) struct EyeBindings {
    pub(super) eye: BindGroup,
    pub(super) surfaces: BindGroup,
    pub(super) shading: BindGroup,
    pub(super) resolving: BindGroup,
    pub(super) faded: Option<FadedBindings>,
}

/// Bind groups of the faded layer of one eye.
pub(super) struct FadedBindings {
    pub(super) eye: BindGroup,
    pub(super) surfaces: BindGroup,
    pub(super) blending: BindGroup,
}

/// Bilinear sampler.
#[derive(Resource)]
pub(super) struct LinearSampler(Sampler);

pub(super) fn prepare(device: Res<RenderDevice>, mut commands: Commands) {
    commands.insert_resource(LinearSampler(device.create_sampler(&SamplerDescriptor {
        mag_filter: FilterMode::Linear,
        min_filter: FilterMode::Linear,
        ..default()
    })));
}

/// Allocates textures of the size of each eye's image.
pub(super) fn prepare_textures(
    eyes: Query<(Entity, &ExtractedCamera, &Eye)>,
    globals: Res<Globals>,
    device: Res<RenderDevice>,
    mut cache: ResMut<TextureCache>,
    mut commands: Commands,
) {
    for (entity, camera, eye) in &eyes {
        let Some(size) = camera.physical_target_size else {
            continue;
        };
        let samples = eye.render_scale.unwrap_or(globals.samples as f32);
        let size = (size.as_vec2() * samples)
            .round()
            .as_uvec2()
            .max(UVec2::ONE);
        let mut texture = |label, format| {
            let descriptor = TextureDescriptor {
                label: Some(label),
                size: Extent3d {
                    width: size.x,
                    height: size.y,
                    depth_or_array_layers: 1,
                },
                mip_level_count: 1,
                sample_count: 1,
                dimension: TextureDimension::D2,
                format,
                usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            };
            cache.get(&device, descriptor).default_view
        };
        let mut surfaces = || SurfaceTextures {
            color: texture("surface color", COLOR_FORMAT),
            normal: texture("surface normal", NORMAL_FORMAT),
            depth: texture("surface depth", DEPTH_FORMAT),
        };
        commands.entity(entity).insert(EyeTextures {
            opaque: surfaces(),
            faded: globals.faded.then(&mut surfaces),
            ambient_occlusion: texture("ambient_occlusion", OCCLUSION_FORMAT),
            shaded: texture("shaded", COLOR_FORMAT),
            size,
            samples,
        });
    }
}

/// Creates the bind groups of each eye.
pub(super) fn bind(
    eyes: Query<(Entity, &ExtractedView, &EyeTextures, &Eye)>,
    globals: Res<Globals>,
    sampler: Res<LinearSampler>,
    layouts: Res<Layouts>,
    params: BindParams,
    mut commands: Commands,
) {
    let device = &params.device;
    for (entity, view, textures, eye) in &eyes {
        let seen = globals.for_eye(&view.world_from_view, eye.disabled);
        let seen = uniform(device, "globals", &seen);
        let eye_group = |layer| {
            let eye = uniform(device, "eye", &eye_uniform(view, textures, eye, layer));
            let entries = (eye.as_entire_binding(), seen.as_entire_binding());
            params.group("eye", &layouts.eye, &BindGroupEntries::sequential(entries))
        };
        let EyeTextures {
            opaque,
            ambient_occlusion,
            shaded,
            ..
        } = textures;
        let (color, normal, depth) = (&opaque.color, &opaque.normal, &opaque.depth);
        let faded = textures.faded.as_ref().map(|faded| FadedBindings {
            eye: eye_group(Layer::Faded),
            surfaces: params.group(
                "faded surfaces",
                &layouts.surfaces,
                &BindGroupEntries::sequential((&faded.color, &faded.normal, &faded.depth)),
            ),
            blending: params.group(
                "blending",
                &layouts.blending,
                &BindGroupEntries::sequential((
                    &faded.color,
                    &faded.normal,
                    &faded.depth,
                    ambient_occlusion,
                    depth,
                )),
            ),
        });
        commands.entity(entity).insert(EyeBindings {
            eye: eye_group(Layer::Opaque),
            faded,
            surfaces: params.group(
                "surfaces",
                &layouts.surfaces,
                &BindGroupEntries::sequential((color, normal, depth)),
            ),
            shading: params.group(
                "shading",
                &layouts.shading,
                &BindGroupEntries::sequential((color, normal, depth, ambient_occlusion)),
            ),
            resolving: params.group(
                "resolving",
                &layouts.resolving,
                &BindGroupEntries::sequential((shaded, &sampler.0)),
            ),
        });
    }
}

fn uniform(device: &RenderDevice, label: &str, value: &impl bytemuck::Pod) -> Buffer {
    device.create_buffer_with_data(&BufferInitDescriptor {
        label: Some(label),
        contents: bytemuck::bytes_of(value),
        usage: BufferUsages::UNIFORM,
    })
}

fn eye_uniform(
    view: &ExtractedView,
    textures: &EyeTextures,
    eye: &Eye,
    layer: Layer,
) -> EyeUniform {
    let projection = view.clip_from_view;
    let view_from_world = view.world_from_view.to_matrix().inverse();
    let size = textures.size.as_vec2();
    let (up, background) = match eye.background {
        EyeBackground::Image => (Vec3::Y, 0),
        EyeBackground::Sky(up) => (view_from_world.transform_vector3(*up), 1),
        EyeBackground::Transparent => (Vec3::Y, 2),
    };
    EyeUniform {
        clip_from_view: projection.to_cols_array_2d(),
        view_from_clip: projection.inverse().to_cols_array_2d(),
        view_from_world: view_from_world.to_cols_array_2d(),
        size: size.to_array(),
        samples: textures.samples * eye.line_scale.unwrap_or(1.0),
        pixels: projection.y_axis.y * size.y / 2.0,
        head_from_eye: eye.head_from_eye.to_array(),
        up: up.to_array(),
        background,
        render_scale: textures.samples,
        layer: layer as u32,
        padding: [0.0; 2],
    }
}
