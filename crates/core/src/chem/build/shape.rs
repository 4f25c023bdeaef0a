//! The directions in which bonds leave an atom.

use std::f64::consts::{PI, TAU};

use glam::{DQuat, DVec3};

/// How bonds and lone pairs lie around an atom. Lone pairs are taken for as wide as bonds, so that
/// water is a little too wide (109.5° for 104.5°), and hydrogen sulfide by more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// sp³: four corners.
    Tetrahedral,
    /// sp²: three in a plane.
    Trigonal,
    /// sp: two opposite.
    Linear,
}

/// Turns about a single bond are tried in steps of 10°.
const TURNS: u32 = 36;
/// Directions in which a whole atom, or a bond without any rule, is tried.
pub(super) const DIRECTIONS: u32 = 200;
/// Three bonds whose unit vectors span less than this (four corners: 0.77, a plane: 0) have a side
/// that is free above the plane and below it.
const FLAT: f64 = 0.25;

impl Shape {
    /// The angle between two bonds, radians.
    fn angle(self) -> f64 {
        match self {
            Shape::Tetrahedral => (-1.0_f64 / 3.0).acos(),
            Shape::Trigonal => TAU / 3.0,
            Shape::Linear => PI,
        }
    }

    /// Ways to add `count` bonds to those that leave in the directions `taken`, all unit vectors; empty
    /// where the shape has no room for so many. What can turn about a single bond comes in many ways,
    /// starting as `about` says.
    pub(super) fn ways(self, taken: &[DVec3], count: usize, about: About) -> Vec<Vec<DVec3>> {
        match *taken {
            [] => self.around_nothing(count),
            [one] => self.about_one(one, count, about),
            [one, other] => self.beside_two(one, other, count),
            [one, two, three] if self == Shape::Tetrahedral && count == 1 => {
                opposite_three([one, two, three])
            }
            _ => Vec::new(),
        }
    }

    fn around_nothing(self, count: usize) -> Vec<Vec<DVec3>> {
        let third = 1.0 / 3.0_f64.sqrt();
        let corner = |x: f64, y: f64, z: f64| third * DVec3::new(x, y, z);
        let all = match self {
            Shape::Tetrahedral => vec![
                corner(1.0, 1.0, 1.0),
                corner(-1.0, -1.0, 1.0),
                corner(-1.0, 1.0, -1.0),
                corner(1.0, -1.0, -1.0),
            ],
            Shape::Trigonal => cone(DVec3::Z, DVec3::X, PI / 2.0, 0.0, 3),
            Shape::Linear => vec![DVec3::X, DVec3::NEG_X],
        };
        if count > all.len() {
            return Vec::new();
        }
        let turned = |rotation: DQuat| all[..count].iter().map(|way| rotation * *way).collect();
        let spins = move |axis: DVec3| {
            let tilt = DQuat::from_rotation_arc(DVec3::Z, axis);
            (0..6).map(move |spin| tilt * DQuat::from_rotation_z(TAU * f64::from(spin) / 6.0))
        };
        std::iter::once(DQuat::IDENTITY)
            .chain(directions(DIRECTIONS / 8).flat_map(spins))
            .map(turned)
            .collect()
    }

    fn about_one(self, one: DVec3, count: usize, about: About) -> Vec<Vec<DVec3>> {
        let room = match self {
            Shape::Tetrahedral => 3,
            Shape::Trigonal => 2,
            Shape::Linear => 1,
        };
        if count > room {
            return Vec::new();
        }
        let (start, turns) = match about {
            About::Plane(way) => (perpendicular(way, one), 2),
            About::Eclipsed(way) => (perpendicular(way, one), TURNS),
            About::Nothing => (one.any_orthonormal_vector(), TURNS),
        };
        let turn = |turn: u32| {
            let phase = TAU * f64::from(turn) / f64::from(turns);
            cone(one, start, self.angle(), phase, room)[..count].to_vec()
        };
        (0..turns).map(turn).collect()
    }

    fn beside_two(self, one: DVec3, other: DVec3, count: usize) -> Vec<Vec<DVec3>> {
        let normal = one.cross(other).try_normalize();
        let normal = normal.unwrap_or_else(|| one.any_orthonormal_vector());
        let away = (-(one + other)).try_normalize();
        let away = away.unwrap_or_else(|| one.cross(normal));
        let half = 0.5 * self.angle();
        let sides = [1.0, -1.0].map(|side| half.cos() * away + side * half.sin() * normal);
        match (self, count) {
            (Shape::Tetrahedral, 1) => sides.map(|side| vec![side]).to_vec(),
            (Shape::Tetrahedral, 2) => vec![sides.to_vec()],
            (Shape::Trigonal, 1) => vec![vec![away]],
            _ => Vec::new(),
        }
    }
}

/// What a free turn about a single bond starts from.
#[derive(Clone, Copy, Debug)]
pub(super) enum About {
    /// Nothing is there to look at.
    Nothing,
    /// Another bond of the atom at the other end, eclipsed at the start.
    Eclipsed(DVec3),
    /// As that, but within its plane, as conjugated atoms lie.
    Plane(DVec3),
}

/// So many directions at `angle` from `axis`, evenly around it, the first at `phase` from `start`.
fn cone(axis: DVec3, start: DVec3, angle: f64, phase: f64, count: usize) -> Vec<DVec3> {
    let side = axis.cross(start);
    let at = |index: usize| {
        let turn = phase + TAU * index as f64 / count as f64;
        angle.cos() * axis + angle.sin() * (turn.cos() * start + turn.sin() * side)
    };
    (0..count).map(at).collect()
}

/// The part of a direction perpendicular to an axis, as a unit vector; any where there is none.
fn perpendicular(direction: DVec3, axis: DVec3) -> DVec3 {
    direction
        .reject_from_normalized(axis)
        .try_normalize()
        .unwrap_or_else(|| axis.any_orthonormal_vector())
}

/// The fourth corner, or above and below where three lie flat.
fn opposite_three([one, two, three]: [DVec3; 3]) -> Vec<Vec<DVec3>> {
    let normal = (two - one).cross(three - one).try_normalize();
    let sum = one + two + three;
    let Some(normal) = normal else {
        return Vec::new();
    };
    if one.cross(two).dot(three).abs() < FLAT {
        vec![vec![normal], vec![-normal]]
    } else {
        vec![vec![-normal * sum.dot(normal).signum()]]
    }
}

/// Directions spread evenly over all: a Fibonacci lattice (Á. González, Math. Geosci. 42, 49 (2010),
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
