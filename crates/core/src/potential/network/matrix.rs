//! Small constant matrices, and rows to multiply with them.

/// Columns per tile, which are summed together.
const TILE: usize = 16;

/// Adjacent columns of one row: one cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
struct Tile([f32; TILE]);

/// A constant matrix [rows, columns], one tile of columns after the other, the last one padded with
/// zeros.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    rows: usize,
    tiles: Vec<Tile>,
}

impl Matrix {
    /// Columns are padded to a multiple of this.
    pub(super) const TILE: usize = TILE;

    /// A matrix of `rows` rows from values in row-major order.
    pub(super) fn of_rows(rows: usize, values: &[f32]) -> Matrix {
        let columns = values.len() / rows;
        Matrix::from_fn(rows, columns, |row, column| values[row * columns + column])
    }

    /// The transpose of [`Matrix::of_rows`].
    pub(super) fn of_columns(rows: usize, values: &[f32]) -> Matrix {
        let columns = values.len() / rows;
        Matrix::from_fn(columns, rows, |row, column| values[column * columns + row])
    }

    fn from_fn(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Matrix {
        let mut tiles = vec![Tile([0.0; TILE]); rows * columns.div_ceil(TILE)];
        for row in 0..rows {
            for column in 0..columns {
                tiles[column / TILE * rows + row].0[column % TILE] = value(row, column);
            }
        }
        Matrix { rows, tiles }
    }

    /// Number of columns, padding included.
    pub(super) fn width(&self) -> usize {
        self.tiles.len() / self.rows * TILE
    }

    /// y += x M for N rows at once, so that the weights are read once: x is [N, rows], y is [N, columns].
    #[inline(always)]
    pub(super) fn add_product<const N: usize>(&self, x: [&[f32]; N], mut y: [&mut [f32]; N]) {
        let x = x.map(|row| &row[..self.rows]);
        for (at, tile) in self.tiles.chunks_exact(self.rows).enumerate() {
            let columns = at * TILE..(at + 1) * TILE;
            let mut sums = [[0.0; TILE]; N];
            for (sums, y) in sums.iter_mut().zip(&y) {
                sums.copy_from_slice(&y[columns.clone()]);
            }
            for (row, weights) in tile.iter().enumerate() {
                for (sums, x) in sums.iter_mut().zip(&x) {
                    let factor = x[row];
                    for (sum, weight) in sums.iter_mut().zip(&weights.0) {
                        *sum += factor * weight;
                    }
                }
            }
            for (sums, y) in sums.iter().zip(&mut y) {
                y[columns.clone()].copy_from_slice(sums);
            }
        }
    }
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
