//! Draws the labels over each eye's image.

use bevy::asset::AssetId;
use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::binding_types::{sampler, texture_2d, uniform_buffer_sized};
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, BindGroupLayoutDescriptor, BindGroupLayoutEntries, BlendState,
    BufferInitDescriptor, BufferUsages, CachedRenderPipelineId, ColorTargetState, ColorWrites,
    FilterMode, FragmentState, LoadOp, MipmapFilterMode, Operations, PipelineCache, PrimitiveState,
    PrimitiveTopology, RenderPassColorAttachment, RenderPassDescriptor, RenderPipelineDescriptor,
    Sampler, SamplerBindingType, SamplerDescriptor, ShaderStages, StoreOp, TextureFormat,
    TextureSampleType, VertexState,
};
use bevy::render::renderer::{RenderContext, RenderDevice, ViewQuery};
use bevy::render::texture::GpuImage;
use bevy::render::view::{ExtractedView, ViewTarget};

use super::Eye;
use super::label_quad::LabelQuad;
use super::pipelines::BindParams;
use super::shaders::Shaders;
use crate::scene::camera::Orbit;
use crate::scene::labels::{Label, LabelImages, Labels, MAX_LABELS};

/// A label in the render world.
struct ExtractedLabel {
    label: Label,
    /// Width and height, in heights of a letter.
    size: Vec2,
    image: AssetId<Image>,
}

/// The labels in the render world.
#[derive(Resource, Default)]
pub(super) struct ExtractedLabels {
    list: Vec<ExtractedLabel>,
    /// Part of the image that panels leave free, as fractions of its size.
    free_area: Rect,
}

/// Pipelines of the labels, one per target format.
#[derive(Resource)]
pub(super) struct LabelPipeline {
    layout: BindGroupLayoutDescriptor,
    sampler: Sampler,
    pipelines: Vec<(TextureFormat, CachedRenderPipelineId)>,
}

/// Bind groups of the labels that one eye sees.
#[derive(Component)]
pub(super) struct LabelBindGroups(Vec<BindGroup>);

/// Uniform of a label; the layout is that of `Label` in `shaders/label.wgsl`.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
struct LabelUniform {
    clip_from_label: [f32; 16],
    color: [f32; 4],
    background: [f32; 4],
    size: [f32; 2],
    padding: [f32; 2],
}

pub(super) fn prepare(device: Res<RenderDevice>, mut commands: Commands) {
    let entries = BindGroupLayoutEntries::sequential(
        ShaderStages::VERTEX_FRAGMENT,
        (
            uniform_buffer_sized(false, None),
            texture_2d(TextureSampleType::Float { filterable: true }),
            sampler(SamplerBindingType::Filtering),
        ),
    );
    commands.insert_resource(LabelPipeline {
        layout: BindGroupLayoutDescriptor::new("label", &entries),
        sampler: device.create_sampler(&SamplerDescriptor {
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            mipmap_filter: MipmapFilterMode::Linear,
            ..default()
        }),
        pipelines: Vec::new(),
    });
}

pub(super) fn extract(
    labels: Extract<Res<Labels>>,
    images: Extract<Res<LabelImages>>,
    orbit: Extract<Res<Orbit>>,
    mut extracted: ResMut<ExtractedLabels>,
) {
    extracted.free_area = orbit.free_area;
    extracted.list.clear();
    let shown = labels.0.iter().take(MAX_LABELS).filter_map(|label| {
        let image = images.get(&label.text)?;
        Some(ExtractedLabel {
            label: label.clone(),
            size: image.size,
            image: image.handle.id(),
        })
    });
    extracted.list.extend(shown);
}

/// Adds a pipeline for each target format while there are labels.
pub(super) fn specialize(
    labels: Res<ExtractedLabels>,
    targets: Query<&ViewTarget, With<Eye>>,
    shaders: Res<Shaders>,
    cache: Res<PipelineCache>,
    mut pipeline: ResMut<LabelPipeline>,
) {
    if labels.list.is_empty() {
        return;
    }
    for target in &targets {
        let format = target.main_texture_format();
        let mut known = pipeline.pipelines.iter();
        if !known.any(|(known, _)| *known == format) {
            let descriptor = descriptor(&pipeline, &shaders, format);
            let id = cache.queue_render_pipeline(descriptor);
            pipeline.pipelines.push((format, id));
        }
    }
}

