//! Moments of the neighbor density of an atom, and their rotation invariants.

use super::channels::{CHANNELS, Channels, Part};
use crate::potential::simd::{Simd, Vector};

/// Components of moments up to degree l = 2: 1 + 3 + 5.
pub const DEGREE_2: usize = 9;

/// Components of moments up to degree l = 3: 1 + 3 + 5 + 7.
pub const DEGREE_3: usize = 16;

/// Rotation invariants per channel of moments of C components.
pub(super) const fn invariant_count(components: usize) -> usize {
    match components {
        DEGREE_2 => 5,
        DEGREE_3 => 8,
        _ => panic!("moments are of degree 2 or 3"),
    }
}

/// Degrees l of moments of C components: 0 to 2, or 0 to 3.
pub(super) const fn degree_count(components: usize) -> usize {
    components.isqrt()
}

/// A scalar s, a vector v (x, y, z), a traceless symmetric tensor t (xy, yz, xz, xx − yy, zz) and, up to
/// degree 3, seven components f of degree 3 per channel: [C, K].
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Moments<const C: usize>(pub(super) [Channels; C]);

impl<const C: usize> Moments<C> {
    pub(super) const ZERO: Moments<C> = Moments([[0.0; CHANNELS]; C]);

    /// The vector v: [3, K].
    #[inline(always)]
    pub(super) fn vector(&self) -> &[Channels; 3] {
        self.0[1..].first_chunk().expect("degree 1")
    }

    /// The same, mutable.
    #[inline(always)]
    pub(super) fn vector_mut(&mut self) -> &mut [Channels; 3] {
        self.0[1..].first_chunk_mut().expect("degree 1")
    }

    /// A part of the channels of every component: [C].
    #[inline(always)]
    pub(super) fn part<S: Simd>(&self, simd: S, part: usize) -> [Part<S>; C] {
        let mut all = [Vector::splat(simd, 0.0); C];
        for (to, component) in all.iter_mut().zip(&self.0) {
            *to = Vector::load(simd, component, part);
        }
        all
    }

    /// Replaces a part of the channels of every component.
    #[inline(always)]
    pub(super) fn set_part<S: Simd>(&mut self, part: usize, all: [Part<S>; C]) {
        for (component, from) in self.0.iter_mut().zip(all) {
            from.store(component, part);
        }
    }

    /// Multiplies every component by a factor per channel [K].
    #[inline(always)]
    pub(super) fn scale(&mut self, factors: &Channels) {
        for component in &mut self.0 {
            for (value, factor) in component.iter_mut().zip(factors) {
                *value *= factor;
            }
        }
    }
}
