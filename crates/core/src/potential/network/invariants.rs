//! Rotation invariants of the moments of an atom, and the backward pass.

use super::channels::{CHANNELS, Part, parts};
use super::dense::matrix_and_transpose;
use super::harmonics::{SQRT_3, SQRT_3_8, SQRT_5_8, SQRT_15};
use super::moments::{DEGREE_2, Moments, degree_count, invariant_count};
use crate::potential::simd::{Layout, Matrix, Output, Simd, Vector};

/// Weights P that mix the channels of the moments, a [K, K] matrix per degree: pA = A P.
#[derive(Clone, Debug)]
pub(super) struct Mix<const C: usize> {
    /// P and its transpose: [degrees, 2].
    degrees: Vec<[Matrix<f32>; 2]>,
}

impl<const C: usize> Mix<C> {
    /// From a matrix per degree: [degrees, K, K].
    pub(super) fn new(weights: &[f32]) -> Mix<C> {
        let parts = weights.chunks_exact(CHANNELS * CHANNELS);
        Mix {
            degrees: parts
                .take(degree_count(C))
                .map(|part| matrix_and_transpose(CHANNELS, part))
                .collect(),
        }
    }

    /// pA = A P.
    #[inline(always)]
    pub(super) fn mixed(&self, moments: &Moments<C>) -> Moments<C> {
        let mut mixed = Moments::ZERO;
        self.product(moments, 0, &mut mixed);
        mixed
    }

    /// ∂E/∂A from `gradient` = ∂E/∂[`invariants`].
    #[inline(always)]
    pub(super) fn gradient<S: Simd>(
        &self,
        simd: S,
        moments: &Moments<C>,
        mixed: &Moments<C>,
        gradient: &[f32],
    ) -> Moments<C> {
        let (mut own, of_mixed) = invariant_gradients(simd, moments, mixed, gradient);
        self.product(&of_mixed, 1, &mut own);
        own
    }

    /// Adds A P (`which` 0) or A Pᵀ (1): the 2 l + 1 components of degree l begin at component l².
    #[inline(always)]
    fn product(&self, from: &Moments<C>, which: usize, to: &mut Moments<C>) {
        for (degree, matrices) in self.degrees.iter().enumerate() {
            let layout = Layout::rows(degree * degree * CHANNELS, CHANNELS);
            let (x, y) = (from.0.as_flattened(), to.0.as_flattened_mut());
            let count = 2 * degree + 1;
            matrices[which].product(count, (x, layout), (y, layout), Output::Add);
        }
    }
}

/// The invariants of each channel, [count K] where count is 5 or 8: s; s ps; v·pv; t·pt; with degree 3
/// f·pf; v·T·pv; with degree 3 det T and f·Y₃(pv). Here p marks mixed moments, T is the matrix of the
/// components t, and Y₃ are the harmonics of degree 3 as [`cubic`] polynomials.
#[inline(always)]
pub(super) fn invariants<S: Simd, const C: usize>(
    simd: S,
    moments: &Moments<C>,
    mixed: &Moments<C>,
    out: &mut [f32],
) {
    let out = &mut out[..invariant_count(C) * CHANNELS];
    let mut rows = out.chunks_exact_mut(CHANNELS);
    let mut next = || rows.next().expect("an invariant");
    let [s, ss, vv, tt] = [next(), next(), next(), next()];
    let ff = if C > DEGREE_2 { next() } else { &mut [] };
    let vtv = next();
    let det = if C > DEGREE_2 { next() } else { &mut [] };
    let fv = if C > DEGREE_2 { next() } else { &mut [] };
    for part in 0..parts::<S>() {
        let (a, p) = (moments.part(simd, part), mixed.part(simd, part));
        let (v, pv) = ([a[1], a[2], a[3]], [p[1], p[2], p[3]]);
        let matrix = symmetric([a[4], a[5], a[6], a[7], a[8]]);
        a[0].store(s, part);
        (a[0] * p[0]).store(ss, part);
        dot(v, pv).store(vv, part);
        products(&a, &p, 4..DEGREE_2).store(tt, part);
        dot(v, product(matrix, pv)).store(vtv, part);
        if C > DEGREE_2 {
            products(&a, &p, DEGREE_2..C).store(ff, part);
            determinant(matrix).store(det, part);
            let harmonics = cubic(pv);
            let mut sum = a[DEGREE_2] * harmonics[0];
            for at in 1..harmonics.len() {
                sum = a[DEGREE_2 + at].mul_add(harmonics[at], sum);
            }
            sum.store(fv, part);
        }
    }
}

