//! Distances, angles and torsion angles, as a person measures them.
//!
//! In a cell each leg, from one atom to the next, is the shortest of its periodic images
//! ([`Cell::minimum_image`]): bonds and what is built of them are measured alike whether or not atoms
//! were wrapped, and two atoms more than half a cell apart are as near as their nearest images.
//! Angles are in radians; `f64::to_degrees` makes of them what a person reads. What has no answer, as
//! the angle at two atoms in one place, is `None`, and so is an atom that is not there.

use glam::DVec3;

use super::Cell;

/// Sines below this count as zero: so near to a straight line the direction of a torsion is noise.
const STRAIGHT: f64 = 1e-6;

/// Distance of two atoms, Å. An atom is at no distance from itself.
pub fn distance(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 2]) -> Option<f64> {
    let length = leg(positions, cell, atoms[0], atoms[1])?.length();
    length.is_finite().then_some(length)
}

/// Angle at the second of three atoms, radians, from 0 to π.
pub fn angle(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 3]) -> Option<f64> {
    let [one, center, other] = atoms;
    let one = leg(positions, cell, center, one)?.try_normalize()?;
    let other = leg(positions, cell, center, other)?.try_normalize()?;
    // Exact near 0 and π too, where the arc cosine is not.
    let angle = one.cross(other).length().atan2(one.dot(other));
    angle.is_finite().then_some(angle)
}

/// Torsion angle of four atoms A, B, C, D about the line from B to C, radians, above −π up to π.
///
/// Seen along B to C it is the angle by which A–B, in front, must be turned to hide C–D: positive
/// clockwise, zero where A and D are eclipsed. This is IUPAC's convention (Compendium of Chemical
/// Terminology, "torsion angle", 10.1351/goldbook.T06406, after W. Klyne and V. Prelog, Experientia
/// 16, 521 (1960), 10.1007/BF02158433). It is the same from D to A. `None` where three atoms that
/// follow each other lie on a line.
pub fn dihedral(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 4]) -> Option<f64> {
    let leg =
        |from: usize, to: usize| leg(positions, cell, atoms[from], atoms[to])?.try_normalize();
    let (first, axis, last) = (leg(0, 1)?, leg(1, 2)?, leg(2, 3)?);
    let (before, behind) = (first.cross(axis), axis.cross(last));
    if before.length() < STRAIGHT || behind.length() < STRAIGHT {
        return None;
    }
    let angle = first.dot(behind).atan2(before.dot(behind));
    // The arc tangent of a negative zero is −π.
    let angle = if angle == -std::f64::consts::PI {
        -angle
    } else {
        angle
    };
    angle.is_finite().then_some(angle)
}

/// From one atom to another's nearest image, Å.
fn leg(positions: &[DVec3], cell: Option<&Cell>, from: usize, to: usize) -> Option<DVec3> {
    let apart = *positions.get(to)? - *positions.get(from)?;
    if !apart.is_finite() {
        return None;
    }
    Some(match cell {
        Some(cell) => cell.minimum_image(apart),
        None => apart,
    })
}
