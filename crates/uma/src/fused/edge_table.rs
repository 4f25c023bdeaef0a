//! Rotations, Gaussians and envelopes of all edges, computed before the first block.

use glam::DVec3;
use rayon::prelude::*;

use super::chunk::{Chunk, ChunkEdges};
use super::geometry_gradient::Generators;
use super::radial::RadialInput;
use super::rotation::EdgeRotation;
use crate::distance::{self, Gaussians};
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::real::Real;
use crate::rotation;

/// The properties of each of E edges, computed in f64 and rounded.
pub(crate) struct EdgeTable<T> {
    /// The nonzero numbers of D: `[E, rotation size]`.
    matrices: Vec<T>,
    /// `[E, B]`.
    gaussians: Vec<T>,
    /// d(Gaussians)/dd: `[E, B]`.
    gaussian_slopes: Vec<T>,
    /// `[E]`.
    envelopes: Vec<T>,
    /// d(envelope)/dd: `[E]`.
    envelope_slopes: Vec<T>,
    /// Atomic numbers of the sources: `[E]`.
    source: Vec<u8>,
    /// Atomic numbers of the targets: `[E]`.
    target: Vec<u8>,
}

impl<T: Real> EdgeTable<T> {
    pub(crate) fn new(
        harmonics: &Harmonics,
        gaussians: Gaussians,
        graph: &Graph,
        numbers: &[u8],
    ) -> EdgeTable<T> {
        let count = graph.len();
        let size = harmonics.rotation_size();
        let mut matrices = vec![T::ZERO; count * size];
        let mut values = vec![T::ZERO; count * gaussians.count];
        let mut slopes = vec![T::ZERO; count * gaussians.count];
        let rows = matrices
            .par_chunks_mut(size)
            .zip(values.par_chunks_mut(gaussians.count));
        let rows = rows.zip(slopes.par_chunks_mut(gaussians.count));
        let rows = rows.zip(&graph.vectors).with_min_len(64);
        rows.for_each(|(((matrix, values), slopes), vector)| {
            let mut numbers = matrix.iter_mut();
            harmonics.rotation(&rotation::to_polar_axis(*vector), |value| {
                if let Some(number) = numbers.next() {
                    *number = T::from_f64(value);
                }
            });
            let distance = vector.length();
            for (index, (value, slope)) in values.iter_mut().zip(slopes).enumerate() {
                let (gaussian, along) = gaussians.value_and_slope(index, distance);
                (*value, *slope) = (T::from_f64(gaussian), T::from_f64(along));
            }
        });
        let envelope = |vector: &DVec3| {
            let (value, slope) = distance::envelope(vector.length(), gaussians.cutoff);
            (T::from_f64(value), T::from_f64(slope))
        };
        let (envelopes, envelope_slopes) = graph.vectors.iter().map(envelope).unzip();
        let number = |atom: &u32| numbers[*atom as usize];
        EdgeTable {
            matrices,
            gaussians: values,
            gaussian_slopes: slopes,
            envelopes,
            envelope_slopes,
            source: graph.source.iter().map(number).collect(),
            target: graph.target.iter().map(number).collect(),
        }
    }
}

/// The table of a graph with the rotations of features, to be read by chunk.
#[derive(Clone, Copy)]
pub(crate) struct EdgeTableView<'a, T> {
    pub(crate) table: &'a EdgeTable<T>,
    pub(crate) graph: &'a Graph,
    pub(crate) rotation: &'a EdgeRotation,
    pub(crate) generators: &'a Generators<T>,
}

impl<'a, T> EdgeTableView<'a, T> {
    /// The edges of a chunk.
    pub(crate) fn chunk(self, chunk: &Chunk) -> ChunkEdges<'a, T> {
        let edges = chunk.edges.clone();
        let all = self.graph.len().max(1);
        let rows = |values: &'a [T]| {
            let width = values.len() / all;
            &values[edges.start * width..edges.end * width]
        };
        ChunkEdges {
            rotation: self.rotation,
            generators: self.generators,
            radial: RadialInput {
                gaussians: rows(&self.table.gaussians),
                slopes: rows(&self.table.gaussian_slopes),
                source: &self.table.source[edges.clone()],
                target: &self.table.target[edges.clone()],
            },
            matrices: rows(&self.table.matrices),
            envelopes: rows(&self.table.envelopes),
            envelope_slopes: rows(&self.table.envelope_slopes),
            source: &self.graph.source[edges.clone()],
            target: &self.graph.target[edges.clone()],
            first_target: chunk.targets.start,
        }
    }
}