/// Backward of [`invariants`]: ∂E/∂A and ∂E/∂pA.
#[inline(always)]
fn invariant_gradients<S: Simd, const C: usize>(
    simd: S,
    moments: &Moments<C>,
    mixed: &Moments<C>,
    gradient: &[f32],
) -> (Moments<C>, Moments<C>) {
    let gradient = &gradient[..invariant_count(C) * CHANNELS];
    let (mut all_own, mut all_other) = (Moments::ZERO, Moments::ZERO);
    for part in 0..parts::<S>() {
        let (a, p) = (moments.part(simd, part), mixed.part(simd, part));
        let zero = Vector::splat(simd, 0.0);
        let (mut own, mut other) = ([zero; C], [zero; C]);
        let mut g = [zero; 8];
        for (to, row) in g.iter_mut().zip(gradient.chunks_exact(CHANNELS)) {
            *to = Vector::load(simd, row, part);
        }
        let (v, pv) = ([a[1], a[2], a[3]], [p[1], p[2], p[3]]);
        let matrix = symmetric([a[4], a[5], a[6], a[7], a[8]]);
        let triple = if C > DEGREE_2 { g[5] } else { g[4] };
        // s and s ps.
        own[0] = g[1].mul_add(p[0], g[0]);
        other[0] = g[1] * a[0];
        // v·pv and v·T·pv.
        let (from_pv, from_v) = (product(matrix, pv), product(matrix, v));
        for axis in 0..3 {
            own[1 + axis] = g[2].mul_add(pv[axis], triple * from_pv[axis]);
            other[1 + axis] = g[2].mul_add(v[axis], triple * from_v[axis]);
        }
        // t·pt, v·T·pv, and det T: ∂(det T)/∂T is the matrix of cofactors.
        let mut by_matrix = dyad(v, pv);
        for value in &mut by_matrix {
            *value = *value * triple;
        }
        if C > DEGREE_2 {
            let cofactors = cofactors(matrix);
            for at in 0..6 {
                by_matrix[at] = g[6].mul_add(cofactors[at], by_matrix[at]);
            }
        }
        let by_tensor = components(by_matrix);
        for at in 0..5 {
            own[4 + at] = g[3].mul_add(p[4 + at], by_tensor[at]);
            other[4 + at] = g[3] * a[4 + at];
        }
        // f·pf and f·Y₃(pv).
        if C > DEGREE_2 {
            let (harmonics, slopes) = (cubic(pv), cubic_gradients(pv));
            for (index, at) in (DEGREE_2..C).enumerate() {
                own[at] = g[4].mul_add(p[at], g[7] * harmonics[index]);
                other[at] = g[4] * a[at];
                let weight = g[7] * a[at];
                for axis in 0..3 {
                    other[1 + axis] = weight.mul_add(slopes[index][axis], other[1 + axis]);
                }
            }
        }
        all_own.set_part(part, own);
        all_other.set_part(part, other);
    }
    (all_own, all_other)
}

/// Σ a p over components.
#[inline(always)]
fn products<S: Simd, const C: usize>(
    a: &[Part<S>; C],
    p: &[Part<S>; C],
    components: std::ops::Range<usize>,
) -> Part<S> {
    let mut sum = a[components.start] * p[components.start];
    for at in components.skip(1) {
        sum = a[at].mul_add(p[at], sum);
    }
    sum
}

#[inline(always)]
fn dot<S: Simd>(v: [Part<S>; 3], w: [Part<S>; 3]) -> Part<S> {
    v[0].mul_add(w[0], v[1].mul_add(w[1], v[2] * w[2]))
}

/// xx, yy, zz, xy, yz, xz of the traceless symmetric matrix T of the components t.
#[inline(always)]
fn symmetric<S: Simd>(t: [Part<S>; 5]) -> [Part<S>; 6] {
    let q = 1.0 / SQRT_3;
    let (a, b) = (t[3].scaled(q), t[4].scaled(1.0 / 3.0));
    [
        a - b,
        -(a + b),
        b + b,
        t[0].scaled(q),
        t[1].scaled(q),
        t[2].scaled(q),
    ]
}

/// T w.
#[inline(always)]
fn product<S: Simd>([xx, yy, zz, xy, yz, xz]: [Part<S>; 6], w: [Part<S>; 3]) -> [Part<S>; 3] {
    [
        dot([xx, xy, xz], w),
        dot([xy, yy, yz], w),
        dot([xz, yz, zz], w),
    ]
}

