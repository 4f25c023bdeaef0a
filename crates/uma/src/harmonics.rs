//! Wigner matrices: rotations of features in real spherical harmonics, and their generators.
//!
//! A feature of degree l has 2l + 1 components, m = −l..=l. Sorted by degree, (l, m) is component
//! l² + l + m of S = (L + 1)². The polar axis is y and the components of degree 1 are (x, y, z), as in
//! e3nn. Along an edge, components are sorted by order: m = 0 for all degrees, then +1, −1, +2, −2, …,
//! of which the K components of orders up to M are kept.

use crate::rotation::Rotation;

/// A component of a feature: its degree l and order m.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    /// l.
    pub(crate) degree: usize,
    /// m.
    pub(crate) order: isize,
}

impl Component {
    /// l² + l + m, its index by degree.
    #[cfg(test)]
    pub(crate) fn index(self) -> usize {
        (self.degree * self.degree + self.degree).strict_add_signed(self.order)
    }
}

/// One element of a sparse matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SparseEntry {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) value: f64,
}

/// Features of degrees up to L, of which orders up to M are kept along an edge.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Harmonics {
    /// L.
    pub(crate) lmax: usize,
    /// M.
    pub(crate) mmax: usize,
    /// The components along an edge, by order: `[K]`.
    pub(crate) along_edge: Vec<Component>,
    /// The generators of rotations about x, y and z, each `[S, S]`: D(exp(ω×)) = 1 + Σ ωₖ Jₖ + O(ω²).
    pub(crate) generators: [Vec<SparseEntry>; 3],
}

impl Harmonics {
    /// Features of degrees up to `lmax`, orders up to `mmax` along edges.
    pub(crate) fn new(lmax: usize, mmax: usize) -> Harmonics {
        let mut along_edge = Vec::new();
        for m in 0..=mmax.min(lmax) {
            let of = |order: isize| (m..=lmax).map(move |degree| Component { degree, order });
            along_edge.extend(of(m.cast_signed()));
            if m > 0 {
                along_edge.extend(of(-m.cast_signed()));
            }
        }
        Harmonics {
            lmax,
            mmax,
            along_edge,
            generators: [0, 1, 2].map(|axis| generator(axis, lmax)),
        }
    }

    /// S = (L + 1)².
    pub(crate) fn components(&self) -> usize {
        (self.lmax + 1) * (self.lmax + 1)
    }

    /// The number of elements of D, `[K, S]`, without the zeros between different degrees.
    pub(crate) fn rotation_size(&self) -> usize {
        let widths = self.along_edge.iter().map(|row| 2 * row.degree + 1);
        widths.sum()
    }

    /// D, which rotates a feature into the frame of an edge: passes the elements to `put` by row,
    /// without the zeros between different degrees, 2l + 1 elements of a row of degree l.
    pub(crate) fn rotation(&self, rotation: &Rotation, mut put: impl FnMut(f64)) {
        let blocks = wigner(rotation, self.lmax);
        for row in &self.along_edge {
            let width = 2 * row.degree + 1;
            let at = row.degree.strict_add_signed(row.order) * width;
            blocks[row.degree][at..at + width]
                .iter()
                .for_each(|value| put(*value));
        }
    }
}

/// Dˡ(R) for l = 0..=L, each `[2l + 1, 2l + 1]`: Yˡ(R r) = Dˡ(R) Yˡ(r).
fn wigner(rotation: &Rotation, lmax: usize) -> Vec<Vec<f64>> {
    let first: Vec<f64> = rotation.concat();
    let mut blocks = vec![vec![1.0]];
    for l in 1..=lmax {
        let next = raise(l, &first, &blocks[l - 1]);
        blocks.push(next);
    }
    blocks
}

