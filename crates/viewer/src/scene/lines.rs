//! Lines and cones that are neither bonds nor arrows: the cell's box, what a hand pulls by.

use bevy::prelude::*;

use super::coordinates::to_drawn;
use super::displayed::Scene;
use super::style::{Background, Style};
use crate::schedule::ViewerSystems;

/// A line or cone; the layout is that of `Stroke` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Stroke {
    /// Where it begins, Å.
    pub from: [f32; 3],
    /// Its radius there, Å or pixels.
    pub from_radius: f32,
    /// Where it ends, Å.
    pub to: [f32; 3],
    /// Its radius there, Å or pixels.
    pub to_radius: f32,
    /// Red, green, blue (sRGB), and an outline.
    pub color: [u8; 4],
    /// See [`flag`].
    pub flags: u32,
    /// What makes its size a multiple of 16 bytes.
    pub padding: [u32; 2],
}

/// What a stroke's flags say.
pub mod flag {
    /// Radii are in pixels, not in Å.
    pub const PIXELS: u32 = 1;
    /// It is dashed.
    pub const DASHED: u32 = 2;
}

/// The strokes of one rendered frame: whoever wants one draws it anew in every frame, after
/// [`ViewerSystems::Receive`].
#[derive(Resource, Default)]
pub struct Strokes(Vec<Stroke>);

impl Strokes {
    /// All of them.
    pub fn list(&self) -> &[Stroke] {
        &self.0
    }

    /// A line of so many pixels width.
    pub fn line(&mut self, from: Vec3, to: Vec3, width: f32, color: [u8; 3]) {
        self.push(from, to, [width / 2.0; 2], color, flag::PIXELS);
    }

    /// A dashed line of so many pixels width.
    pub fn dashed(&mut self, from: Vec3, to: Vec3, width: f32, color: [u8; 3]) {
        self.push(
            from,
            to,
            [width / 2.0; 2],
            color,
            flag::PIXELS | flag::DASHED,
        );
    }

    /// A cone or cylinder with these radii at its ends, Å.
    pub fn cone(&mut self, from: Vec3, to: Vec3, radii: [f32; 2], color: [u8; 3]) {
        self.push(from, to, radii, color, 0);
    }

    fn push(&mut self, from: Vec3, to: Vec3, radii: [f32; 2], color: [u8; 3], flags: u32) {
        let [red, green, blue] = color;
        self.0.push(Stroke {
            from: from.to_array(),
            from_radius: radii[0],
            to: to.to_array(),
            to_radius: radii[1],
            color: [red, green, blue, 0],
            flags,
            padding: [0; 2],
        });
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Strokes>()
        .add_systems(Update, wipe.in_set(ViewerSystems::Receive))
        .add_systems(Update, draw_cell.in_set(ViewerSystems::Place));
}

fn wipe(mut strokes: ResMut<Strokes>) {
    strokes.0.clear();
}

/// The box of the cell, its first vector red, the second green, the third blue near the origin.
fn draw_cell(scene: Res<Scene>, style: Res<Style>, mut strokes: ResMut<Strokes>) {
    const AXES: [[u8; 3]; 3] = [[225, 85, 75], [95, 185, 85], [85, 130, 235]];
    let Some(cell) = scene.frame.cell.as_ref().filter(|_| style.cell_box) else {
        return;
    };
    let gray = if style.background == Background::White {
        110
    } else {
        165
    };
    let vectors = cell.vectors().map(to_drawn);
    for axis in 0..3 {
        let [one, other] = [vectors[(axis + 1) % 3], vectors[(axis + 2) % 3]];
        for (corner, start) in [Vec3::ZERO, one, other, one + other]
            .into_iter()
            .enumerate()
        {
            let color = if corner == 0 { AXES[axis] } else { [gray; 3] };
            strokes.line(start, start + vectors[axis], 1.6, color);
        }
    }
}
