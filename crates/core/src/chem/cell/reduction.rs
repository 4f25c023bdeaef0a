//! Minkowski reduction of the lattice, for minimum images in cells of any shape.
//!
//! In a Minkowski-reduced basis the lattice vector nearest to a point is within one step, along
//! each basis vector, of the rounded fractional coordinates. Reduction follows the greedy algorithm
//! of P. Q. Nguyen and D. Stehlé, ACM Trans. Algorithms 5, 46 (2009).

use glam::{DMat3, DVec3};

/// Reduced basis of the periodic directions, completed by perpendicular unit vectors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reduced {
    /// B, Å: the columns are the basis vectors.
    basis: DMat3,
    /// B⁻¹, 1/Å.
    inverse: DMat3,
    /// 1 along a periodic direction, 0 along the others.
    periodic: DVec3,
}

impl Reduced {
    pub(super) fn new(vectors: [DVec3; 3], periodic: [bool; 3]) -> Reduced {
        let vectors: Vec<DVec3> = (0..3)
            .filter(|&axis| periodic[axis])
            .map(|axis| vectors[axis])
            .collect();
        let (basis, directions) = match *vectors {
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
            periodic: directions,
        }
    }

    /// The basis vectors, Å.
    pub(super) fn vectors(&self) -> [DVec3; 3] {
        [self.basis.x_axis, self.basis.y_axis, self.basis.z_axis]
    }

    /// The shortest image of a displacement d: the minimum over n ∈ {−1, 0, 1}³ of
    /// |d − B round(B⁻¹ d) + B n|.
    pub(super) fn shortest(&self, displacement: DVec3) -> DVec3 {
        let cells = (self.inverse * displacement).round() * self.periodic;
        let rounded = displacement - self.basis * cells;
        let mut shortest = rounded;
        for step in steps(self.periodic) {
            let candidate = rounded + self.basis * step;
            // The margin keeps rounding from switching between equally near images.
            if candidate.length_squared() < shortest.length_squared() * (1.0 - 1e-12) {
                shortest = candidate;
            }
        }
        shortest
    }
}

/// The 3, 9 or 27 combinations of −1, 0, 1 along the periodic directions.
fn steps(periodic: DVec3) -> impl Iterator<Item = DVec3> {
    let range = |periodic: f64| -(periodic as i32)..=periodic as i32;
    range(periodic.x).flat_map(move |x| {
        range(periodic.y).flat_map(move |y| {
            range(periodic.z).map(move |z| DVec3::new(f64::from(x), f64::from(y), f64::from(z)))
        })
    })
}

/// Lagrange–Gauss reduction: the two shortest independent vectors of a planar lattice, shorter first.
/// Step: b ← b − round(b·a / a·a) a.
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

/// Whether a vector is shorter by more than rounding errors. False for NaN, so that reduction ends.
fn is_shorter(one: DVec3, other: DVec3) -> bool {
    one.length_squared() < other.length_squared() * (1.0 - 1e-12)
}

/// Greedy reduction: c ← c − (nearest vector of the reduced planar lattice {a, b}), until c does not
/// get shorter.
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

/// The vector of the reduced planar lattice {short, middle} nearest to `point`: the rounded least
/// squares solution of x short + y middle = point, and its neighbors.
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
