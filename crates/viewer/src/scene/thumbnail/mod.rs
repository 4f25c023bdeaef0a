//! Thumbnails of structures, drawn on the CPU in the colors and light of the scene. Deterministic.

mod canvas;
mod shading;

use bevy::math::{Vec2, Vec3};

use super::appearance::Radii;
use super::coordinates::to_drawn;
use super::initial_view::InitialView;
use super::style::Style;
use canvas::{Canvas, Cylinder, Material};
use mlipview_core::chem::{Bonds, Structure};

/// A square image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// Width and height, pixels.
    pub side: usize,
    /// Red, green, blue (sRGB) and alpha of each pixel, row by row from the upper left.
    pub pixels: Vec<[u8; 4]>,
}

/// Maximum size, pixels; larger requests are drawn at this size.
pub const MAX_SIDE: usize = 1024;
/// Maximum number of drawn atoms.
const MAX_ATOMS: usize = 5000;
/// Samples per pixel along each axis.
const SAMPLES: usize = 3;
/// Margin on each side, as a fraction of the image.
const MARGIN: f32 = 0.04;
/// Minimum extent of the image, Å: a single atom must not fill it.
const MIN_SPAN: f32 = 3.0;
/// A cell wider than its contents by more than this factor is cropped.
const MAX_CELL_RATIO: f32 = 1.75;
/// Line width of cell edges, pixels.
const LINE_WIDTH: f32 = 1.1;

/// Draws a structure from its initial view; transparent where nothing is.
pub fn thumbnail(structure: &Structure, side: usize) -> Thumbnail {
    let side = side.clamp(1, MAX_SIDE);
    let view = InitialView::of(structure);
    let atoms = structure.len().min(MAX_ATOMS);
    let style = Style::default();
    let radii = Radii::of(&style, structure.elements());
    let spheres: Vec<(Vec3, f32)> = (0..atoms)
        .filter(|atom| structure.positions()[*atom].is_finite())
        .map(|atom| {
            let projected = view.project(to_drawn(structure.positions()[atom]));
            let radius = radii.of_atom(structure.elements()[atom]);
            (projected.point, radius * projected.scale)
        })
        .collect();
    let Some(framing) = Framing::around(&spheres, &edges(structure, &view), side) else {
        let pixels = vec![[0; 4]; side * side];
        return Thumbnail { side, pixels };
    };
    let mut canvas = Canvas::new(
        side * SAMPLES,
        framing.center,
        framing.scale * SAMPLES as f32,
    );
    draw_cell(&mut canvas, structure, &view, LINE_WIDTH / framing.scale);
    draw_atoms(&mut canvas, structure, &view, &radii, atoms);
    if let Some(stick) = radii.of_stick() {
        draw_bonds(&mut canvas, structure, &view, stick, atoms);
    }
    let pixels = shading::shade(&canvas, &style, SAMPLES);
    Thumbnail { side, pixels }
}

/// The region of the projected scene that the image shows.
struct Framing {
    center: Vec2,
    /// Pixels per Å.
    scale: f32,
}

impl Framing {
    /// The region of all balls, with the cell unless it is mostly empty; `None` without balls.
    fn around(spheres: &[(Vec3, f32)], edges: &[[Vec3; 2]], side: usize) -> Option<Framing> {
        if spheres.is_empty() {
            return None;
        }
        let matter = bounds(spheres.iter().copied());
        let corners = edges.iter().flatten().map(|corner| (*corner, 0.0));
        let all = bounds(spheres.iter().copied().chain(corners));
        let [matter_span, span] = [matter, all].map(|[low, high]| (high - low).max_element());
        let ([low, high], span) = if span > MAX_CELL_RATIO * matter_span {
            (matter, matter_span)
        } else {
            (all, span)
        };
        Some(Framing {
            center: (low + high) / 2.0,
            scale: side as f32 * (1.0 - 2.0 * MARGIN) / span.max(MIN_SPAN),
        })
    }
}

/// Bounding rectangle of discs.
fn bounds(discs: impl Iterator<Item = (Vec3, f32)>) -> [Vec2; 2] {
    let nothing = [Vec2::INFINITY, Vec2::NEG_INFINITY];
    discs.fold(nothing, |[low, high], (position, radius)| {
        [
            low.min(position.truncate() - radius),
            high.max(position.truncate() + radius),
        ]
    })
}

fn draw_atoms(
    canvas: &mut Canvas,
    structure: &Structure,
    view: &InitialView,
    radii: &Radii,
    atoms: usize,
) {
    let positions = structure.positions()[..atoms].iter();
    for (position, element) in positions.zip(structure.elements()) {
        let projected = view.project(to_drawn(*position));
        let radius = radii.of_atom(*element) * projected.scale;
        canvas.sphere(projected.point, radius, Material::lit(element.color()));
    }
}

/// Draws bonds in the colors of their atoms; across a cell face each half starts at its own atom.
fn draw_bonds(
    canvas: &mut Canvas,
    structure: &Structure,
    view: &InitialView,
    stick: f32,
    atoms: usize,
) {
    // Coincident atoms have no bonds.
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
        // Thickness as in `stick` of `shaders/cylinder.wgsl`.
        let thickness = 0.5 + 0.5 * bond.strength as f32;
        for (atom, sign) in [(ends[0], 1.0), (ends[1], -1.0)] {
            let start = positions[atom];
            let [from, to] =
                [start, start + vector * (0.5 * sign)].map(|end| view.project(to_drawn(end)));
            canvas.cylinder(&Cylinder {
                from: from.point,
                to: to.point,
                radius: stick * thickness * (from.scale + to.scale) / 2.0,
                material: Material::lit(elements[atom].color()),
            });
        }
    }
}

/// Projected cell edges; the first three begin at the origin.
fn edges(structure: &Structure, view: &InitialView) -> Vec<[Vec3; 2]> {
    let Some(cell) = &structure.cell else {
        return Vec::new();
    };
    let vectors = cell.vectors().map(to_drawn);
    let mut edges = Vec::with_capacity(12);
    for corner in 0..4 {
        for axis in 0..3 {
            let [one, other] = [vectors[(axis + 1) % 3], vectors[(axis + 2) % 3]];
            let start = [Vec3::ZERO, one, other, one + other][corner];
            edges.push([start, start + vectors[axis]].map(|end| view.project(end).point));
        }
    }
    edges
}

fn draw_cell(canvas: &mut Canvas, structure: &Structure, view: &InitialView, width: f32) {
    const AXES: [[u8; 3]; 3] = [[225, 85, 75], [95, 185, 85], [85, 130, 235]];
    const GRAY: [u8; 3] = [150; 3];
    for (index, [from, to]) in edges(structure, view).into_iter().enumerate() {
        canvas.cylinder(&Cylinder {
            from,
            to,
            radius: width / 2.0,
            material: Material::flat(AXES.get(index).copied().unwrap_or(GRAY)),
        });
    }
}
