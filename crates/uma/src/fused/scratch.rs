//! Scratch buffers of one thread, reused from one chunk to the next.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::saved::{SavedMessages, SavedRmsNorm};

/// Buffers for the intermediate values of some edges or atoms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch<T> {
    pub(crate) complex: Vec<T>,
    pub(crate) hidden: Vec<T>,
    pub(crate) input: Vec<T>,
    pub(crate) scaled: Vec<T>,
    pub(crate) gates: Vec<T>,
    pub(crate) activated: Vec<T>,
    pub(crate) gradient: Vec<T>,
    pub(crate) weights: Vec<T>,
    pub(crate) feature: Vec<T>,
    /// Where no activations are saved between forward and backward pass.
    pub(crate) messages: SavedMessages<T>,
    pub(crate) atoms: AtomScratch<T>,
}

/// Buffers for some atoms.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtomScratch<T> {
    pub(crate) normed: Vec<T>,
    pub(crate) update: Vec<T>,
    pub(crate) atomwise: AtomwiseScratch<T>,
    pub(crate) hidden: Vec<T>,
    pub(crate) final_norm: SavedRmsNorm<T>,
}

/// Buffers between the two linear layers of some atoms.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtomwiseScratch<T> {
    pub(crate) gates: Vec<T>,
    pub(crate) activated: Vec<T>,
    pub(crate) gradient: Vec<T>,
}

/// The scratch buffers of each thread.
pub(crate) struct ScratchPool<T>(Vec<Mutex<Scratch<T>>>);

impl<T: Default> ScratchPool<T> {
    /// One for each thread of the current pool.
    pub(crate) fn new() -> ScratchPool<T> {
        ScratchPool(
            (0..rayon::current_num_threads())
                .map(|_| Mutex::default())
                .collect(),
        )
    }

    /// The buffers of the calling thread. With more threads than buffers, some threads wait.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Scratch<T>> {
        let thread = rayon::current_thread_index().unwrap_or(0);
        let scratch = self.0[thread % self.0.len()].lock();
        // Every buffer is overwritten before it is read, also after a panic.
        scratch.unwrap_or_else(PoisonError::into_inner)
    }
}

/// A buffer of `count` numbers with arbitrary content.
pub(crate) fn resize<T: Clone + Default>(values: &mut Vec<T>, count: usize) -> &mut [T] {
    values.resize(count, T::default());
    values
}
