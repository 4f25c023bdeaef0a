//! Moments of the neighbor density of an atom, and their rotation invariants.

use super::channels::{CHANNELS, Channels};
use super::matrix::Matrix;

/// Components of the moments of degree 0, 1 and 2: 1 + 3 + 5.
pub(super) const COMPONENTS: usize = 9;

/// Rotation invariants per channel.
pub(super) const INVARIANTS: usize = 5;

/// A scalar s, a vector v (x, y, z) and a traceless symmetric tensor t (xy, yz, xz, xx − yy, zz) per
/// channel: [COMPONENTS, K].
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Moments(pub(super) [Channels; COMPONENTS]);

impl Moments {
    pub(super) const ZERO: Moments = Moments([[0.0; CHANNELS]; COMPONENTS]);
}

const SQRT_3: f32 = 1.732_050_8;

/// Real spherical harmonics of a unit vector u, normalized so that the squares of each degree add up
/// to 1: 1; x, y, z; √3 xy, √3 yz, √3 xz, (√3/2)(x² − y²), (3z² − 1)/2.
#[inline(always)]
pub(super) fn harmonics([x, y, z]: [f32; 3]) -> [f32; COMPONENTS] {
    [
        1.0,
        x,
        y,
        z,
        SQRT_3 * x * y,
        SQRT_3 * y * z,
        SQRT_3 * x * z,
        0.5 * SQRT_3 * (x * x - y * y),
        1.5 * z * z - 0.5,
    ]
}

/// The harmonics of −u from those of u: odd degrees change their sign.
#[inline(always)]
pub(super) fn opposite(harmonics: [f32; COMPONENTS]) -> [f32; COMPONENTS] {
    let [s, x, y, z, t @ ..] = harmonics;
    [s, -x, -y, -z, t[0], t[1], t[2], t[3], t[4]]
}

/// The gradient with respect to u of Σₐ Yₐ(u) fₐ, up to a component along u.
#[inline(always)]
pub(super) fn gradient([x, y, z]: [f32; 3], f: [f32; COMPONENTS]) -> [f32; 3] {
    [
        f[1] + SQRT_3 * (y * f[4] + z * f[6] + x * f[7]),
        f[2] + SQRT_3 * (x * f[4] + z * f[5] - y * f[7]),
        f[3] + SQRT_3 * (y * f[5] + x * f[6]) + 3.0 * z * f[8],
    ]
}

/// Weights P that mix the channels of the moments, a [K, K] matrix per degree: pA = A P.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    forward: [Matrix; 3],
    backward: [Matrix; 3],
}

impl Mix {
    /// From three matrices: [3, K, K].
    pub(super) fn new(weights: &[f32]) -> Mix {
        let part = |degree: usize| {
            &weights[degree * CHANNELS * CHANNELS..(degree + 1) * CHANNELS * CHANNELS]
        };
        Mix {
            forward: [0, 1, 2].map(|degree| Matrix::of_rows(CHANNELS, part(degree))),
            backward: [0, 1, 2].map(|degree| Matrix::of_columns(CHANNELS, part(degree))),
        }
    }

    /// pA = A P.
    #[inline(always)]
    pub(super) fn mixed(&self, moments: &Moments) -> Moments {
        let mut mixed = Moments::ZERO;
        add_mixed(&self.forward, moments, &mut mixed);
        mixed
    }

    /// ∂E/∂A from `gradient` = ∂E/∂[`invariants`]: [5 K].
    #[inline(always)]
    pub(super) fn gradient(&self, moments: &Moments, mixed: &Moments, gradient: &[f32]) -> Moments {
        let (mut own, of_mixed) = invariant_gradients(moments, mixed, gradient);
        add_mixed(&self.backward, &of_mixed, &mut own);
        own
    }
}

#[inline(always)]
fn add_mixed(mix: &[Matrix; 3], from: &Moments, to: &mut Moments) {
    let [s, x, y, z, t @ ..] = &from.0;
    let [to_s, to_x, to_y, to_z, to_t @ ..] = &mut to.0;
    mix[0].add_product([s], [to_s]);
    mix[1].add_product([x, y, z], [to_x, to_y, to_z]);
    mix[2].add_product(t.each_ref().map(Channels::as_slice), t_slices(to_t));
}

#[inline(always)]
fn t_slices(t: &mut [Channels; 5]) -> [&mut [f32]; 5] {
    t.each_mut().map(Channels::as_mut_slice)
}

