//! Vector instructions (SIMD) for the inner loops of potentials, selected when the program runs.
//!
//! A loop is written once, generic over [`Simd`], and `dispatch!` compiles it for each instruction set.
//! [`InstructionSet`] selects one: the fastest that the CPU supports, or the one that the environment
//! variable [`VARIABLE`] names. With each of them, sums are taken in the same order on any number of
//! threads.
//!
//! Functions that run inside `dispatch!` are `#[inline(always)]`: one that is not inlined is compiled
//! for the baseline of the target.

mod float;
mod instruction_set;
mod instructions;
mod matrix;

pub use float::{Float, add, add_scaled, dot, total};
pub use instruction_set::{InstructionSet, InstructionSetError, VARIABLE};
#[cfg(target_arch = "x86_64")]
pub use instructions::{Avx2, Avx512};
pub use instructions::{Lanes, Portable, Simd};
pub use matrix::{Layout, Matrix, Output};

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
