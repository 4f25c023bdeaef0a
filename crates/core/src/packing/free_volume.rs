//! Volume outside the van der Waals spheres of fixed atoms, by counting the points of a grid.

use glam::DVec3;

use super::fixed_atoms::FixedAtoms;
use super::mixture::Mixture;

/// Distance of the grid points, Å, and the most of them; a larger cell has wider distances.
const SPACING: f64 = 0.7;
const MAX_POINTS: f64 = 400_000.0;

/// Volume of the cell, or of the shell, outside the van der Waals spheres of the fixed atoms, Å³.
pub(super) fn free_volume(mixture: &Mixture) -> f64 {
    let cell = &mixture.cell;
    let spacing = SPACING.max((cell.volume() / MAX_POINTS).cbrt());
    let sides = cell
        .lengths()
        .map(|length| (length / spacing).ceil().max(1.0) as usize);
    let fixed = FixedAtoms::of(&mixture.fixed, cell, mixture.shell);
    let counts = DVec3::from_array(sides.map(|side| side as f64));
    let mut free = 0_usize;
    for x in 0..sides[0] {
        for y in 0..sides[1] {
            for z in 0..sides[2] {
                let index = DVec3::new(x as f64, y as f64, z as f64) + 0.5;
                free += usize::from(fixed.is_free(cell.cartesian(index / counts)));
            }
        }
    }
    cell.volume() * free as f64 / sides.iter().product::<usize>() as f64
}
