//! Converts the stored numbers of a tensor to f32 or f64.

use rayon::prelude::*;

use super::dtype::Dtype;

/// Numbers per parallel job.
const CHUNK: usize = 1 << 15;

/// A number to compute with: f32 or f64. The trait is sealed.
pub trait Number: Copy + Default + Send + Sync + Convert {}

impl Number for f32 {}
impl Number for f64 {}

/// Conversion from the types of a storage.
#[expect(
    private_interfaces,
    reason = "seals `Number`: the types of a storage are private"
)]
pub trait Convert: Sized {
    /// Converts numbers into `into`.
    fn read(dtype: Dtype, numbers: &[u8], into: &mut [Self]);

    /// Adds `factor` times each number to `into`.
    fn add_scaled(dtype: Dtype, factor: Self, numbers: &[u8], into: &mut [Self]);
}

macro_rules! convert {
    ($number:ty, $from_half:expr, $from_single:expr, $from_double:expr, $from_integer:expr) => {
        #[expect(
            private_interfaces,
            reason = "seals `Number`: the types of a storage are private"
        )]
        impl Convert for $number {
            fn read(dtype: Dtype, numbers: &[u8], into: &mut [$number]) {
                match dtype {
                    Dtype::F16 => each(numbers, into, |to, bytes| *to = $from_half(half(bytes))),
                    Dtype::Bf16 => {
                        each(numbers, into, |to, bytes| *to = $from_half(bfloat16(bytes)))
                    }
                    Dtype::F32 => each(numbers, into, |to, bytes| {
                        *to = $from_single(f32::from_le_bytes(bytes));
                    }),
                    Dtype::F64 => each(numbers, into, |to, bytes| {
                        *to = $from_double(f64::from_le_bytes(bytes));
                    }),
                    Dtype::I64 => each(numbers, into, |to, bytes| {
                        *to = $from_integer(i64::from_le_bytes(bytes));
                    }),
                }
            }

            fn add_scaled(dtype: Dtype, factor: $number, numbers: &[u8], into: &mut [$number]) {
                match dtype {
                    Dtype::F16 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_half(half(bytes));
                    }),
                    Dtype::Bf16 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_half(bfloat16(bytes));
                    }),
                    Dtype::F32 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_single(f32::from_le_bytes(bytes));
                    }),
                    Dtype::F64 => each(numbers, into, |to, bytes| {
                        *to += factor * $from_double(f64::from_le_bytes(bytes));
                    }),
                    Dtype::I64 => each(numbers, into, |to, bytes| {
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

/// Visits each number and its slot in `into`, in parallel if there are many.
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

/// An IEEE 754 half-precision number.
fn half(bytes: [u8; 2]) -> f32 {
    let bits = u32::from(u16::from_le_bytes(bytes));
    let (sign, exponent, fraction) = (bits >> 15 << 31, bits >> 10 & 0x1f, bits & 0x3ff);
    let magnitude = match exponent {
        // Subnormal: multiples of 2⁻²⁴.
        0 => fraction as f32 * 2.0_f32.powi(-24),
        0x1f => f32::from_bits(0x7f80_0000 | fraction << 13),
        _ => f32::from_bits((exponent + 112) << 23 | fraction << 13),
    };
    f32::from_bits(sign | magnitude.to_bits())
}

/// A bfloat16 number: the upper 16 bits of an f32.
fn bfloat16(bytes: [u8; 2]) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)
}
