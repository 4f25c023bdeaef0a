//! Matrices that rows are multiplied with again and again.

use std::ops::Range;

use super::super::parameters::Linear;
use super::super::real::Real;

/// Columns that are summed together.
const TILE: usize = 16;

/// Rows that are multiplied at a time: with one tile they fill the registers of AVX2, with two those
/// of AVX-512.
const ROWS: usize = 6;

/// Columns beside each other, aligned as the widest load wants them.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Tile<T>([T; TILE]);

/// Fixed numbers, a tile of columns after the other, the last one filled up with zeros.
#[derive(Clone, Debug)]
pub(super) struct Matrix<T> {
    inputs: usize,
    outputs: usize,
    tiles: Vec<Tile<T>>,
}

/// Where rows are in a list of numbers: `parts` of them in each group of `stride` numbers,
/// `part_stride` apart, the first at `offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) offset: usize,
    pub(super) stride: usize,
    pub(super) parts: usize,
    pub(super) part_stride: usize,
}

impl Layout {
    /// One row in each group.
    pub(super) fn rows(offset: usize, stride: usize) -> Layout {
        Layout {
            offset,
            stride,
            parts: 1,
            part_stride: 0,
        }
    }

    #[inline(always)]
    fn at(self, row: usize) -> usize {
        self.offset + row / self.parts * self.stride + row % self.parts * self.part_stride
    }
}

/// Some rows, column by column, as a product reads them; then the next ones.
pub(super) type Panels<T> = Vec<[T; ROWS]>;

impl<T: Real> Matrix<T> {
    /// x ↦ W x without the bias.
    pub(super) fn forward(linear: &Linear<T>) -> Matrix<T> {
        let weight = |input, output| linear.weight[output * linear.inputs + input];
        Matrix::from_fn(linear.inputs, linear.outputs, weight)
    }

    /// g ↦ Wᵀ g.
    pub(super) fn backward(linear: &Linear<T>) -> Matrix<T> {
        let weight = |output, input| linear.weight[output * linear.inputs + input];
        Matrix::from_fn(linear.outputs, linear.inputs, weight)
    }

    /// A matrix by its numbers.
    pub(super) fn from_fn(
        inputs: usize,
        outputs: usize,
        value: impl Fn(usize, usize) -> T,
    ) -> Matrix<T> {
        let mut tiles = vec![Tile([T::ZERO; TILE]); inputs * outputs.div_ceil(TILE)];
        for output in 0..outputs {
            for input in 0..inputs {
                let tile = &mut tiles[output / TILE * inputs + input];
                tile.0[output % TILE] = value(input, output);
            }
        }
        Matrix {
            inputs,
            outputs,
            tiles,
        }
    }

    /// Numbers in a result.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// y = x M + bias for `count` rows; no bias if it is empty.
    #[inline(always)]
    pub(super) fn multiply<const FUSED: bool, const TILES: usize>(
        &self,
        count: usize,
        x: (&[T], Layout),
        bias: &[T],
        y: (&mut [T], Layout),
        panels: &mut Panels<T>,
    ) {
        if bias.is_empty() {
            return self.product::<FUSED, TILES>(count, x, y, panels, |y, sum| *y = sum);
        }
        let (y, to) = y;
        for row in 0..count {
            y[to.at(row)..][..self.outputs].copy_from_slice(&bias[..self.outputs]);
        }
        self.product::<FUSED, TILES>(count, x, (y, to), panels, |y, sum| *y += sum);
    }

    /// x M for `count` rows; `put` says what becomes of each number of y with that of the product.
    #[inline(always)]
    pub(super) fn product<const FUSED: bool, const TILES: usize>(
        &self,
        count: usize,
        x: (&[T], Layout),
        (y, to): (&mut [T], Layout),
        panels: &mut Panels<T>,
        put: impl Fn(&mut T, T) + Copy,
    ) {
        pack(self.inputs, count, x, panels);
        let mut groups = self.tiles.chunks_exact(self.inputs * TILES);
        let mut column = 0;
        // A group stays in the cache while all rows meet it.
        for tiles in &mut groups {
            for (at, panel) in panels.chunks_exact(self.inputs).enumerate() {
                let sums = sums::<T, FUSED, TILES>(panel, tiles);
                for (tile, sums) in sums.iter().enumerate() {
                    let column = column + tile * TILE;
                    self.put(sums, column, at * ROWS..count, (y, to), put);
                }
            }
            column += TILES * TILE;
        }
        for tile in groups.remainder().chunks_exact(self.inputs) {
            for (at, panel) in panels.chunks_exact(self.inputs).enumerate() {
                let [sums] = sums::<T, FUSED, 1>(panel, tile);
                self.put(&sums, column, at * ROWS..count, (y, to), put);
            }
            column += TILE;
        }
    }