fn descriptor(
    pipeline: &LabelPipeline,
    shaders: &Shaders,
    format: TextureFormat,
) -> RenderPipelineDescriptor {
    RenderPipelineDescriptor {
        label: Some("label".into()),
        layout: vec![pipeline.layout.clone()],
        vertex: VertexState {
            shader: shaders.label.clone(),
            entry_point: Some("panel".into()),
            ..default()
        },
        primitive: PrimitiveState {
            topology: PrimitiveTopology::TriangleStrip,
            ..default()
        },
        fragment: Some(FragmentState {
            shader: shaders.label.clone(),
            entry_point: Some("label".into()),
            targets: vec![Some(ColorTargetState {
                format,
                blend: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: ColorWrites::ALL,
            })],
            ..default()
        }),
        ..default()
    }
}

/// Creates the bind groups of each eye.
pub(super) fn bind(
    labels: Res<ExtractedLabels>,
    pipeline: Res<LabelPipeline>,
    images: Res<RenderAssets<GpuImage>>,
    eyes: Query<(Entity, &Eye, &ExtractedView)>,
    params: BindParams,
    mut commands: Commands,
) {
    let BindParams { device, cache } = params;
    for (entity, eye, view) in &eyes {
        if labels.list.is_empty() {
            commands.entity(entity).remove::<LabelBindGroups>();
            continue;
        }
        let quad = LabelQuad {
            clip_from_view: view.clip_from_view,
            world_from_view: view.world_from_view.to_isometry(),
            head_from_eye: eye.head_from_eye,
            text_plane: eye.text_plane,
            free_area: labels.free_area,
        };
        let layout = cache.get_bind_group_layout(&pipeline.layout);
        let groups = labels.list.iter().filter_map(|shown| {
            let image = images.get(shown.image)?;
            let uniform = LabelUniform {
                clip_from_label: quad.of(shown.label.place, shown.size)?.to_cols_array(),
                color: linear(shown.label.color),
                background: linear(shown.label.background),
                size: shown.size.to_array(),
                padding: [0.0; 2],
            };
            let buffer = device.create_buffer_with_data(&BufferInitDescriptor {
                label: Some("label"),
                contents: bytemuck::bytes_of(&uniform),
                usage: BufferUsages::UNIFORM,
            });
            let entries = BindGroupEntries::sequential((
                buffer.as_entire_binding(),
                &image.texture_view,
                &pipeline.sampler,
            ));
            Some(device.create_bind_group("label", &layout, &entries))
        });
        let groups = LabelBindGroups(groups.collect());
        commands.entity(entity).insert(groups);
    }
}

fn linear([red, green, blue, alpha]: [f32; 4]) -> [f32; 4] {
    LinearRgba::from(Srgba::new(red, green, blue, alpha)).to_f32_array()
}

/// Draws the labels over an eye's image.
pub(super) fn draw(
    view: ViewQuery<(&ViewTarget, &LabelBindGroups)>,
    pipeline: Res<LabelPipeline>,
    cache: Res<PipelineCache>,
    mut context: RenderContext,
) {
    let (target, bind_groups) = view.into_inner();
    let format = target.main_texture_format();
    let mut pipelines = pipeline.pipelines.iter();
    let id = pipelines.find(|(known, _)| *known == format);
    let Some(pipeline) = id.and_then(|(_, id)| cache.get_render_pipeline(*id)) else {
        return;
    };
    let target_view = RenderPassColorAttachment {
        view: target.main_texture_view(),
        depth_slice: None,
        resolve_target: None,
        ops: Operations {
            load: LoadOp::Load,
            store: StoreOp::Store,
        },
    };
    let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some("labels"),
        color_attachments: &[Some(target_view)],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    pass.set_render_pipeline(pipeline);
    for group in &bind_groups.0 {
        pass.set_bind_group(0, group, &[]);
        pass.draw(0..4, 0..1);
    }
}
