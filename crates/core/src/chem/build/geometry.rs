//! Coordination geometries: directions of bonds around an atom.

use std::f64::consts::{PI, TAU};

use glam::{DQuat, DVec3};

/// Geometry of bonds and lone pairs around an atom (VSEPR). Lone pairs take as much space as bonds, so
/// the angle of water is 109.5° instead of 104.5°.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Geometry {
    /// sp³: four directions.
    Tetrahedral,
    /// sp²: three directions in a plane.
    Trigonal,
    /// sp: two opposite directions.
    Linear,
}

/// Number of dihedral angles to try about a single bond: steps of 10°.
const ROTATIONS: u32 = 36;
/// Number of directions to try for a bond without a geometry.
pub(super) const DIRECTIONS: u32 = 200;
/// Minimum |u · (v × w)| of three unit vectors that are not coplanar; tetrahedral: 0.77. Coplanar bonds
/// leave both sides of the plane free.
const MIN_TRIPLE_PRODUCT: f64 = 0.25;

impl Geometry {
    /// Angle between two bonds, radians.
    fn angle(self) -> f64 {
        match self {
            Geometry::Tetrahedral => (-1.0_f64 / 3.0).acos(),
            Geometry::Trigonal => TAU / 3.0,
            Geometry::Linear => PI,
        }
    }

    /// Candidate sets of `count` unit vectors for new bonds beside `existing` ones; empty if the
    /// geometry has fewer free directions. A free torsion about a single bond gives many candidates,
    /// starting from `torsion`.
    pub(super) fn placements(
        self,
        existing: &[DVec3],
        count: usize,
        torsion: TorsionReference,
    ) -> Vec<Vec<DVec3>> {
        match *existing {
            [] => self.without_bonds(count),
            [one] => self.with_one_bond(one, count, torsion),
            [one, other] => self.with_two_bonds(one, other, count),
            [one, two, three] if self == Geometry::Tetrahedral && count == 1 => {
                with_three_bonds([one, two, three])
            }
            _ => Vec::new(),
        }
    }

    /// Directions of new bonds of an atom without bonds.
    fn without_bonds(self, count: usize) -> Vec<Vec<DVec3>> {
        let third = 1.0 / 3.0_f64.sqrt();
        let corner = |x: f64, y: f64, z: f64| third * DVec3::new(x, y, z);
        let all = match self {
            Geometry::Tetrahedral => vec![
                corner(1.0, 1.0, 1.0),
                corner(-1.0, -1.0, 1.0),
                corner(-1.0, 1.0, -1.0),
                corner(1.0, -1.0, -1.0),
            ],
            Geometry::Trigonal => cone(DVec3::Z, DVec3::X, PI / 2.0, 0.0, 3),
            Geometry::Linear => vec![DVec3::X, DVec3::NEG_X],
        };
        if count > all.len() {
            return Vec::new();
        }
        let rotated = |rotation: DQuat| {
            let directions = all[..count].iter();
            directions.map(|direction| rotation * *direction).collect()
        };
        let spins_about = move |axis: DVec3| {
            let tilt = DQuat::from_rotation_arc(DVec3::Z, axis);
            (0..6).map(move |spin| tilt * DQuat::from_rotation_z(TAU * f64::from(spin) / 6.0))
        };
        std::iter::once(DQuat::IDENTITY)
            .chain(directions(DIRECTIONS / 8).flat_map(spins_about))
            .map(rotated)
            .collect()
    }

    /// Directions of new bonds beside one existing bond.
    fn with_one_bond(self, one: DVec3, count: usize, torsion: TorsionReference) -> Vec<Vec<DVec3>> {
        let free = match self {
            Geometry::Tetrahedral => 3,
            Geometry::Trigonal => 2,
            Geometry::Linear => 1,
        };
        if count > free {
            return Vec::new();
        }
        let (start, steps) = match torsion {
            TorsionReference::Plane(bond) => (perpendicular(bond, one), 2),
            TorsionReference::Eclipsed(bond) => (perpendicular(bond, one), ROTATIONS),
            TorsionReference::None => (one.any_orthonormal_vector(), ROTATIONS),
        };
        let placement = |step: u32| {
            let phase = TAU * f64::from(step) / f64::from(steps);
            cone(one, start, self.angle(), phase, free)[..count].to_vec()
        };
        (0..steps).map(placement).collect()
    }