    /// Puts what was summed where it belongs.
    #[inline(always)]
    fn put(
        &self,
        sums: &[[T; TILE]; ROWS],
        column: usize,
        rows: Range<usize>,
        (y, to): (&mut [T], Layout),
        put: impl Fn(&mut T, T) + Copy,
    ) {
        let width = self.outputs - column;
        for (row, sums) in rows.zip(sums) {
            let y = &mut y[to.at(row) + column..];
            // With a length that is known the loop is an instruction or two.
            match y.first_chunk_mut::<TILE>().filter(|_| width >= TILE) {
                Some(y) => y.iter_mut().zip(sums).for_each(|(y, sum)| put(y, *sum)),
                None => {
                    let y = y[..width].iter_mut();
                    y.zip(sums).for_each(|(y, sum)| put(y, *sum));
                }
            }
        }
    }
}

/// Rows side by side, a panel after the other.
#[inline(always)]
fn pack<T: Real>(width: usize, count: usize, (x, from): (&[T], Layout), panels: &mut Panels<T>) {
    panels.resize(count.div_ceil(ROWS) * width, [T::ZERO; ROWS]);
    for (panel, first) in panels.chunks_exact_mut(width).zip((0..).step_by(ROWS)) {
        for row in 0..ROWS.min(count - first) {
            let x = &x[from.at(first + row)..][..width];
            for (column, x) in panel.iter_mut().zip(x) {
                column[row] = *x;
            }
        }
    }
}

/// The products of the rows of a panel with some tiles.
#[inline(always)]
fn sums<T: Real, const FUSED: bool, const TILES: usize>(
    panel: &[[T; ROWS]],
    tiles: &[Tile<T>],
) -> [[[T; TILE]; ROWS]; TILES] {
    let mut sums = [[[T::ZERO; TILE]; ROWS]; TILES];
    let height = panel.len();
    let tiles: [&[Tile<T>]; TILES] = std::array::from_fn(|at| &tiles[at * height..][..height]);
    for (input, x) in panel.iter().enumerate() {
        for (sums, tile) in sums.iter_mut().zip(&tiles) {
            let weights = &tile[input].0;
            for (sums, x) in sums.iter_mut().zip(x) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = add_product::<T, FUSED>(*sum, *x, *weight);
                }
            }
        }
    }
    sums
}

/// sum + x y.
#[inline(always)]
pub(super) fn add_product<T: Real, const FUSED: bool>(sum: T, x: T, y: T) -> T {
    if FUSED {
        x.multiply_add(y, sum)
    } else {
        sum + x * y
    }
}

/// y += x.
#[inline(always)]
pub(super) fn add<T: Real>(y: &mut [T], x: &[T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += *x;
    }
}

/// y += factor x.
#[inline(always)]
pub(super) fn add_scaled<T: Real, const FUSED: bool>(y: &mut [T], factor: T, x: &[T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y = add_product::<T, FUSED>(*y, factor, *x);
    }
}

/// Σ x y, in several sums at a time.
#[inline(always)]
pub(super) fn dot<T: Real, const FUSED: bool>(x: &[T], y: &[T]) -> T {
    let mut sums = [T::ZERO; TILE];
    let (x_tiles, x_rest) = x.as_chunks::<TILE>();
    let (y_tiles, y_rest) = y.as_chunks::<TILE>();
    for (x, y) in x_tiles.iter().zip(y_tiles) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum = add_product::<T, FUSED>(*sum, *x, *y);
        }
    }
    let rest: T = x_rest.iter().zip(y_rest).map(|(x, y)| *x * *y).sum();
    sums.into_iter().sum::<T>() + rest
}

/// Σ x, in several sums at a time.
#[inline(always)]
pub(super) fn total<T: Real>(x: &[T]) -> T {
    let mut sums = [T::ZERO; TILE];
    let (tiles, rest) = x.as_chunks::<TILE>();
    for tile in tiles {
        for (sum, x) in sums.iter_mut().zip(tile) {
            *sum += *x;
        }
    }
    sums.into_iter().sum::<T>() + rest.iter().copied().sum::<T>()
}
