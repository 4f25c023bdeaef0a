//! Vector instruction sets as types; the only place with `unsafe` for them.
//!
//! A value of [`Avx512`] or [`Avx2`] exists only if the CPU supports these instructions, because
//! `detect` is the only way to get one. This makes their methods safe to call.

#[cfg(target_arch = "aarch64")]
use std::arch::aarch64 as arch;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64 as arch;
use std::fmt::Debug;

/// A vector instruction set, for both precisions.
pub trait Simd: Lanes<f32> + Lanes<f64> {
    /// Runs `work`, compiled for these instructions as far as it is inlined.
    fn vectorize<R>(self, work: impl FnOnce(Self) -> R) -> R;
}

/// Vectors of numbers `T` in an instruction set.
pub trait Lanes<T>: Copy + Debug {
    /// The numbers of a vector in memory, `[T; N]`.
    type Array: Copy;

    /// The same in a register.
    type Vector: Copy;

    /// Numbers per vector, N.
    const LANES: usize;

    /// Number of vector registers.
    const REGISTERS: usize;

    /// Whether x y + z is rounded once.
    const FUSED: bool;

    /// A slice as vectors, and the remainder.
    fn chunks(x: &[T]) -> (&[Self::Array], &[T]);

    /// The same, mutable.
    fn chunks_mut(x: &mut [T]) -> (&mut [Self::Array], &mut [T]);

    /// From memory.
    fn load(self, x: &Self::Array) -> Self::Vector;

    /// To memory.
    fn store(self, x: Self::Vector, to: &mut Self::Array);

    /// The same number in each lane.
    fn splat(self, x: T) -> Self::Vector;

    /// x + y.
    fn add(self, x: Self::Vector, y: Self::Vector) -> Self::Vector;

    /// x − y.
    fn sub(self, x: Self::Vector, y: Self::Vector) -> Self::Vector;

    /// x y.
    fn mul(self, x: Self::Vector, y: Self::Vector) -> Self::Vector;

    /// x y + z, rounded as [`Lanes::FUSED`] says.
    fn mul_add(self, x: Self::Vector, y: Self::Vector, z: Self::Vector) -> Self::Vector;
}

/// 512 bits: Intel since Skylake-SP (2017), AMD since Zen 4 (2022).
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub struct Avx512(());

/// 256 bits: Intel since Haswell (2013), AMD since Excavator (2015).
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub struct Avx2(());

/// The baseline of the target: 128 bits, SSE2 on x86-64 and NEON on 64-bit ARM; elsewhere arrays that
/// the compiler may vectorize.
#[derive(Clone, Copy, Debug)]
pub struct Portable;

#[cfg(target_arch = "x86_64")]
impl Avx512 {
    /// The instruction set, if the CPU supports it.
    pub fn detect() -> Option<Avx512> {
        let detected = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && Avx2::detect().is_some();
        detected.then_some(Avx512(()))
    }
}

#[cfg(target_arch = "x86_64")]
impl Avx2 {
    /// The instruction set, if the CPU supports it.
    pub fn detect() -> Option<Avx2> {
        let detected = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        detected.then_some(Avx2(()))
    }
}

#[cfg(target_arch = "x86_64")]
impl Simd for Avx512 {
    #[inline(always)]
    #[expect(unsafe_code, reason = "not every CPU has the instructions")]
    fn vectorize<R>(self, work: impl FnOnce(Self) -> R) -> R {
        #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
        fn compiled<R>(simd: Avx512, work: impl FnOnce(Avx512) -> R) -> R {
            work(simd)
        }
        // SAFETY: `self` exists, so the CPU has the instructions.
        unsafe { compiled(self, work) }
    }
}

#[cfg(target_arch = "x86_64")]
impl Simd for Avx2 {
    #[inline(always)]
    #[expect(unsafe_code, reason = "not every CPU has the instructions")]
    fn vectorize<R>(self, work: impl FnOnce(Self) -> R) -> R {
        #[target_feature(enable = "avx2,fma")]
        fn compiled<R>(simd: Avx2, work: impl FnOnce(Avx2) -> R) -> R {
            work(simd)
        }
        // SAFETY: `self` exists, so the CPU has the instructions.
        unsafe { compiled(self, work) }
    }
}

impl Simd for Portable {
    #[inline(always)]
    fn vectorize<R>(self, work: impl FnOnce(Self) -> R) -> R {
        work(self)
    }
}

