//! Edges that are worked on together: how long they are, which way they go, which atoms they join.

use std::ops::Range;

use rayon::prelude::*;

use super::place::Place;
use super::pull::Pull;
use super::sums::Sums;
use super::{Indices, Tensor};
use crate::distance::{Gaussians, envelope};
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::rotation::to_polar_axis;

/// All edges into some atoms that follow each other. There is at least one.
///
/// Rotations and functions of the distance are calculated on the host in double precision.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    sources: Indices,
    targets: Indices,
    /// Atomic numbers of the sources…
    pub(super) source_elements: Indices,
    /// …and the targets.
    pub(super) target_elements: Indices,
    /// The distance as Gaussians, [E, B]…
    pub(super) gaussians: Tensor<2>,
    /// …and their slopes.
    pub(super) gaussian_slopes: Tensor<2>,
    /// From features by degree to the frame of the edge, by order: [E, K, S].
    pub(super) rotation: Tensor<3>,
    /// [E, 1, 1].
    pub(super) envelope: Tensor<3>,
    /// [E, 1].
    envelope_slope: Tensor<2>,
    at_targets: Sums,
    at_sources: Sums,
}

impl Chunk {
    /// The edges into these atoms.
    pub(super) fn new(
        graph: &Graph,
        atoms: Range<usize>,
        numbers: &[u8],
        gaussians: Gaussians,
        harmonics: &Harmonics,
        place: &Place,
    ) -> Chunk {
        let edges = graph.into[atoms.start] as usize..graph.into[atoms.end] as usize;
        let count = edges.len();
        let ends = |atoms: &'_ [u32]| -> Vec<usize> {
            atoms[edges.clone()]
                .iter()
                .map(|atom| *atom as usize)
                .collect()
        };
        let (sources, targets) = (ends(&graph.source), ends(&graph.target));
        let elements = |atoms: &[usize]| {
            let numbers: Vec<usize> = atoms
                .iter()
                .map(|atom| usize::from(numbers[*atom]))
                .collect();
            place.indices(numbers.into_iter())
        };
        let vectors = &graph.vectors[edges.clone()];
        let distances = || vectors.iter().map(|vector| vector.length());
        let of_distance = |distance: f64| {
            (0..gaussians.count).map(move |index| gaussians.value_and_slope(index, distance))
        };
        let (values, slopes): (Vec<f64>, Vec<f64>) = distances().flat_map(of_distance).unzip();
        let envelopes = || distances().map(|distance| envelope(distance, gaussians.cutoff));
        let (rows, columns) = (harmonics.along_edge.len(), harmonics.components());
        let rotations = rotations(vectors, harmonics);
        let first = atoms.start;
        Chunk {
            source_elements: elements(&sources),
            target_elements: elements(&targets),
            gaussians: place.rounded(values.into_iter(), [count, gaussians.count]),
            gaussian_slopes: place.rounded(slopes.into_iter(), [count, gaussians.count]),
            rotation: place.rounded(rotations.into_iter(), [count, rows, columns]),
            envelope: place.rounded(envelopes().map(|(value, _)| value), [count, 1, 1]),
            envelope_slope: place.rounded(envelopes().map(|(_, slope)| slope), [count, 1]),
            at_targets: Sums::new(targets.iter().map(|atom| atom - first), atoms.len(), place),
            at_sources: Sums::new(sources.iter().copied(), graph.atoms(), place),
            sources: place.indices(sources.into_iter()),
            targets: place.indices(targets.into_iter()),
        }
    }

    /// What the edges are told: features of source and target, [N, S, C] -> [E, S, 2C].
    pub(super) fn gather(&self, features: &Tensor<3>) -> Tensor<3> {
        let ends = [&self.sources, &self.targets].map(|atoms| rows(features, atoms));
        Tensor::cat(ends.to_vec(), 2)
    }

    /// To the frames of the edges: [E, S, c] -> [E, K, c].
    pub(super) fn rotate(&self, features: Tensor<3>) -> Tensor<3> {
        self.rotation.clone().matmul(features)
    }

    /// Back from there, [E, K, c] -> [E, S, c].
    fn rotate_back(&self, features: Tensor<3>) -> Tensor<3> {
        self.rotation.clone().swap_dims(1, 2).matmul(features)
    }

    /// Gradients of features of the sources, [N, S, C], and of the targets, [atoms of this chunk, S,
    /// C], from those of what was gathered and rotated, [E, K, 2C].
    pub(super) fn gather_backward(
        &self,
        gathered: Tensor<3>,
        rotated: Tensor<3>,
        pull: &mut Pull,
    ) -> [Tensor<3>; 2] {
        pull.turn(gathered, rotated.clone());
        let gradient = self.rotate_back(rotated);
        let [edges, components, both] = gradient.dims();
        let (sources, targets) = (0..both / 2, both / 2..both);
        let part = |channels| gradient.clone().slice([0..edges, 0..components, channels]);
        [
            self.at_sources.of(part(sources)),
            self.at_targets.of(part(targets)),
        ]
    }

    /// What the atoms of this chunk hear: [E, K, C] -> [atoms of this chunk, S, C].
    pub(super) fn send(&self, messages: Tensor<3>) -> Tensor<3> {
        self.at_targets
            .of(self.rotate_back(messages * self.envelope.clone()))
    }

    /// The gradient of the messages from that of what all atoms hear, [N, S, C].
    pub(super) fn send_backward(
        &self,
        heard: &Tensor<3>,
        messages: Tensor<3>,
        pull: &mut Pull,
    ) -> Tensor<3> {
        let heard = rows(heard, &self.targets);
        let rotated = self.rotate(heard.clone());
        let [edges, _, _] = rotated.dims();
        let slope = (rotated.clone() * messages.clone()).sum_dim(2).sum_dim(1);
        pull.stretch(slope.reshape([edges, 1]) * self.envelope_slope.clone());
        pull.turn(heard, messages * self.envelope.clone());
        rotated * self.envelope.clone()
    }
}

/// Some of the features, [N, S, C] -> [n, S, C].
fn rows(features: &Tensor<3>, which: &Indices) -> Tensor<3> {
    let [atoms, components, channels] = features.dims();
    let rows = features.clone().reshape([atoms, components * channels]);
    let rows = rows.select(0, which.clone());
    let count = rows.dims()[0];
    rows.reshape([count, components, channels])
}

/// For each edge the matrix to its frame, K × S.
fn rotations(vectors: &[glam::DVec3], harmonics: &Harmonics) -> Vec<f64> {
    let components = harmonics.components();
    let size = harmonics.along_edge.len() * components;
    let rows = harmonics.along_edge.iter().enumerate();
    let place = |(row, component): (usize, &crate::harmonics::Component)| {
        let first = row * components + component.degree * component.degree;
        first..first + 2 * component.degree + 1
    };
    let places: Vec<usize> = rows.flat_map(place).collect();
    let mut matrices = vec![0.0; vectors.len() * size];
    let each = matrices.par_chunks_exact_mut(size).zip(vectors);
    each.for_each(|(matrix, vector)| {
        let mut places = places.iter();
        harmonics.rotation(&to_polar_axis(*vector), |value| {
            if let Some(place) = places.next() {
                matrix[*place] = value;
            }
        });
    });
    matrices
}