/// Jₖ = dD(exp(ω×))/dωₖ at ω = 0. [`raise`] is bilinear, so its derivative has two terms:
/// Jˡ = raise(J¹, 1) + raise(1, Jˡ⁻¹).
fn generator(axis: usize, lmax: usize) -> Vec<SparseEntry> {
    let mut rotation = vec![0.0; 9];
    rotation[(axis + 1) % 3 * 3 + (axis + 2) % 3] = -1.0;
    rotation[(axis + 2) % 3 * 3 + (axis + 1) % 3] = 1.0;
    let unit = |l: usize| -> Vec<f64> {
        let width = 2 * l + 1;
        let on_diagonal = |at: usize| at / width == at % width;
        (0..width * width)
            .map(|at| f64::from(u8::from(on_diagonal(at))))
            .collect()
    };
    let mut entries = Vec::new();
    let mut block = vec![0.0];
    for l in 1..=lmax {
        let by_first = raise(l, &rotation, &unit(l - 1));
        let by_previous = raise(l, &unit(1), &block);
        block = by_first
            .iter()
            .zip(&by_previous)
            .map(|(one, other)| one + other)
            .collect();
        let width = 2 * l + 1;
        let nonzero = block
            .iter()
            .enumerate()
            .filter(|(_, value)| value.abs() > 1e-14);
        entries.extend(nonzero.map(|(at, value)| SparseEntry {
            row: l * l + at / width,
            column: l * l + at % width,
            value: *value,
        }));
    }
    entries
}

/// Dˡ from D¹ and Dˡ⁻¹: J. Ivanic and K. Ruedenberg, J. Phys. Chem. 100, 6342 (1996), equation 8.1
/// and table 2, with the corrections in 102, 9099 (1998). Their axes (y, z, x) are our (x, y, z).
fn raise(l: usize, first: &[f64], previous: &[f64]) -> Vec<f64> {
    let l = l.cast_signed();
    if l == 1 {
        return first.iter().map(|value| value * previous[0]).collect();
    }
    let r = |i: isize, j: isize| first[((i + 1) * 3 + j + 1).cast_unsigned()];
    let before =
        |m: isize, n: isize| previous[((m + l - 1) * (2 * l - 1) + n + l - 1).cast_unsigned()];
    let p = |i: isize, m: isize, n: isize| match n {
        n if n == l => r(i, 1) * before(m, l - 1) - r(i, -1) * before(m, 1 - l),
        n if n == -l => r(i, 1) * before(m, 1 - l) + r(i, -1) * before(m, l - 1),
        n => r(i, 0) * before(m, n),
    };
    let mut block = Vec::with_capacity(((2 * l + 1) * (2 * l + 1)).cast_unsigned());
    for m in -l..=l {
        for n in -l..=l {
            block.push(raised(l, m, n, &p));
        }
    }
    block
}

