//! The steps of some atoms as work for the processor at hand.

use super::super::real::Real;
use super::desk::{AtomTape, Desk, room};
use super::head::HeadNetwork;
use super::norm::NormNetwork;
use super::processor::Work;
use super::thought::ThoughtNetwork;

/// What atoms tell, there.
pub(super) struct Tell<'a, T> {
    pub(super) layer: &'a ThoughtNetwork<T>,
    pub(super) system: &'a [T],
    pub(super) features: &'a [T],
    pub(super) tape: &'a mut AtomTape<T>,
    pub(super) told: &'a mut [T],
}

/// What atoms tell, back.
pub(super) struct TellBack<'a, T> {
    pub(super) layer: &'a ThoughtNetwork<T>,
    pub(super) told: &'a mut [T],
    pub(super) gradient: &'a mut [T],
    pub(super) tape: &'a AtomTape<T>,
}

/// What atoms make of what they heard, there.
pub(super) struct Think<'a, T> {
    pub(super) layer: &'a ThoughtNetwork<T>,
    pub(super) heard: &'a [T],
    pub(super) features: &'a mut [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a mut AtomTape<T>,
}

/// What atoms make of what they heard, back.
pub(super) struct ThinkBack<'a, T> {
    pub(super) layer: &'a ThoughtNetwork<T>,
    pub(super) gradient: &'a mut [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a AtomTape<T>,
}

/// The energies of atoms, there and back: in the place of the features comes the gradient.
pub(super) struct Conclude<'a, T> {
    pub(super) norm: &'a NormNetwork<T>,
    pub(super) head: &'a HeadNetwork<T>,
    pub(super) features: &'a mut [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) energies: &'a mut [T],
}

impl<T: Real> Work for Tell<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        self.layer
            .tell::<FUSED>(self.system, self.features, self.tape, self.told);
    }
}

impl<T: Real> Work for TellBack<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        self.layer
            .tell_back::<FUSED>(self.told, self.gradient, self.tape);
    }
}

impl<T: Real> Work for Think<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        self.layer
            .think::<FUSED, TILES>(self.heard, self.features, self.desk, self.tape);
    }
}

impl<T: Real> Work for ThinkBack<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        self.layer
            .think_back::<FUSED, TILES>(self.gradient, self.desk, self.tape);
    }
}

impl<T: Real> Work for Conclude<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        let (features, desk) = (self.features, &mut self.desk.atoms);
        let normed = room(&mut desk.normed, features.len());
        self.norm.forward::<FUSED>(features, &mut desk.tape, normed);
        let gradient = room(&mut desk.thought, features.len());
        let (hidden, panels) = (&mut desk.hidden, &mut self.desk.panels);
        self.head
            .evaluate::<FUSED, TILES>(normed, hidden, panels, self.energies, gradient);
        features.fill(T::ZERO);
        self.norm.backward::<FUSED>(&desk.tape, gradient, features);
    }
}
