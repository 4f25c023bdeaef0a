//! The macro that compiles an expression for each vector instruction set.

/// Evaluates an expression with a vector instruction set, as
/// `dispatch!(instruction_set, |simd| expression)`; [`InstructionSet::current`] if none is given.
///
/// The expression is compiled for each instruction set, with `simd` of another type each time. The
/// functions that it calls are `#[inline(always)]`.
#[doc(hidden)]
#[macro_export]
macro_rules! __simd_dispatch {
    (|$simd:pat_param| $body:expr) => {
        $crate::potential::simd::dispatch!(
            $crate::potential::simd::InstructionSet::current(),
            |$simd| { $body }
        )
    };
    ($instruction_set:expr, |$simd:pat_param| $body:expr) => {{
        use $crate::potential::simd::{InstructionSet, Simd};
        match $instruction_set {
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
            InstructionSet::Portable(simd) => simd.vectorize(
                #[inline(always)]
                |$simd| $body,
            ),
        }
    }};
}
#[doc(inline)]
pub use crate::__simd_dispatch as dispatch;
