//! Uniforms shared by all eyes: cell, style, light.

use bevy::prelude::*;
use bevy::render::Extract;

use super::DisabledEffects;
use crate::scene::appearance::{Appearances, Radii};
use crate::scene::bonds::Bonding;
use crate::scene::coordinates::to_drawn;
use crate::scene::displayed::Scene;
use crate::scene::opacities::Opacities;
use crate::scene::style::Style;

/// Radius of ambient occlusion, Å.
const OCCLUSION_RADIUS: f32 = 2.5;
/// Highlight colors of selected, hovered and moving atoms, sRGB.
const HIGHLIGHTS: [[f32; 3]; 3] = [[1.0, 0.72, 0.1], [0.35, 0.75, 1.0], [0.35, 0.95, 0.45]];
/// Minimum radius of a stick, and half the width of lines, pixels.
const MIN_RADII: [f32; 2] = [0.5, 0.9];

/// The layout of `Globals` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, Default, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct GlobalsUniform {
    cell: [[f32; 4]; 3],
    images: [u32; 4],
    counts: [u32; 4],
    background: [[f32; 4]; 2],
    highlights: [[f32; 4]; 3],
    stick: [f32; 4],
    arrows: [f32; 4],
    light: [f32; 4],
    extent: [f32; 4],
}

/// Everything drawn except the atoms.
#[derive(Resource, Default)]
pub(super) struct Globals {
    pub(super) uniform: GlobalsUniform,
    /// Rendered pixels per image pixel, along each axis.
    pub(super) samples: u32,
    pub(super) has_sticks: bool,
    pub(super) forces: bool,
    pub(super) velocities: bool,
    /// Bounding sphere, Å.
    pub(super) center: Vec3,
    pub(super) radius: f32,
    /// Smallest and largest radius of an atom, Å.
    pub(super) radii: [f32; 2],
    highlighted: bool,
    /// Whether anything is drawn with an opacity below 1.
    pub(super) faded: bool,
}

impl Globals {
    /// Number of periodic images.
    pub(super) fn images(&self) -> u32 {
        let [a, b, c, _] = self.uniform.images;
        a * b * c
    }

    /// The uniform for an eye with this transform.
    pub(super) fn for_eye(
        &self,
        eye: &GlobalTransform,
        disabled: DisabledEffects,
    ) -> GlobalsUniform {
        let sight = eye.affine().inverse().transform_point3(self.center);
        let mut uniform = self.uniform;
        uniform.extent = [
            -sight.z,
            self.radius,
            f32::from(u8::from(self.highlighted)),
            0.0,
        ];
        let [ambient_occlusion, outlines, ..] = &mut uniform.light;
        if disabled.ambient_occlusion {
            *ambient_occlusion = 0.0;
        }
        if disabled.outlines {
            *outlines = 0.0;
        }
        uniform
    }
}

pub(super) fn extract(
    scene: Extract<Res<Scene>>,
    style: Extract<Res<Style>>,
    bonding: Extract<Res<Bonding>>,
    appearances: Extract<Res<Appearances>>,
    opacities: Extract<Res<Opacities>>,
    mut globals: ResMut<Globals>,
    mut seen: Local<Option<u64>>,
) {
    if *seen != Some(scene.version()) || style.is_changed() {
        *seen = Some(scene.version());
        (globals.center, globals.radius) = scene.bounds_with_images(style.images);
    }
    let atoms = scene.positions().len();
    let stick = Radii::of(&style, scene.frame.identity.elements()).of_stick();
    let periodic = scene
        .frame
        .cell
        .as_ref()
        .map_or([false; 3], |cell| cell.periodic());
    let vectors = scene
        .frame
        .cell
        .as_ref()
        .map_or([Vec3::ZERO; 3], |cell| cell.vectors().map(to_drawn));
    let times = |axis: usize| {
        if periodic[axis] {
            style.images[axis].max(1)
        } else {
            1
        }
    };
    let sticks = bonding.sticks().len();
    let linear = |color: Srgba| LinearRgba::from(color).to_f32_array();
    let [red, green, blue] = [0, 1, 2].map(|index| HIGHLIGHTS[index]);
    let arrows = style.arrows;
    globals.samples = style.samples();
    // Bonds of an earlier structure must not be drawn between other atoms.
    globals.has_sticks = stick.is_some() && bonding.of(&scene.frame).is_some();
    globals.radii = appearances.radii();
    globals.highlighted = appearances.any_highlighted();
    globals.faded = opacities.any_faded();
    globals.forces = arrows.forces;
    globals.velocities = arrows.velocities;
    globals.uniform = GlobalsUniform {
        cell: vectors.map(|vector| vector.extend(0.0).to_array()),
        images: [times(0), times(1), times(2), atoms as u32],
        counts: [sticks as u32, 0, 0, 0],
        background: style.background.colors().map(linear),
        highlights: [red, green, blue].map(|[r, g, b]| linear(Srgba::rgb(r, g, b))),
        stick: [stick.unwrap_or(0.0), MIN_RADII[0], MIN_RADII[1], 0.0],
        arrows: [
            if arrows.forces {
                arrows.force_scale
            } else {
                0.0
            },
            if arrows.velocities {
                arrows.velocity_scale
            } else {
                0.0
            },
            f32::from(u8::from(arrows.logarithmic)),
            0.0,
        ],
        light: [
            style.ambient_occlusion,
            style.outlines,
            style.depth_cue,
            OCCLUSION_RADIUS,
        ],
        extent: [0.0; 4],
    };
}
