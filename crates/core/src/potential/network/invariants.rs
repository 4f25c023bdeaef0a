//! Rotation invariants of the moments of an atom, and the backward pass.

use super::channels::{CHANNELS, Channels};
use super::harmonics::SQRT_3;
use super::matrix::Matrix;
use super::moments::{DEGREE_2, Moments, degree_count, invariant_count};

/// Weights P that mix the channels of the moments, a [K, K] matrix per degree: pA = A P.
#[derive(Clone, Debug)]
pub(super) struct Mix<const C: usize> {
    forward: Vec<Matrix>,
    backward: Vec<Matrix>,
}

impl<const C: usize> Mix<C> {
    /// From a matrix per degree: [degrees, K, K].
    pub(super) fn new(weights: &[f32]) -> Mix<C> {
        let parts = || {
            weights
                .chunks_exact(CHANNELS * CHANNELS)
                .take(degree_count(C))
        };
        Mix {
            forward: parts()
                .map(|part| Matrix::of_rows(CHANNELS, part))
                .collect(),
            backward: parts()
                .map(|part| Matrix::of_columns(CHANNELS, part))
                .collect(),
        }
    }

    /// pA = A P.
    #[inline(always)]
    pub(super) fn mixed(&self, moments: &Moments<C>) -> Moments<C> {
        let mut mixed = Moments::ZERO;
        add_mixed(&self.forward, moments, &mut mixed);
        mixed
    }

    /// ∂E/∂A from `gradient` = ∂E/∂[`invariants`].
    #[inline(always)]
    pub(super) fn gradient(
        &self,
        moments: &Moments<C>,
        mixed: &Moments<C>,
        gradient: &[f32],
    ) -> Moments<C> {
        let (mut own, of_mixed) = invariant_gradients(moments, mixed, gradient);
        add_mixed(&self.backward, &of_mixed, &mut own);
        own
    }
}

#[inline(always)]
fn add_mixed<const C: usize>(mix: &[Matrix], from: &Moments<C>, to: &mut Moments<C>) {
    let mut degrees = mix.iter();
    let (from, to) = (&from.0[..], &mut to.0[..]);
    let (from, to) = add_degree::<1>(&mut degrees, from, to);
    let (from, to) = add_degree::<3>(&mut degrees, from, to);
    let (from, to) = add_degree::<5>(&mut degrees, from, to);
    if C > DEGREE_2 {
        add_degree::<7>(&mut degrees, from, to);
    }
}

/// Adds the product of the first N components with the next matrix; returns the other components.
#[inline(always)]
fn add_degree<'a, const N: usize>(
    degrees: &mut std::slice::Iter<'_, Matrix>,
    from: &'a [Channels],
    to: &'a mut [Channels],
) -> (&'a [Channels], &'a mut [Channels]) {
    let (own, from) = from.split_first_chunk::<N>().expect("N components");
    let (sums, to) = to.split_first_chunk_mut::<N>().expect("N components");
    if let Some(matrix) = degrees.next() {
        matrix.add_product(
            own.each_ref().map(Channels::as_slice),
            sums.each_mut().map(Channels::as_mut_slice),
        );
    }
    (from, to)
}

/// The invariants of each channel, [count K] where count is 5 or 7: s; s ps; v·pv; t·pt; with degree 3
/// f·pf; v·T·pv; with degree 3 det T. Here p marks mixed moments, and T is the matrix of the components t.
#[inline(always)]
pub(super) fn invariants<const C: usize>(
    moments: &Moments<C>,
    mixed: &Moments<C>,
    out: &mut [f32],
) {
    let out = &mut out[..invariant_count(C) * CHANNELS];
    for k in 0..CHANNELS {
        let a: [f32; C] = std::array::from_fn(|at| moments.0[at][k]);
        let p: [f32; C] = std::array::from_fn(|at| mixed.0[at][k]);
        let (v, pv) = ([a[1], a[2], a[3]], [p[1], p[2], p[3]]);
        let matrix = symmetric([a[4], a[5], a[6], a[7], a[8]]);
        out[k] = a[0];
        out[CHANNELS + k] = a[0] * p[0];
        out[2 * CHANNELS + k] = dot(v, pv);
        out[3 * CHANNELS + k] = a[4] * p[4] + a[5] * p[5] + a[6] * p[6] + a[7] * p[7] + a[8] * p[8];
        let mut next = 4 * CHANNELS + k;
        if C > DEGREE_2 {
            let mut sum = 0.0;
            for at in DEGREE_2..C {
                sum += a[at] * p[at];
            }
            out[next] = sum;
            next += CHANNELS;
        }
        out[next] = dot(v, product(matrix, pv));
        if C > DEGREE_2 {
            let [xx, yy, zz, xy, yz, xz] = matrix;
            out[next + CHANNELS] =
                xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
        }
    }
}