/// The vectors of `$number`, by the names of the intrinsics.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! vectors {
    ($kind:ident, $number:ty, $lanes:literal, $registers:literal, $vector:ident,
     $load:ident, $store:ident, $splat:ident, $add:ident, $sub:ident, $mul:ident,
     $mul_add:tt) => {
        #[expect(unsafe_code, reason = "intrinsics are for CPUs that have them")]
        impl Lanes<$number> for $kind {
            type Array = [$number; $lanes];
            type Vector = arch::$vector;
            const LANES: usize = $lanes;
            const REGISTERS: usize = $registers;
            const FUSED: bool = vectors!(@fused $mul_add);

            #[inline(always)]
            fn chunks(x: &[$number]) -> (&[Self::Array], &[$number]) {
                x.as_chunks()
            }

            #[inline(always)]
            fn chunks_mut(x: &mut [$number]) -> (&mut [Self::Array], &mut [$number]) {
                x.as_chunks_mut()
            }

            #[inline(always)]
            fn load(self, x: &Self::Array) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instruction, and it reads the
                // numbers of one `Array`, from any address.
                unsafe { arch::$load(x.as_ptr()) }
            }

            #[inline(always)]
            fn store(self, x: Self::Vector, to: &mut Self::Array) {
                // SAFETY: `self` exists, so the CPU has the instruction, and it writes the
                // numbers of one `Array`, to any address.
                unsafe { arch::$store(to.as_mut_ptr(), x) }
            }

            #[inline(always)]
            fn splat(self, x: $number) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instruction.
                unsafe { arch::$splat(x) }
            }

            #[inline(always)]
            fn add(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instruction.
                unsafe { arch::$add(x, y) }
            }

            #[inline(always)]
            fn sub(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instruction.
                unsafe { arch::$sub(x, y) }
            }

            #[inline(always)]
            fn mul(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instruction.
                unsafe { arch::$mul(x, y) }
            }

            #[inline(always)]
            fn mul_add(self, x: Self::Vector, y: Self::Vector, z: Self::Vector) -> Self::Vector {
                // SAFETY: `self` exists, so the CPU has the instructions.
                unsafe { vectors!(@mul_add $mul_add, x, y, z) }
            }
        }
    };
    (@fused (fmadd $name:ident)) => { true };
    (@fused (fma $name:ident)) => { true };
    (@fused ($mul:ident $add:ident)) => { false };
    (@mul_add (fmadd $name:ident), $x:ident, $y:ident, $z:ident) => { arch::$name($x, $y, $z) };
    (@mul_add (fma $name:ident), $x:ident, $y:ident, $z:ident) => { arch::$name($z, $x, $y) };
    (@mul_add ($mul:ident $add:ident), $x:ident, $y:ident, $z:ident) => {
        arch::$add(arch::$mul($x, $y), $z)
    };
}

#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
mod x86_64 {
    use super::{Avx2, Avx512, Lanes, Portable, arch};

    vectors!(Avx512, f32, 16, 32, __m512, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_set1_ps,
        _mm512_add_ps, _mm512_sub_ps, _mm512_mul_ps, (fmadd _mm512_fmadd_ps));
    vectors!(Avx512, f64, 8, 32, __m512d, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_set1_pd,
        _mm512_add_pd, _mm512_sub_pd, _mm512_mul_pd, (fmadd _mm512_fmadd_pd));
    vectors!(Avx2, f32, 8, 16, __m256, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_set1_ps,
        _mm256_add_ps, _mm256_sub_ps, _mm256_mul_ps, (fmadd _mm256_fmadd_ps));
    vectors!(Avx2, f64, 4, 16, __m256d, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_set1_pd,
        _mm256_add_pd, _mm256_sub_pd, _mm256_mul_pd, (fmadd _mm256_fmadd_pd));
    vectors!(Portable, f32, 4, 16, __m128, _mm_loadu_ps, _mm_storeu_ps, _mm_set1_ps,
        _mm_add_ps, _mm_sub_ps, _mm_mul_ps, (_mm_mul_ps _mm_add_ps));
    vectors!(Portable, f64, 2, 16, __m128d, _mm_loadu_pd, _mm_storeu_pd, _mm_set1_pd,
        _mm_add_pd, _mm_sub_pd, _mm_mul_pd, (_mm_mul_pd _mm_add_pd));
}

#[cfg(target_arch = "aarch64")]
#[rustfmt::skip]
mod aarch64 {
    use super::{Lanes, Portable, arch};

    vectors!(Portable, f32, 4, 32, float32x4_t, vld1q_f32, vst1q_f32, vdupq_n_f32,
        vaddq_f32, vsubq_f32, vmulq_f32, (fma vfmaq_f32));
    vectors!(Portable, f64, 2, 32, float64x2_t, vld1q_f64, vst1q_f64, vdupq_n_f64,
        vaddq_f64, vsubq_f64, vmulq_f64, (fma vfmaq_f64));
}

/// Vectors as arrays, for CPUs whose intrinsics are not used here.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
macro_rules! arrays {
    ($number:ty, $lanes:literal) => {
        impl Lanes<$number> for Portable {
            type Array = [$number; $lanes];
            type Vector = [$number; $lanes];
            const LANES: usize = $lanes;
            const REGISTERS: usize = 16;
            const FUSED: bool = false;

            #[inline(always)]
            fn chunks(x: &[$number]) -> (&[Self::Array], &[$number]) {
                x.as_chunks()
            }

            #[inline(always)]
            fn chunks_mut(x: &mut [$number]) -> (&mut [Self::Array], &mut [$number]) {
                x.as_chunks_mut()
            }

            #[inline(always)]
            fn load(self, x: &Self::Array) -> Self::Vector {
                *x
            }

            #[inline(always)]
            fn store(self, x: Self::Vector, to: &mut Self::Array) {
                *to = x;
            }

            #[inline(always)]
            fn splat(self, x: $number) -> Self::Vector {
                [x; $lanes]
            }

            #[inline(always)]
            fn add(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                std::array::from_fn(|lane| x[lane] + y[lane])
            }

            #[inline(always)]
            fn sub(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                std::array::from_fn(|lane| x[lane] - y[lane])
            }

            #[inline(always)]
            fn mul(self, x: Self::Vector, y: Self::Vector) -> Self::Vector {
                std::array::from_fn(|lane| x[lane] * y[lane])
            }

            #[inline(always)]
            fn mul_add(self, x: Self::Vector, y: Self::Vector, z: Self::Vector) -> Self::Vector {
                std::array::from_fn(|lane| x[lane] * y[lane] + z[lane])
            }
        }
    };
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
arrays!(f32, 4);
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
arrays!(f64, 2);
