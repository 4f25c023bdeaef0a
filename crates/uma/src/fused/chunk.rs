//! A chunk of edges: the work of one thread at a time, some targets and all edges into them.

use std::ops::Range;

use super::geometry_gradient::Generators;
use super::radial::RadialInput;
use super::rotation::EdgeRotation;
use crate::graph::Graph;

/// Minimum and maximum number of edges per chunk, unless more lead into its last target. The weights
/// of a block, some 6 MB, are read anew for each chunk: many edges share that. The activations of an
/// edge, 40 kB, should fit in a cache.
const EDGES_PER_CHUNK: [usize; 2] = [32, 128];

/// Chunks per thread, if there are enough edges: some finish sooner than others.
const CHUNKS_PER_THREAD: usize = 2;

/// Maximum number of edges per batch: their gradients at the sources are in memory together.
const EDGES_PER_BATCH: usize = 32_768;

/// A range of targets and the range of their edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) targets: Range<usize>,
    pub(crate) edges: Range<usize>,
}

impl Chunk {
    /// The chunks of a graph for `threads` threads. No result depends on their number: where the
    /// order of sums depends on the chunks, in several batches, the chunks do not depend on threads.
    pub(crate) fn of(graph: &Graph, threads: usize) -> Vec<Chunk> {
        let [min, max] = EDGES_PER_CHUNK;
        let edges = if graph.len() > EDGES_PER_BATCH {
            max
        } else {
            graph
                .len()
                .div_ceil(CHUNKS_PER_THREAD * threads)
                .clamp(min, max)
        };
        let mut chunks = Vec::new();
        let (mut first, mut start) = (0, 0);
        for target in 0..graph.atoms() {
            let end = graph.target_offsets[target + 1] as usize;
            if end - start >= edges || target + 1 == graph.atoms() {
                chunks.push(Chunk {
                    targets: first..target + 1,
                    edges: start..end,
                });
                (first, start) = (target + 1, end);
            }
        }
        chunks
    }
}

/// Runs of chunks with at most [`EDGES_PER_BATCH`] edges, unless one chunk has more.
pub(crate) fn batches(chunks: &[Chunk]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut first = 0;
    for at in 0..chunks.len() {
        let next = chunks.get(at + 1);
        let fits =
            next.is_some_and(|next| next.edges.end - chunks[first].edges.start <= EDGES_PER_BATCH);
        if !fits {
            batches.push(first..at + 1);
            first = at + 1;
        }
    }
    batches
}

/// Splits `values`, `[targets, width]`, by chunk.
pub(crate) fn by_target<'a, T>(
    values: &'a mut [T],
    chunks: &'a [Chunk],
    width: usize,
) -> impl Iterator<Item = &'a mut [T]> {
    split(
        values,
        chunks.iter().map(move |chunk| chunk.targets.len() * width),
    )
}

/// Splits `values`, `[edges, width]`, by chunk.
pub(crate) fn by_edge<'a, T>(
    values: &'a mut [T],
    chunks: &'a [Chunk],
    width: usize,
) -> impl Iterator<Item = &'a mut [T]> {
    split(
        values,
        chunks.iter().map(move |chunk| chunk.edges.len() * width),
    )
}

fn split<T>(
    values: &mut [T],
    lengths: impl Iterator<Item = usize>,
) -> impl Iterator<Item = &mut [T]> {
    lengths.scan(values, |rest, length| {
        let (first, others) = std::mem::take(rest).split_at_mut(length);
        *rest = others;
        Some(first)
    })
}

/// The E edges of a chunk, before any network.
#[derive(Clone, Copy)]
pub(crate) struct ChunkEdges<'a, T> {
    pub(crate) rotation: &'a EdgeRotation,
    pub(crate) generators: &'a Generators<T>,
    pub(crate) radial: RadialInput<'a, T>,
    /// The nonzero numbers of D: `[E, rotation size]`.
    pub(crate) matrices: &'a [T],
    /// `[E]`.
    pub(crate) envelopes: &'a [T],
    /// d(envelope)/dd: `[E]`.
    pub(crate) envelope_slopes: &'a [T],
    /// The source atoms: `[E]`.
    pub(crate) source: &'a [u32],
    /// The target atoms: `[E]`.
    pub(crate) target: &'a [u32],
    /// The first target of the chunk.
    pub(crate) first_target: usize,
}

impl<'a, T> ChunkEdges<'a, T> {
    /// E.
    pub(crate) fn len(&self) -> usize {
        self.source.len()
    }

    /// The nonzero numbers of D of an edge.
    #[inline(always)]
    pub(crate) fn matrix(&self, edge: usize) -> &'a [T] {
        let size = self.matrices.len() / self.len();
        &self.matrices[edge * size..(edge + 1) * size]
    }

    /// The index of an edge's target among the targets of the chunk.
    #[inline(always)]
    pub(crate) fn target_slot(&self, edge: usize) -> usize {
        self.target[edge] as usize - self.first_target
    }
}