/// Dˡₘₙ = uU + vV + wW (equation 8.1).
fn raised(l: isize, m: isize, n: isize, p: &impl Fn(isize, isize, isize) -> f64) -> f64 {
    let size = m.abs();
    let sign = if m < 0 { -1 } else { 1 };
    let below = if n.abs() < l {
        (l + n) * (l - n)
    } else {
        2 * l * (2 * l - 1)
    };
    let root = |above: isize| (above as f64 / below as f64).sqrt();
    let mut sum = 0.0;
    if size < l {
        sum += root((l + m) * (l - m)) * p(0, m, n);
    }
    if m == 0 {
        sum -= root(2 * (l - 1) * l) / 2.0 * (p(1, 1, n) + p(-1, -1, n));
        return sum;
    }
    let v = root((l + size - 1) * (l + size)) / 2.0;
    sum += v * match (m, size) {
        (1, _) => 2f64.sqrt() * p(1, 0, n),
        (-1, _) => 2f64.sqrt() * p(-1, 0, n),
        (2.., _) => p(1, m - 1, n) - p(-1, 1 - m, n),
        _ => p(1, m + 1, n) + p(-1, -m - 1, n),
    };
    if size < l - 1 {
        let outward = if sign > 0 {
            p(1, m + 1, n) + p(-1, -m - 1, n)
        } else {
            p(1, m - 1, n) - p(-1, 1 - m, n)
        };
        sum -= root((l - size - 1) * (l - size)) / 2.0 * outward;
    }
    sum
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::rotation::to_polar_axis;

    fn product(a: &Rotation, b: &Rotation) -> Rotation {
        std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| a[i][k] * b[k][j]).sum()))
    }

    fn times(a: &[f64], b: &[f64], width: usize) -> Vec<f64> {
        let entry = |at: usize| {
            (0..width)
                .map(|k| a[at / width * width + k] * b[k * width + at % width])
                .sum()
        };
        (0..width * width).map(entry).collect()
    }

    #[test]
    fn components_by_order_have_the_order_of_fairchem() {
        let indices = |lmax, mmax| -> Vec<usize> {
            let harmonics = Harmonics::new(lmax, mmax);
            harmonics
                .along_edge
                .iter()
                .map(|component| component.index())
                .collect()
        };
        assert_eq!(indices(2, 2), [0, 2, 6, 3, 7, 1, 5, 8, 4]);
        assert_eq!(indices(4, 2).len(), 19);
    }

    #[test]
    fn degree_two_rotates_as_its_polynomials() {
        let harmonics = |r: DVec3| {
            let root = 3f64.sqrt();
            let DVec3 { x, y, z } = r;
            [
                root * x * z,
                root * x * y,
                y * y - (x * x + z * z) / 2.0,
                root * y * z,
                root / 2.0 * (z * z - x * x),
            ]
        };
        let rotation = to_polar_axis(DVec3::new(0.3, -0.4, 0.8));
        let block = &wigner(&rotation, 2)[2];
        let r = DVec3::new(0.5, 1.1, -0.7);
        let rotated = DVec3::from(rotation.map(|row| DVec3::from(row).dot(r)));
        for (row, expected) in harmonics(rotated).iter().enumerate() {
            let found: f64 = (0..5).map(|k| block[row * 5 + k] * harmonics(r)[k]).sum();
            assert!(
                (found - expected).abs() < 1e-14,
                "{row}: {found} {expected}"
            );
        }
    }

    #[test]
    fn products_of_rotations_are_products_of_their_matrices() {
        let one = to_polar_axis(DVec3::new(0.3, -0.4, 0.8));
        let other = to_polar_axis(DVec3::new(-0.9, 0.2, 0.1));
        let both = wigner(&product(&one, &other), 4);
        for (l, (a, b)) in wigner(&one, 4).iter().zip(&wigner(&other, 4)).enumerate() {
            for (found, expected) in times(a, b, 2 * l + 1).iter().zip(&both[l]) {
                assert!((found - expected).abs() < 1e-13, "degree {l}");
            }
        }
    }

    #[test]
    fn generators_are_finite_differences_of_rotations() {
        let step = 1e-5;
        for (axis, generator) in Harmonics::new(4, 2).generators.iter().enumerate() {
            let rotated = |angle: f64| {
                let mut rotation = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
                let (next, last) = ((axis + 1) % 3, (axis + 2) % 3);
                rotation[next][next] = angle.cos();
                rotation[last][last] = angle.cos();
                rotation[next][last] = -angle.sin();
                rotation[last][next] = angle.sin();
                wigner(&rotation, 4)
            };
            let (ahead, behind) = (rotated(step), rotated(-step));
            for l in 0..=4 {
                for at in 0..(2 * l + 1) * (2 * l + 1) {
                    let slope = (ahead[l][at] - behind[l][at]) / (2.0 * step);
                    let (row, column) = (l * l + at / (2 * l + 1), l * l + at % (2 * l + 1));
                    let found = generator
                        .iter()
                        .find(|entry| entry.row == row && entry.column == column);
                    let found = found.map_or(0.0, |entry| entry.value);
                    assert!(
                        (found - slope).abs() < 1e-8,
                        "axis {axis} degree {l}: {found} {slope}"
                    );
                }
            }
        }
    }
}
