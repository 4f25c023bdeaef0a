//! Lattice reduction: what makes the minimum image right for any cell.
//!
//! In a Minkowski-reduced basis the lattice vector nearest to a point is within one step, along
//! each basis vector, of the rounded fractional coordinates. Reduction follows the greedy algorithm
//! of P. Q. Nguyen and D. Stehlé, ACM Trans. Algorithms 5, 46 (2009).

use glam::{DMat3, DVec3};

/// A reduced basis of the repeating directions, completed by perpendicular unit vectors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reduced {
    basis: DMat3,
    inverse: DMat3,
    /// 1 along a repeating direction, 0 along the others.
    repeats: DVec3,
}

impl Reduced {
    pub(super) fn new(vectors: [DVec3; 3], periodic: [bool; 3]) -> Reduced {
        let repeating: Vec<DVec3> = (0..3)
            .filter(|&axis| periodic[axis])
            .map(|axis| vectors[axis])
            .collect();
        let (basis, repeats) = match *repeating {
            [a, b, c] => {
                let [a, b, c] = reduce_three([a, b, c]);
                (DMat3::from_cols(a, b, c), DVec3::ONE)
            }
            [a, b] => {
                let [a, b] = reduce_two([a, b]);
                let normal = a.cross(b).normalize_or(DVec3::Z);
                (DMat3::from_cols(a, b, normal), DVec3::new(1.0, 1.0, 0.0))
            }
            [a] => {
                let (b, c) = a.normalize_or(DVec3::X).any_orthonormal_pair();
                (DMat3::from_cols(a, b, c), DVec3::X)
            }
            _ => (DMat3::IDENTITY, DVec3::ZERO),
        };
        Reduced {
            basis,
            inverse: basis.inverse(),
            repeats,
        }
    }

    pub(super) fn shortest(&self, displacement: DVec3) -> DVec3 {
        let cells = (self.inverse * displacement).round() * self.repeats;
        let rounded = displacement - self.basis * cells;
        let mut shortest = rounded;
        for step in steps(self.repeats) {
            let candidate = rounded + self.basis * step;
            // A strict margin keeps the choice among equally near images from flickering.
            if candidate.length_squared() < shortest.length_squared() * (1.0 - 1e-12) {
                shortest = candidate;
            }
        }
        shortest
    }
}

/// The 3, 9 or 27 combinations of −1, 0, 1 along the repeating directions.
fn steps(repeats: DVec3) -> impl Iterator<Item = DVec3> {
    let range = |repeat: f64| -(repeat as i32)..=repeat as i32;
    range(repeats.x).flat_map(move |x| {
        range(repeats.y).flat_map(move |y| {
            range(repeats.z).map(move |z| DVec3::new(f64::from(x), f64::from(y), f64::from(z)))
        })
    })
}

/// Gauss's reduction in the plane: the two shortest independent vectors, shorter first.
fn reduce_two([mut short, mut long]: [DVec3; 2]) -> [DVec3; 2] {
    loop {
        if long.length_squared() < short.length_squared() {
            std::mem::swap(&mut short, &mut long);
        }
        let shorter = long - (long.dot(short) / short.length_squared()).round() * short;
        if !is_shorter(shorter, long) {
            return [short, long];
        }
        long = shorter;
    }
}

/// By more than rounding errors. False of what is not a number, so that reduction ends.
fn is_shorter(one: DVec3, other: DVec3) -> bool {
    one.length_squared() < other.length_squared() * (1.0 - 1e-12)
}

fn reduce_three(vectors: [DVec3; 3]) -> [DVec3; 3] {
    let mut sorted = vectors;
    loop {
        sorted.sort_by(|one, other| one.length_squared().total_cmp(&other.length_squared()));
        let [short, middle] = reduce_two([sorted[0], sorted[1]]);
        let long = sorted[2];
        let shorter = long - nearest_in_plane(short, middle, long);
        if !is_shorter(shorter, long) {
            return [short, middle, long];
        }
        sorted = [short, middle, shorter];
    }
}

/// The point of the reduced plane lattice {short, middle} nearest to `point`.
fn nearest_in_plane(short: DVec3, middle: DVec3, point: DVec3) -> DVec3 {
    let (ss, sm, mm) = (short.dot(short), short.dot(middle), middle.dot(middle));
    let (ps, pm) = (point.dot(short), point.dot(middle));
    let determinant = ss * mm - sm * sm;
    let along_short = ((ps * mm - pm * sm) / determinant).round();
    let along_middle = ((pm * ss - ps * sm) / determinant).round();
    let rounded = along_short * short + along_middle * middle;
    steps(DVec3::new(1.0, 1.0, 0.0))
        .map(|step| rounded + step.x * short + step.y * middle)
        .min_by(|one, other| {
            one.distance_squared(point)
                .total_cmp(&other.distance_squared(point))
        })
        .unwrap_or(rounded)
}
