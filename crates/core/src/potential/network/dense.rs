//! Dense layers: rows of activations, and their products with constant matrices.

use std::ops::Range;

use crate::potential::simd::{Layout, Matrix, Output};

/// A matrix [rows, columns] of values in row-major order, and its transpose.
pub(super) fn matrix_and_transpose(rows: usize, values: &[f32]) -> [Matrix<f32>; 2] {
    let columns = values.len() / rows;
    [
        Matrix::from_fn(rows, columns, |row, column| values[row * columns + column]),
        Matrix::from_fn(columns, rows, |column, row| values[row * columns + column]),
    ]
}

/// Rows of activations: [count, width], padded to whole blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    width: usize,
    values: Vec<f32>,
}

/// Rows per block, which are processed together.
pub(super) const BLOCK: usize = 4;

impl Rows {
    /// Zeros.
    pub(super) fn new(count: usize, width: usize) -> Rows {
        Rows {
            width,
            values: vec![0.0; count.next_multiple_of(BLOCK) * width],
        }
    }

    /// y = x M or y += x M for some rows y, where x are as many rows from `first` on.
    #[inline(always)]
    pub(super) fn product(
        &mut self,
        rows: Range<usize>,
        (x, first): (&Rows, usize),
        matrix: &Matrix<f32>,
        output: Output,
    ) {
        let from = Layout::rows(first * x.width, x.width);
        let to = Layout::rows(rows.start * self.width, self.width);
        matrix.product(
            rows.len(),
            (&x.values, from),
            (&mut self.values, to),
            output,
        );
    }

    /// The rows from `BLOCK * block` on: [BLOCK, width].
    #[inline(always)]
    pub(super) fn block(&self, block: usize) -> [&[f32]; BLOCK] {
        let mut rows = self.values[block * BLOCK * self.width..].chunks_exact(self.width);
        std::array::from_fn(|_| rows.next().expect("a whole block"))
    }

    /// The same, mutable.
    #[inline(always)]
    pub(super) fn block_mut(&mut self, block: usize) -> [&mut [f32]; BLOCK] {
        let mut rows = self.values[block * BLOCK * self.width..].chunks_exact_mut(self.width);
        std::array::from_fn(|_| rows.next().expect("a whole block"))
    }

    /// One row.
    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// The same, mutable.
    #[inline(always)]
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.width..(row + 1) * self.width]
    }
}
