//! Small pictures of structures, drawn without a graphics card, in the colors and the light of the
//! scene. The same structure gives the same picture.

mod canvas;
mod shading;

use bevy::math::{Vec2, Vec3};

use super::appearance::Radii;
use super::coordinates::to_drawn;
use super::initial_view::Pose;
use super::style::Style;
use canvas::{Canvas, Paint, Rod};
use mlipview_core::chem::{Bonds, Structure};

/// A square picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// Its width and height, pixels.
    pub side: usize,
    /// Red, green, blue (sRGB) and opacity of each pixel, row by row from the upper left.
    pub pixels: Vec<[u8; 4]>,
}

/// Larger pictures are drawn at this size, pixels.
pub const LARGEST: usize = 1024;
/// More atoms than this are nothing but a speckle: only the first so many are drawn.
const MOST: usize = 5000;
/// Every pixel is drawn from so many squared.
const SAMPLES: usize = 3;
/// Share of the picture that is left free on each side.
const MARGIN: f32 = 0.04;
/// At least so many Å are on the picture: a lone atom that fills it would be a disc.
const LEAST: f32 = 3.0;
/// A box that is more than so many times as wide as what is in it is not shown whole.
const ROOMY: f32 = 1.75;
/// Width of the lines of a cell, pixels.
const LINE: f32 = 1.1;

/// The picture of a structure, seen from where most of it is seen; fully transparent where nothing
/// is.
pub fn thumbnail(structure: &Structure, side: usize) -> Thumbnail {
    let side = side.clamp(1, LARGEST);
    let pose = Pose::of(structure);
    let atoms = structure.len().min(MOST);
    let style = Style::default();
    let radii = Radii::of(&style, structure.elements());
    let balls: Vec<(Vec3, f32)> = (0..atoms)
        .filter(|atom| structure.positions()[*atom].is_finite())
        .map(|atom| {
            let place = pose.seen(to_drawn(structure.positions()[atom]));
            let radius = radii.of_atom(structure.elements()[atom]);
            (place.point, radius * place.scale)
        })
        .collect();
    let Some(view) = View::around(&balls, &edges(structure, &pose), side) else {
        let pixels = vec![[0; 4]; side * side];
        return Thumbnail { side, pixels };
    };
    let mut canvas = Canvas::new(side * SAMPLES, view.center, view.scale * SAMPLES as f32);
    draw_cell(&mut canvas, structure, &pose, LINE / view.scale);
    draw_atoms(&mut canvas, structure, &pose, &radii, atoms);
    if let Some(stick) = radii.of_stick() {
        draw_bonds(&mut canvas, structure, &pose, stick, atoms);
    }
    let pixels = shading::shade(&canvas, &style, SAMPLES);
    Thumbnail { side, pixels }
}

/// What of the seen scene is on the picture.
struct View {
    center: Vec2,
    /// Pixels per Å.
    scale: f32,
}

impl View {
    /// All balls, and the box around them unless it is mostly empty; `None` where there are no
    /// balls.
    fn around(balls: &[(Vec3, f32)], edges: &[[Vec3; 2]], side: usize) -> Option<View> {
        if balls.is_empty() {
            return None;
        }
        let matter = bounds(balls.iter().copied());
        let corners = edges.iter().flatten().map(|corner| (*corner, 0.0));
        let all = bounds(balls.iter().copied().chain(corners));
        let [matter_span, span] = [matter, all].map(|[low, high]| (high - low).max_element());
        let ([low, high], span) = if span > ROOMY * matter_span {
            (matter, matter_span)
        } else {
            (all, span)
        };
        Some(View {
            center: (low + high) / 2.0,
            scale: side as f32 * (1.0 - 2.0 * MARGIN) / span.max(LEAST),
        })
    }
}

/// The corners of a rectangle around discs.
fn bounds(discs: impl Iterator<Item = (Vec3, f32)>) -> [Vec2; 2] {
    let nothing = [Vec2::INFINITY, Vec2::NEG_INFINITY];
    discs.fold(nothing, |[low, high], (place, radius)| {
        [
            low.min(place.truncate() - radius),
            high.max(place.truncate() + radius),
        ]
    })
}

fn draw_atoms(
    canvas: &mut Canvas,
    structure: &Structure,
    pose: &Pose,
    radii: &Radii,
    atoms: usize,
) {
    let places = structure.positions()[..atoms].iter();
    for (place, element) in places.zip(structure.elements()) {
        let place = pose.seen(to_drawn(*place));
        let radius = radii.of_atom(*element) * place.scale;
        canvas.ball(place.point, radius, Paint::lit(element.color()));
    }
}

/// Bonds in the colors of their atoms; through a face each half is at its own atom.
fn draw_bonds(canvas: &mut Canvas, structure: &Structure, pose: &Pose, stick: f32, atoms: usize) {
    // Where atoms are on top of each other there are no bonds to be seen.
    let Ok(bonds) = Bonds::of(structure) else {
        return;
    };
    let (positions, elements) = (structure.positions(), structure.elements());
    for bond in bonds.list() {
        let ends = bond.atoms.map(|atom| atom as usize);
        if ends.iter().any(|atom| *atom >= atoms) {
            continue;
        }
        let across = match &structure.cell {
            Some(cell) => cell.translation(bond.shift),
            None => glam::DVec3::ZERO,
        };
        let vector = positions[ends[1]] + across - positions[ends[0]];
        // As thick as the scene has it: see `stick` in `shaders/cylinder.wgsl`.
        let share = 0.5 + 0.5 * bond.strength as f32;
        for (atom, sign) in [(ends[0], 1.0), (ends[1], -1.0)] {
            let start = positions[atom];
            let [from, to] =
                [start, start + vector * (0.5 * sign)].map(|end| pose.seen(to_drawn(end)));
            canvas.rod(&Rod {
                from: from.point,
                to: to.point,
                radius: stick * share * (from.scale + to.scale) / 2.0,
                paint: Paint::lit(elements[atom].color()),
            });
        }
    }
}

/// The edges of the cell as they are seen; the first three begin at the origin.
fn edges(structure: &Structure, pose: &Pose) -> Vec<[Vec3; 2]> {
    let Some(cell) = &structure.cell else {
        return Vec::new();
    };
    let vectors = cell.vectors().map(to_drawn);
    let mut edges = Vec::with_capacity(12);
    for corner in 0..4 {
        for axis in 0..3 {
            let [one, other] = [vectors[(axis + 1) % 3], vectors[(axis + 2) % 3]];
            let start = [Vec3::ZERO, one, other, one + other][corner];
            edges.push([start, start + vectors[axis]].map(|end| pose.seen(end).point));
        }
    }
    edges
}

fn draw_cell(canvas: &mut Canvas, structure: &Structure, pose: &Pose, width: f32) {
    const AXES: [[u8; 3]; 3] = [[225, 85, 75], [95, 185, 85], [85, 130, 235]];
    const GRAY: [u8; 3] = [150; 3];
    for (index, [from, to]) in edges(structure, pose).into_iter().enumerate() {
        canvas.rod(&Rod {
            from,
            to,
            radius: width / 2.0,
            paint: Paint::flat(AXES.get(index).copied().unwrap_or(GRAY)),
        });
    }
}
