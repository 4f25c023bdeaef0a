//! Render pipelines and bind group layouts of the impostors.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::render_resource::binding_types::{
    sampler, storage_buffer_read_only_sized, texture_2d, texture_depth_2d, uniform_buffer_sized,
};
use bevy::render::render_resource::{
    BindGroup, BindGroupEntry, BindGroupLayoutDescriptor, BindGroupLayoutEntries, BlendState,
    CachedPipelineState, CachedRenderPipelineId, ColorTargetState, ColorWrites, CompareFunction,
    DepthStencilState, FragmentState, PipelineCache, PrimitiveState, PrimitiveTopology,
    RenderPipelineDescriptor, SamplerBindingType, ShaderStages, TextureFormat, TextureSampleType,
    VertexState, WgpuFeatures,
};
use bevy::render::renderer::RenderDevice;
use bevy::render::view::ViewTarget;
use bevy::shader::ShaderCacheError;

use super::Eye;
use super::shaders::Shaders;

/// Texture formats of the passes.
pub(super) const COLOR_FORMAT: TextureFormat = TextureFormat::Rgba8UnormSrgb;
pub(super) const NORMAL_FORMAT: TextureFormat = TextureFormat::Rg16Float;
pub(super) const DEPTH_FORMAT: TextureFormat = TextureFormat::Depth32Float;
pub(super) const OCCLUSION_FORMAT: TextureFormat = TextureFormat::R8Unorm;

/// Bind group layouts.
#[derive(Resource)]
pub(super) struct Layouts {
    pub(super) eye: BindGroupLayoutDescriptor,
    pub(super) atoms: BindGroupLayoutDescriptor,
    pub(super) surfaces: BindGroupLayoutDescriptor,
    pub(super) shading: BindGroupLayoutDescriptor,
    pub(super) blending: BindGroupLayoutDescriptor,
    pub(super) resolving: BindGroupLayoutDescriptor,
}

/// Render pipelines.
#[derive(Resource)]
pub(super) struct Pipelines {
    pub(super) spheres: CachedRenderPipelineId,
    pub(super) points: CachedRenderPipelineId,
    pub(super) sticks: CachedRenderPipelineId,
    pub(super) lines: CachedRenderPipelineId,
    pub(super) arrows: CachedRenderPipelineId,
    pub(super) ambient_occlusion: CachedRenderPipelineId,
    pub(super) shade: CachedRenderPipelineId,
    pub(super) blend: CachedRenderPipelineId,
    /// One per target format.
    pub(super) resolve: Vec<(TextureFormat, CachedRenderPipelineId)>,
}

/// Whether all pipelines are compiled.
#[derive(Resource, Clone, Default)]
pub struct Readiness(Arc<Mutex<PipelineState>>);

/// State of the compilation of all pipelines.
#[derive(Default)]
enum PipelineState {
    #[default]
    Preparing,
    Ready,
    Failed(String),
}

impl Readiness {
    /// Whether images can be drawn.
    pub fn is_ready(&self) -> bool {
        matches!(*self.lock(), PipelineState::Ready)
    }

