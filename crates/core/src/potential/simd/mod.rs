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
mod macros;
mod matrix;
mod vector;

pub use float::{Float, add, add_scaled, dot, total};
pub use instruction_set::{InstructionSet, InstructionSetError, VARIABLE};
#[cfg(target_arch = "x86_64")]
pub use instructions::{Avx2, Avx512};
pub use instructions::{Lanes, Portable, Simd};
pub use macros::dispatch;
pub use matrix::{Layout, Matrix, Output};
pub use vector::Vector;