/// Backward of [`invariants`]: ∂E/∂A and ∂E/∂pA.
#[inline(always)]
fn invariant_gradients<const C: usize>(
    moments: &Moments<C>,
    mixed: &Moments<C>,
    gradient: &[f32],
) -> (Moments<C>, Moments<C>) {
    let gradient = &gradient[..invariant_count(C) * CHANNELS];
    let (mut own, mut other) = (Moments::ZERO, Moments::ZERO);
    for k in 0..CHANNELS {
        let a: [f32; C] = std::array::from_fn(|at| moments.0[at][k]);
        let p: [f32; C] = std::array::from_fn(|at| mixed.0[at][k]);
        let g = |invariant: usize| gradient[invariant * CHANNELS + k];
        let (v, pv) = ([a[1], a[2], a[3]], [p[1], p[2], p[3]]);
        let matrix = symmetric([a[4], a[5], a[6], a[7], a[8]]);
        let cubic = if C > DEGREE_2 { g(5) } else { g(4) };
        // s and s ps.
        own.0[0][k] = g(0) + g(1) * p[0];
        other.0[0][k] = g(1) * a[0];
        // v·pv and v·T·pv.
        let (from_pv, from_v) = (product(matrix, pv), product(matrix, v));
        for axis in 0..3 {
            own.0[1 + axis][k] = g(2) * pv[axis] + cubic * from_pv[axis];
            other.0[1 + axis][k] = g(2) * v[axis] + cubic * from_v[axis];
        }
        // t·pt, v·T·pv, and det T: ∂(det T)/∂T is the matrix of cofactors.
        let mut by_matrix = dyad(v, pv).map(|value| cubic * value);
        if C > DEGREE_2 {
            let cofactors = cofactors(matrix);
            for at in 0..6 {
                by_matrix[at] += g(6) * cofactors[at];
            }
        }
        let by_tensor = components(by_matrix);
        for at in 0..5 {
            own.0[4 + at][k] = g(3) * p[4 + at] + by_tensor[at];
            other.0[4 + at][k] = g(3) * a[4 + at];
        }
        // f·pf.
        if C > DEGREE_2 {
            for at in DEGREE_2..C {
                own.0[at][k] = g(4) * p[at];
                other.0[at][k] = g(4) * a[at];
            }
        }
    }
    (own, other)
}

#[inline(always)]
fn dot(v: [f32; 3], w: [f32; 3]) -> f32 {
    v[0] * w[0] + v[1] * w[1] + v[2] * w[2]
}

/// xx, yy, zz, xy, yz, xz of the traceless symmetric matrix T of the components t.
#[inline(always)]
fn symmetric(t: [f32; 5]) -> [f32; 6] {
    let q = 1.0 / SQRT_3;
    let (a, b) = (t[3] * q, t[4] * (1.0 / 3.0));
    [a - b, -a - b, 2.0 * b, t[0] * q, t[1] * q, t[2] * q]
}

/// T w.
#[inline(always)]
fn product([xx, yy, zz, xy, yz, xz]: [f32; 6], w: [f32; 3]) -> [f32; 3] {
    [
        dot([xx, xy, xz], w),
        dot([xy, yy, yz], w),
        dot([xz, yz, zz], w),
    ]
}

/// ∂(v·T·w)/∂T: xx, yy, zz, and xy, yz, xz, each of which occurs twice in T.
#[inline(always)]
fn dyad(v: [f32; 3], w: [f32; 3]) -> [f32; 6] {
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
fn cofactors([xx, yy, zz, xy, yz, xz]: [f32; 6]) -> [f32; 6] {
    [
        yy * zz - yz * yz,
        xx * zz - xz * xz,
        xx * yy - xy * xy,
        2.0 * (yz * xz - xy * zz),
        2.0 * (xy * xz - xx * yz),
        2.0 * (xy * yz - yy * xz),
    ]
}

/// ∂E/∂t from ∂E/∂T: backward of [`symmetric`].
#[inline(always)]
fn components([xx, yy, zz, xy, yz, xz]: [f32; 6]) -> [f32; 5] {
    let q = 1.0 / SQRT_3;
    [
        q * xy,
        q * yz,
        q * xz,
        q * (xx - yy),
        (2.0 * zz - xx - yy) * (1.0 / 3.0),
    ]
}
