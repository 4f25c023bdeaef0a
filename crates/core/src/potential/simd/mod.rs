//! Vector instructions (SIMD) for the inner loops of potentials, chosen when the program runs.
//!
//! A loop is written once, generic over [`Simd`], the instructions of one kind of processor, and
//! `dispatch!` compiles it for each kind. [`Processor`] is the kind that is used: the best that the
//! machine has, or the one that the environment variable [`VARIABLE`] names. On every kind each sum is
//! taken in the same order whatever the number of threads.
//!
//! Whatever runs inside `dispatch!` is `#[inline(always)]`: a function that is not inlined is
//! compiled for the oldest processors.

mod float;
mod instructions;
mod matrix;
mod processor;

pub use float::{Float, add, add_scaled, dot, total};
#[cfg(target_arch = "x86_64")]
pub use instructions::{Avx2, Avx512};
pub use instructions::{Lanes, Portable, Simd};
pub use matrix::{Layout, Matrix, Output};
pub use processor::{Processor, ProcessorError, VARIABLE};

/// Evaluates an expression with the vector instructions of a processor, as
/// `dispatch!(processor, |simd| expression)`; without a processor, that of [`Processor::current`].
///
/// The expression is compiled for each kind of processor, with `simd` of another type each time. The
/// functions that it calls are `#[inline(always)]`.
#[doc(hidden)]
#[macro_export]
macro_rules! __simd_dispatch {
    (|$simd:pat_param| $body:expr) => {
        $crate::potential::simd::dispatch!($crate::potential::simd::Processor::current(), |$simd| {
            $body
        })
    };
    ($processor:expr, |$simd:pat_param| $body:expr) => {{
        use $crate::potential::simd::{Processor, Simd};
        match $processor {
            #[cfg(target_arch = "x86_64")]
            Processor::Avx512(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
            #[cfg(target_arch = "x86_64")]
            Processor::Avx2(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
            Processor::Portable(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
        }
    }};
}
#[doc(inline)]
pub use crate::__simd_dispatch as dispatch;
