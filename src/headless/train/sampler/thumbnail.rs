//! Thumbnail of a structure: an SVG of 160 × 120 with balls and sticks, the nearest drawn last, seen along
//! the axis in which the atoms spread least.

use std::fmt::Write;

use glam::{DMat3, DVec2, DVec3};
use mlipview_core::chem::{Bonds, Element, Structure};

/// Size of the picture and its margin, pixels.
const SIZE: DVec2 = DVec2::new(160.0, 120.0);
const MARGIN: f64 = 4.0;

/// Most atoms that are drawn: the file has about a hundred bytes for each.
const MAX_ATOMS: usize = 2000;

/// Radius of a ball in van der Waals radii, and of a stick, Å.
const BALL: f64 = 0.25;
const STICK: f64 = 0.13;

/// The outline of balls and sticks, which shows white atoms on white pages.
const OUTLINE: &str = "stroke=\"#000\" stroke-opacity=\".45\"";

/// Largest scale, pixels per Å: a single atom does not fill the picture.
const MAX_SCALE: f64 = 30.0;

/// A ball, or the half of a stick at one atom. Coordinates as on the screen, y up, Å.
struct Item {
    element: Element,
    begin: DVec3,
    /// The other end of a stick; `None` for a ball.
    end: Option<DVec3>,
}

impl Item {
    /// Height above the picture, by which items are sorted.
    fn depth(&self) -> f64 {
        self.end
            .map_or(self.begin.z, |end| 0.5 * (self.begin.z + end.z))
    }
}

/// The picture; `None` for a structure without atoms, with more than 2000, or with atoms so close together
/// that bonds cannot be perceived.
pub(super) fn thumbnail(structure: &Structure) -> Option<String> {
    let positions = structure.positions();
    let is_finite = positions.iter().all(|position| position.is_finite());
    if positions.is_empty() || positions.len() > MAX_ATOMS || !is_finite {
        return None;
    }
    let center = positions.iter().sum::<DVec3>() / positions.len() as f64;
    let to_screen = view(positions, center).transpose();
    let mut items = items(structure, center, to_screen)?;
    items.sort_by(|one, other| one.depth().total_cmp(&other.depth()));
    Some(draw(&items))
}

/// Axes of the screen as columns: x, in which the atoms spread most, y, and z, in which they spread least.
fn view(positions: &[DVec3], center: DVec3) -> DMat3 {
    let spread = positions.iter().fold(DMat3::ZERO, |sum, position| {
        let from = *position - center;
        sum + DMat3::from_cols(from * from.x, from * from.y, from * from.z)
    });
    let first = largest_axis(spread, DVec3::X, DVec3::ZERO);
    let second = largest_axis(spread, first.any_orthonormal_vector(), first);
    DMat3::from_cols(first, second, first.cross(second))
}

/// Axis of the largest spread perpendicular to `other`, by power iteration; `start` without any spread.
fn largest_axis(spread: DMat3, start: DVec3, other: DVec3) -> DVec3 {
    // Not along an axis of symmetry, as `start` may be.
    let first = start + DVec3::new(0.0, 0.3, 0.2);
    let beside = |axis: DVec3| axis - other * other.dot(axis);
    (0..100).fold(beside(first), |axis, _| {
        beside(spread * axis).normalize_or(start)
    })
}

fn items(structure: &Structure, center: DVec3, to_screen: DMat3) -> Option<Vec<Item>> {
    let (elements, positions) = (structure.elements(), structure.positions());
    let at = |atom: usize| to_screen * (positions[atom] - center);
    let balls = elements.iter().enumerate().map(|(atom, element)| Item {
        element: *element,
        begin: at(atom),
        end: None,
    });
    let mut items: Vec<Item> = balls.collect();
    let bonds = Bonds::of(structure).ok()?;
    for bond in bonds.list().iter().filter(|bond| bond.holds()) {
        // Halves, since the second atom of a bond to another cell is elsewhere.
        let half = to_screen * bond.vector(structure) * 0.5;
        for (atom, half) in bond.atoms.into_iter().zip([half, -half]) {
            let element = elements[atom as usize];
            let center = at(atom as usize);
            // From just below the surface of the ball.
            let surface = 0.9 * ball_radius(element) * half.normalize_or_zero();
            items.push(Item {
                element,
                begin: center + surface,
                end: Some(center + half),
            });
        }
    }
    Some(items)
}

/// The picture of sorted items, scaled to fit.
fn draw(items: &[Item]) -> String {
    let (mut low, mut high) = (DVec2::MAX, DVec2::MIN);
    for item in items {
        for end in [Some(item.begin), item.end].into_iter().flatten() {
            let radius = DVec2::splat(
                item.end
                    .map_or_else(|| ball_radius(item.element), |_| STICK),
            );
            low = low.min(end.truncate() - radius);
            high = high.max(end.truncate() + radius);
        }
    }
    let scale = ((SIZE - 2.0 * MARGIN) / (high - low))
        .min_element()
        .min(MAX_SCALE);
    let middle = 0.5 * (low + high);
    // SVG's y axis points down.
    let pixel = |point: DVec3| {
        let from = (point.truncate() - middle) * scale;
        0.5 * SIZE + DVec2::new(from.x, -from.y)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n",
        SIZE.x, SIZE.y
    );
    for item in items {
        let (begin, color) = (pixel(item.begin), hex(item.element));
        let drawn = match item.end.map(pixel) {
            Some(end) => {
                let width = 2.0 * STICK * scale;
                let path = format!(
                    "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\"",
                    begin.x, begin.y, end.x, end.y
                );
                // The outline is a wider stick below.
                writeln!(
                    svg,
                    "{path} {OUTLINE} stroke-width=\"{:.1}\"/>\n{path} stroke=\"{color}\" stroke-width=\"{width:.1}\"/>",
                    width + 2.0
                )
            }
            None => writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"{color}\" {OUTLINE}/>",
                begin.x,
                begin.y,
                ball_radius(item.element) * scale
            ),
        };
        drawn.expect("writing into a string does not fail");
    }
    svg.push_str("</svg>\n");
    svg
}

/// Radius of a ball, Å.
fn ball_radius(element: Element) -> f64 {
    BALL * element.van_der_waals_radius()
}

fn hex(element: Element) -> String {
    let [red, green, blue] = element.color();
    format!("#{red:02x}{green:02x}{blue:02x}")
}
