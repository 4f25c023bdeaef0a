//! Messages between atoms: their aggregation into moments, and the backward pass.

use super::channels::{CHANNELS, Channels, LANES, lanes, lanes_mut};
use super::edges::Edge;
use super::harmonics::{harmonics, opposite};
use super::moments::Moments;
use super::radial::{SplineTable, TablePosition};

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
pub(super) fn aggregate<const C: usize>(
    table: &SplineTable<2>,
    edges: &[Edge],
    messages: &[Message],
) -> Moments<C> {
    let mut moments = Moments::ZERO;
    let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
    for batch in edges.chunks(BATCH) {
        let bases = edge_bases(batch, &mut bases);
        for part in 0..CHANNELS / LANES {
            let mut sums: [[f32; LANES]; C] =
                std::array::from_fn(|at| *lanes(&moments.0[at], part));
            for basis in bases {
                let message = &messages[basis.other];
                let scalar = lanes(&message.scalar, part);
                let vector = message.vector.each_ref().map(|axis| lanes(axis, part));
                let scalar_weight = table.values(basis.table, 0, part);
                let vector_weight = table.values(basis.table, 1, part);
                for lane in 0..LANES {
                    // gₛ e Y(u), then gᵥ u·a and gᵥ a.
                    let weighted = scalar_weight[lane] * scalar[lane];
                    let carried = vector.map(|axis| vector_weight[lane] * axis[lane]);
                    for (sum, harmonic) in sums.iter_mut().zip(basis.harmonics) {
                        sum[lane] += harmonic * weighted;
                    }
                    sums[0][lane] += basis.unit[0] * carried[0]
                        + basis.unit[1] * carried[1]
                        + basis.unit[2] * carried[2];
                    for (axis, carried) in carried.into_iter().enumerate() {
                        sums[1 + axis][lane] += carried;
                    }
                }
            }
            for (at, sums) in sums.into_iter().enumerate() {
                *lanes_mut(&mut moments.0[at], part) = sums;
            }
        }
    }
    moments
}

/// Backward of [`aggregate`]: the gradient of the energy with respect to an atom's message, from
/// `gradients` `[atoms]` with respect to the moments of its neighbors.
#[inline(always)]
pub(super) fn aggregate_backward<const C: usize>(
    table: &SplineTable<2>,
    edges: &[Edge],
    gradients: &[Moments<C>],
) -> Message {
    let mut gradient = Message::ZERO;
    let mut bases = [EdgeBasis::<C>::ZERO; BATCH];
    for batch in edges.chunks(BATCH) {
        let bases = edge_bases(batch, &mut bases);
        for part in 0..CHANNELS / LANES {
            let mut scalar = *lanes(&gradient.scalar, part);
            let mut vector = gradient.vector.each_ref().map(|axis| *lanes(axis, part));
            for basis in bases {
                let received = &gradients[basis.other];
                let received: [&[f32; LANES]; C] =
                    std::array::from_fn(|at| lanes(&received.0[at], part));
                // Seen from the neighbor, the edge points along −u.
                let harmonics = opposite(basis.harmonics);
                let scalar_weight = table.values(basis.table, 0, part);
                let vector_weight = table.values(basis.table, 1, part);
                for lane in 0..LANES {
                    // ∂E/∂e = Σ gₛ Y(−u)·∂E/∂A; ∂E/∂a = Σ gᵥ (∂E/∂v − u ∂E/∂s).
                    let mut projected = 0.0;
                    for (harmonic, received) in harmonics.iter().zip(received) {
                        projected += harmonic * received[lane];
                    }
                    scalar[lane] += scalar_weight[lane] * projected;
                    for axis in 0..3 {
                        vector[axis][lane] += vector_weight[lane]
                            * (received[1 + axis][lane] - basis.unit[axis] * received[0][lane]);
                    }
                }
            }
            *lanes_mut(&mut gradient.scalar, part) = scalar;
            for (axis, sums) in vector.into_iter().enumerate() {
                *lanes_mut(&mut gradient.vector[axis], part) = sums;
            }
        }
    }
    gradient
}
