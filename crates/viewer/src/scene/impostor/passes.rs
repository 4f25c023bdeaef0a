//! The render passes of an eye: four, and three more if anything is faded.

use bevy::prelude::*;
use bevy::render::render_phase::TrackedRenderPass;
use bevy::render::render_resource::{
    BindGroup, CachedRenderPipelineId, LoadOp, Operations, PipelineCache,
    RenderPassColorAttachment, RenderPassDepthStencilAttachment, RenderPassDescriptor, StoreOp,
    TextureView,
};
use bevy::render::renderer::{RenderContext, ViewQuery};
use bevy::render::view::{ExtractedView, ViewTarget};

use super::buffers::SceneBuffers;
use super::eye_targets::{EyeBindings, EyeTextures, SurfaceTextures};
use super::pipelines::Pipelines;
use super::uniforms::Globals;

/// Components of an eye that its passes read.
type EyeData = (
    &'static ExtractedView,
    &'static ViewTarget,
    &'static EyeTextures,
    &'static EyeBindings,
);

pub(super) fn draw(
    view: ViewQuery<EyeData>,
    globals: Res<Globals>,
    atoms: Res<SceneBuffers>,
    pipelines: Res<Pipelines>,
    cache: Res<PipelineCache>,
    mut context: RenderContext,
) {
    let (view, target, textures, bindings) = view.into_inner();
    let passes = Passes {
        globals: &globals,
        atoms: &atoms,
        pipelines: &pipelines,
        cache: &cache,
        view,
    };
    passes.surfaces(&mut context, textures, &textures.opaque, &bindings.eye);
    let occlusion = ("ambient_occlusion", pipelines.ambient_occlusion);
    let occlusions = clear(&textures.ambient_occlusion);
    let groups = [&bindings.eye, &bindings.surfaces];
    passes.screen(&mut context, occlusion, groups, occlusions.clone());
    let groups = [&bindings.eye, &bindings.shading];
    let shade = ("shade", pipelines.shade);
    passes.screen(&mut context, shade, groups, clear(&textures.shaded));
    if let (Some(faded), Some(groups)) = (&textures.faded, &bindings.faded) {
        passes.surfaces(&mut context, textures, faded, &groups.eye);
        let surfaces = [&groups.eye, &groups.surfaces];
        passes.screen(&mut context, occlusion, surfaces, occlusions);
        let blending = [&groups.eye, &groups.blending];
        let blend = ("blend", pipelines.blend);
        passes.screen(&mut context, blend, blending, over(&textures.shaded));
    }
    let format = target.main_texture_format();
    let resolve = pipelines.resolve.iter().find(|(known, _)| *known == format);
    if let Some(pipeline) = resolve.and_then(|(_, id)| cache.get_render_pipeline(*id)) {
        let target_view = target.post_process_write().destination;
        let mut pass = begin(&mut context, "resolve", &[Some(clear(target_view))], None);
        pass.set_render_pipeline(pipeline);
        pass.set_bind_group(0, &bindings.eye, &[]);
        pass.set_bind_group(1, &bindings.resolving, &[]);
        pass.draw(0..3, 0..1);
    }
}

/// Resources of the passes of one eye.
struct Passes<'a> {
    globals: &'a Globals,
    atoms: &'a SceneBuffers,
    pipelines: &'a Pipelines,
    cache: &'a PipelineCache,
    view: &'a ExtractedView,
}

