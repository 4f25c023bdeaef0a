//! The atom part of one block, for some atoms: norms and feed-forward network.
//!
//! fairchem: `eSCNMD_Block`.

use super::atomwise::Atomwise;
use super::rms_norm::RmsNorm;
use super::saved::SavedAtoms;
use super::scratch::{Scratch, resize};
use crate::parameters::BlockParameters;
use crate::real::Real;
use mlipview_core::potential::simd::{add, dispatch};

/// x += edgewise(norm₁(x) + system); x += atomwise(norm₂(x)). The edges are elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Block<T> {
    norm_1: RmsNorm<T>,
    norm_2: RmsNorm<T>,
    atomwise: Atomwise<T>,
}

impl<T: Real> Block<T> {
    pub(crate) fn new(block: &BlockParameters<T>) -> Block<T> {
        Block {
            norm_1: RmsNorm::new(&block.norm_1),
            norm_2: RmsNorm::new(&block.norm_2),
            atomwise: Atomwise::new(block),
        }
    }

    /// y = norm₁(x) + system, `[N, S, C]`; `system`, `[C]`, is added to degree 0.
    pub(crate) fn norm_1(&self, system: &[T], x: &[T], saved: &mut SavedAtoms<T>, y: &mut [T]) {
        self.norm_1.forward(x, &mut saved.norm_1, y);
        for y in y.chunks_exact_mut(x.len() / saved.norm_1.scales.len()) {
            dispatch!(|_| add(&mut y[..system.len()], system));
        }
    }

    /// Adds dE/dx to `gradient`, from the gradient of [`norm_1`](Self::norm_1), which is used up.
    pub(crate) fn norm_1_backward(
        &self,
        normed: &mut [T],
        gradient: &mut [T],
        saved: &SavedAtoms<T>,
    ) {
        self.norm_1.backward(&saved.norm_1, normed, gradient);
    }

    /// x += Σ messages; x += atomwise(norm₂(x)).
    pub(crate) fn atomwise(
        &self,
        messages: &[T],
        x: &mut [T],
        scratch: &mut Scratch<T>,
        saved: &mut SavedAtoms<T>,
    ) {
        dispatch!(|_| add(x, messages));
        let normed = resize(&mut scratch.atoms.normed, x.len());
        self.norm_2.forward(x, &mut saved.norm_2, normed);
        let update = resize(&mut scratch.atoms.update, x.len());
        let buffers = &mut scratch.atoms.atomwise;
        self.atomwise.forward(normed, saved, buffers, update);
        dispatch!(|_| add(x, update));
    }

    /// Turns the gradient of the result of [`atomwise`](Self::atomwise) into dE/dx, which is also the
    /// gradient of the messages.
    pub(crate) fn atomwise_backward(
        &self,
        gradient: &mut [T],
        scratch: &mut Scratch<T>,
        saved: &SavedAtoms<T>,
    ) {
        let normed = resize(&mut scratch.atoms.normed, gradient.len());
        let buffers = &mut scratch.atoms.atomwise;
        self.atomwise.backward(gradient, saved, buffers, normed);
        self.norm_2.backward(&saved.norm_2, normed, gradient);
    }
}
