//! A chunk of edges: their lengths, directions and atoms, as tensors.

use std::ops::Range;

use super::geometry_gradient::GeometryGradient;
use super::rotation::EdgeRotation;
use super::scatter::SegmentSum;
use super::tensor::{Indices, Tensor};
use super::tensor_options::TensorOptions;
use crate::distance::{Gaussians, envelope};
use crate::graph::Graph;
use crate::harmonics::Harmonics;

/// All edges into some consecutive atoms, at least one edge.
///
/// Rotations and functions of the distance are computed on the host in f64.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    sources: Indices,
    targets: Indices,
    /// Atomic numbers of the sources: `[E]`.
    pub(crate) source_elements: Indices,
    /// Atomic numbers of the targets: `[E]`.
    pub(crate) target_elements: Indices,
    /// The distance as B Gaussians: `[E, B]`.
    pub(crate) gaussians: Tensor<2>,
    /// d(Gaussians)/dd: `[E, B]`.
    pub(crate) gaussian_slopes: Tensor<2>,
    pub(crate) rotation: EdgeRotation,
    /// `[E, 1, 1]`.
    pub(crate) envelope: Tensor<3>,
    /// d(envelope)/dd: `[E, 1]`.
    envelope_slope: Tensor<2>,
    sum_by_target: SegmentSum,
    sum_by_source: SegmentSum,
}

impl Chunk {
    /// The edges into these atoms.
    pub(crate) fn new(
        graph: &Graph,
        atoms: Range<usize>,
        numbers: &[u8],
        gaussians: Gaussians,
        harmonics: &Harmonics,
        options: &TensorOptions,
    ) -> Chunk {
        let edges =
            graph.target_offsets[atoms.start] as usize..graph.target_offsets[atoms.end] as usize;
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
            options.indices(numbers.into_iter())
        };
        let vectors = &graph.vectors[edges.clone()];
        let distances = || vectors.iter().map(|vector| vector.length());
        let of_distance = |distance: f64| {
            (0..gaussians.count).map(move |index| gaussians.value_and_slope(index, distance))
        };
        let (values, slopes): (Vec<f64>, Vec<f64>) = distances().flat_map(of_distance).unzip();
        let envelopes = || distances().map(|distance| envelope(distance, gaussians.cutoff));
        let first = atoms.start;
        let slots = targets.iter().map(|atom| atom - first);
        Chunk {
            source_elements: elements(&sources),
            target_elements: elements(&targets),
            gaussians: options.tensor_from_f64(values.into_iter(), [count, gaussians.count]),
            gaussian_slopes: options.tensor_from_f64(slopes.into_iter(), [count, gaussians.count]),
            rotation: EdgeRotation::new(vectors, harmonics, options),
            envelope: options.tensor_from_f64(envelopes().map(|(value, _)| value), [count, 1, 1]),
            envelope_slope: options
                .tensor_from_f64(envelopes().map(|(_, slope)| slope), [count, 1]),
            sum_by_target: SegmentSum::new(slots, atoms.len(), options),
            sum_by_source: SegmentSum::new(sources.iter().copied(), graph.atoms(), options),
            sources: options.indices(sources.into_iter()),
            targets: options.indices(targets.into_iter()),
        }
    }

    /// The features of source and target of each edge: `[N, S, C]` to `[E, S, 2C]`.
    pub(crate) fn gather(&self, features: &Tensor<3>) -> Tensor<3> {
        let ends = [&self.sources, &self.targets].map(|atoms| select_atoms(features, atoms));
        Tensor::cat(ends.to_vec(), 2)
    }

    /// dE/dfeatures of the sources, `[N, S, C]`, and of the targets, `[atoms of the chunk, S, C]`,
    /// from the gathered features, `[E, S, 2C]`, and dE/drotated features, `[E, K, 2C]`.
    pub(crate) fn gather_backward(
        &self,
        gathered: Tensor<3>,
        grad_rotated: Tensor<3>,
        geometry: &mut GeometryGradient,
    ) -> [Tensor<3>; 2] {
        geometry.add_rotation(gathered, grad_rotated.clone());
        let gradient = self.rotation.to_cell(grad_rotated);
        let [edges, components, both] = gradient.dims();
        let (sources, targets) = (0..both / 2, both / 2..both);
        let part = |channels| gradient.clone().slice([0..edges, 0..components, channels]);
        [
            self.sum_by_source.sum(part(sources)),
            self.sum_by_target.sum(part(targets)),
        ]
    }

    /// Σ over the edges into each atom, envelope · Dᵀ message: `[E, K, C]` to
    /// `[atoms of the chunk, S, C]`.
    pub(crate) fn scatter(&self, messages: Tensor<3>) -> Tensor<3> {
        self.sum_by_target
            .sum(self.rotation.to_cell(messages * self.envelope.clone()))
    }

    /// dE/dmessages, `[E, K, C]`, from dE/dsums at all atoms, `[N, S, C]`.
    pub(crate) fn scatter_backward(
        &self,
        grad_sums: &Tensor<3>,
        messages: Tensor<3>,
        geometry: &mut GeometryGradient,
    ) -> Tensor<3> {
        let gathered = select_atoms(grad_sums, &self.targets);
        let rotated = self.rotation.to_edge(gathered.clone());
        let [edges, _, _] = rotated.dims();
        let slope = (rotated.clone() * messages.clone()).sum_dim(2).sum_dim(1);
        geometry.add_distance(slope.reshape([edges, 1]) * self.envelope_slope.clone());
        geometry.add_rotation(gathered, messages * self.envelope.clone());
        rotated * self.envelope.clone()
    }
}

/// The features of some atoms: `[N, S, C]` to `[n, S, C]`.
fn select_atoms(features: &Tensor<3>, atoms: &Indices) -> Tensor<3> {
    let [count, components, channels] = features.dims();
    let rows = features.clone().reshape([count, components * channels]);
    let rows = rows.select(0, atoms.clone());
    let selected = rows.dims()[0];
    rows.reshape([selected, components, channels])
}
