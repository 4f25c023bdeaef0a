//! Inner loops for what the processor at hand can do.

use multiversion::multiversion;
use multiversion::target::match_target;

/// What is worth being compiled for several kinds of processors.
pub(super) trait Work {
    /// Does it. `FUSED`: products are added with one rounding; only where that is one instruction.
    /// `TILES`: how many tiles of columns a matrix product sums at a time.
    fn run<const FUSED: bool, const TILES: usize>(self);
}

/// Does work with the instructions that there are.
#[multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+fma",
    "x86_64+avx2+fma"
))]
pub(super) fn run<W: Work>(work: W) {
    match_target! {
        "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx2+fma" => work.run::<true, 2>(),
        "x86_64+avx2+fma" => work.run::<true, 1>(),
        _ => work.run::<{ cfg!(target_arch = "aarch64") }, 1>(),
    }
}
