//! Constant matrices for products with many rows, stored in tiles for vector instructions.

use super::float::Float;
use super::instruction_set::InstructionSet;
use super::instructions::Lanes;
use super::macros::dispatch;

/// Columns per tile; those of one row fill whole cache lines.
const TILE: usize = 64;

/// Rows per block: with two vectors of columns they fill 16 registers, with four they fill 32.
const ROWS: usize = 6;

/// Adjacent columns of one row of a matrix.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Tile<T>([T; TILE]);

/// A constant matrix [inputs, outputs], one tile of columns after the other, the last one padded with
/// zeros.
#[derive(Clone, Debug)]
pub struct Matrix<T> {
    inputs: usize,
    outputs: usize,
    tiles: Vec<Tile<T>>,
}

/// Positions of rows in an array: groups of `parts` rows every `stride` numbers, rows `part_stride`
/// apart, the first at `offset`.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Start of the first row.
    pub offset: usize,
    /// Numbers from one group of rows to the next.
    pub stride: usize,
    /// Rows per group.
    pub parts: usize,
    /// Numbers from one row of a group to the next.
    pub part_stride: usize,
}

impl Layout {
    /// One row per group.
    pub fn rows(offset: usize, stride: usize) -> Layout {
        Layout {
            offset,
            stride,
            parts: 1,
            part_stride: 0,
        }
    }

    #[inline(always)]
    fn row_offset(self, row: usize) -> usize {
        self.offset + row / self.parts * self.stride + row % self.parts * self.part_stride
    }
}

/// How a product is combined with the present values of y.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// y = x M.
    Replace,
    /// y += x M.
    Add,
    /// y −= x M.
    Subtract,
}

impl<T: Float> Matrix<T> {
    /// The matrix with `value(input, output)`; inputs are rows, outputs are columns.
    pub fn from_fn(inputs: usize, outputs: usize, value: impl Fn(usize, usize) -> T) -> Matrix<T> {
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

    /// Number of rows: the length of each x.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of columns: the length of each y.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// y = x M + bias for `count` rows x `[inputs]` and y `[outputs]`; no bias if it is empty.
    pub fn multiply(
        &self,
        count: usize,
        x: (&[T], Layout),
        bias: &[T],
        (y, to): (&mut [T], Layout),
    ) {
        if bias.is_empty() {
            return self.product(count, x, (y, to), Output::Replace);
        }
        for row in 0..count {
            y[to.row_offset(row)..][..self.outputs].copy_from_slice(&bias[..self.outputs]);
        }
        self.product(count, x, (y, to), Output::Add);
    }

    /// x M for `count` rows x `[inputs]`, combined with y `[outputs]` as `output` says.
    pub fn product(&self, count: usize, x: (&[T], Layout), y: (&mut [T], Layout), output: Output) {
        self.product_on(InstructionSet::current(), count, x, y, output);
    }

    /// The same with a given instruction set.
    pub fn product_on(
        &self,
        instruction_set: InstructionSet,
        count: usize,
        x: (&[T], Layout),
        y: (&mut [T], Layout),
        output: Output,
    ) {
        dispatch!(instruction_set, |simd| {
            let product = Product {
                simd: T::lanes(simd),
                matrix: self,
                output,
            };
            product.rows(count, x, y);
        });
    }
}

/// A product with the instruction set `L`.
#[derive(Clone, Copy)]
struct Product<'a, T, L> {
    simd: L,
    matrix: &'a Matrix<T>,
    output: Output,
}

