//! Messages between atoms: their aggregation into moments, and the backward pass.

use super::channels::{CHANNELS, Channels, parts};
use super::edges::Edge;
use super::harmonics::{harmonics, is_odd};
use super::moments::Moments;
use super::radial::{SplineTable, TablePosition};
use crate::potential::simd::{Simd, Vector};

/// The message of an atom: a scalar e and a vector a per channel.
///
/// With gₛ, gᵥ the radial functions of the second layer and u the unit vector from the receiving atom i
/// to the sending atom j, the moments of i are
/// s = Σⱼ gₛ e + gᵥ u·a; v = Σⱼ gₛ e u + gᵥ a; t = Σⱼ gₛ e Y₂(u); f = Σⱼ gₛ e Y₃(u).
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Message {
    /// e: [CHANNELS].
    pub(super) scalar: Channels,
    /// a: [3, CHANNELS].
    pub(super) vector: [Channels; 3],
}

impl Message {
    pub(super) const ZERO: Message = Message {
        scalar: [0.0; CHANNELS],
        vector: [[0.0; CHANNELS]; 3],
    };
}

/// An edge with its spherical harmonics.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgeBasis<const C: usize> {
    pub(super) unit: [f32; 3],
    pub(super) harmonics: [f32; C],
    pub(super) table: TablePosition,
    pub(super) other: usize,
}

impl<const C: usize> EdgeBasis<C> {
    pub(super) const ZERO: EdgeBasis<C> = EdgeBasis {
        unit: [0.0; 3],
        harmonics: [0.0; C],
        table: TablePosition::ZERO,
        other: 0,
    };
}

/// Edges per batch.
pub(super) const BATCH: usize = 16;

/// Computes the basis of a batch of edges.
#[inline(always)]
pub(super) fn edge_bases<'a, const C: usize>(
    batch: &[Edge],
    bases: &'a mut [EdgeBasis<C>; BATCH],
) -> &'a [EdgeBasis<C>] {
    for (edge, basis) in batch.iter().zip(bases.iter_mut()) {
        *basis = EdgeBasis {
            unit: edge.unit,
            harmonics: harmonics(edge.unit),
            table: edge.table,
            other: edge.other as usize,
        };
    }
    &bases[..batch.len().min(BATCH)]
}

/// The moments of the messages `[atoms]` of an atom's neighbors; see [`Message`].
#[inline(always)]
pub(super) fn aggregate<S: Simd, const C: usize>(
    simd: S,
    table: &SplineTable<2>,
    edges: &[Edge],
    messages: &[Message],
) -> Moments<C> {
    let mut moments = Moments::ZERO;
    let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
    for batch in edges.chunks(BATCH) {
        let bases = edge_bases(batch, &mut bases);
        for part in 0..parts::<S>() {
            let mut sums = moments.part(simd, part);
            for basis in bases {
                let message = &messages[basis.other];
                // gₛ e Y(u), then gᵥ u·a and gᵥ a.
                let weighted = table.values(simd, basis.table, 0, part)
                    * Vector::load(simd, &message.scalar, part);
                for (sum, harmonic) in sums.iter_mut().zip(basis.harmonics) {
                    *sum = weighted.scaled_add(harmonic, *sum);
                }
                let weight = table.values(simd, basis.table, 1, part);
                for axis in 0..3 {
                    let carried = weight * Vector::load(simd, &message.vector[axis], part);
                    sums[0] = carried.scaled_add(basis.unit[axis], sums[0]);
                    sums[1 + axis] = sums[1 + axis] + carried;
                }
            }
            moments.set_part(part, sums);
        }
    }
    moments
}

/// Backward of [`aggregate`]: the gradient of the energy with respect to an atom's message, from
/// `gradients` `[atoms]` with respect to the moments of its neighbors.
#[inline(always)]
pub(super) fn aggregate_backward<S: Simd, const C: usize>(
    simd: S,
    table: &SplineTable<2>,
    edges: &[Edge],
    gradients: &[Moments<C>],
) -> Message {
    let mut gradient = Message::ZERO;
    let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
    for batch in edges.chunks(BATCH) {
        let bases = edge_bases(batch, &mut bases);
        for part in 0..parts::<S>() {
            let mut scalar = Vector::load(simd, &gradient.scalar, part);
            let [x, y, z] = &gradient.vector;
            let mut vector = [
                Vector::load(simd, x, part),
                Vector::load(simd, y, part),
                Vector::load(simd, z, part),
            ];
            for basis in bases {
                let received = &gradients[basis.other].0;
                // Seen from the neighbor, the edge points along −u.
                // ∂E/∂e = Σ gₛ Y(−u)·∂E/∂A; ∂E/∂a = Σ gᵥ (∂E/∂v − u ∂E/∂s).
                let mut projected = Vector::splat(simd, 0.0);
                for (index, harmonic) in basis.harmonics.into_iter().enumerate() {
                    let harmonic = if is_odd(index) { -harmonic } else { harmonic };
                    let received = Vector::load(simd, &received[index], part);
                    projected = received.scaled_add(harmonic, projected);
                }
                scalar = projected.mul_add(table.values(simd, basis.table, 0, part), scalar);
                let weight = table.values(simd, basis.table, 1, part);
                let by_scalar = Vector::load(simd, &received[0], part);
                for axis in 0..3 {
                    let by_vector = Vector::load(simd, &received[1 + axis], part);
                    let difference = by_scalar.scaled_add(-basis.unit[axis], by_vector);
                    vector[axis] = difference.mul_add(weight, vector[axis]);
                }
            }
            scalar.store(&mut gradient.scalar, part);
            for (axis, sums) in vector.into_iter().enumerate() {
                sums.store(&mut gradient.vector[axis], part);
            }
        }
    }
    gradient
}
