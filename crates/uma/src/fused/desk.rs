//! Room to work in, for one thread, and what the way back needs of the way there.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::radial::RadialTape;

/// Numbers that are made and used within a few edges or atoms, kept for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk<T> {
    pub(super) mixed: Vec<T>,
    pub(super) hidden: Vec<T>,
    pub(super) message: Vec<T>,
    pub(super) scaled: Vec<T>,
    pub(super) gates: Vec<T>,
    pub(super) activated: Vec<T>,
    pub(super) gradient: Vec<T>,
    pub(super) factors: Vec<T>,
    pub(super) feature: Vec<T>,
    /// Where nothing is kept.
    pub(super) tape: Tape<T>,
    pub(super) atoms: AtomDesk<T>,
}

/// What the way back needs of the way there, for some edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Tape<T> {
    pub(super) radial: RadialTape<T>,
    /// What the network of distances and species says.
    pub(super) factors: Vec<T>,
    /// What the first convolution makes.
    pub(super) before: Vec<T>,
    /// What is sent, in the frame of the edge.
    pub(super) sent: Vec<T>,
}

/// Numbers of some atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct AtomDesk<T> {
    pub(super) normed: Vec<T>,
    pub(super) thought: Vec<T>,
    pub(super) feed_forward: FeedForwardDesk<T>,
    pub(super) hidden: Vec<T>,
    /// Of the last norm.
    pub(super) tape: NormTape<T>,
}

/// Numbers between the two linear layers of some atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct FeedForwardDesk<T> {
    pub(super) gates: Vec<T>,
    pub(super) activated: Vec<T>,
    pub(super) gradient: Vec<T>,
}

/// What the way back through a norm needs.
#[derive(Clone, Debug, Default)]
pub(super) struct NormTape<T> {
    /// Features before factor and addend.
    pub(super) normed: Vec<T>,
    /// What they were multiplied with, for each atom.
    pub(super) scales: Vec<T>,
}

/// What the way back needs of the way there, for some atoms in one layer.
#[derive(Clone, Debug, Default)]
pub(super) struct AtomTape<T> {
    /// The norm of what is told.
    pub(super) told: NormTape<T>,
    /// The norm of what was heard.
    pub(super) heard: NormTape<T>,
    /// What gates come from, before SiLU.
    pub(super) scalars: Vec<T>,
    /// The same after it, and hidden components, before the gate.
    pub(super) before: Vec<T>,
}

/// A desk for each thread.
pub(super) struct Desks<T>(Vec<Mutex<Desk<T>>>);

impl<T: Default> Desks<T> {
    /// As many as there are threads.
    pub(super) fn new() -> Desks<T> {
        Desks(
            (0..rayon::current_num_threads())
                .map(|_| Mutex::default())
                .collect(),
        )
    }

    /// That of the thread that asks. Each thread asks for its own; if there are more threads than
    /// desks, some wait for each other.
    pub(super) fn own(&self) -> MutexGuard<'_, Desk<T>> {
        let thread = rayon::current_thread_index().unwrap_or(0);
        let desk = self.0[thread % self.0.len()].lock();
        // Whatever a thread left behind that panicked is overwritten.
        desk.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room for `count` numbers, whatever they are.
pub(super) fn room<T: Clone + Default>(values: &mut Vec<T>, count: usize) -> &mut [T] {
    values.resize(count, T::default());
    values
}
