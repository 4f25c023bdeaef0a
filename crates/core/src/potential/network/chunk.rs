//! A chunk of consecutive atoms with its activations and gradients: the unit of work of a thread.

use std::ops::Range;

use super::channels::{CHANNELS, Channels};
use super::charge_prior::ChargePrior;
use super::dense::{BLOCK, Rows};
use super::edges::Edges;
use super::message::Message;
use super::moments::Moments;

/// Atoms per chunk: enough work for a thread, and few enough that caffeine on two threads is not slower
/// than on one.
pub(super) const CHUNK: usize = 32;

/// Widths of the dense layers of a network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// Hidden layers of both message-passing layers.
    pub(super) hidden: usize,
    /// Output of the first layer.
    pub(super) layer1_output: usize,
    /// Input of the second layer.
    pub(super) layer2_input: usize,
}

/// A chunk of atoms. Arrays are [CHUNK, …] unless stated otherwise.
#[derive(Clone, Debug)]
pub(super) struct Chunk<const C: usize> {
    pub(super) atoms: Range<usize>,
    pub(super) edges: Edges,

    // Activations of the first layer:
    pub(super) moments: Vec<Moments<C>>,
    pub(super) hidden: Rows,
    pub(super) hidden_derivatives: Rows,
    pub(super) gates: Vec<Channels>,
    pub(super) priors: Vec<ChargePrior>,

    // Gradients of the energy:
    pub(super) hidden_gradients: Rows,
    pub(super) message_gradients: Vec<Message>,
    /// ∂E/∂q, eV/e.
    pub(super) charge_gradients: Vec<f64>,
    /// ∂E/∂q₀ and ∂E/∂w.
    pub(super) prior_gradients: Vec<[f64; 2]>,

    // Results:
    /// eV.
    pub(super) energies: Vec<f64>,
    /// Mahalanobis distances of the last hidden layer from the training set.
    pub(super) distances: Vec<f64>,

    // Scratch of one block of atoms, [BLOCK, width]:
    pub(super) input: Rows,
    pub(super) output: Rows,
    /// Activations of the two hidden layers of the second layer, then their gradients.
    pub(super) layers: [Rows; 2],
    pub(super) layer_derivatives: [Rows; 2],
    /// [1, 2 hidden].
    pub(super) whitened: Rows,
}

impl<const C: usize> Chunk<C> {
    /// A chunk without atoms.
    pub(super) fn new(widths: Widths) -> Chunk<C> {
        let hidden = widths.hidden;
        let row = || Rows::new(BLOCK, hidden);
        Chunk {
            atoms: 0..0,
            edges: Edges::default(),
            moments: vec![Moments::ZERO; CHUNK],
            hidden: Rows::new(CHUNK, hidden),
            hidden_derivatives: Rows::new(CHUNK, hidden),
            gates: vec![[0.0; CHANNELS]; CHUNK],
            priors: vec![ChargePrior::default(); CHUNK],
            hidden_gradients: Rows::new(CHUNK, hidden),
            message_gradients: vec![Message::ZERO; CHUNK],
            charge_gradients: vec![0.0; CHUNK],
            prior_gradients: vec![[0.0; 2]; CHUNK],
            energies: vec![0.0; CHUNK],
            distances: vec![0.0; CHUNK],
            input: Rows::new(BLOCK, widths.layer2_input),
            output: Rows::new(BLOCK, widths.layer1_output),
            layers: [row(), row()],
            layer_derivatives: [row(), row()],
            whitened: Rows::new(1, 2 * hidden),
        }
    }

    /// Blocks of [`BLOCK`] atoms; the last one may be partial.
    pub(super) fn blocks(&self) -> Range<usize> {
        0..self.atoms.len().div_ceil(BLOCK)
    }

    /// The atoms of a block, as indices within the chunk.
    pub(super) fn of_block(&self, block: usize) -> Range<usize> {
        block * BLOCK..((block + 1) * BLOCK).min(self.atoms.len())
    }
}
