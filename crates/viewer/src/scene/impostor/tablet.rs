//! Draws the tablet on top of each eye's image.

use bevy::asset::AssetId;
use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::binding_types::{sampler, texture_2d, uniform_buffer_sized};
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, BindGroupLayoutDescriptor, BindGroupLayoutEntries,
    BufferInitDescriptor, BufferUsages, CachedRenderPipelineId, ColorTargetState, ColorWrites,
    FilterMode, FragmentState, LoadOp, Operations, PipelineCache, PrimitiveState,
    PrimitiveTopology, RenderPassColorAttachment, RenderPassDescriptor, RenderPipelineDescriptor,
    Sampler, SamplerBindingType, SamplerDescriptor, ShaderStages, StoreOp, TextureFormat,
    TextureSampleType, VertexState,
};
use bevy::render::renderer::{RenderContext, RenderDevice, ViewQuery};
use bevy::render::texture::GpuImage;
use bevy::render::view::{ExtractedView, ViewTarget};

use super::Eye;
use super::pipelines::BindParams;
use super::shaders::Shaders;
use crate::scene::tablet::{Tablet, TabletPicture};

/// Transform and image of the tablet in the render world.
#[derive(Resource, Default)]
pub(super) struct ExtractedTablet(Option<(Mat4, AssetId<Image>)>);

/// Pipelines of the tablet, one per target format.
#[derive(Resource)]
pub(super) struct TabletPipeline {
    layout: BindGroupLayoutDescriptor,
    sampler: Sampler,
    pipelines: Vec<(TextureFormat, CachedRenderPipelineId)>,
}

/// Bind group of one eye.
#[derive(Component)]
pub(super) struct TabletBindGroup(BindGroup);

pub(super) fn prepare(device: Res<RenderDevice>, mut commands: Commands) {
    let color = texture_2d(TextureSampleType::Float { filterable: true });
    let entries = BindGroupLayoutEntries::sequential(
        ShaderStages::VERTEX_FRAGMENT,
        (
            uniform_buffer_sized(false, None),
            color,
            sampler(SamplerBindingType::Filtering),
        ),
    );
    commands.insert_resource(TabletPipeline {
        layout: BindGroupLayoutDescriptor::new("tablet", &entries),
        sampler: device.create_sampler(&SamplerDescriptor {
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            ..default()
        }),
        pipelines: Vec::new(),
    });
}

pub(super) fn extract(
    tablet: Extract<Res<Tablet>>,
    picture: Extract<Res<TabletPicture>>,
    mut extracted: ResMut<ExtractedTablet>,
) {
    let plane = tablet.plane.map(|plane| plane.to_scene());
    let picture = picture.0.as_ref().map(Handle::id);
    extracted.0 = plane.zip(picture);
}

/// Adds a pipeline for each target format while there is a tablet.
pub(super) fn specialize(
    tablet: Res<ExtractedTablet>,
    targets: Query<&ViewTarget, With<Eye>>,
    shaders: Res<Shaders>,
    cache: Res<PipelineCache>,
    mut tablet_pipeline: ResMut<TabletPipeline>,
) {
    if tablet.0.is_none() {
        return;
    }
    for target in &targets {
        let format = target.main_texture_format();
        if !tablet_pipeline
            .pipelines
            .iter()
            .any(|(known, _)| *known == format)
        {
            let pipeline =
                cache.queue_render_pipeline(descriptor(&tablet_pipeline, &shaders, format));
            tablet_pipeline.pipelines.push((format, pipeline));
        }
    }
}

fn descriptor(
    pipeline: &TabletPipeline,
    shaders: &Shaders,
    format: TextureFormat,
) -> RenderPipelineDescriptor {
    RenderPipelineDescriptor {
        label: Some("tablet".into()),
        layout: vec![pipeline.layout.clone()],
        vertex: VertexState {
            shader: shaders.tablet.clone(),
            entry_point: Some("board".into()),
            ..default()
        },
        primitive: PrimitiveState {
            topology: PrimitiveTopology::TriangleStrip,
            ..default()
        },
        fragment: Some(FragmentState {
            shader: shaders.tablet.clone(),
            entry_point: Some("tablet".into()),
            targets: vec![Some(ColorTargetState {
                format,
                blend: None,
                write_mask: ColorWrites::ALL,
            })],
            ..default()
        }),
        ..default()
    }
}

/// Creates the bind group of each eye.
pub(super) fn bind(
    tablet: Res<ExtractedTablet>,
    pipeline: Res<TabletPipeline>,
    images: Res<RenderAssets<GpuImage>>,
    eyes: Query<(Entity, &ExtractedView), With<Eye>>,
    params: BindParams,
    mut commands: Commands,
) {
    let BindParams { device, cache } = params;
    let shown = tablet
        .0
        .and_then(|(plane, picture)| Some((plane, images.get(picture)?)));
    for (entity, view) in &eyes {
        let Some((plane, image)) = shown else {
            commands.entity(entity).remove::<TabletBindGroup>();
            continue;
        };
        let view_from_world = view.world_from_view.to_matrix().inverse();
        let matrix = view.clip_from_view * view_from_world * plane;
        let buffer = device.create_buffer_with_data(&BufferInitDescriptor {
            label: Some("tablet"),
            contents: bytemuck::cast_slice(&matrix.to_cols_array()),
            usage: BufferUsages::UNIFORM,
        });
        let entries = BindGroupEntries::sequential((
            buffer.as_entire_binding(),
            &image.texture_view,
            &pipeline.sampler,
        ));
        let layout = cache.get_bind_group_layout(&pipeline.layout);
        let group = device.create_bind_group("tablet", &layout, &entries);
        commands.entity(entity).insert(TabletBindGroup(group));
    }
}

/// Draws the tablet over an eye's image.
pub(super) fn draw(
    view: ViewQuery<(&ViewTarget, &TabletBindGroup)>,
    pipeline: Res<TabletPipeline>,
    cache: Res<PipelineCache>,
    mut context: RenderContext,
) {
    let (target, bind_group) = view.into_inner();
    let format = target.main_texture_format();
    let pipeline = pipeline
        .pipelines
        .iter()
        .find(|(known, _)| *known == format);
    let Some(pipeline) = pipeline.and_then(|(_, id)| cache.get_render_pipeline(*id)) else {
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
        label: Some("tablet"),
        color_attachments: &[Some(target_view)],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    pass.set_render_pipeline(pipeline);
    pass.set_bind_group(0, &bind_group.0, &[]);
    pass.draw(0..4, 0..1);
}
