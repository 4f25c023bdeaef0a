//! What some atoms do in one layer: each norms its features to tell them, and thinks about what it
//! heard (fairchem: `eSCNMD_Block`).

use super::super::parameters::Layer;
use super::super::real::Real;
use super::desk::{AtomTape, Desk, room};
use super::feed_forward::FeedForwardNetwork;
use super::norm::NormNetwork;
use mlipview_core::potential::simd::{add, dispatch};

/// The atom part of a layer: x += messages(norm(x) + system); x += feed_forward(norm(x)).
#[derive(Clone, Debug)]
pub(super) struct ThoughtNetwork<T> {
    norm_1: NormNetwork<T>,
    norm_2: NormNetwork<T>,
    feed_forward: FeedForwardNetwork<T>,
}

impl<T: Real> ThoughtNetwork<T> {
    /// The layer of these numbers.
    pub(super) fn new(layer: &Layer<T>) -> ThoughtNetwork<T> {
        ThoughtNetwork {
            norm_1: NormNetwork::new(&layer.norm_1),
            norm_2: NormNetwork::new(&layer.norm_2),
            feed_forward: FeedForwardNetwork::new(layer),
        }
    }

    /// What atoms with features `x` tell; of the system, too, in every layer again.
    pub(super) fn tell(&self, system: &[T], x: &[T], tape: &mut AtomTape<T>, told: &mut [T]) {
        self.norm_1.forward(x, &mut tape.told, told);
        for told in told.chunks_exact_mut(x.len() / tape.told.scales.len()) {
            dispatch!(|_| add(&mut told[..system.len()], system));
        }
    }

    /// Adds to `x` what was heard, and what the atoms make of it.
    pub(super) fn think(
        &self,
        heard: &[T],
        x: &mut [T],
        desk: &mut Desk<T>,
        tape: &mut AtomTape<T>,
    ) {
        dispatch!(|_| add(x, heard));
        let normed = room(&mut desk.atoms.normed, x.len());
        self.norm_2.forward(x, &mut tape.heard, normed);
        let thought = room(&mut desk.atoms.thought, x.len());
        let between = &mut desk.atoms.feed_forward;
        self.feed_forward.forward(normed, tape, between, thought);
        dispatch!(|_| add(x, thought));
    }

    /// The way back through [`think`](Self::think): the gradient with what it made becomes that with
    /// what was heard, which is also that with `x` before.
    pub(super) fn think_back(&self, gradient: &mut [T], desk: &mut Desk<T>, tape: &AtomTape<T>) {
        let normed = room(&mut desk.atoms.normed, gradient.len());
        let between = &mut desk.atoms.feed_forward;
        self.feed_forward.backward(gradient, tape, between, normed);
        self.norm_2.backward(&tape.heard, normed, gradient);
    }

    /// The way back through [`tell`](Self::tell): adds to `gradient`, that with the features, what
    /// comes from that with what was told, which is used up.
    pub(super) fn tell_back(&self, told: &mut [T], gradient: &mut [T], tape: &AtomTape<T>) {
        self.norm_1.backward(&tape.told, told, gradient);
    }
}
