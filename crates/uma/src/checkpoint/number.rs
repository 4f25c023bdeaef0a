//! Numbers as they are written in a storage, read as those that are calculated with.

use rayon::prelude::*;

use super::tensor::Kind;

/// Numbers that one thread takes at a time.
const CHUNK: usize = 1 << 15;

/// A number to calculate with: f32 or f64. Nobody else can be one.
pub trait Number: Copy + Default + Send + Sync + Convert {}

impl Number for f32 {}
impl Number for f64 {}

/// How a number comes from what a storage holds.
#[expect(
    private_interfaces,
    reason = "seals `Number`: what a storage holds is nobody else's business"
)]
pub trait Convert: Sized {
    /// Writes numbers over those of `into`.
    fn read(kind: Kind, numbers: &[u8], into: &mut [Self]);

    /// Adds `factor` times each number to those of `into`.
    fn add(kind: Kind, factor: Self, numbers: &[u8], into: &mut [Self]);
}

macro_rules! convert {
    ($number:ty, $from_half:expr, $from_single:expr, $from_double:expr, $from_integer:expr) => {
        #[expect(
            private_interfaces,
            reason = "seals `Number`: what a storage holds is nobody else's business"
        )]
        impl Convert for $number {
            fn read(kind: Kind, numbers: &[u8], into: &mut [$number]) {
                match kind {
                    Kind::F16 => each(numbers, into, |to, bytes| *to = $from_half(half(bytes))),
                    Kind::Bf16 => each(numbers, into, |to, bytes| *to = $from_half(brain(bytes))),
                    Kind::F32 => each(numbers, into, |to, bytes| {
                        *to = $from_single(f32::from_le_bytes(bytes));
                    }),
                    Kind::F64 => each(numbers, into, |to, bytes| {
                        *to = $from_double(f64::from_le_bytes(bytes));
                    }),
                    Kind::I64 => each(numbers, into, |to, bytes| {
                        *to = $from_integer(i64::from_le_bytes(bytes));
                    }),
                }
            }

            fn add(kind: Kind, factor: $number, numbers: &[u8], into: &mut [$number]) {
                match kind {
                    Kind::F16 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_half(half(bytes));
                    }),
                    Kind::Bf16 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_half(brain(bytes));
                    }),
                    Kind::F32 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_single(f32::from_le_bytes(bytes));
                    }),
                    Kind::F64 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_double(f64::from_le_bytes(bytes));
                    }),
                    Kind::I64 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_integer(i64::from_le_bytes(bytes));
                    }),
                }
            }
        }
    };
}

convert!(
    f32,
    |half: f32| half,
    |single: f32| single,
    |double: f64| double as f32,
    |integer: i64| integer as f32
);
convert!(
    f64,
    f64::from,
    f64::from,
    |double: f64| double,
    |integer: i64| integer as f64
);

/// Does something for each number and its place, in parallel where there are many.
fn each<T: Send, const BYTES: usize>(
    numbers: &[u8],
    into: &mut [T],
    visit: impl Fn(&mut T, [u8; BYTES]) + Sync,
) {
    let (numbers, _) = numbers.as_chunks::<BYTES>();
    let all = |into: &mut [T], numbers: &[[u8; BYTES]]| {
        for (to, bytes) in into.iter_mut().zip(numbers) {
            visit(to, *bytes);
        }
    };
    if into.len() <= CHUNK {
        return all(into, numbers);
    }
    into.par_chunks_mut(CHUNK)
        .zip(numbers.par_chunks(CHUNK))
        .for_each(|(into, numbers)| all(into, numbers));
}

/// A number of IEEE 754's 16-bit format.
fn half(bytes: [u8; 2]) -> f32 {
    let bits = u32::from(u16::from_le_bytes(bytes));
    let (sign, exponent, fraction) = (bits >> 15 << 31, bits >> 10 & 0x1f, bits & 0x3ff);
    let magnitude = match exponent {
        // 2⁻²⁴ is the smallest.
        0 => fraction as f32 * 2.0_f32.powi(-24),
        0x1f => f32::from_bits(0x7f80_0000 | fraction << 13),
        _ => f32::from_bits((exponent + 112) << 23 | fraction << 13),
    };
    f32::from_bits(sign | magnitude.to_bits())
}

/// A number with the first 16 bits of a 32-bit one.
fn brain(bytes: [u8; 2]) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)
}