impl<T: Float, L: Lanes<T>> Product<'_, T, L> {
    /// All rows, some columns at a time: these stay in the cache for all rows.
    #[inline(always)]
    fn rows(self, count: usize, (x, from): (&[T], Layout), (y, to): (&mut [T], Layout)) {
        let mut column = 0;
        while column < self.matrix.outputs {
            let rest = self.matrix.outputs - column;
            let (from, to) = ((x, from), (&mut *y, to));
            column += if L::REGISTERS >= 32 && rest > 2 * L::LANES {
                self.blocks::<4>(count, column, from, to)
            } else {
                self.blocks::<2>(count, column, from, to)
            };
        }
    }

    /// All rows of `VECTORS` vectors of columns from a column on; returns their number of columns.
    #[inline(always)]
    fn blocks<const VECTORS: usize>(
        self,
        count: usize,
        column: usize,
        (x, from): (&[T], Layout),
        (y, to): (&mut [T], Layout),
    ) -> usize {
        let (inputs, outputs) = (self.matrix.inputs, self.matrix.outputs);
        let blocks = count.div_ceil(ROWS);
        let tiles = &self.matrix.tiles[column / TILE * inputs..][..inputs];
        let within = column % TILE / L::LANES;
        for block in 0..blocks {
            // Blocks of nearly equal height: a low one would leave registers unused.
            let (first, end) = (block * count / blocks, (block + 1) * count / blocks);
            let mut rows: [&[T]; ROWS] = [&[]; ROWS];
            for (index, row) in rows.iter_mut().enumerate() {
                *row = &x[from.row_offset((first + index).min(end - 1))..][..inputs];
            }
            macro_rules! block {
                ($rows:literal) => {{
                    let sums = self.sums::<$rows, VECTORS>(rows, tiles, within);
                    for (row, sums) in sums.iter().enumerate() {
                        self.put(
                            sums,
                            &mut y[to.row_offset(first + row)..][..outputs],
                            column,
                        );
                    }
                }};
            }
            match end - first {
                1 => block!(1),
                2 => block!(2),
                3 => block!(3),
                4 => block!(4),
                5 => block!(5),
                _ => block!(6),
            }
        }
        VECTORS * L::LANES
    }

    /// The products of the first `HEIGHT` rows with `VECTORS` vectors of columns, which begin `within`
    /// vectors into their tiles: [HEIGHT, VECTORS].
    #[inline(always)]
    fn sums<const HEIGHT: usize, const VECTORS: usize>(
        self,
        [a, b, c, d, e, f]: [&[T]; ROWS],
        tiles: &[Tile<T>],
        within: usize,
    ) -> [[L::Vector; VECTORS]; HEIGHT] {
        assert!(within + VECTORS <= TILE / L::LANES, "columns of a tile");
        let simd = self.simd;
        let mut sums = [[simd.splat(T::ZERO); VECTORS]; HEIGHT];
        // Zipped, because an index would be bounds-checked in each iteration of the innermost loop.
        let rows = a.iter().zip(b).zip(c).zip(d).zip(e).zip(f);
        for (tile, (((((a, b), c), d), e), f)) in tiles.iter().zip(rows) {
            let weights = &L::chunks(&tile.0).0[within..within + VECTORS];
            let mut vectors = [simd.splat(T::ZERO); VECTORS];
            for (vector, weights) in vectors.iter_mut().zip(weights) {
                *vector = simd.load(weights);
            }
            for (sums, x) in sums.iter_mut().zip([a, b, c, d, e, f]) {
                let x = simd.splat(*x);
                for (sum, weight) in sums.iter_mut().zip(vectors) {
                    *sum = simd.mul_add(x, weight, *sum);
                }
            }
        }
        sums
    }

    /// Combines sums with y from a column on, up to its last column.
    #[inline(always)]
    fn put<const VECTORS: usize>(self, sums: &[L::Vector; VECTORS], y: &mut [T], column: usize) {
        let (vectors, rest) = L::chunks_mut(&mut y[column..]);
        for (sum, y) in sums.iter().zip(vectors.iter_mut()) {
            let sum = match self.output {
                Output::Replace => *sum,
                Output::Add => self.simd.add(self.simd.load(y), *sum),
                Output::Subtract => self.simd.sub(self.simd.load(y), *sum),
            };
            self.simd.store(sum, y);
        }
        let Some(sum) = sums.get(vectors.len()) else {
            return;
        };
        let mut numbers = [T::ZERO; TILE];
        if let Some(numbers) = L::chunks_mut(&mut numbers).0.first_mut() {
            self.simd.store(*sum, numbers);
        }
        for (y, sum) in rest.iter_mut().zip(numbers) {
            match self.output {
                Output::Replace => *y = sum,
                Output::Add => *y += sum,
                Output::Subtract => *y -= sum,
            }
        }
    }
}
