//! Some targets and all edges into them: what one thread works on at a time.

use std::ops::Range;

use super::super::graph::Graph;
use super::radial::Lengths;

/// Edges of a part, at least and at most, unless more lead into its last target. A layer has some
/// 6 MB of weights, which each part reads anew: many edges share that. What edges have in between,
/// 40 kB each, should find room in a cache.
const EDGES: [usize; 2] = [32, 128];

/// Parts for each thread, where there are enough edges: some are done sooner than others.
const PARTS: usize = 2;

/// Edges whose messages back to their sources are held at a time.
const WAVE: usize = 32_768;

/// A range of targets, and of edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) targets: Range<usize>,
    pub(super) edges: Range<usize>,
}

impl Part {
    /// The parts of a graph for so many threads. No result depends on them: where the order of sums
    /// does, which is in several waves, the parts do not depend on the threads.
    pub(super) fn of(graph: &Graph, threads: usize) -> Vec<Part> {
        let [least, most] = EDGES;
        let edges = if graph.len() > WAVE {
            most
        } else {
            graph.len().div_ceil(PARTS * threads).clamp(least, most)
        };
        let mut parts = Vec::new();
        let (mut first, mut begin) = (0, 0);
        for target in 0..graph.atoms() {
            let end = graph.into[target + 1] as usize;
            if end - begin >= edges || target + 1 == graph.atoms() {
                parts.push(Part {
                    targets: first..target + 1,
                    edges: begin..end,
                });
                (first, begin) = (target + 1, end);
            }
        }
        parts
    }
}

/// Runs of parts with no more edges than are held at a time, unless one part has more.
pub(super) fn waves(parts: &[Part]) -> Vec<Range<usize>> {
    let mut waves = Vec::new();
    let mut first = 0;
    for at in 0..parts.len() {
        let next = parts.get(at + 1);
        let fits = next.is_some_and(|next| next.edges.end - parts[first].edges.start <= WAVE);
        if !fits {
            waves.push(first..at + 1);
            first = at + 1;
        }
    }
    waves
}

/// The rows of the targets of each part.
pub(super) fn by_target<'a, T>(
    values: &'a mut [T],
    parts: &'a [Part],
    width: usize,
) -> impl Iterator<Item = &'a mut [T]> {
    split(
        values,
        parts.iter().map(move |part| part.targets.len() * width),
    )
}

/// The rows of the edges of each part.
pub(super) fn by_edge<'a, T>(
    values: &'a mut [T],
    parts: &'a [Part],
    width: usize,
) -> impl Iterator<Item = &'a mut [T]> {
    split(
        values,
        parts.iter().map(move |part| part.edges.len() * width),
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

/// What is known of the edges of a part.
#[derive(Clone, Copy)]
pub(super) struct Edges<'a, T> {
    pub(super) lengths: Lengths<'a, T>,
    /// The matrices that turn features to the edges.
    pub(super) rotations: &'a [T],
    pub(super) envelopes: &'a [T],
    pub(super) envelope_slopes: &'a [T],
    pub(super) source: &'a [u32],
    pub(super) target: &'a [u32],
    /// The first target of the part.
    pub(super) first_target: usize,
}

impl<'a, T> Edges<'a, T> {
    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    #[inline(always)]
    pub(super) fn rotation(&self, edge: usize) -> &'a [T] {
        let size = self.rotations.len() / self.len();
        &self.rotations[edge * size..(edge + 1) * size]
    }

    /// Where in the results of the part the target of an edge is.
    #[inline(always)]
    pub(super) fn home(&self, edge: usize) -> usize {
        self.target[edge] as usize - self.first_target
    }
}

/// How the energy changes as edges turn and grow.
pub(super) struct Geometry<'a, T> {
    pub(super) torques: &'a mut [[T; 3]],
    pub(super) slopes: &'a mut [T],
}
