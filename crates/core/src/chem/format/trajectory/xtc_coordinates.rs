//! Decompression of the coordinates of an XTC frame.
//!
//! Coordinates are rounded to multiples of 1/precision and stored as integers in a mixed radix, three in
//! as few bits as possible. An atom close to the previous one is stored as a small displacement of
//! adaptive range. The first two atoms of such a run are swapped, which packs water better. (F. van
//! Hoesel's algorithm, described in D. Spångberg et al., J. Comput. Aided Mol. Des. 25, 955 (2011),
//! doi:10.1007/s10822-011-9474-7.)

use glam::{DVec3, I64Vec3};

use super::super::ParseError;
use super::cursor::Cursor;

/// Ranges of small displacements: `RANGES[i]`³ fits in i bits. The first nine are unused.
const RANGES: [u32; 73] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64, 80, 101, 128, 161, 203, 256,
    322, 406, 512, 645, 812, 1024, 1290, 1625, 2048, 2580, 3250, 4096, 5060, 6501, 8192, 10321,
    13003, 16384, 20642, 26007, 32768, 41285, 52015, 65536, 82570, 104031, 131072, 165140, 208063,
    262144, 330280, 416127, 524287, 660561, 832255, 1048576, 1321122, 1664510, 2097152, 2642245,
    3329021, 4194304, 5284491, 6658042, 8388607, 10568983, 13316085, 16777216,
];
const FIRST_RANGE: usize = 9;

/// Packing parameters of a frame.
pub(super) struct Packing {
    /// Steps per nm.
    precision: f64,
    smallest: I64Vec3,
    /// Number of values along each axis.
    sizes: [u64; 3],
    range: usize,
}

impl Packing {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Packing, ParseError> {
        let precision = cursor.f32()?;
        let mut bounds = [[0; 3]; 2];
        for bound in bounds.as_flattened_mut() {
            *bound = i64::from(cursor.i32()?);
        }
        let [smallest, largest] = bounds.map(I64Vec3::from_array);
        let range = cursor.i32()?;
        let spans = largest - smallest + I64Vec3::ONE;
        let known = usize::try_from(range)
            .ok()
            .filter(|range| (FIRST_RANGE..RANGES.len()).contains(range));
        match known {
            Some(range) if precision > 0.0 && spans.min_element() > 0 => Ok(Packing {
                precision,
                smallest,
                sizes: spans.to_array().map(i64::unsigned_abs),
                range,
            }),
            _ => Err(ParseError::whole(
                "a positive precision, bounds in order and a range 9 to 72",
                format!("{precision}, {smallest} to {largest}, {range}"),
            )),
        }
    }
}

/// Decodes the positions of `atoms` atoms, nm; `None` if the data are invalid.
pub(super) fn decode(data: &[u8], packing: &Packing, atoms: usize) -> Option<Vec<DVec3>> {
    let mut bits = Bits { data, position: 0 };
    let full = Triple::of(packing.sizes);
    let mut range = packing.range;
    let mut run = 0;
    let mut steps: Vec<I64Vec3> = Vec::new();
    while steps.len() < atoms {
        let mut last = full.read(&mut bits)? + packing.smallest;
        let mut next_range = range;
        if bits.read(1)? == 1 {
            let code = bits.read(5)? as usize;
            run = code / 3;
            next_range = (range + code % 3).checked_sub(1)?;
        }
        if steps.len() + 1 + run > atoms {
            return None;
        }
        let small = Triple::of([u64::from(RANGES[range]); 3]);
        let half = I64Vec3::splat(i64::from(RANGES[range] / 2));
        let first = last;
        for follower in 0..run {
            last += small.read_bits(&mut bits, range as u32)? - half;
            steps.push(last);
            if follower == 0 {
                steps.push(first);
            }
        }
        if run == 0 {
            steps.push(first);
        }
        range = next_range;
        if !(FIRST_RANGE..RANGES.len()).contains(&range) {
            return None;
        }
    }
    let step = 1.0 / packing.precision;
    Some(
        steps
            .into_iter()
            .map(|steps| step * steps.as_dvec3())
            .collect(),
    )
}

/// Three integers below `sizes` as mixed-radix digits of one number.
struct Triple {
    sizes: [u64; 3],
    /// Bits of the number; with a size above 24 bits, each integer is stored separately.
    together: Option<u32>,
}

impl Triple {
    fn of(sizes: [u64; 3]) -> Triple {
        let narrow = sizes.iter().all(|&size| size <= 0xff_ffff);
        let product = || sizes.iter().map(|&size| u128::from(size)).product::<u128>();
        Triple {
            sizes,
            together: narrow.then(|| bit_length(product())),
        }
    }

    fn read(&self, bits: &mut Bits<'_>) -> Option<I64Vec3> {
        if let Some(together) = self.together {
            return self.read_bits(bits, together);
        }
        let mut numbers = [0; 3];
        for (number, &size) in numbers.iter_mut().zip(&self.sizes) {
            let width = bit_length(u128::from(size)).min(32);
            *number = i64::from(bits.read(width)?);
        }
        Some(numbers.into())
    }

    fn read_bits(&self, bits: &mut Bits<'_>, mut count: u32) -> Option<I64Vec3> {
        let mut number: u128 = 0;
        let mut shift = 0;
        // Bytes from the least to the most significant, the last one partial.
        while count > 0 {
            let width = count.min(8);
            number |= u128::from(bits.read(width)?) << shift;
            shift += 8;
            count -= width;
        }
        let [_, y_size, z_size] = self.sizes;
        let (above, z) = divided(number, z_size);
        let (x, y) = divided(above, y_size);
        let x = i64::try_from(x)
            .ok()
            .filter(|&x| x <= i64::from(u32::MAX))?;
        Some(I64Vec3::new(x, y, z))
    }
}

/// Quotient and remainder, in 64 bits if possible, which is ten times faster.
fn divided(number: u128, by: u64) -> (u128, i64) {
    match u64::try_from(number) {
        Ok(number) => (u128::from(number / by), (number % by) as i64),
        Err(_) => (number / u128::from(by), (number % u128::from(by)) as i64),
    }
}

fn bit_length(number: u128) -> u32 {
    u128::BITS - number.leading_zeros()
}

/// Bit reader, most significant bit first.
struct Bits<'a> {
    data: &'a [u8],
    /// Bits read so far.
    position: usize,
}

impl Bits<'_> {
    /// The next bits, at most 32, as a number; `None` past the end.
    fn read(&mut self, count: u32) -> Option<u32> {
        let end = self.position + count as usize;
        let bytes = self.data.get(self.position / 8..end.div_ceil(8))?;
        let window = bytes
            .iter()
            .fold(0_u64, |window, &byte| window << 8 | u64::from(byte));
        let after = (8 * bytes.len() - self.position % 8) as u32 - count;
        self.position = end;
        Some(((window >> after) & ((1_u64 << count) - 1)) as u32)
    }
}