impl<'a> Passes<'a> {
    /// A pass over the whole image.
    fn screen(
        &self,
        context: &mut RenderContext,
        (label, pipeline): (&'static str, CachedRenderPipelineId),
        [eye, group]: [&BindGroup; 2],
        target: RenderPassColorAttachment,
    ) {
        let mut pass = begin(context, label, &[Some(target)], None);
        if let Some(pipeline) = self.cache.get_render_pipeline(pipeline) {
            pass.set_render_pipeline(pipeline);
            pass.set_bind_group(0, eye, &[]);
            pass.set_bind_group(1, group, &[]);
            pass.draw(0..3, 0..1);
        }
    }

    /// The surfaces of a layer, which the group of the eye names.
    fn surfaces(
        &self,
        context: &mut RenderContext,
        textures: &EyeTextures,
        layer: &SurfaceTextures,
        eye: &'a BindGroup,
    ) {
        let depth = RenderPassDepthStencilAttachment {
            view: &layer.depth,
            depth_ops: Some(Operations {
                load: LoadOp::Clear(0.0),
                store: StoreOp::Store,
            }),
            stencil_ops: None,
        };
        let target_view = [Some(clear(&layer.color)), Some(clear(&layer.normal))];
        let mut pass = begin(context, "surfaces", &target_view, Some(depth));
        let Some(atoms) = self.atoms.bind_group() else {
            return;
        };
        pass.set_bind_group(0, eye, &[]);
        pass.set_bind_group(1, atoms, &[]);
        let count = self.atoms.count() * self.globals.images();
        let [spheres, points] = self.levels_of_detail(textures);
        if spheres {
            self.draw(&mut pass, self.pipelines.spheres, 0..4, 0..count);
        }
        if points {
            self.draw(&mut pass, self.pipelines.points, 0..count, 0..1);
        }
        if self.globals.has_sticks {
            let sticks = self.atoms.sticks() * self.globals.images();
            self.draw(&mut pass, self.pipelines.sticks, 0..4, 0..sticks);
        }
        self.draw(&mut pass, self.pipelines.lines, 0..4, 0..self.atoms.lines());
        let arrows = 2 * self.atoms.count();
        let first = if self.globals.forces { 0 } else { arrows };
        let last = if self.globals.velocities {
            2 * arrows
        } else {
            arrows
        };
        if first < last {
            self.draw(&mut pass, self.pipelines.arrows, 0..4, first..last);
        }
    }

    /// Whether any atom can be large enough for a sphere, and any small enough for a point, from
    /// the nearest and the farthest possible distance.
    fn levels_of_detail(&self, textures: &EyeTextures) -> [bool; 2] {
        /// As `POINT` in `shaders/sphere.wgsl`.
        const POINT: f32 = 0.6;
        let [smallest, largest] = self.globals.radii;
        let view_from_world = self.view.world_from_view.affine().inverse();
        let center_distance = -view_from_world.transform_point3(self.globals.center).z;
        let scale =
            self.view.clip_from_view.y_axis.y * textures.size.y as f32 / (2.0 * textures.samples);
        let is_flat = self.view.clip_from_view.w_axis.w == 1.0;
        let pixels = |radius: f32, distance: f32| match is_flat {
            true => radius * scale,
            false => radius * scale / distance.max(1e-3),
        };
        let nearest = pixels(largest, center_distance - self.globals.radius - largest);
        let farthest = pixels(smallest, center_distance + self.globals.radius);
        [nearest >= POINT, farthest < POINT]
    }

    fn draw(
        &self,
        pass: &mut TrackedRenderPass<'a>,
        pipeline: CachedRenderPipelineId,
        vertices: std::ops::Range<u32>,
        instances: std::ops::Range<u32>,
    ) {
        let pipeline = self.cache.get_render_pipeline(pipeline);
        let Some(pipeline) = pipeline.filter(|_| !vertices.is_empty() && !instances.is_empty())
        else {
            return;
        };
        pass.set_render_pipeline(pipeline);
        pass.draw(vertices, instances);
    }
}

fn clear(target_view: &TextureView) -> RenderPassColorAttachment<'_> {
    RenderPassColorAttachment {
        view: target_view,
        depth_slice: None,
        resolve_target: None,
        ops: Operations {
            load: LoadOp::Clear(default()),
            store: StoreOp::Store,
        },
    }
}

/// Drawing over what is there.
fn over(target_view: &TextureView) -> RenderPassColorAttachment<'_> {
    RenderPassColorAttachment {
        ops: Operations {
            load: LoadOp::Load,
            store: StoreOp::Store,
        },
        ..clear(target_view)
    }
}

fn begin<'a>(
    context: &'a mut RenderContext,
    label: &'static str,
    color_attachments: &[Option<RenderPassColorAttachment>],
    depth_stencil_attachment: Option<RenderPassDepthStencilAttachment>,
) -> TrackedRenderPass<'a> {
    context.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some(label),
        color_attachments,
        depth_stencil_attachment,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    })
}
