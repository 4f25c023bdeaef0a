//! Distances, angles and dihedral angles.
//!
//! In a cell, displacements between consecutive atoms follow the minimum image convention
//! ([`Cell::minimum_image`]), so results do not depend on wrapping. Distances are in Å, angles in
//! radians. The result is `None` where it is undefined (an angle with coincident atoms) or an atom is
//! out of range.
//!
//! ```
//! use glam::DVec3;
//! use mlipview_core::chem::measure;
//!
//! let water = [DVec3::ZERO, 0.96 * DVec3::X, 0.96 * DVec3::Y];
//! assert_eq!(measure::distance(&water, None, [0, 1]), Some(0.96));
//! let angle = measure::angle(&water, None, [1, 0, 2]).unwrap();
//! assert_eq!(angle.to_degrees(), 90.0);
//! ```

use glam::DVec3;

use super::Cell;

/// Sines below this count as zero: a dihedral of collinear atoms is undefined.
const MIN_SINE: f64 = 1e-6;

/// Distance of two atoms, Å: |r_j − r_i|; 0 of an atom and itself.
pub fn distance(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 2]) -> Option<f64> {
    let length = displacement(positions, cell, atoms[0], atoms[1])?.length();
    length.is_finite().then_some(length)
}

/// Angle at the second of three atoms, radians, in [0, π]: atan2(|u × v|, u · v) of the unit vectors
/// to the first and third.
pub fn angle(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 3]) -> Option<f64> {
    let [one, center, other] = atoms;
    let one = displacement(positions, cell, center, one)?.try_normalize()?;
    let other = displacement(positions, cell, center, other)?.try_normalize()?;
    // Accurate near 0 and π, unlike the arc cosine.
    let angle = one.cross(other).length().atan2(one.dot(other));
    angle.is_finite().then_some(angle)
}

/// Dihedral (torsion) angle of four atoms A, B, C, D about the axis B–C, radians, in (−π, π]:
/// φ = atan2(u · (v × w), (u × v) · (v × w)) with the unit vectors u of A→B, v of B→C, w of C→D.
///
/// Sign by IUPAC: viewed along B→C, positive if A–B must be rotated clockwise to eclipse C–D, and zero
/// where A and D are eclipsed (Compendium of Chemical Terminology, "torsion angle",
/// 10.1351/goldbook.T06406, after W. Klyne and V. Prelog, Experientia 16, 521 (1960),
/// 10.1007/BF02158433). Reversing the order of the atoms does not change it. `None` where three
/// consecutive atoms are collinear.
pub fn dihedral(positions: &[DVec3], cell: Option<&Cell>, atoms: [usize; 4]) -> Option<f64> {
    let unit = |from: usize, to: usize| {
        displacement(positions, cell, atoms[from], atoms[to])?.try_normalize()
    };
    let (first, axis, last) = (unit(0, 1)?, unit(1, 2)?, unit(2, 3)?);
    let (normal_abc, normal_bcd) = (first.cross(axis), axis.cross(last));
    if normal_abc.length() < MIN_SINE || normal_bcd.length() < MIN_SINE {
        return None;
    }
    let angle = first.dot(normal_bcd).atan2(normal_abc.dot(normal_bcd));
    // atan2(−0, −1) is −π, which is outside the interval.
    let angle = if angle == -std::f64::consts::PI {
        -angle
    } else {
        angle
    };
    angle.is_finite().then_some(angle)
}

/// Displacement from one atom to the nearest image of another, Å.
fn displacement(positions: &[DVec3], cell: Option<&Cell>, from: usize, to: usize) -> Option<DVec3> {
    let vector = *positions.get(to)? - *positions.get(from)?;
    if !vector.is_finite() {
        return None;
    }
    Some(match cell {
        Some(cell) => cell.minimum_image(vector),
        None => vector,
    })
}
