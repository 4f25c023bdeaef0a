//! Features between the frame of the cell and that of an edge.

use super::super::harmonics::{Entry, Harmonics};
use super::super::real::Real;
use mlipview_core::potential::simd::{add_scaled, dispatch, dot};

/// A row of the matrix that turns a feature to an edge.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// The first component, by degree, that it reads.
    first: usize,
    /// How many it reads: 2l + 1.
    width: usize,
}

/// Two components that an infinitesimal turn mixes.
#[derive(Clone, Copy, Debug)]
struct Pair<T> {
    axis: usize,
    row: usize,
    column: usize,
    value: T,
}

/// How features turn. Everything is for one edge.
#[derive(Clone, Debug)]
pub(super) struct Turn<T> {
    rows: Vec<Row>,
    /// Of each generator, which is antisymmetric, the upper half.
    pairs: Vec<Pair<T>>,
}

impl<T: Real> Turn<T> {
    /// For these components.
    pub(super) fn new(harmonics: &Harmonics) -> Turn<T> {
        let row = |degree: usize| Row {
            first: degree * degree,
            width: 2 * degree + 1,
        };
        let upper = |entry: &&Entry| entry.row < entry.column;
        let pairs = harmonics
            .generators
            .iter()
            .enumerate()
            .flat_map(|(axis, entries)| {
                entries.iter().filter(upper).map(move |entry| Pair {
                    axis,
                    row: entry.row,
                    column: entry.column,
                    value: T::of(entry.value),
                })
            });
        Turn {
            rows: harmonics
                .along_edge
                .iter()
                .map(|component| row(component.degree))
                .collect(),
            pairs: pairs.collect(),
        }
    }

    /// y = D' x, as many components along the edge as y has room for; each takes `channels` of the
    /// `stride` numbers that it has there.
    pub(super) fn onto_edge(
        &self,
        matrix: &[T],
        x: &[T],
        channels: usize,
        y: &mut [T],
        stride: usize,
    ) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let mut at = 0;
            for (row, y) in self.rows.iter().zip(y.chunks_mut(stride)) {
                let y = &mut y[..channels];
                y.fill(T::ZERO);
                for column in 0..row.width {
                    let x = &x[(row.first + column) * channels..][..channels];
                    add_scaled(simd, y, matrix[at + column], x);
                }
                at += row.width;
            }
        });
    }

    /// x = factor D'ᵀ y, of as many components along the edge as y has.
    pub(super) fn off_edge(
        &self,
        matrix: &[T],
        factor: T,
        y: &[T],
        stride: usize,
        channels: usize,
        x: &mut [T],
    ) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            x.fill(T::ZERO);
            let mut at = 0;
            for (row, y) in self.rows.iter().zip(y.chunks(stride)) {
                for column in 0..row.width {
                    let x = &mut x[(row.first + column) * channels..][..channels];
                    add_scaled(simd, x, factor * matrix[at + column], &y[..channels]);
                }
                at += row.width;
            }
        });
    }

    /// Adds `sign` Σ ⟨g, Jₖ x⟩ to the torque about each axis.
    pub(super) fn add_torque(
        &self,
        sign: T,
        g: &[T],
        x: &[T],
        channels: usize,
        torque: &mut [T; 3],
    ) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let of = |component: usize| component * channels..(component + 1) * channels;
            for pair in &self.pairs {
                let (row, column) = (of(pair.row), of(pair.column));
                let one = dot(simd, &g[row.clone()], &x[column.clone()]);
                let other = dot(simd, &g[column], &x[row]);
                torque[pair.axis] += sign * pair.value * (one - other);
            }
        });
    }
}
