//! Features of one edge between the frame of the cell and the frame of the edge.

use crate::harmonics::Harmonics;
use crate::real::Real;
use mlipview_core::potential::simd::{add_scaled, dispatch};

/// The nonzero blocks of the Wigner matrix D, without the rows of orders above M.
#[derive(Clone, Debug)]
pub(crate) struct EdgeRotation {
    rows: Vec<NonzeroColumns>,
}

/// The nonzero columns of a row of D.
#[derive(Clone, Copy, Debug)]
struct NonzeroColumns {
    /// l², the first component of the degree.
    first: usize,
    /// 2l + 1.
    width: usize,
}

impl EdgeRotation {
    pub(crate) fn new(harmonics: &Harmonics) -> EdgeRotation {
        let row = |degree: usize| NonzeroColumns {
            first: degree * degree,
            width: 2 * degree + 1,
        };
        EdgeRotation {
            rows: harmonics
                .along_edge
                .iter()
                .map(|component| row(component.degree))
                .collect(),
        }
    }

    /// y = D x: `[S, channels]` to `[rows of y, stride]`, of which the first `channels` of each row
    /// are written. y may have fewer than K rows.
    pub(crate) fn to_edge<T: Real>(
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

    /// x = factor Dᵀ y: `[rows of y, stride]` to `[S, channels]`. y may have fewer than K rows.
    pub(crate) fn to_cell<T: Real>(
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
}
