//! Chunks of consecutive atoms, processed in parallel.

use std::ops::Range;

use rayon::prelude::*;

/// Minimum number of atoms per chunk: below it, a thread costs more than it saves.
const MIN_ATOMS: usize = 2048;

/// Maximum number of chunks; each has its own sums over all atoms.
const MAX_CHUNKS: usize = 16;

/// Runs `work` for every chunk of `count` atoms, given its index and its atoms; in parallel if there are
/// several chunks.
///
/// The chunks depend only on `count`, and the results are in their order, so that sums over them are
/// equal to the last bit on any number of threads.
pub(super) fn by_chunk<T: Send>(
    count: usize,
    work: impl Fn(usize, Range<usize>) -> T + Sync,
) -> Vec<T> {
    let chunks = (count / MIN_ATOMS).clamp(1, MAX_CHUNKS);
    if chunks == 1 {
        return vec![work(0, 0..count)];
    }
    let bound = |chunk: usize| chunk * count / chunks;
    (0..chunks)
        .into_par_iter()
        .map(|chunk| work(chunk, bound(chunk)..bound(chunk + 1)))
        .collect()
}