/// The invariants s; s ps; v·pv; t:pt; v·T·pv of each channel, where p marks mixed moments and T is the
/// matrix of the components t: [5 K].
#[inline(always)]
pub(super) fn invariants(moments: &Moments, mixed: &Moments, out: &mut [f32]) {
    let out = &mut out[..INVARIANTS * CHANNELS];
    for k in 0..CHANNELS {
        let a: [f32; COMPONENTS] = std::array::from_fn(|at| moments.0[at][k]);
        let p: [f32; COMPONENTS] = std::array::from_fn(|at| mixed.0[at][k]);
        let (v, pv, t) = (
            [a[1], a[2], a[3]],
            [p[1], p[2], p[3]],
            [a[4], a[5], a[6], a[7], a[8]],
        );
        out[k] = a[0];
        out[CHANNELS + k] = a[0] * p[0];
        out[2 * CHANNELS + k] = dot(v, pv);
        out[3 * CHANNELS + k] = a[4] * p[4] + a[5] * p[5] + a[6] * p[6] + a[7] * p[7] + a[8] * p[8];
        out[4 * CHANNELS + k] = dot(v, tensor_product(t, pv));
    }
}

/// Backward of [`invariants`]: ∂E/∂A and ∂E/∂pA.
#[inline(always)]
fn invariant_gradients(moments: &Moments, mixed: &Moments, gradient: &[f32]) -> (Moments, Moments) {
    let gradient = &gradient[..INVARIANTS * CHANNELS];
    let (mut own, mut other) = (Moments::ZERO, Moments::ZERO);
    for k in 0..CHANNELS {
        let a: [f32; COMPONENTS] = std::array::from_fn(|at| moments.0[at][k]);
        let p: [f32; COMPONENTS] = std::array::from_fn(|at| mixed.0[at][k]);
        let g: [f32; INVARIANTS] = std::array::from_fn(|at| gradient[at * CHANNELS + k]);
        let (v, pv, t) = (
            [a[1], a[2], a[3]],
            [p[1], p[2], p[3]],
            [a[4], a[5], a[6], a[7], a[8]],
        );
        own.0[0][k] = g[0] + g[1] * p[0];
        other.0[0][k] = g[1] * a[0];
        let (from_pv, from_v) = (tensor_product(t, pv), tensor_product(t, v));
        for axis in 0..3 {
            own.0[1 + axis][k] = g[2] * pv[axis] + g[4] * from_pv[axis];
            other.0[1 + axis][k] = g[2] * v[axis] + g[4] * from_v[axis];
        }
        let by_tensor = tensor_gradient(v, pv);
        for at in 0..5 {
            own.0[4 + at][k] = g[3] * p[4 + at] + g[4] * by_tensor[at];
            other.0[4 + at][k] = g[3] * a[4 + at];
        }
    }
    (own, other)
}

#[inline(always)]
fn dot(v: [f32; 3], w: [f32; 3]) -> f32 {
    v[0] * w[0] + v[1] * w[1] + v[2] * w[2]
}

/// T w for the traceless symmetric matrix T of the components t.
#[inline(always)]
fn tensor_product(t: [f32; 5], w: [f32; 3]) -> [f32; 3] {
    let q = 1.0 / SQRT_3;
    let (a, b) = (t[3] * q, t[4] * (1.0 / 3.0));
    let (xx, yy, zz) = (a - b, -a - b, 2.0 * b);
    let (xy, yz, xz) = (t[0] * q, t[1] * q, t[2] * q);
    [
        dot([xx, xy, xz], w),
        dot([xy, yy, yz], w),
        dot([xz, yz, zz], w),
    ]
}

/// ∂(v·T·w)/∂t.
#[inline(always)]
fn tensor_gradient(v: [f32; 3], w: [f32; 3]) -> [f32; 5] {
    let q = 1.0 / SQRT_3;
    let squares = [v[0] * w[0], v[1] * w[1], v[2] * w[2]];
    [
        q * (v[0] * w[1] + v[1] * w[0]),
        q * (v[1] * w[2] + v[2] * w[1]),
        q * (v[0] * w[2] + v[2] * w[0]),
        q * (squares[0] - squares[1]),
        (2.0 * squares[2] - squares[0] - squares[1]) * (1.0 / 3.0),
    ]
}
