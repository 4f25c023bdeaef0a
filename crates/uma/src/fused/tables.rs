//! What is known of edges before the network looks at them: where they go and how long they are.

use glam::DVec3;
use rayon::prelude::*;

use super::super::distance::{self, Gaussians};
use super::super::graph::Graph;
use super::super::harmonics::Harmonics;
use super::super::real::Real;
use super::super::rotation;
use super::part::{Edges, Part};
use super::radial::Lengths;

/// What is known of each edge before the network looks at it.
pub(super) struct Tables<T> {
    rotations: Vec<T>,
    gaussians: Vec<T>,
    gaussian_slopes: Vec<T>,
    envelopes: Vec<T>,
    envelope_slopes: Vec<T>,
    source: Vec<u8>,
    target: Vec<u8>,
}

impl<T: Real> Tables<T> {
    pub(super) fn new(
        harmonics: &Harmonics,
        gaussians: Gaussians,
        graph: &Graph,
        numbers: &[u8],
    ) -> Tables<T> {
        let count = graph.len();
        let size = harmonics.rotation_size();
        let mut rotations = vec![T::ZERO; count * size];
        let mut values = vec![T::ZERO; count * gaussians.count];
        let mut slopes = vec![T::ZERO; count * gaussians.count];
        let rows = rotations
            .par_chunks_mut(size)
            .zip(values.par_chunks_mut(gaussians.count));
        let rows = rows.zip(slopes.par_chunks_mut(gaussians.count));
        let rows = rows.zip(&graph.vectors).with_min_len(64);
        rows.for_each(|(((rotation, values), slopes), vector)| {
            let mut at = rotation.iter_mut();
            harmonics.rotation(&rotation::to_polar_axis(*vector), |value| {
                if let Some(place) = at.next() {
                    *place = T::of(value);
                }
            });
            let distance = vector.length();
            for (index, (value, slope)) in values.iter_mut().zip(slopes).enumerate() {
                let (gaussian, along) = gaussians.value_and_slope(index, distance);
                (*value, *slope) = (T::of(gaussian), T::of(along));
            }
        });
        let envelope = |vector: &DVec3| {
            let (value, slope) = distance::envelope(vector.length(), gaussians.cutoff);
            (T::of(value), T::of(slope))
        };
        let (envelopes, envelope_slopes) = graph.vectors.iter().map(envelope).unzip();
        let number = |atom: &u32| numbers[*atom as usize];
        Tables {
            rotations,
            gaussians: values,
            gaussian_slopes: slopes,
            envelopes,
            envelope_slopes,
            source: graph.source.iter().map(number).collect(),
            target: graph.target.iter().map(number).collect(),
        }
    }
}

/// The tables of all edges, to be looked at in parts.
#[derive(Clone, Copy)]
pub(super) struct View<'a, T> {
    tables: &'a Tables<T>,
    graph: &'a Graph,
}

impl<'a, T> View<'a, T> {
    pub(super) fn new(tables: &'a Tables<T>, graph: &'a Graph) -> View<'a, T> {
        View { tables, graph }
    }

    pub(super) fn part(self, part: &Part) -> Edges<'a, T> {
        let edges = part.edges.clone();
        let all = self.graph.len().max(1);
        let rows = |values: &'a [T]| {
            let width = values.len() / all;
            &values[edges.start * width..edges.end * width]
        };
        Edges {
            lengths: Lengths {
                gaussians: rows(&self.tables.gaussians),
                slopes: rows(&self.tables.gaussian_slopes),
                source: &self.tables.source[edges.clone()],
                target: &self.tables.target[edges.clone()],
            },
            rotations: rows(&self.tables.rotations),
            envelopes: rows(&self.tables.envelopes),
            envelope_slopes: rows(&self.tables.envelope_slopes),
            source: &self.graph.source[edges.clone()],
            target: &self.graph.target[edges.clone()],
            first_target: part.targets.start,
        }
    }
}
