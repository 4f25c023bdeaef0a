//! Sums of rows that belong together, such as those of the edges into each atom.
//!
//! Adding each row to its sum is done one row after another on graphics cards. So rows are gathered
//! instead: those of a sum in pieces of equal length, filled up where they are fewer, and then the
//! pieces. That reads little more than there is, however unequal the sums.

use super::place::Place;
use super::{Indices, Tensor};

/// Rows that are added in one go, at most.
const PIECE: usize = 16;

/// Sums of rows.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pieces: Gathering,
    /// Sums of pieces, if any sum has more than one.
    sums: Option<Gathering>,
}

impl Sums {
    /// Row i belongs to sum `sum_of[i]` of so many sums. There is at least one row.
    pub(super) fn new(sum_of: impl Iterator<Item = usize>, sums: usize, place: &Place) -> Sums {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); sums];
        sum_of
            .enumerate()
            .for_each(|(row, sum)| rows[sum].push(row));
        let mut pieces = Vec::new();
        let mut of_sum = Vec::new();
        for rows in &rows {
            let first = pieces.len();
            pieces.extend(rows.chunks(PIECE).map(<[usize]>::to_vec));
            if rows.is_empty() {
                pieces.push(Vec::new());
            }
            of_sum.push((first..pieces.len()).collect());
        }
        let several = pieces.len() > sums;
        Sums {
            pieces: Gathering::new(&pieces, place),
            sums: several.then(|| Gathering::new(&of_sum, place)),
        }
    }

    /// [rows, S, C] -> [sums, S, C].
    pub(super) fn of(&self, rows: Tensor<3>) -> Tensor<3> {
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

/// Equally many rows for each sum, some of them counting nothing.
#[derive(Clone, Debug)]
struct Gathering {
    rows: Indices,
    /// 1 for a row that counts, 0 for one that fills up: [sums, 1, rows of each].
    counts: Tensor<3>,
}

impl Gathering {
    fn new(lists: &[Vec<usize>], place: &Place) -> Gathering {
        let most = lists.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let padded = |list: &Vec<usize>, at: usize| list.get(at).copied();
        let all = || {
            lists
                .iter()
                .flat_map(|list| (0..most).map(move |at| padded(list, at)))
        };
        Gathering {
            rows: place.indices(all().map(|row| row.unwrap_or(0))),
            counts: place.rounded(
                all().map(|row| if row.is_some() { 1.0 } else { 0.0 }),
                [lists.len(), 1, most],
            ),
        }
    }

    /// [rows, n] -> [sums, n].
    fn sum(&self, rows: Tensor<2>) -> Tensor<2> {
        let [sums, _, most] = self.counts.dims();
        let width = rows.dims()[1];
        let gathered = rows
            .select(0, self.rows.clone())
            .reshape([sums, most, width]);
        self.counts.clone().matmul(gathered).reshape([sums, width])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::network::numbers;

    #[test]
    fn every_row_is_in_its_sum_once() {
        let place = Place::new::<f64>(&fixture::processor());
        for most in [1, 3, PIECE + 1, 10 * PIECE] {
            // No row, one, many, and two, taking turns.
            let of_row: Vec<usize> = (0..most).map(|_| 2).chain([1, 3, 3]).rev().collect();
            let rows = place.rounded(
                (0..2 * of_row.len()).map(|at| at as f64),
                [of_row.len(), 1, 2],
            );
            let mut expected = vec![0.0; 8];
            for (row, sum) in of_row.iter().enumerate() {
                expected[2 * sum] += (2 * row) as f64;
                expected[2 * sum + 1] += (2 * row + 1) as f64;
            }
            let sums = Sums::new(of_row.iter().copied(), 4, &place);
            assert_eq!(numbers(sums.of(rows)), expected, "{most}");
        }
    }
}
