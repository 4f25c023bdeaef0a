//! Lines and cones besides bonds and arrows: cell edges, pulls, measurements.

use bevy::prelude::*;

use super::coordinates::to_drawn;
use super::displayed::Scene;
use super::style::{Background, Style};
use crate::schedule::ViewerSystems;

/// A line or cone; the layout is that of `Line` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Line {
    /// Start, Å.
    pub from: [f32; 3],
    /// Radius at the start, Å or pixels.
    pub from_radius: f32,
    /// End, Å.
    pub to: [f32; 3],
    /// Radius at the end, Å or pixels.
    pub to_radius: f32,
    /// Red, green, blue (sRGB), and a highlight.
    pub color: [u8; 4],
    /// A combination of [`flag`].
    pub flags: u32,
    /// Pads the size to a multiple of 16 bytes.
    pub padding: [u32; 2],
}

/// Flags of a line.
pub mod flag {
    /// Radii are in pixels instead of Å.
    pub const PIXELS: u32 = 1;
    /// Dashed.
    pub const DASHED: u32 = 2;
}

/// The lines of one rendered frame, cleared in [`ViewerSystems::Receive`] and drawn anew in every
/// frame.
#[derive(Resource, Default)]
pub struct Lines(Vec<Line>);

impl Lines {
    /// The lines added in this frame.
    pub fn list(&self) -> &[Line] {
        &self.0
    }

    /// Adds a line; width in pixels.
    pub fn line(&mut self, from: Vec3, to: Vec3, width: f32, color: [u8; 3]) {
        self.push(from, to, [width / 2.0; 2], color, flag::PIXELS);
    }

    /// Adds a dashed line; width in pixels.
    pub fn dashed(&mut self, from: Vec3, to: Vec3, width: f32, color: [u8; 3]) {
        self.push(
            from,
            to,
            [width / 2.0; 2],
            color,
            flag::PIXELS | flag::DASHED,
        );
    }

    /// Adds a cone or cylinder; radii at its ends in Å.
    pub fn cone(&mut self, from: Vec3, to: Vec3, radii: [f32; 2], color: [u8; 3]) {
        self.push(from, to, radii, color, 0);
    }

    fn push(&mut self, from: Vec3, to: Vec3, radii: [f32; 2], color: [u8; 3], flags: u32) {
        let [red, green, blue] = color;
        self.0.push(Line {
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
    app.init_resource::<Lines>()
        .add_systems(Update, clear.in_set(ViewerSystems::Receive))
        .add_systems(Update, draw_cell.in_set(ViewerSystems::Place));
}

fn clear(mut lines: ResMut<Lines>) {
    lines.0.clear();
}

/// Cell edges: the vectors a, b and c from the origin in red, green and blue.
fn draw_cell(scene: Res<Scene>, style: Res<Style>, mut lines: ResMut<Lines>) {
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
            lines.line(start, start + vectors[axis], 1.6, color);
        }
    }
}
