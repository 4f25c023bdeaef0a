//! Volume outside the van der Waals spheres of fixed atoms, by the points of a grid.

use glam::DVec3;

use super::fixed_atoms::origin;
use super::mixture::Mixture;
use crate::chem::Cell;

/// Distance of the grid points, Å, and the most of them; a larger cell has wider distances.
const SPACING: f64 = 0.5;
const MAX_POINTS: f64 = 1_000_000.0;

/// Volume of the cell, or of the shell, outside the van der Waals spheres of the fixed atoms, Å³.
pub(super) fn free_volume(mixture: &Mixture) -> f64 {
    let cell = mixture.cell.reduced();
    let origin = origin(&mixture.fixed, &cell, mixture.shell);
    let (mut taken, mut near) = (Grid::of(&cell), Grid::of(&cell));
    let atoms = mixture
        .fixed
        .elements()
        .iter()
        .zip(mixture.fixed.positions());
    for (element, position) in atoms {
        taken.mark(position - origin, element.van_der_waals_radius());
        if let Some(shell) = mixture.shell {
            near.mark(position - origin, shell);
        }
    }
    let points = taken.marks.iter().zip(&near.marks);
    let free = points.filter(|(taken, near)| !**taken && (**near || mixture.shell.is_none()));
    cell.volume() * free.count() as f64 / taken.marks.len() as f64
}

/// Points of a cell that may be marked.
struct Grid<'a> {
    cell: &'a Cell,
    sides: [i32; 3],
    marks: Vec<bool>,
}

impl Grid<'_> {
    fn of(cell: &Cell) -> Grid<'_> {
        let spacing = SPACING.max((cell.volume() / MAX_POINTS).cbrt());
        let sides = cell
            .lengths()
            .map(|length| (length / spacing).ceil().max(1.0) as i32);
        Grid {
            cell,
            sides,
            marks: vec![false; sides.iter().map(|side| *side as usize).product()],
        }
    }

    /// Marks the points within a radius of a position and of its periodic images, Å.
    fn mark(&mut self, position: DVec3, radius: f64) {
        let sides = DVec3::from_array(self.sides.map(f64::from));
        let reach = radius / DVec3::from_array(self.cell.heights()) * sides;
        // Point n is at the fractional coordinates (n + 1/2) / sides.
        let center = self.cell.fractional(position) * sides - 0.5;
        let (low, high) = (
            (center - reach).ceil().as_ivec3(),
            (center + reach).floor().as_ivec3(),
        );
        for x in low.x..=high.x {
            for y in low.y..=high.y {
                for z in low.z..=high.z {
                    let offset = DVec3::new(f64::from(x), f64::from(y), f64::from(z)) - center;
                    let distance = self.cell.cartesian(offset / sides);
                    if distance.length_squared() <= radius * radius {
                        let index = self.index([x, y, z]);
                        self.marks[index] = true;
                    }
                }
            }
        }
    }

    fn index(&self, point: [i32; 3]) -> usize {
        let [x, y, z] = [0, 1, 2].map(|axis| point[axis].rem_euclid(self.sides[axis]));
        ((x * self.sides[1] + y) * self.sides[2] + z) as usize
    }
}