    /// Why images can never be drawn: the graphics driver rejects the shaders.
    pub fn failure(&self) -> Option<String> {
        match &*self.lock() {
            PipelineState::Failed(reason) => Some(reason.clone()),
            _ => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, PipelineState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn prepare(
    shaders: Res<Shaders>,
    cache: Res<PipelineCache>,
    device: Res<RenderDevice>,
    mut commands: Commands,
) {
    let layouts = layouts();
    let early_depth_test = device
        .features()
        .contains(WgpuFeatures::SHADER_EARLY_DEPTH_TEST);
    commands.insert_resource(pipelines(&layouts, &shaders, &cache, early_depth_test));
    commands.insert_resource(layouts);
}

fn layouts() -> Layouts {
    let both = ShaderStages::VERTEX_FRAGMENT;
    let fragment = ShaderStages::FRAGMENT;
    let list = || storage_buffer_read_only_sized(false, None);
    let color = || texture_2d(TextureSampleType::Float { filterable: true });
    let depth = texture_depth_2d;
    let layout =
        |label: &'static str, entries: &[_]| BindGroupLayoutDescriptor::new(label, entries);
    let uniform = || uniform_buffer_sized(false, None);
    Layouts {
        eye: layout(
            "eye",
            &BindGroupLayoutEntries::sequential(both, (uniform(), uniform())),
        ),
        atoms: layout(
            "atoms",
            &BindGroupLayoutEntries::sequential(
                ShaderStages::VERTEX,
                (list(), list(), list(), list(), list(), list()),
            ),
        ),
        surfaces: layout(
            "surfaces",
            &BindGroupLayoutEntries::sequential(fragment, (color(), color(), depth())),
        ),
        shading: layout(
            "shading",
            &BindGroupLayoutEntries::sequential(fragment, (color(), color(), depth(), color())),
        ),
        blending: layout(
            "blending",
            &BindGroupLayoutEntries::sequential(
                fragment,
                (color(), color(), depth(), color(), depth()),
            ),
        ),
        resolving: layout(
            "resolving",
            &BindGroupLayoutEntries::sequential(
                fragment,
                (color(), sampler(SamplerBindingType::Filtering)),
            ),
        ),
    }
}

/// `early_depth_test`: whether the GPU may test depth before a fragment is shaded.
fn pipelines(
    layouts: &Layouts,
    shaders: &Shaders,
    cache: &PipelineCache,
    early_depth_test: bool,
) -> Pipelines {
    let strip = PrimitiveTopology::TriangleStrip;
    let surface = |shader: &Handle<Shader>, vertex, fragment, topology| {
        let layout = vec![layouts.eye.clone(), layouts.atoms.clone()];
        let mut descriptor = descriptor(
            vertex,
            layout,
            [shader, shader],
            [vertex, fragment],
            &[COLOR_FORMAT, NORMAL_FORMAT],
        );
        if let Some(fragment) = descriptor.fragment.as_mut().filter(|_| early_depth_test) {
            fragment.shader_defs.push("HIDDEN_FIRST".into());
        }
        cache.queue_render_pipeline(RenderPipelineDescriptor {
            primitive: PrimitiveState {
                topology,
                ..default()
            },
            depth_stencil: Some(DepthStencilState {
                format: DEPTH_FORMAT,
                depth_write_enabled: Some(true),
                // Reversed depth: infinity has depth 0.
                depth_compare: Some(CompareFunction::Greater),
                stencil: default(),
                bias: default(),
            }),
            ..descriptor
        })
    };
    let screen = |label, layout: &BindGroupLayoutDescriptor, shader: &Handle<Shader>, format| {
        let layout = vec![layouts.eye.clone(), layout.clone()];
        cache.queue_render_pipeline(descriptor(
            label,
            layout,
            [&shaders.screen, shader],
            ["cover", label],
            &[format],
        ))
    };
    let blend = || {
        let mut blend = descriptor(
            "blend",
            vec![layouts.eye.clone(), layouts.blending.clone()],
            [&shaders.screen, &shaders.shade],
            ["cover", "blend"],
            &[COLOR_FORMAT],
        );
        let targets = blend.fragment.iter_mut().flat_map(|it| &mut it.targets);
        for target in targets.flatten() {
            target.blend = Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING);
        }
        cache.queue_render_pipeline(blend)
    };
    Pipelines {
        blend: blend(),
        spheres: surface(&shaders.sphere, "square", "sphere", strip),
        points: surface(
            &shaders.sphere,
            "point",
            "dot_of_atom",
            PrimitiveTopology::PointList,
        ),
        sticks: surface(&shaders.cylinder, "stick", "cylinder", strip),
        lines: surface(&shaders.cylinder, "line", "cylinder", strip),
        arrows: surface(&shaders.cylinder, "arrow", "cylinder", strip),
        ambient_occlusion: screen(
            "ambient_occlusion",
            &layouts.surfaces,
            &shaders.ambient_occlusion,
            OCCLUSION_FORMAT,
        ),
        shade: screen("shade", &layouts.shading, &shaders.shade, COLOR_FORMAT),
        resolve: Vec::new(),
    }
}

fn descriptor(
    label: &'static str,
    layout: Vec<BindGroupLayoutDescriptor>,
    [vertex, fragment]: [&Handle<Shader>; 2],
    [vertex_entry, fragment_entry]: [&'static str; 2],
    formats: &[TextureFormat],
) -> RenderPipelineDescriptor {
    let target = |format: &TextureFormat| {
        Some(ColorTargetState {
            format: *format,
            blend: None,
            write_mask: ColorWrites::ALL,
        })
    };
    RenderPipelineDescriptor {
        label: Some(label.into()),
        layout,
        vertex: VertexState {
            shader: vertex.clone(),
            entry_point: Some(vertex_entry.into()),
            ..default()
        },
        fragment: Some(FragmentState {
            shader: fragment.clone(),
            entry_point: Some(fragment_entry.into()),
            targets: formats.iter().map(target).collect(),
            ..default()
        }),
        ..default()
    }
}

/// Adds a resolve pipeline for each target format of the eyes' cameras.
pub(super) fn specialize(
    targets: Query<&ViewTarget, With<Eye>>,
    layouts: Res<Layouts>,
    shaders: Res<Shaders>,
    cache: Res<PipelineCache>,
    mut pipelines: ResMut<Pipelines>,
) {
    for target in &targets {
        let format = target.main_texture_format();
        if pipelines.resolve.iter().any(|(known, _)| *known == format) {
            continue;
        }
        let pipeline = cache.queue_render_pipeline(descriptor(
            "resolve",
            vec![layouts.eye.clone(), layouts.resolving.clone()],
            [&shaders.resolve, &shaders.resolve],
            ["cover", "resolve"],
            &[format],
        ));
        pipelines.resolve.push((format, pipeline));
    }
}

pub(super) fn update_readiness(
    pipelines: Res<Pipelines>,
    cache: Res<PipelineCache>,
    readiness: Res<Readiness>,
) {
    if pipelines.resolve.is_empty() {
        return;
    }
    let first = [
        pipelines.spheres,
        pipelines.points,
        pipelines.sticks,
        pipelines.lines,
        pipelines.arrows,
        pipelines.ambient_occlusion,
        pipelines.shade,
        pipelines.blend,
    ];
    let last = pipelines.resolve.iter().map(|(_, pipeline)| *pipeline);
    let mut all = PipelineState::Ready;
    for pipeline in first.into_iter().chain(last) {
        match cache.get_render_pipeline_state(pipeline) {
            CachedPipelineState::Ok(_) => {}
            // Shaders are loaded one frame after the pipelines are queued.
            CachedPipelineState::Err(
                ShaderCacheError::ShaderNotLoaded(_)
                | ShaderCacheError::ShaderImportNotYetAvailable,
            )
            | CachedPipelineState::Queued
            | CachedPipelineState::Creating(_) => all = PipelineState::Preparing,
            CachedPipelineState::Err(error) => {
                all = PipelineState::Failed(error.to_string());
                break;
            }
        }
    }
    *readiness.lock() = all;
}

/// The device with its pipelines, to create bind groups.
#[derive(SystemParam)]
pub(super) struct BindParams<'w> {
    pub(super) device: Res<'w, RenderDevice>,
    pub(super) cache: Res<'w, PipelineCache>,
}

impl BindParams<'_> {
    /// A bind group of a layout.
    pub(super) fn group(
        &self,
        label: &'static str,
        layout: &BindGroupLayoutDescriptor,
        entries: &[BindGroupEntry],
    ) -> BindGroup {
        let layout = self.cache.get_bind_group_layout(layout);
        self.device.create_bind_group(label, &layout, entries)
    }
}