    /// Directions of new bonds beside two existing bonds.
    fn with_two_bonds(self, one: DVec3, other: DVec3, count: usize) -> Vec<Vec<DVec3>> {
        let normal = one.cross(other).try_normalize();
        let normal = normal.unwrap_or_else(|| one.any_orthonormal_vector());
        let away = (-(one + other)).try_normalize();
        let away = away.unwrap_or_else(|| one.cross(normal));
        let half = 0.5 * self.angle();
        let sides = [1.0, -1.0].map(|side| half.cos() * away + side * half.sin() * normal);
        match (self, count) {
            (Geometry::Tetrahedral, 1) => sides.map(|side| vec![side]).to_vec(),
            (Geometry::Tetrahedral, 2) => vec![sides.to_vec()],
            (Geometry::Trigonal, 1) => vec![vec![away]],
            _ => Vec::new(),
        }
    }
}

/// Reference of a free torsion about a single bond.
#[derive(Clone, Copy, Debug)]
pub(super) enum TorsionReference {
    /// No reference.
    None,
    /// Another bond of the neighbor; the first candidate is eclipsed with it.
    Eclipsed(DVec3),
    /// Another bond of the neighbor; candidates lie in its plane, as for conjugated atoms.
    Plane(DVec3),
}

/// `count` directions at `angle` from `axis`, evenly spaced around it, the first at `phase` from `start`:
/// cos θ axis + sin θ (cos φ start + sin φ axis × start).
fn cone(axis: DVec3, start: DVec3, angle: f64, phase: f64, count: usize) -> Vec<DVec3> {
    let side = axis.cross(start);
    let direction = |index: usize| {
        let azimuth = phase + TAU * index as f64 / count as f64;
        angle.cos() * axis + angle.sin() * (azimuth.cos() * start + azimuth.sin() * side)
    };
    (0..count).map(direction).collect()
}

/// Unit vector of the component of a direction perpendicular to an axis; arbitrary if that is zero.
fn perpendicular(direction: DVec3, axis: DVec3) -> DVec3 {
    direction
        .reject_from_normalized(axis)
        .try_normalize()
        .unwrap_or_else(|| axis.any_orthonormal_vector())
}

/// Directions of a new bond beside three existing bonds: the fourth tetrahedral direction, or both
/// normals of coplanar bonds.
fn with_three_bonds([one, two, three]: [DVec3; 3]) -> Vec<Vec<DVec3>> {
    let normal = (two - one).cross(three - one).try_normalize();
    let sum = one + two + three;
    let Some(normal) = normal else {
        return Vec::new();
    };
    if one.cross(two).dot(three).abs() < MIN_TRIPLE_PRODUCT {
        vec![vec![normal], vec![-normal]]
    } else {
        vec![vec![-normal * sum.dot(normal).signum()]]
    }
}

/// Evenly distributed directions: a Fibonacci lattice (Á. González, Math. Geosci. 42, 49 (2010),
/// 10.1007/s11004-009-9257-x).
pub(super) fn directions(count: u32) -> impl Iterator<Item = DVec3> {
    let golden_angle = PI * (3.0 - 5.0_f64.sqrt());
    (0..count).map(move |index| {
        let z = 1.0 - (2.0 * f64::from(index) + 1.0) / f64::from(count);
        let (sin, cos) = (golden_angle * f64::from(index)).sin_cos();
        let radius = (1.0 - z * z).sqrt();
        DVec3::new(radius * cos, radius * sin, z)
    })
}
