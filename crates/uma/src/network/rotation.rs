//! Features between the frame of the cell and the frames of edges.

use glam::DVec3;
use rayon::prelude::*;

use super::tensor::Tensor;
use super::tensor_options::TensorOptions;
use crate::harmonics::{Component, Harmonics};
use crate::rotation::to_polar_axis;

/// The Wigner matrix D of each edge, without the rows of orders above M.
#[derive(Clone, Debug)]
pub(crate) struct EdgeRotation {
    /// `[E, K, S]`.
    pub(crate) matrix: Tensor<3>,
}

impl EdgeRotation {
    /// The rotations that take these edges to the polar axis, computed on the host in f64.
    pub(crate) fn new(
        edges: &[DVec3],
        harmonics: &Harmonics,
        options: &TensorOptions,
    ) -> EdgeRotation {
        let shape = [
            edges.len(),
            harmonics.along_edge.len(),
            harmonics.components(),
        ];
        EdgeRotation {
            matrix: options.tensor_from_f64(matrices(edges, harmonics).into_iter(), shape),
        }
    }

    /// y = D x: `[E, S, c]` to `[E, K, c]`.
    pub(crate) fn to_edge(&self, features: Tensor<3>) -> Tensor<3> {
        self.matrix.clone().matmul(features)
    }

    /// x = Dᵀ y: `[E, K, c]` to `[E, S, c]`.
    pub(crate) fn to_cell(&self, features: Tensor<3>) -> Tensor<3> {
        self.matrix.clone().swap_dims(1, 2).matmul(features)
    }
}

/// The dense matrices of all edges, `[E, K, S]`, zero between different degrees.
fn matrices(edges: &[DVec3], harmonics: &Harmonics) -> Vec<f64> {
    let components = harmonics.components();
    let size = harmonics.along_edge.len() * components;
    let rows = harmonics.along_edge.iter().enumerate();
    let nonzeros = |(row, component): (usize, &Component)| {
        let first = row * components + component.degree * component.degree;
        first..first + 2 * component.degree + 1
    };
    let nonzeros: Vec<usize> = rows.flat_map(nonzeros).collect();
    let mut matrices = vec![0.0; edges.len() * size];
    let each = matrices.par_chunks_exact_mut(size).zip(edges);
    each.for_each(|(matrix, edge)| {
        let mut nonzeros = nonzeros.iter();
        harmonics.rotation(&to_polar_axis(*edge), |value| {
            if let Some(index) = nonzeros.next() {
                matrix[*index] = value;
            }
        });
    });
    matrices
}
