//! Segment sums: sums of rows that belong together, such as the messages into each atom.
//!
//! Scatter-add on GPUs adds the rows of one sum one after another. So rows are gathered instead: the
//! rows of each sum in pieces of equal length, padded, and then the pieces of each sum. That reads
//! little more than the rows, however unequal the sums.

use super::tensor::{Indices, Tensor};
use super::tensor_options::TensorOptions;

/// Maximum number of rows of a piece.
const PIECE: usize = 16;

/// Sums of rows.
#[derive(Clone, Debug)]
pub(crate) struct SegmentSum {
    pieces: PaddedSum,
    /// Sums of pieces, if any sum has more than one.
    sums: Option<PaddedSum>,
}

impl SegmentSum {
    /// Row i, of at least one row, belongs to sum `sum_of[i]` of `sums` sums.
    pub(crate) fn new(
        sum_of: impl Iterator<Item = usize>,
        sums: usize,
        options: &TensorOptions,
    ) -> SegmentSum {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); sums];
        sum_of
            .enumerate()
            .for_each(|(row, sum)| rows[sum].push(row));
        let mut pieces = Vec::new();
        let mut pieces_of_sum = Vec::new();
        for rows in &rows {
            let first = pieces.len();
            pieces.extend(rows.chunks(PIECE).map(<[usize]>::to_vec));
            if rows.is_empty() {
                pieces.push(Vec::new());
            }
            pieces_of_sum.push((first..pieces.len()).collect());
        }
        let several = pieces.len() > sums;
        SegmentSum {
            pieces: PaddedSum::new(&pieces, options),
            sums: several.then(|| PaddedSum::new(&pieces_of_sum, options)),
        }
    }

    /// `[rows, S, C]` to `[sums, S, C]`.
    pub(crate) fn sum(&self, rows: Tensor<3>) -> Tensor<3> {
        let [count, components, channels] = rows.dims();
        let rows = rows.reshape([count, components * channels]);
        let pieces = self.pieces.sum(rows);
        let sums = match &self.sums {
            Some(sums) => sums.sum(pieces),
            None => pieces,
        };
        let count = sums.dims()[0];
        sums.reshape([count, components, channels])
    }
}

/// Sums of equally many rows, some of which are padding.
#[derive(Clone, Debug)]
struct PaddedSum {
    /// `[sums · rows of each]`.
    rows: Indices,
    /// 1 for a row, 0 for padding: `[sums, 1, rows of each]`.
    mask: Tensor<3>,
}

impl PaddedSum {
    fn new(lists: &[Vec<usize>], options: &TensorOptions) -> PaddedSum {
        let longest = lists.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let padded = |list: &Vec<usize>, at: usize| list.get(at).copied();
        let all = || {
            lists
                .iter()
                .flat_map(|list| (0..longest).map(move |at| padded(list, at)))
        };
        PaddedSum {
            rows: options.indices(all().map(|row| row.unwrap_or(0))),
            mask: options.tensor_from_f64(
                all().map(|row| if row.is_some() { 1.0 } else { 0.0 }),
                [lists.len(), 1, longest],
            ),
        }
    }

    /// `[rows, n]` to `[sums, n]`.
    fn sum(&self, rows: Tensor<2>) -> Tensor<2> {
        let [sums, _, longest] = self.mask.dims();
        let width = rows.dims()[1];
        let gathered = rows
            .select(0, self.rows.clone())
            .reshape([sums, longest, width]);
        self.mask.clone().matmul(gathered).reshape([sums, width])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::network::tensor::to_vec;

    #[test]
    fn every_row_is_in_its_sum_once() {
        let options = TensorOptions::new::<f64>(&fixture::burn_cpu());
        for longest in [1, 3, PIECE + 1, 10 * PIECE] {
            // Sums of no row, one, many, and two rows, in mixed order.
            let sum_of: Vec<usize> = (0..longest).map(|_| 2).chain([1, 3, 3]).rev().collect();
            let rows = options.tensor_from_f64(
                (0..2 * sum_of.len()).map(|at| at as f64),
                [sum_of.len(), 1, 2],
            );
            let mut expected = vec![0.0; 8];
            for (row, sum) in sum_of.iter().enumerate() {
                expected[2 * sum] += (2 * row) as f64;
                expected[2 * sum + 1] += (2 * row + 1) as f64;
            }
            let sums = SegmentSum::new(sum_of.iter().copied(), 4, &options);
            assert_eq!(to_vec(sums.sum(rows)), expected, "{longest}");
        }
    }
}
