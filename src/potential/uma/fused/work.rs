//! The steps of the edges as work for the processor at hand.

use super::super::real::Real;
use super::degree::DegreeNetwork;
use super::desk::{Desk, Tape};
use super::layer::LayerNetwork;
use super::part::{Edges, Geometry};
use super::processor::Work;
use super::turn::Turn;

/// Edge degrees, there.
pub(super) struct DegreeForward<'a, T> {
    pub(super) degree: &'a DegreeNetwork<T>,
    pub(super) turn: &'a Turn<T>,
    pub(super) edges: Edges<'a, T>,
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a mut Tape<T>,
    pub(super) sums: &'a mut [T],
}

/// Edge degrees, back.
pub(super) struct DegreeBackward<'a, T> {
    pub(super) degree: &'a DegreeNetwork<T>,
    pub(super) turn: &'a Turn<T>,
    pub(super) edges: Edges<'a, T>,
    pub(super) gradients: &'a [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a Tape<T>,
    pub(super) geometry: Geometry<'a, T>,
}

/// A layer, there; for the tape alone where there are no sums.
pub(super) struct LayerForward<'a, T> {
    pub(super) layer: &'a LayerNetwork<T>,
    pub(super) turn: &'a Turn<T>,
    pub(super) edges: Edges<'a, T>,
    pub(super) features: &'a [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a mut Tape<T>,
    pub(super) sums: Option<&'a mut [T]>,
}

/// A layer, back.
pub(super) struct LayerBackward<'a, T> {
    pub(super) layer: &'a LayerNetwork<T>,
    pub(super) turn: &'a Turn<T>,
    pub(super) edges: Edges<'a, T>,
    pub(super) features: &'a [T],
    pub(super) gradients: &'a [T],
    pub(super) desk: &'a mut Desk<T>,
    pub(super) tape: &'a Tape<T>,
    pub(super) geometry: Geometry<'a, T>,
    pub(super) at_targets: &'a mut [T],
    pub(super) at_sources: &'a mut [T],
}

impl<T: Real> Work for DegreeForward<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        if self.edges.len() > 0 {
            let (turn, edges) = (self.turn, self.edges);
            self.degree
                .forward::<FUSED, TILES>(turn, edges, self.desk, self.tape, self.sums);
        }
    }
}

impl<T: Real> Work for DegreeBackward<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(mut self) {
        if self.edges.len() > 0 {
            self.degree.backward::<FUSED, TILES>(
                self.turn,
                self.edges,
                self.gradients,
                self.desk,
                self.tape,
                &mut self.geometry,
            );
        }
    }
}

impl<T: Real> Work for LayerForward<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(self) {
        if self.edges.len() == 0 {
            return;
        }
        let (turn, edges, features) = (self.turn, self.edges, self.features);
        if let Some(sums) = self.sums {
            self.layer
                .forward::<FUSED, TILES>(turn, edges, features, self.desk, self.tape, sums);
        } else {
            self.layer
                .compute::<FUSED, TILES>(turn, edges, features, self.desk, self.tape);
        }
    }
}

impl<T: Real> Work for LayerBackward<'_, T> {
    #[inline(always)]
    fn run<const FUSED: bool, const TILES: usize>(mut self) {
        if self.edges.len() > 0 {
            self.layer.backward::<FUSED, TILES>(
                self.turn,
                self.edges,
                self.features,
                self.gradients,
                self.desk,
                self.tape,
                &mut self.geometry,
                self.at_targets,
                self.at_sources,
            );
        }
    }
}
