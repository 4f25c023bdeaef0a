//! The network on the processor: plain slices, hand-written forward and backward.
//!
//! Edges and atoms are computed some at a time, so that what they make stays in a cache. One thread
//! has all edges into its targets, each row of a product is summed by itself, and each target adds its
//! edges in their order, so that results are the same for any number of threads. What differs from
//! tensors is the order of the work and not the work: [`super::network`] has the equations.
//!
//! To read: `network`; `edges`, `part` (what a thread works on), `layer` and `degree`, and what they
//! are made of: `sending`, `turn`, `radial`, `convolution`, `gate`; `atoms`, `thought`, and what it is
//! made of: `norm`, `feed_forward`, `by_degree`; `balance`, `head`. All on top of the matrix product
//! and the vector loops of [`simd`](mlipview_core::potential::simd).

mod atoms;
mod balance;
mod by_degree;
mod convolution;
mod degree;
mod desk;
mod edges;
mod feed_forward;
mod gate;
mod head;
mod layer;
mod network;
mod norm;
mod part;
mod radial;
mod sending;
mod tables;
mod thought;
mod turn;

pub(super) use network::FusedNetwork;