/// det T.
#[inline(always)]
fn determinant<S: Simd>([xx, yy, zz, xy, yz, xz]: [Part<S>; 6]) -> Part<S> {
    xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
}

/// ∂(v·T·w)/∂T: xx, yy, zz, and xy, yz, xz, each of which occurs twice in T.
#[inline(always)]
fn dyad<S: Simd>(v: [Part<S>; 3], w: [Part<S>; 3]) -> [Part<S>; 6] {
    [
        v[0] * w[0],
        v[1] * w[1],
        v[2] * w[2],
        v[0] * w[1] + v[1] * w[0],
        v[1] * w[2] + v[2] * w[1],
        v[0] * w[2] + v[2] * w[0],
    ]
}

/// ∂(det T)/∂T, as in [`dyad`].
#[inline(always)]
fn cofactors<S: Simd>([xx, yy, zz, xy, yz, xz]: [Part<S>; 6]) -> [Part<S>; 6] {
    [
        yy * zz - yz * yz,
        xx * zz - xz * xz,
        xx * yy - xy * xy,
        (yz * xz - xy * zz).scaled(2.0),
        (xy * xz - xx * yz).scaled(2.0),
        (xy * yz - yy * xz).scaled(2.0),
    ]
}

/// ∂E/∂t from ∂E/∂T: backward of [`symmetric`].
#[inline(always)]
fn components<S: Simd>([xx, yy, zz, xy, yz, xz]: [Part<S>; 6]) -> [Part<S>; 5] {
    let q = 1.0 / SQRT_3;
    [
        xy.scaled(q),
        yz.scaled(q),
        xz.scaled(q),
        (xx - yy).scaled(q),
        (zz + zz - xx - yy).scaled(1.0 / 3.0),
    ]
}

/// The harmonics of degree 3 as homogeneous polynomials of a vector: [7].
///
/// √(5/8) y(3x² − y²), √15 xyz, √(3/8) y(4z² − x² − y²), z(2z² − 3x² − 3y²)/2, √(3/8) x(4z² − x² − y²),
/// (√15/2) z(x² − y²), √(5/8) x(x² − 3y²); on the unit sphere they are those of [`harmonics`].
///
/// [`harmonics`]: super::harmonics::harmonics
#[inline(always)]
fn cubic<S: Simd>([x, y, z]: [Part<S>; 3]) -> [Part<S>; 7] {
    let (xx, yy, zz) = (x * x, y * y, z * z);
    let (sum, difference) = (xx + yy, xx - yy);
    let fours = (zz.scaled(4.0) - sum).scaled(SQRT_3_8);
    [
        (y * (xx.scaled(3.0) - yy)).scaled(SQRT_5_8),
        (x * y * z).scaled(SQRT_15),
        y * fours,
        z * (zz - sum.scaled(1.5)),
        x * fours,
        (z * difference).scaled(0.5 * SQRT_15),
        (x * (xx - yy.scaled(3.0))).scaled(SQRT_5_8),
    ]
}

/// The gradients of [`cubic`]: [7, 3].
#[inline(always)]
fn cubic_gradients<S: Simd>([x, y, z]: [Part<S>; 3]) -> [[Part<S>; 3]; 7] {
    let (xx, yy, zz) = (x * x, y * y, z * z);
    let (sum, difference) = (xx + yy, xx - yy);
    let (xy, yz, xz) = (x * y, y * z, x * z);
    let zero = x.scaled(0.0);
    let minus_xy = xy.scaled(-2.0 * SQRT_3_8);
    let fours = zz.scaled(4.0);
    let (twice, thrice) = (xy.scaled(6.0 * SQRT_5_8), difference.scaled(3.0 * SQRT_5_8));
    [
        [twice, thrice, zero],
        [yz.scaled(SQRT_15), xz.scaled(SQRT_15), xy.scaled(SQRT_15)],
        [
            minus_xy,
            (fours - sum - yy - yy).scaled(SQRT_3_8),
            yz.scaled(8.0 * SQRT_3_8),
        ],
        [
            xz.scaled(-3.0),
            yz.scaled(-3.0),
            (zz + zz - sum).scaled(1.5),
        ],
        [
            (fours - sum - xx - xx).scaled(SQRT_3_8),
            minus_xy,
            xz.scaled(8.0 * SQRT_3_8),
        ],
        [
            xz.scaled(SQRT_15),
            yz.scaled(-SQRT_15),
            difference.scaled(0.5 * SQRT_15),
        ],
        [thrice, -twice, zero],
    ]
}
